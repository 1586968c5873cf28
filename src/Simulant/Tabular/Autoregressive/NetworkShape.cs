using Simulant.Data;
using Simulant.Numerics.Kernels;

namespace Simulant.Tabular.Autoregressive;

/// <summary>One sub-column of the network: its sizes, and where its weights begin in the one array of all weights.</summary>
/// <param name="Column">The modelled column it is a part of.</param>
/// <param name="Codes">How many codes it can take.</param>
/// <param name="Dim">Numbers that stand for a code when it is a condition: 3 ceil(Codes^(1/4)).</param>
/// <param name="Hidden">Hidden units that predict it: about 16 ln(Codes), rounded up to 16.</param>
/// <param name="X">First row of its embedding among all inputs.</param>
/// <param name="Embedding">Weights [Codes x Dim].</param>
/// <param name="First">Weights [all inputs x Hidden] of the hidden layer.</param>
/// <param name="FirstBias">Weights [Hidden].</param>
/// <param name="Last">Weights [Codes x Hidden] of the logits.</param>
/// <param name="LastBias">Weights [Codes].</param>
/// <param name="Bend">Weights [waves x Hidden]: how much of each wave the logits of an ordered sub-column take.</param>
/// <param name="Waves">[Codes x waves] cosines over the codes of an ordered sub-column; empty for others.</param>
internal sealed record FieldShape(
    int Column, int Codes, int Dim, int Hidden, int X, int Embedding, int First, int FirstBias, int Last, int LastBias, int Bend,
    float[] Waves)
{
    public int WaveCount => Waves.Length / Codes;
}

/// <summary>The sizes of the whole network, a pure function of the sub-columns and the hidden scale.</summary>
internal sealed class NetworkShape
{
    /// <summary>64 MB of numbers; some 300 columns of ten levels each.</summary>
    public const int MostWeights = 1 << 24;

    /// <summary>Waves of one sub-column.</summary>
    public const int MostWaves = 16;

    private const int HiddenStep = 16, LeastOrdered = 8;

    /// <param name="fields">Sub-columns: how many codes, and how many of them, the first, have an order.</param>
    public NetworkShape(IReadOnlyList<(int Column, int Codes, int Ordered)> fields, double hiddenScale)
    {
        HiddenScale = hiddenScale;
        foreach (var (_, codes, _) in fields) Inputs += DimOf(codes);
        long all = fields.Sum(f => (long)f.Codes * DimOf(f.Codes) + f.Codes
            + (Inputs + f.Codes + MostWaves + 1L) * HiddenOf(f.Codes, hiddenScale));
        if (all > MostWeights)
            throw new DataException($"{fields.Select(f => f.Column).Distinct().Count()} columns make a network of {all:N0} weights, "
                + $"more than the {MostWeights:N0} that the engine 'autoregressive' takes; drop columns, lower its hidden_scale, "
                + "or use the engine 'trees'");
        var shapes = new FieldShape[fields.Count];
        int x = 0, at = 0;
        int Take(long count)
        {
            int start = at;
            at = checked((int)(at + count));
            return start;
        }
        for (int f = 0; f < shapes.Length; f++)
        {
            var (column, codes, ordered) = fields[f];
            float[] waves = WavesOf(codes, ordered);
            int dim = DimOf(codes), hidden = HiddenOf(codes, hiddenScale);
            shapes[f] = new FieldShape(column, codes, dim, hidden, x, Take((long)codes * dim), Take((long)Inputs * hidden),
                Take(hidden), Take((long)codes * hidden), Take(codes), Take((long)waves.Length / codes * hidden), waves);
            x += dim;
            MostHidden = Math.Max(MostHidden, hidden);
            MostCodes = Math.Max(MostCodes, codes);
        }
        Fields = shapes;
        Weights = (at + HiddenStep - 1) / HiddenStep * HiddenStep;
    }

    public IReadOnlyList<FieldShape> Fields { get; }
    public double HiddenScale { get; }

    /// <summary>Numbers that stand for a whole row.</summary>
    public int Inputs { get; }

    /// <summary>Count of all weights, rounded up to whole vectors; those at the end stand for nothing.</summary>
    public int Weights { get; }

    public int MostHidden { get; }
    public int MostCodes { get; }

    /// <summary>The weights as named matrices, in the order in which they lie; columns of equal names are told apart.</summary>
    public IEnumerable<(string Name, int Rows, int Columns, int Offset)> Tensors(IReadOnlyList<string> columns)
    {
        for (int f = 0; f < Fields.Count; f++)
        {
            var field = Fields[f];
            bool second = f > 0 && Fields[f - 1].Column == field.Column;
            string name = $"{field.Column}.{columns[field.Column]}{(second ? ".second" : "")}";
            yield return (name + ".embedding", field.Codes, field.Dim, field.Embedding);
            yield return (name + ".hidden.weight", Inputs, field.Hidden, field.First);
            yield return (name + ".hidden.bias", 1, field.Hidden, field.FirstBias);
            yield return (name + ".logits.weight", field.Codes, field.Hidden, field.Last);
            yield return (name + ".logits.bias", 1, field.Codes, field.LastBias);
            if (field.WaveCount > 0) yield return (name + ".waves.weight", field.WaveCount, field.Hidden, field.Bend);
        }
    }

    /// <summary>
    /// What is smooth over the codes is learned by a few waves, of which every row teaches all, before single codes go their own way.
    /// </summary>
    private static float[] WavesOf(int codes, int ordered)
    {
        int count = ordered < LeastOrdered ? 0 : Math.Min(MostWaves, ordered / 2);
        float[] waves = new float[codes * count];
        for (int c = 0; c < ordered && count > 0; c++)
            for (int k = 0; k < count; k++)
                waves[c * count + k] = (float)Math.Cos(Math.PI * (k + 1) * c / (ordered - 1));
        return waves;
    }

    private static int DimOf(int codes) => 3 * (int)Math.Ceiling(Math.Pow(codes, 0.25) - 1e-9);

    private static int HiddenOf(int codes, double scale)
    {
        double units = Math.Max(1, scale * 16 * Math.Log(Math.Max(2, codes)));
        return HiddenStep * (int)Math.Ceiling(units / HiddenStep - 1e-9);
    }
}

/// <summary>An order in which the sub-columns are drawn, and for each the inputs that stand before it.</summary>
internal sealed class FieldOrder
{
    /// <param name="columns">Columns in order; parts of one column follow each other.</param>
    public FieldOrder(NetworkShape shape, ReadOnlySpan<int> columns)
    {
        Fields = new int[shape.Fields.Count];
        Before = new int[shape.Fields.Count];
        Inputs = new int[shape.Inputs];
        int k = 0, x = 0;
        foreach (int column in columns)
            for (int f = 0; f < shape.Fields.Count; f++)
            {
                var field = shape.Fields[f];
                if (field.Column != column) continue;
                Fields[k++] = f;
                Before[f] = x;
                for (int i = 0; i < field.Dim; i++) Inputs[x++] = field.X + i;
            }
    }

    /// <summary>Sub-columns in drawing order.</summary>
    public int[] Fields { get; }

    /// <summary>Inputs in drawing order.</summary>
    public int[] Inputs { get; }

    /// <summary>By sub-column: how many inputs, the first of <see cref="Inputs"/>, it may look at.</summary>
    public int[] Before { get; }
}

/// <summary>Working space of one block of records, one record a lane.</summary>
internal sealed class NetworkSpace
{
    public const int Lanes = LaneProduct.Lanes;

    public NetworkSpace(NetworkShape shape)
    {
        X = new float[shape.Inputs * Lanes];
        Hidden = new float[shape.MostHidden * Lanes];
        Logits = new float[shape.MostCodes * Lanes];
        Bend = new float[NetworkShape.MostWaves * Lanes];
        AllHidden = new int[Math.Max(shape.MostHidden, NetworkShape.MostWaves)];
        for (int i = 0; i < AllHidden.Length; i++) AllHidden[i] = i;
    }

    /// <summary>[input, lane]; zero where a column is not drawn yet.</summary>
    public float[] X { get; }

    public float[] Hidden { get; }
    public float[] Logits { get; }

    /// <summary>[wave, lane].</summary>
    public float[] Bend { get; }

    /// <summary>0, 1, 2, …</summary>
    public int[] AllHidden { get; }
}
