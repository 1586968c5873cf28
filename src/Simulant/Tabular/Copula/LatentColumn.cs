using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Copula;

/// <summary>One interval that a restriction leaves to one latent.</summary>
/// <param name="Dimension">Within the column.</param>
internal readonly record struct LatentInterval(int Dimension, double Low, double High);

/// <summary>A way to satisfy a restriction: intervals of some of the column's latents, and its share of the column.</summary>
internal sealed record LatentChoice(double Share, LatentInterval[] Intervals);

/// <summary>How a column hangs on one or more standard normal latents. Immutable.</summary>
internal abstract class LatentColumn
{
    public abstract int Dimensions { get; }

    /// <summary>Turns latents into values.</summary>
    /// <param name="latents">[dimension][row].</param>
    public abstract void Values(ReadOnlySpan<float[]> latents, double[] into, int count);

    /// <summary>The disjoint ways to satisfy a restriction; empty where nothing that occurs does.</summary>
    public abstract LatentChoice[] Choices(Allowed allowed);

    public abstract void Save(BinaryWriter to);

    public static LatentColumn Load(BinaryReader from, ModelColumn column) => from.ReadByte() switch
    {
        0 => NumericMarginal.LoadBody(from, column),
        1 => LevelTree.LoadBody(from),
        var kind => throw new InvalidDataException($"the copula model is damaged: unknown kind of column {kind}"),
    };

    protected static void Write(BinaryWriter to, ReadOnlySpan<float> values)
    {
        to.Write(values.Length);
        foreach (float value in values) to.Write(value);
    }

    protected static void Write(BinaryWriter to, ReadOnlySpan<double> values)
    {
        to.Write(values.Length);
        foreach (double value in values) to.Write(value);
    }

    protected static float[] ReadSingles(BinaryReader from)
    {
        float[] values = new float[from.ReadInt32()];
        for (int i = 0; i < values.Length; i++) values[i] = from.ReadSingle();
        return values;
    }

    protected static double[] ReadDoubles(BinaryReader from)
    {
        double[] values = new double[from.ReadInt32()];
        for (int i = 0; i < values.Length; i++) values[i] = from.ReadDouble();
        return values;
    }
}

/// <summary>One latent of the training rows, for the estimation of correlations.</summary>
/// <param name="Column">Which column it belongs to.</param>
/// <param name="Cuts">Its pieces.</param>
/// <param name="Piece">The row's piece; -1 where the latent says nothing of the row (another branch was taken).</param>
internal sealed record TrainingLatent(int Column, Thresholds Cuts, int[] Piece);
