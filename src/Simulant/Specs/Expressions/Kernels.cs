using System.Runtime.CompilerServices;

namespace Simulant.Specs.Expressions;

/// <summary>The loops: one pass over the rows each, no allocation but the result.</summary>
internal static class Kernels
{
    public static Numbers Map(Numbers a, Func<double, double> f)
    {
        var x = a.Span;
        if (a.Step == 0) return new Numbers(f(x[0]));
        double[] result = new double[x.Length];
        for (int i = 0; i < result.Length; i++) result[i] = f(x[i]);
        return new Numbers(result);
    }

    public static Numbers Map(Numbers a, Numbers b, Func<double, double, double> f)
    {
        ReadOnlySpan<double> x = a.Span, y = b.Span;
        int sx = a.Step, sy = b.Step;
        if ((sx | sy) == 0) return new Numbers(f(x[0], y[0]));
        double[] result = new double[sx == 0 ? y.Length : x.Length];
        for (int i = 0; i < result.Length; i++) result[i] = f(x[i * sx], y[i * sy]);
        return new Numbers(result);
    }

    public static Numbers Arithmetic(Operator op, Numbers a, Numbers b) => op switch
    {
        Operator.Add => Apply<AddOp>(a, b),
        Operator.Subtract => Apply<SubtractOp>(a, b),
        Operator.Multiply => Apply<MultiplyOp>(a, b),
        Operator.Divide => Apply<DivideOp>(a, b),
        Operator.Modulo => Apply<ModuloOp>(a, b),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    private static Numbers Apply<TOp>(Numbers a, Numbers b) where TOp : struct, IArithmetic
    {
        ReadOnlySpan<double> x = a.Span, y = b.Span;
        int sx = a.Step, sy = b.Step;
        if ((sx | sy) == 0) return new Numbers(TOp.Of(x[0], y[0]));
        double[] result = new double[sx == 0 ? y.Length : x.Length];
        for (int i = 0; i < result.Length; i++) result[i] = TOp.Of(x[i * sx], y[i * sy]);
        return new Numbers(result);
    }

    /// <param name="tolerance">
    /// Relative difference that still counts as equal; 0 compares exactly. Sums and products of decimals are compared with
    /// a tolerance, since 0.1 + 0.2 is not 0.3 in binary.
    /// </param>
    public static Truths Compare(Operator op, Numbers a, Numbers b, double tolerance) => op switch
    {
        Operator.Equal => Compare<EqualOp>(a, b, tolerance),
        Operator.NotEqual => Compare<NotEqualOp>(a, b, tolerance),
        Operator.Less => Compare<LessOp>(a, b, tolerance),
        Operator.LessOrEqual => Compare<LessOrEqualOp>(a, b, tolerance),
        Operator.Greater => Compare<LessOp>(b, a, tolerance),
        Operator.GreaterOrEqual => Compare<LessOrEqualOp>(b, a, tolerance),
        _ => throw new ArgumentOutOfRangeException(nameof(op)),
    };

    private static Truths Compare<TOp>(Numbers a, Numbers b, double tolerance) where TOp : struct, IComparison
    {
        ReadOnlySpan<double> x = a.Span, y = b.Span;
        int sx = a.Step, sy = b.Step;
        if ((sx | sy) == 0) return new Truths(Truth<TOp>(x[0], y[0], tolerance));
        sbyte[] result = new sbyte[sx == 0 ? y.Length : x.Length];
        for (int i = 0; i < result.Length; i++) result[i] = Truth<TOp>(x[i * sx], y[i * sy], tolerance);
        return new Truths(result);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static sbyte Truth<TOp>(double x, double y, double tolerance) where TOp : struct, IComparison
    {
        if (double.IsNaN(x) || double.IsNaN(y)) return -1;
        bool near = x == y || (tolerance > 0 && double.IsFinite(x - y)
            && Math.Abs(x - y) <= tolerance * Math.Max(Math.Abs(x), Math.Abs(y)));
        return TOp.Of(x, y, near) ? (sbyte)1 : (sbyte)0;
    }

    public static Truths Not(Truths a)
    {
        var x = a.Span;
        if (a.Step == 0) return new Truths(x[0] < 0 ? x[0] : (sbyte)(1 - x[0]));
        sbyte[] result = new sbyte[x.Length];
        for (int i = 0; i < result.Length; i++) result[i] = x[i] < 0 ? x[i] : (sbyte)(1 - x[i]);
        return new Truths(result);
    }

    /// <summary>Kleene's conjunction (all) or disjunction: the deciding value wins, then unknown.</summary>
    public static Truths Logic(bool all, Truths a, Truths b)
    {
        ReadOnlySpan<sbyte> x = a.Span, y = b.Span;
        int sx = a.Step, sy = b.Step;
        sbyte deciding = all ? (sbyte)0 : (sbyte)1;
        int count = sx == 0 ? y.Length : x.Length;
        sbyte[] result = new sbyte[count];
        for (int i = 0; i < count; i++)
        {
            sbyte p = x[i * sx], q = y[i * sy];
            result[i] = p == deciding || q == deciding ? deciding : p < 0 || q < 0 ? (sbyte)-1 : p;
        }
        return (sx | sy) == 0 ? new Truths(result[0]) : new Truths(result);
    }

    /// <summary>A predicate of each row's text, asked once a level.</summary>
    public static Truths Where(Texts a, Func<string, bool> predicate)
    {
        a = a.Compact();
        bool[] holds = new bool[a.Levels.Count];
        for (int k = 0; k < holds.Length; k++) holds[k] = predicate(a.Levels[k]);
        var codes = a.Codes;
        sbyte[] result = new sbyte[codes.Length];
        for (int i = 0; i < result.Length; i++)
            result[i] = codes[i] < 0 ? (sbyte)-1 : holds[codes[i]] ? (sbyte)1 : (sbyte)0;
        return a.Step == 0 ? new Truths(result[0]) : new Truths(result);
    }

    /// <summary>A number for each row's text, asked once a level.</summary>
    public static Numbers Measure(Texts a, Func<string, double> f)
    {
        a = a.Compact();
        double[] values = new double[a.Levels.Count];
        for (int k = 0; k < values.Length; k++) values[k] = f(a.Levels[k]);
        var codes = a.Codes;
        double[] result = new double[codes.Length];
        for (int i = 0; i < result.Length; i++) result[i] = codes[i] < 0 ? double.NaN : values[codes[i]];
        return a.Step == 0 ? new Numbers(result[0]) : new Numbers(result);
    }

    /// <summary>Another text for each row's text, asked once a level.</summary>
    public static Texts Map(Texts a, Func<string, string> f)
    {
        a = a.Compact();
        return new Texts(a.Codes.ToArray(), [.. a.Levels.Select(f)], a.Step);
    }

    private interface IArithmetic
    {
        static abstract double Of(double x, double y);
    }

    private readonly struct AddOp : IArithmetic
    {
        public static double Of(double x, double y) => x + y;
    }

    private readonly struct SubtractOp : IArithmetic
    {
        public static double Of(double x, double y) => x - y;
    }

    private readonly struct MultiplyOp : IArithmetic
    {
        public static double Of(double x, double y) => x * y;
    }

    private readonly struct DivideOp : IArithmetic
    {
        public static double Of(double x, double y) => x / y;
    }

    /// <summary>The remainder carries the divisor's sign, so that -1 % 7 is 6, as in Python and R.</summary>
    private readonly struct ModuloOp : IArithmetic
    {
        public static double Of(double x, double y)
        {
            double r = x % y;
            return r != 0 && (r < 0) != (y < 0) ? r + y : r;
        }
    }

    private interface IComparison
    {
        static abstract bool Of(double x, double y, bool near);
    }

    private readonly struct EqualOp : IComparison
    {
        public static bool Of(double x, double y, bool near) => near;
    }

    private readonly struct NotEqualOp : IComparison
    {
        public static bool Of(double x, double y, bool near) => !near;
    }

    private readonly struct LessOp : IComparison
    {
        public static bool Of(double x, double y, bool near) => x < y && !near;
    }

    private readonly struct LessOrEqualOp : IComparison
    {
        public static bool Of(double x, double y, bool near) => x < y || near;
    }
}
