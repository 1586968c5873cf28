using System.Numerics.Tensors;

namespace Simulant.Numerics.Trees;

/// <summary>Numbers with one normal error; scores are means.</summary>
/// <param name="values">Standardised: residuals beyond <see cref="Unit"/> count as that far.</param>
public sealed class NormalLoss(double[] values) : BoostingLoss
{
    /// <summary>Gradients and hessians are divided by this, so that they stay within what the sums can hold.</summary>
    internal const double Unit = 8;

    private double _variance = 1;

    public override double NatsPerGain => Unit / _variance;

    public override double Start(Span<double> scores)
    {
        double mean = TensorPrimitives.Sum<double>(values) / values.Length;
        scores.Fill(mean);
        return mean;
    }

    public override void Refresh(ReadOnlySpan<double> scores)
    {
        double distance = TensorPrimitives.Distance(values, scores);
        _variance = Math.Max(distance * distance / values.Length, 1e-6);
    }

    public override (double, double) At(int row, double score) => (Math.Clamp((values[row] - score) / Unit, -1, 1), 1 / Unit);
}

/// <summary>Squared errors of a normal mean; scores are log variances (Fisher scoring).</summary>
/// <param name="squares">Squared residuals.</param>
public sealed class VarianceLoss(double[] squares) : BoostingLoss
{
    public override double NatsPerGain => NormalLoss.Unit;

    public override double Start(Span<double> scores)
    {
        double start = Math.Log(Math.Max(TensorPrimitives.Sum<double>(squares) / squares.Length, 1e-6));
        scores.Fill(start);
        return start;
    }

    public override (double, double) At(int row, double score) =>
        (Math.Clamp(0.5 * (squares[row] * Math.Exp(-score) - 1) / NormalLoss.Unit, -1, 1), 0.5 / NormalLoss.Unit);
}
