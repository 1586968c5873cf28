using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;
using Simulant.Numerics.Tensors.Training;
using Xunit;

namespace Simulant.Tests.Numerics.Tensors;

/// <summary>Whole models against an established library.</summary>
public class ReferenceTests
{
    // Expected values were made by this program (Python 3.11, PyTorch 1.13); each is a sum of a result under fixed weights:
    //
    //   import torch, torch.nn.functional as F
    //   torch.set_default_dtype(torch.float64)
    //   def lcg(seed, *shape):
    //       out, x = [], seed
    //       for _ in range(torch.Size(shape).numel()):
    //           x = x * 48271 % 2147483647
    //           out.append((x // 7 % 2000 - 1000) / 1000)
    //       return torch.tensor(out).reshape(shape).requires_grad_()
    //   def show(name, *ts): print(name, [round(float((t * lcg(99, *t.shape)).sum()), 6) for t in ts])
    //   x, w1, b1, w2, b2 = lcg(1, 6, 5), lcg(2, 5, 8), lcg(3, 1, 8), lcg(4, 8, 3), lcg(5, 1, 3)
    //   g, b, y = lcg(6, 1, 8), lcg(7, 1, 8), torch.tensor([0, 1, 2, 2, 1, 0])
    //   def net():
    //       h = F.gelu(F.layer_norm(x @ w1 + b1, (8,), g[0], b[0]), approximate='tanh')
    //       return F.cross_entropy(h @ w2 + b2, y)
    //   ps = [w1, b1, w2, b2, g, b]
    //   loss = net(); print('loss', round(loss.item(), 6)); show('net', *torch.autograd.grad(loss, ps))
    //   opt = torch.optim.AdamW(ps, lr=.05, betas=(.5, .9), weight_decay=.1)
    //   for _ in range(5): opt.zero_grad(); net().backward(); opt.step()
    //   show('adamw', *ps)
    //   x, w1, b1, w2 = lcg(1, 6, 5), lcg(2, 5, 8), lcg(3, 1, 8), lcg(4, 8, 1)
    //   h = F.silu(x @ w1 + b1); s = torch.tanh(h) @ w2
    //   d, = torch.autograd.grad(s.sum(), x, create_graph=True)
    //   p = ((d.norm(dim=1) - 1) ** 2).mean() * 10
    //   print('penalty', round(p.item(), 6)); show('penalty', *torch.autograd.grad(p, [w1, b1, w2, x]))
    //   x, w, c = lcg(1, 2, 6, 5, 4), lcg(2, 3, 3, 4, 6), lcg(3, 6)
    //   g, b = lcg(4, 6), lcg(5, 6)
    //   z = F.conv2d(x.permute(0, 3, 1, 2), w.permute(3, 2, 0, 1), c, stride=2, padding=1)
    //   z = F.group_norm(z, 3, g, b).permute(0, 2, 3, 1)
    //   show('conv', z, *torch.autograd.grad((z ** 2 * lcg(98, *z.shape)).sum(), [x, w, g, b]))
    //   x, w, c = lcg(1, 2, 3, 3, 4), lcg(2, 4, 4, 4, 6), lcg(3, 6)
    //   z = F.conv_transpose2d(x.permute(0, 3, 1, 2), w.permute(0, 3, 1, 2), c, stride=2, padding=1).permute(0, 2, 3, 1)
    //   show('transposed', z, *torch.autograd.grad((z ** 2).sum(), [x, w]))
    //   q, k, v = lcg(1, 2, 4, 3, 5), lcg(2, 2, 4, 3, 5), lcg(3, 2, 4, 3, 5)   # sequence, place, head, width
    //   a = torch.einsum('sihw,sjhw->shij', q, k) / 5 ** .5
    //   z = torch.einsum('shij,sjhw->sihw', a.masked_fill(torch.ones(4, 4).triu(1) > 0, -torch.inf).softmax(-1), v)
    //   show('attention', z, *torch.autograd.grad((z ** 2).sum(), [q, k, v]))
    //   x, m = lcg(1, 7, 4), torch.nn.BatchNorm1d(4)
    //   z = m(x); show('batch', z, m.running_mean, m.running_var, *torch.autograd.grad((z ** 2 * lcg(98, 7, 4)).sum(), [x]))
    private static float[] Lcg(int seed, int count)
    {
        float[] made = new float[count];
        long x = seed;
        for (int i = 0; i < count; i++)
        {
            x = x * 48271 % 2147483647;
            made[i] = (x / 7 % 2000 - 1000) / 1000f;
        }
        return made;
    }

    private static Tensor Lcg(Tape tape, int seed, int rows, int columns) => tape.Constant(rows, columns, Lcg(seed, rows * columns));

    private static void Same(double[] expected, params Tensor[] results)
    {
        Assert.Equal(expected.Length, results.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            double sum = 0;
            float[] values = results[i].Values.ToArray(), weights = Lcg(99, values.Length);
            for (int k = 0; k < values.Length; k++) sum += (double)values[k] * weights[k];
            Assert.Equal(expected[i], sum, 2e-5 * (1 + Math.Abs(expected[i])));
        }
    }

    [Fact]
    public void A_net_with_layer_norm_and_five_steps_of_its_optimiser()
    {
        var store = new ParameterStore(new RandomStream(1, "net"));
        int seed = 2;
        Tensor Parameter(int rows, int columns) =>
            store.Add($"{seed}", rows, columns, (tensor, _, _) => Lcg(seed++, rows * columns).CopyTo(tensor.Values));
        Tensor w1 = Parameter(5, 8), b1 = Parameter(1, 8), w2 = Parameter(8, 3), b2 = Parameter(1, 3);
        Tensor gain = Parameter(1, 8), bias = Parameter(1, 8);
        Tensor[] parameters = [w1, b1, w2, b2, gain, bias];
        using var tape = new Tape();
        Tensor Loss()
        {
            var hidden = tape.Gelu(tape.LayerNorm(tape.Linear(Lcg(tape, 1, 6, 5), w1, b1), gain, bias));
            return tape.Mean(tape.CrossEntropy(tape.Linear(hidden, w2, b2), [0, 1, 2, 2, 1, 0]));
        }
        var loss = Loss();
        Assert.Equal(1.298818, loss.Scalar, 1e-5);
        Same([0.01483, -0.029825, 0.19361, 0.021416, -0.326752, -0.188073], tape.Gradient(loss, parameters));
        var adam = new Adam(store, 0.5f, 0.9f, weightDecay: 0.1f);
        for (int step = 0; step < 5; step++)
        {
            tape.Gradient(Loss(), store);
            adam.Step(0.05f);
            tape.Reset();
        }
        Same([-0.292977, -0.482803, -1.945251, 0.47039, -1.015201, 0.439583], parameters);
    }

    [Fact]
    public void The_gradient_of_a_gradient_penalty()
    {
        using var tape = new Tape();
        Tensor x = Lcg(tape, 1, 6, 5), w1 = Lcg(tape, 2, 5, 8), b1 = Lcg(tape, 3, 1, 8), w2 = Lcg(tape, 4, 8, 1);
        var score = tape.MatMul(tape.Tanh(tape.Silu(tape.Linear(x, w1, b1))), w2);
        var slope = tape.Gradient(score, [x], createGraph: true)[0];
        var norms = tape.Sqrt(tape.SumAcross(tape.Square(slope)));
        var penalty = tape.Scale(tape.Mean(tape.Square(tape.AddScalar(norms, -1))), 10);
        Assert.Equal(0.670019, penalty.Scalar, 1e-5);
        Same([-0.953103, -0.19568, -0.069622, 0.401482], tape.Gradient(penalty, [w1, b1, w2, x]));
    }

    [Fact]
    public void Convolution_with_group_norm_and_its_transpose()
    {
        using var tape = new Tape();
        Tensor x = Lcg(tape, 1, 2 * 6 * 5, 4), w = Lcg(tape, 2, 36, 6), gain = Lcg(tape, 4, 1, 6), bias = Lcg(tape, 5, 1, 6);
        var patches = new Patches(6, 5, 3, 2, 1);
        var z = tape.GroupNorm(tape.Convolve(x, patches, w, Lcg(tape, 3, 1, 6)), patches.Count, 3, gain, bias);
        var weighted = tape.Multiply(tape.Square(z), Lcg(tape, 98, z.Rows, z.Columns));
        Same([9.104713, 6.440075, -1.978582, 2.635007, -3.396912], [z, .. tape.Gradient(weighted, [x, w, gain, bias])]);
        Tensor small = Lcg(tape, 1, 2 * 9, 4), paint = Lcg(tape, 2, 4, 96);
        var large = tape.ConvolveTransposed(small, new Patches(6, 6, 4, 2, 1), paint, Lcg(tape, 3, 1, 6));
        Same([-6.21555, -125.302154, -24.810949], [large, .. tape.Gradient(tape.Square(large), [small, paint])]);
    }

    [Fact]
    public void Causal_attention()
    {
        using var tape = new Tape();
        Tensor[] qkv = [Lcg(tape, 1, 8, 15), Lcg(tape, 2, 8, 15), Lcg(tape, 3, 8, 15)];
        var z = tape.Attention(qkv[0], qkv[1], qkv[2], 4, 3, causal: true);
        Same([-0.36121, -0.504126, -0.494754, -3.897031], [z, .. tape.Gradient(tape.Square(z), qkv)]);
    }

    [Fact]
    public void Batch_norm_and_its_running_statistics()
    {
        using var tape = new Tape();
        var store = new ParameterStore(new RandomStream(1, "net"));
        var layer = new BatchNormLayer(store, "norm", 4);
        var x = Lcg(tape, 1, 7, 4);
        var z = layer.Apply(tape, x, true);
        var slope = tape.Gradient(tape.Multiply(tape.Square(z), Lcg(tape, 98, 7, 4)), [x])[0];
        Same([0.930586, -0.011261, -1.343157, 4.585584], z, store.Parameters[2].Tensor, store.Parameters[3].Tensor, slope);
    }
}
