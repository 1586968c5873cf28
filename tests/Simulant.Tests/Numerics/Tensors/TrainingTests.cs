using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;
using Simulant.Numerics.Tensors.Training;
using Xunit;

namespace Simulant.Tests.Numerics.Tensors;

public class TrainingTests
{
    private static ParameterStore Store(params float[] values)
    {
        var store = new ParameterStore(new RandomStream(1, "test"));
        store.Add("w", 1, values.Length, (tensor, _, _) => values.CopyTo(tensor.Values));
        return store;
    }

    // Steps by the papers' formulas in double precision, bias corrections written out.
    [Theory]
    [InlineData(0, false)]
    [InlineData(0.1, false)]
    [InlineData(0.1, true)]
    public void Adam_takes_the_steps_of_its_paper(double decay, bool coupled)
    {
        var random = new RandomStream(4, "adam");
        float[] start = [.. Enumerable.Range(0, 21).Select(i => (float)random.Normal(i, 0))];
        var store = Store(start);
        var adam = new Adam(store, 0.5f, 0.9f, 1e-6f, (float)decay, coupled);
        double[] w = [.. start.Select(x => (double)x)], m = new double[w.Length], v = new double[w.Length];
        for (int t = 1; t <= 5; t++)
        {
            for (int i = 0; i < w.Length; i++)
            {
                store.Gradients[i] = (float)random.Normal(i, t);
                double g = store.Gradients[i] + (coupled ? decay * w[i] : 0);
                m[i] = 0.5 * m[i] + 0.5 * g;
                v[i] = 0.9 * v[i] + 0.1 * g * g;
                double step = 0.01 * (m[i] / (1 - Math.Pow(0.5, t))) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.9, t))) + 1e-6);
                w[i] = w[i] - (coupled ? 0 : 0.01 * decay * w[i]) - step;
            }
            adam.Step(0.01f);
        }
        for (int i = 0; i < w.Length; i++) Assert.Equal(w[i], store.Values[i], 2e-6);
    }

    [Fact]
    public void Descent_with_momentum_by_hand()
    {
        var store = Store(1);
        var sgd = new Sgd(store, 0.5f, 0.1f);
        store.Gradients[0] = 2;
        sgd.Step(0.1f); // v = 2.1, w = .79
        sgd.Step(0.1f); // v = 1.05 + 2.079 = 3.129, w = .4771
        Assert.Equal(0.4771f, store.Values[0], 1e-6f);
    }

    [Fact]
    public void What_is_not_trained_stays_and_biases_do_not_decay()
    {
        var store = new ParameterStore(new RandomStream(1, "test"));
        store.Add("statistics", 1, 1, Initialisers.Ones, trainable: false);
        store.Add("bias", 1, 1, Initialisers.Ones, decays: false);
        store.Add("weight", 1, 1, Initialisers.Ones);
        new Adam(store, weightDecay: 0.5f).Step(0.1f);
        Assert.Equal([1, 1, 0.95f], store.Values.ToArray());
    }

    [Fact]
    public void Clipping_scales_to_the_limit_and_only_down()
    {
        var store = Store(0, 0);
        (store.Gradients[0], store.Gradients[1]) = (3, 4);
        Assert.Equal(5, Gradients.Clip(store, 10), 1e-9);
        Assert.Equal([3, 4], store.Gradients.ToArray());
        Assert.Equal(5, Gradients.Clip(store, 1), 1e-9);
        Assert.Equal(0.6f, store.Gradients[0], 1e-6f);
        store.Gradients[0] = float.NaN;
        Assert.True(double.IsNaN(Gradients.Clip(store, 1)));
        Assert.Equal(0.8f, store.Gradients[1], 1e-6f);
    }

    [Fact]
    public void Schedules_warm_up_and_cool_down()
    {
        var schedule = new Schedule(1, 10, 110, 0.1f);
        Assert.Equal(0.1f, schedule.At(0), 1e-6f);
        Assert.Equal(1, schedule.At(9), 1e-6f);
        Assert.Equal(1, schedule.At(10), 1e-6f);
        Assert.Equal(0.55f, schedule.At(60), 1e-6f);
        Assert.Equal(0.1f, schedule.At(110), 1e-6f);
        Assert.Equal(0.1f, schedule.At(1000), 1e-6f);
        Assert.Equal(2, new Schedule(2).At(12345));
    }

    [Fact]
    public void The_moving_average_follows_and_changes_places()
    {
        var store = Store(1);
        var average = new MovingAverage(store, 0.75f);
        store.Values[0] = 5;
        average.Update();
        average.Swap();
        Assert.Equal((2f, 5f), (store.Values[0], average.Values[0]));
        average.Swap();
        Assert.Equal((5f, 2f), (store.Values[0], average.Values[0]));
    }

    [Fact]
    public void A_name_is_taken_once_and_first_values_depend_on_the_address()
    {
        static ParameterStore Make(ulong seed)
        {
            var store = new ParameterStore(new RandomStream(seed, "net"));
            _ = new Mlp(store, "net", [3, 8, 2]);
            return store;
        }
        var store = Make(1);
        Assert.Equal(["net.0.weight", "net.0.bias", "net.1.weight", "net.1.bias"], store.Parameters.Select(p => p.Name));
        Assert.Equal(store.Values.ToArray(), Make(1).Values.ToArray());
        Assert.NotEqual(store.Values.ToArray(), Make(2).Values.ToArray());
        Assert.All(store.Parameters[0].Tensor.Values.ToArray(), w => Assert.InRange(w, -1 / MathF.Sqrt(3), 1 / MathF.Sqrt(3)));
        Assert.Throws<ArgumentException>(() => store.Add("net.0.bias", 1, 1, Initialisers.Zeros));
    }

    private static float[] Train(int threads, int batch, int steps, out float first, out float last)
    {
        var store = new ParameterStore(new RandomStream(7, "net"));
        var embedding = new EmbeddingTable(store, "codes", 5, 4);
        var net = new Mlp(store, "net", [16 + 4, 256, 200, 3], (tape, x) => tape.LeakyRelu(x));
        var adam = new Adam(store, weightDecay: 1e-4f);
        var random = new RandomStream(8, "data");
        using var tape = new Tape(loop: Work.Loop(RunContext.Quiet(0, threads)));
        (first, last) = (0, 0);
        for (int step = 0; step < steps; step++)
        {
            var x = tape.Normal(batch, 16, random, (long)step * batch, 0);
            int[] codes = new int[batch], classes = new int[batch];
            for (int r = 0; r < batch; r++)
            {
                codes[r] = random.Below(5, (long)step * batch + r, 1);
                classes[r] = (x.Row(r)[0] + codes[r] > 2 ? 1 : 0) + (x.Row(r)[1] > 0 ? 1 : 0);
            }
            var hidden = tape.Dropout(tape.ConcatColumns(x, embedding.Apply(tape, codes)), 0.05f, random, (long)step * batch, 2);
            var loss = tape.Mean(tape.CrossEntropy(net.Apply(tape, hidden), classes));
            if (step == 0) first = loss.Scalar;
            last = loss.Scalar;
            tape.Gradient(loss, store);
            Gradients.Clip(store, 5);
            adam.Step(0.003f);
            tape.Reset();
        }
        return store.Values.ToArray();
    }

    [Fact]
    public void A_net_learns()
    {
        Train(1, 128, 120, out float first, out float last);
        Assert.InRange(first, 0.9f, 1.6f);
        Assert.InRange(last, 0, 0.35f);
    }

    [Fact]
    public void Weights_are_the_same_bits_on_one_two_and_eight_threads()
    {
        float[] one = Train(1, 500, 4, out _, out _);
        Assert.Equal(one, Train(2, 500, 4, out _, out _));
        Assert.Equal(one, Train(8, 500, 4, out _, out _));
    }

    // One hidden layer and softmax, forwards and backwards by hand in double precision.
    [Fact]
    public void Gradients_of_a_net_are_those_of_a_second_implementation()
    {
        const int rows = 6, inputs = 4, hidden = 5, classes = 3;
        var store = new ParameterStore(new RandomStream(9, "net"));
        var net = new Mlp(store, "net", [inputs, hidden, classes], (tape, x) => tape.Tanh(x));
        using var tape = new Tape();
        var x = tape.Normal(rows, inputs, new RandomStream(9, "x"), 0, 0);
        int[] targets = [0, 1, 2, 2, 1, 0];
        tape.Gradient(tape.Mean(tape.CrossEntropy(net.Apply(tape, x), targets)), store);
        var p = store.Parameters;
        double[,] weights = new double[inputs, hidden], outer = new double[hidden, classes];
        for (int r = 0; r < rows; r++)
        {
            double[] h = new double[hidden], e = new double[classes];
            for (int j = 0; j < hidden; j++)
            {
                double sum = p[1].Tensor.Values[j];
                for (int i = 0; i < inputs; i++) sum += (double)x.Row(r)[i] * p[0].Tensor.Row(i)[j];
                h[j] = Math.Tanh(sum);
            }
            for (int c = 0; c < classes; c++)
            {
                double sum = p[3].Tensor.Values[c];
                for (int j = 0; j < hidden; j++) sum += h[j] * p[2].Tensor.Row(j)[c];
                e[c] = Math.Exp(sum);
            }
            double total = e.Sum();
            for (int j = 0; j < hidden; j++)
            {
                double back = 0;
                for (int c = 0; c < classes; c++)
                {
                    double slope = (e[c] / total - (targets[r] == c ? 1 : 0)) / rows;
                    outer[j, c] += h[j] * slope;
                    back += slope * p[2].Tensor.Row(j)[c];
                }
                for (int i = 0; i < inputs; i++) weights[i, j] += x.Row(r)[i] * back * (1 - h[j] * h[j]);
            }
        }
        float[] gradients = store.Gradients.ToArray();
        Assert.All(weights.Cast<double>().Zip(gradients[p[0].Offset..]), z => Assert.Equal(z.First, z.Second, 1e-6));
        Assert.All(outer.Cast<double>().Zip(gradients[p[2].Offset..]), z => Assert.Equal(z.First, z.Second, 1e-6));
    }
}
