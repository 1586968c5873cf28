using Simulant.Privacy.Mechanisms;

namespace Simulant.Privacy.Accounting;

/// <summary>How a run's (epsilon, delta) is divided: what a user promises, in the units that mechanisms are paid in.</summary>
/// <param name="Unit">Whose presence is hidden: <c>row</c>, or the column that names the owner of rows.</param>
/// <param name="Bound">Rows of one unit at most; more are left out.</param>
/// <param name="Vocabularies">Columns whose levels are to be discovered; half of delta is theirs where there are any.</param>
public sealed record PrivacyPlan(double Epsilon, double Delta, string Unit, int Bound, int Vocabularies)
{
    /// <summary>The part of delta that discovery may use.</summary>
    public double VocabularyDelta => Vocabularies == 0 ? 0 : Delta / 2;

    public Rho Amount => Zcdp.Budget(Epsilon, Delta - VocabularyDelta);

    public VocabularyRule? Rule => Vocabularies == 0 ? null
        : new VocabularyRule(Vocabularies, (variance, bound) => Threshold(variance, bound, VocabularyDelta / Vocabularies));

    /// <summary>
    /// A text that only one unit has occurs at most <paramref name="bound"/> times, and there are at most as many such texts; with
    /// noise each passes this with probability at most delta / bound: the discrete Gaussian's tail is below exp(-t^2 / (2 variance))
    /// (Canonne, Kamath and Steinke 2020, Proposition 25).
    /// </summary>
    public static long Threshold(Variance variance, int bound, double delta)
    {
        double sigma2 = Math.ScaleB(variance.Numerator, -variance.Shift);
        return bound + 1 + (long)Math.Ceiling(Math.Sqrt(2 * sigma2 * Math.Log(bound / delta)));
    }
}
