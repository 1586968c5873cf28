using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tabular.Frame;
using Xunit;

namespace Simulant.Tests.Tabular.Frame;

public class SupplementPlanTests
{
    [Fact]
    public void No_smaller_addition_reaches_what_was_asked_for()
    {
        var random = new RandomStream(3, "supplements");
        for (int trial = 0; trial < 300; trial++)
        {
            int rows = 1 + random.Below(60, trial, 0);
            int[] real = [random.Below(rows + 1, trial, 1), random.Below(rows + 1, trial, 2)];
            // Hundredths, so that sums and products are exact.
            int[] hundredths = [1 + random.Below(45, trial, 3), 1 + random.Below(45, trial, 4)];
            long? number = random.Below(3, trial, 5) == 0 ? 1 + random.Below(90, trial, 6) : null;
            (double? Share, long? Rows)[] reach =
                [(hundredths[0] / 100.0, null), number is null ? (hundredths[1] / 100.0, null) : (null, number)];
            bool Reached(long a, long b) => 100 * (real[0] + a) >= hundredths[0] * (rows + a + b)
                && (number is { } n ? real[1] + b >= n : 100 * (real[1] + b) >= hundredths[1] * (rows + a + b));
            long[] made = SupplementPlan.Least(reach, real, rows);
            Assert.True(Reached(made[0], made[1]), $"trial {trial}");
            for (long a = 0; a <= made[0]; a++)
                for (long b = 0; b <= made[1]; b++)
                    Assert.True(a + b == made[0] + made[1] || !Reached(a, b), $"trial {trial}: {a} and {b} would do");
        }
    }

    [Fact]
    public void What_would_never_end_is_refused() => Assert.Contains("smaller shares", Assert.Throws<DataException>(() =>
        SupplementPlan.Least([(0.99999999, null)], [0], 1000)).Message, StringComparison.Ordinal);
}
