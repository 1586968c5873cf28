using Simulant.Data;

namespace Simulant.Tabular.Frame;

/// <summary>Finds the grid that a numeric column's values lie on.</summary>
internal static class Grids
{
    private const double Microsecond = 1, Millisecond = 1e3, Second = 1e6, Minute = 60e6, Hour = 3600e6, Day = 86400e6;

    /// <summary>The coarsest usual step that every finite value is a multiple of; 0 where there is none.</summary>
    public static double StepOf(ColumnSchema schema, ReadOnlySpan<double> values) => schema.Kind switch
    {
        ColumnKind.Integer => WholeStep(values),
        ColumnKind.Date => 1,
        ColumnKind.Time or ColumnKind.Timestamp => FirstThatFits(values, [Day, Hour, Minute, Second, Millisecond, Microsecond]),
        _ when schema.Decimals >= 0 => Math.Pow(10, -schema.Decimals),
        _ => FirstThatFits(values, [1, 0.1, 0.01, 0.001, 1e-4, 1e-5, 1e-6]),
    };

    /// <summary>Digits after the point of a multiple of the step; -1 where rounding to digits does not apply.</summary>
    public static int DigitsOf(double step)
    {
        if (step is <= 0 or > 1e9) return -1;
        for (int d = 0; d <= 15; d++)
        {
            double scaled = step * Math.Pow(10, d);
            if (Math.Abs(scaled - Math.Round(scaled)) < 1e-9 * scaled) return d;
        }
        return -1;
    }

    private static double FirstThatFits(ReadOnlySpan<double> values, ReadOnlySpan<double> steps)
    {
        foreach (double step in steps)
            if (Fits(values, step)) return step;
        return 0;
    }

    private static bool Fits(ReadOnlySpan<double> values, double step)
    {
        bool any = false;
        foreach (double v in values)
        {
            if (!double.IsFinite(v)) continue;
            any = true;
            double cells = v / step;
            if (Math.Abs(cells) > 1e15 || Math.Abs(cells - Math.Round(cells)) > 1e-6) return false;
        }
        return any;
    }

    /// <summary>Greatest common divisor of the values: 1 mostly, 100 where all are hundreds.</summary>
    private static double WholeStep(ReadOnlySpan<double> values)
    {
        long gcd = 0;
        foreach (double v in values)
        {
            if (!double.IsFinite(v) || Math.Abs(v) > 1L << 53) continue;
            long a = Math.Abs((long)v);
            while (a != 0) (gcd, a) = (a, gcd % a);
            if (gcd == 1) return 1;
        }
        return Math.Max(1, gcd);
    }
}
