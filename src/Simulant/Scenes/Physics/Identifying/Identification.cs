using MathNet.Numerics.LinearAlgebra;
using Simulant.Numerics.Physics;

namespace Simulant.Scenes.Physics.Identifying;

/// <summary>What was found.</summary>
/// <param name="Values">Of the unknowns, in their order.</param>
/// <param name="Deviations">Standard deviations of the values, from the residuals and the slopes.</param>
/// <param name="Residual">Root mean square distance of places, per coordinate, in metres.</param>
public sealed record Identified(double[] Values, double[] Deviations, double Residual, int Rounds);

/// <summary>
/// Finds unknown properties from watched places by damped least squares (Levenberg, 1944; Marquardt, 1963) on slopes by dual numbers. The
/// time watched is lengthened in parts: over a long one the number of bounces is wrong at first, and slopes mislead.
/// </summary>
public static class Identification
{
    private const int MostRounds = 60;

    // Root mean square distance in metres below which no other start is tried.
    private const double Exact = 1e-7;

    // Where a touch holds fast, nothing depends on how much more friction it has, so that one start would see no slope.
    private static readonly double[] Factors = [1, 0.3, 0.1, 3, 10];

    /// <param name="places">As <see cref="Experiment.Run()"/> gives them.</param>
    /// <param name="start">Where the search begins; masses and frictions above 0, restitutions between 0 and 1.</param>
    /// <exception cref="ArgumentException">Counts that do not fit, places that are not finite, or a start outside its range.</exception>
    public static Identified Find(Experiment experiment, IReadOnlyList<Unknown> unknowns, IReadOnlyList<Vec3> places,
        IReadOnlyList<double> start)
    {
        if (places.Count != experiment.Times.Count * experiment.Probes.Count || places.Any(p => !p.IsFinite))
            throw new ArgumentException(
                $"{places.Count} places are not finite ones of {experiment.Times.Count} times of {experiment.Probes.Count} bodies");
        if (unknowns.Count == 0 || start.Count != unknowns.Count || unknowns.Where((u, k) => !Within(u.Property, start[k])).Any())
            throw new ArgumentException("a start of masses and frictions above 0 and restitutions between 0 and 1, one for each unknown");
        int rounds = 0;
        double[] at = [];
        double least = double.PositiveInfinity;
        foreach (double factor in unknowns.Any(u => u.Property == ProbeProperty.Friction) ? Factors : Factors[..1])
        {
            double[] from = [.. unknowns.Select((u, k) => Free(u.Property, start[k])
                + (u.Property == ProbeProperty.Friction ? Math.Log(factor) : 0))];
            foreach (int part in (int[])[8, 4, 2, 1])
            {
                int times = Math.Max(Math.Min(experiment.Times.Count, 4), experiment.Times.Count / part);
                var shorter = experiment with { Times = [.. experiment.Times.Take(times)] };
                from = Search(shorter, unknowns, [.. places.Take(times * experiment.Probes.Count)], from, ref rounds);
            }
            var left = Measure(experiment, unknowns, places, from).Residuals;
            if (left.DotProduct(left) < least) (at, least) = (from, left.DotProduct(left));
            if (least <= Exact * Exact * left.Count) break;
        }
        var (residuals, slopes) = Measure(experiment, unknowns, places, at);
        double square = residuals.DotProduct(residuals), spread = square / Math.Max(1, residuals.Count - at.Length);
        var normal = slopes.TransposeThisAndMultiply(slopes);
        var inverse = normal.PseudoInverse();
        double[] values = [.. unknowns.Select((u, k) => Bound(u.Property, at[k]).Value)];
        double[] deviations =
            [.. unknowns.Select((u, k) => Math.Sqrt(Math.Max(0, inverse[k, k]) * spread) * Bound(u.Property, at[k]).Slope)];
        return new(values, deviations, Math.Sqrt(square / residuals.Count), rounds);
    }

    private static double[] Search(Experiment experiment, IReadOnlyList<Unknown> unknowns, Vec3[] places, double[] from, ref int rounds)
    {
        var at = Vector<double>.Build.DenseOfArray(from);
        var (residuals, slopes) = Measure(experiment, unknowns, places, from);
        double square = residuals.DotProduct(residuals), damping = 1e-3;
        for (int round = 0; round < MostRounds; round++, rounds++)
        {
            var normal = slopes.TransposeThisAndMultiply(slopes);
            var downhill = slopes.TransposeThisAndMultiply(residuals);
            // What no place depends on yet stays where it is.
            var diagonal = normal.Diagonal().Map(d => d * damping + 1e-12);
            var step = (normal + Matrix<double>.Build.DiagonalOfDiagonalVector(diagonal)).Solve(downhill);
            double most = step.AbsoluteMaximum();
            if (most > 1) step /= most;
            var next = at - step;
            var (left, slope) = Measure(experiment, unknowns, places, next.ToArray());
            double squareNext = left.DotProduct(left);
            if (squareNext < square)
            {
                bool done = square - squareNext <= 1e-14 * square || step.AbsoluteMaximum() < 1e-11;
                (at, residuals, slopes, square, damping) = (next, left, slope, squareNext, Math.Max(damping / 5, 1e-12));
                if (done) break;
            }
            else if ((damping *= 4) > 1e10) break;
        }
        return at.ToArray();
    }

    private static (Vector<double> Residuals, Matrix<double> Slopes) Measure(Experiment experiment, IReadOnlyList<Unknown> unknowns,
        IReadOnlyList<Vec3> places, double[] at)
    {
        var bound = unknowns.Select((u, k) => Bound(u.Property, at[k])).ToArray();
        var run = experiment.Run(unknowns, [.. bound.Select(b => b.Value)]);
        var residuals = Vector<double>.Build.Dense(3 * run.Length);
        var slopes = Matrix<double>.Build.Dense(3 * run.Length, at.Length);
        for (int p = 0; p < run.Length; p++)
            for (int axis = 0; axis < 3; axis++)
            {
                var value = axis == 0 ? run[p].X : axis == 1 ? run[p].Y : run[p].Z;
                residuals[3 * p + axis] = value.Value - places[p][axis];
                for (int k = 0; k < at.Length; k++) slopes[3 * p + axis, k] = value.Slope(k) * bound[k].Slope;
            }
        return (residuals, slopes);
    }

    private static bool Within(ProbeProperty property, double value) =>
        value > 0 && (property == ProbeProperty.Restitution ? value < 1 : value <= (property == ProbeProperty.Mass ? 1e11 : 99));

    // Unknowns are searched for by their logarithms, restitutions by their logits, so that none leaves its range.
    private static double Free(ProbeProperty property, double value) =>
        property == ProbeProperty.Restitution ? Math.Log(value / (1 - value)) : Math.Log(value);

    private static (double Value, double Slope) Bound(ProbeProperty property, double free)
    {
        if (property != ProbeProperty.Restitution)
        {
            double value = Math.Exp(Math.Clamp(free, -20, property == ProbeProperty.Friction ? 4.6 : 27));
            return (value, value);
        }
        double part = 1 / (1 + Math.Exp(-free));
        return (part, part * (1 - part));
    }
}
