namespace Simulant.Numerics.Trees;

/// <summary>What boosting minimises: a negative log-likelihood of each row's label given its score.</summary>
public abstract class BoostingLoss
{
    /// <summary>Nats that one unit of g^2 / h is worth.</summary>
    public virtual double NatsPerGain => 1;

    /// <summary>Fills the scores growth starts from; the constant part is returned.</summary>
    public abstract double Start(Span<double> scores);

    /// <summary>Looks at the scores before each round.</summary>
    public virtual void Refresh(ReadOnlySpan<double> scores) { }

    /// <summary>The negative gradient, in [-1, 1], and the hessian, in (0, 1], of a row's loss.</summary>
    public abstract (double Gradient, double Hessian) At(int row, double score);
}

/// <summary>Yes/no labels; scores are log-odds of yes.</summary>
/// <param name="labels">0 or 1 a row, both present.</param>
/// <param name="offsets">What each row's score starts from, up to a slope and an intercept that are fitted; null for nothing.</param>
public sealed class LogitLoss(byte[] labels, float[]? offsets = null) : BoostingLoss
{
    // Precision of the priors of intercept (at 0) and slope (at 1): the offset is believed until a few rows speak against it.
    private const double InterceptPrior = 0.01, SlopePrior = 4;
    private const int MaxSteps = 12;

    /// <summary>By what the offsets are multiplied; 0 where there are none.</summary>
    public double Slope { get; private set; }

    public override double Start(Span<double> scores)
    {
        long positive = 0;
        foreach (byte y in labels) positive += y;
        double p = (double)positive / labels.Length;
        double intercept = Math.Log(p / (1 - p));
        if (offsets is null)
        {
            scores.Fill(intercept);
            return intercept;
        }
        (double start, Slope) = FitLine(offsets);
        for (int i = 0; i < labels.Length; i++) scores[i] = start + Slope * offsets[i];
        return start;
    }

    /// <summary>Newton's method for the intercept and slope of the offsets.</summary>
    private (double Intercept, double Slope) FitLine(float[] offsets)
    {
        double a = 0, b = 1;
        for (int step = 0; step < MaxSteps; step++)
        {
            double ga = -InterceptPrior * a, gb = -SlopePrior * (b - 1), haa = InterceptPrior, hab = 0, hbb = SlopePrior;
            for (int i = 0; i < labels.Length; i++)
            {
                double o = offsets[i], q = 1 / (1 + Math.Exp(-(a + b * o))), h = q * (1 - q), g = labels[i] - q;
                ga += g;
                gb += g * o;
                haa += h;
                hab += h * o;
                hbb += h * o * o;
            }
            double det = haa * hbb - hab * hab;
            double da = (ga * hbb - gb * hab) / det, db = (gb * haa - ga * hab) / det;
            a += Math.Clamp(da, -1, 1);
            b += Math.Clamp(db, -0.5, 0.5);
            if (Math.Abs(da) + Math.Abs(db) < 1e-6) break;
        }
        return (a, b);
    }

    public override (double, double) At(int row, double score)
    {
        double p = 1 / (1 + Math.Exp(-score));
        return (labels[row] - p, Math.Max(p * (1 - p), 1e-6));
    }
}
