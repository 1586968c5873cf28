using MathNet.Numerics;
using Simulant.Bench.Quality;
using Simulant.Data;
using Xunit;

namespace Simulant.Tests.Tabular.Rules;

/// <summary>Every distribution on 100,000 rows against its law, at 1e-4; and independence between columns.</summary>
public class DistributionTests
{
    private const int Rows = 100_000;

    public static TheoryData<string> Rules => [.. DeclaredLaw.All.Select(law => law.Rule)];

    [Theory, MemberData(nameof(Rules))]
    public void A_declared_distribution_passes_Kolmogorov_Smirnov_or_chi_square(string rule)
    {
        var law = DeclaredLaw.All.Single(l => l.Rule == rule);
        var column = RuleSpec.Sample($"columns: {{ x: {{ {rule} }} }}", Rows)["x"];
        if (law is CountingLaw && column is NumericColumn) Assert.Equal(ColumnKind.Integer, column.Schema.Kind);
        double[] values = column is NumericColumn numbers ? numbers.Values.ToArray()
            : Array.ConvertAll(((CodedColumn)column).Codes.ToArray(), code => (double)code);
        Assert.InRange(law.PValue(values), 1e-4, 1);
    }

    [Fact]
    public void Columns_are_independent_of_each_other()
    {
        var table = RuleSpec.Sample(
            "columns: { a: { distribution: uniform, min: 0, max: 1 }, b: { distribution: uniform, min: 0, max: 1 } }", Rows);
        var a = ((NumericColumn)table["a"]).Values;
        var b = ((NumericColumn)table["b"]).Values;
        double[] cells = new double[100];
        for (int i = 0; i < Rows; i++) cells[(int)(a[i] * 10) * 10 + (int)(b[i] * 10)]++;
        AssertChiSquare(cells.Select(count => (count, Rows / 100.0)));
    }

    [Fact]
    public void A_new_column_leaves_the_others_as_they_were()
    {
        var alone = (NumericColumn)RuleSpec.Sample("columns: { x: { distribution: normal, mean: 0, sd: 1 } }", 500)["x"];
        var among = (NumericColumn)RuleSpec.Sample(
            "columns: { new: { values: [a, b] }, x: { distribution: normal, mean: 0, sd: 1 } }", 500)["x"];
        Assert.Equal(alone.Values, among.Values);
    }

    /// <summary>Cells of less than 8 expected are thrown together.</summary>
    internal static void AssertChiSquare(IEnumerable<(double Observed, double Expected)> cells)
    {
        double statistic = 0, restObserved = 0, restExpected = 0;
        int count = 0;
        foreach (var (observed, expected) in cells)
        {
            if (expected < 8)
            {
                restObserved += observed;
                restExpected += expected;
                continue;
            }
            statistic += (observed - expected) * (observed - expected) / expected;
            count++;
        }
        if (restExpected > 1)
        {
            statistic += (restObserved - restExpected) * (restObserved - restExpected) / restExpected;
            count++;
        }
        double p = SpecialFunctions.GammaUpperRegularized((count - 1) / 2.0, statistic / 2);
        Assert.True(p > 1e-4, $"chi-square {statistic} on {count - 1} degrees: p {p}");
    }
}
