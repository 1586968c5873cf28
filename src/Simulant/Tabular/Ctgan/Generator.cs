using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;
using Simulant.Tabular.Latent;

namespace Simulant.Tabular.Ctgan;

/// <summary>
/// Latent normals and a condition to a row: two hidden layers, each batch-normalised, rectified and set beside its own input (Xu
/// and others 2019, section 4.4).
/// </summary>
internal sealed class Generator
{
    private readonly LinearLayer[] _layers = new LinearLayer[3];
    private readonly Tensor?[] _conditions = new Tensor?[3];
    private readonly BatchNormLayer[] _norms = new BatchNormLayer[2];

    /// <param name="outputs">Numbers of its answer.</param>
    public Generator(ParameterStore store, int outputs, int conditions, int latents, int width)
    {
        int inputs = latents;
        for (int i = 0; i < 3; i++)
        {
            int units = i < 2 ? width : outputs;
            // One layer in two parts: its dense inputs, and the condition, of which one number is 1.
            var first = Initialisers.FanIn(inputs + conditions);
            _layers[i] = new LinearLayer(store, $"generator.{i}", inputs, units, first, first);
            if (conditions > 0) _conditions[i] = store.Add($"generator.{i}.condition", conditions, units, first);
            if (i < 2) _norms[i] = new BatchNormLayer(store, $"generator.{i}.norm", width);
            inputs += width;
        }
    }

    /// <summary>The answer: [row, outputs].</summary>
    /// <param name="z">[row, latent].</param>
    /// <param name="conditions">By row: the number of the condition vector that is 1.</param>
    /// <param name="momentum">
    /// Above 0 to train: how far the running statistics of batch norm move to the batch's; 0 to draw by them.
    /// </param>
    public Tensor Apply(Tape tape, Tensor z, int[] conditions, float momentum)
    {
        Tensor[] x = [z];
        for (int i = 0; ; i++)
        {
            var y = _layers[i].Apply(tape, x);
            if (_conditions[i] is { } table) y = tape.Bag(table, conditions, null, 1, y);
            if (i == 2) return y;
            x = [tape.Relu(_norms[i].Apply(tape, y, momentum > 0, momentum)), .. x];
        }
    }

    /// <summary>The network as it is now, for drawing alone.</summary>
    public ReadyNetwork Ready() => new([.. _layers.Select((layer, i) => (layer.Weight, layer.Bias, _conditions[i]))],
        [.. _norms.Select(norm => norm.Fixed())], beside: true);

    /// <summary>A row as the critic sees it: codes softened by Gumbel noise at temperature .2, places through tanh.</summary>
    /// <param name="answer">Logits of the codes, then the places before their tanh.</param>
    /// <param name="gumbel">[row, code]</param>
    public static Tensor Soften(Tape tape, RowLayout layout, Tensor answer, Tensor gumbel)
    {
        var shares = tape.Softmax(tape.Scale(tape.Add(tape.Columns(answer, 0, layout.Codes), gumbel), 1 / Temperature), layout.Offsets);
        if (layout.Places == 0) return shares;
        return tape.ConcatColumns(shares, tape.Tanh(tape.Columns(answer, layout.Codes, layout.Places)));
    }

    private const float Temperature = 0.2f;
}
