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
    private readonly RowLayout _layout;
    private readonly LinearLayer[] _layers = new LinearLayer[3];
    private readonly Tensor?[] _conditions = new Tensor?[3];
    private readonly BatchNormLayer[] _norms = new BatchNormLayer[2];

    public Generator(ParameterStore store, RowLayout layout, int conditions, int latents, int width)
    {
        _layout = layout;
        int inputs = latents;
        for (int i = 0; i < 3; i++)
        {
            int outputs = i < 2 ? width : layout.Width;
            // One layer in two parts: its dense inputs, and the condition, of which one number is 1.
            var first = Initialisers.FanIn(inputs + conditions);
            _layers[i] = new LinearLayer(store, $"generator.{i}", inputs, outputs, first, first);
            if (conditions > 0) _conditions[i] = store.Add($"generator.{i}.condition", conditions, outputs, first);
            if (i < 2) _norms[i] = new BatchNormLayer(store, $"generator.{i}.norm", width);
            inputs += width;
        }
    }

    /// <summary>Logits of the codes, then the places before their tanh: [row, width of a row].</summary>
    /// <param name="z">[row, latent].</param>
    /// <param name="conditions">By row: the number of the condition vector that is 1.</param>
    /// <param name="momentum">
    /// Above 0 to train: how far the running statistics of batch norm move to the batch's; 0 to draw by them.
    /// </param>
    public Tensor Apply(Tape tape, Tensor z, int[] conditions, float momentum)
    {
        var x = z;
        for (int i = 0; ; i++)
        {
            var y = _layers[i].Apply(tape, x);
            if (_conditions[i] is { } table) y = tape.Add(y, tape.Bag(table, conditions, null, 1));
            if (i == 2) return y;
            x = tape.ConcatColumns(tape.Relu(_norms[i].Apply(tape, y, momentum > 0, momentum)), x);
        }
    }

    /// <summary>A row as the critic sees it: codes softened by Gumbel noise at temperature .2, places through tanh.</summary>
    /// <param name="gumbel">[row, code]</param>
    public Tensor Soften(Tape tape, Tensor answer, Tensor gumbel)
    {
        var shares = tape.Softmax(tape.Scale(tape.Add(tape.Columns(answer, 0, _layout.Codes), gumbel), 1 / Temperature), _layout.Offsets);
        return _layout.Places == 0 ? shares : tape.ConcatColumns(shares, Places(tape, answer));
    }

    public Tensor Places(Tape tape, Tensor answer) => tape.Tanh(tape.Columns(answer, _layout.Codes, _layout.Places));

    private const float Temperature = 0.2f;
}
