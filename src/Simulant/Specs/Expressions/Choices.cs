namespace Simulant.Specs.Expressions;

/// <summary>Functions that choose among values of one kind.</summary>
internal static class Choices
{
    /// <summary>An unknown condition takes the other branch, as SQL's CASE does.</summary>
    public static Bound? If(FunctionCall call)
    {
        var condition = call.Truth(0);
        if (call.Unified(1) is not { } values || condition is null) return null;
        var (then, otherwise) = (values[0], values[1]);
        return call.Result(then.Kind, t => Pick((Truths)condition.Evaluate(t), then.Evaluate(t), otherwise.Evaluate(t))) with
        {
            Integral = then.Integral && otherwise.Integral,
            Computed = then.Computed || otherwise.Computed,
        };
    }

    /// <summary>The first value that is not missing.</summary>
    public static Bound? Coalesce(FunctionCall call)
    {
        if (call.Unified(0) is not { } values) return null;
        return call.Result(values[0].Kind, t =>
        {
            var result = values[0].Evaluate(t);
            for (int i = 1; i < values.Length; i++)
                result = Pick(Conversions.IsMissing(result), values[i].Evaluate(t), result);
            return result;
        }) with
        {
            Integral = Array.TrueForAll(values, v => v.Integral),
            Computed = Array.Exists(values, v => v.Computed),
        };
    }

    private static Operand Pick(Truths condition, Operand then, Operand otherwise) => (then, otherwise) switch
    {
        (Numbers a, Numbers b) => Pick(condition, a, b),
        (Texts a, Texts b) => Pick(condition, a, b),
        _ => Pick(condition, (Truths)then, (Truths)otherwise),
    };

    private static Numbers Pick(Truths condition, Numbers then, Numbers otherwise)
    {
        var c = condition.Span;
        ReadOnlySpan<double> a = then.Span, b = otherwise.Span;
        int sc = condition.Step, sa = then.Step, sb = otherwise.Step;
        if ((sc | sa | sb) == 0) return c[0] == 1 ? then : otherwise;
        double[] result = new double[Length(sc, c.Length, sa, a.Length, b.Length)];
        for (int i = 0; i < result.Length; i++) result[i] = c[i * sc] == 1 ? a[i * sa] : b[i * sb];
        return new Numbers(result);
    }

    private static Truths Pick(Truths condition, Truths then, Truths otherwise)
    {
        ReadOnlySpan<sbyte> c = condition.Span, a = then.Span, b = otherwise.Span;
        int sc = condition.Step, sa = then.Step, sb = otherwise.Step;
        if ((sc | sa | sb) == 0) return c[0] == 1 ? then : otherwise;
        sbyte[] result = new sbyte[Length(sc, c.Length, sa, a.Length, b.Length)];
        for (int i = 0; i < result.Length; i++) result[i] = c[i * sc] == 1 ? a[i * sa] : b[i * sb];
        return new Truths(result);
    }

    private static Texts Pick(Truths condition, Texts then, Texts otherwise)
    {
        (then, otherwise) = (then.Compact(), otherwise.Compact());
        var c = condition.Span;
        ReadOnlySpan<int> a = then.Codes, b = otherwise.Codes;
        int sc = condition.Step, sa = then.Step, sb = otherwise.Step, shift = then.Levels.Count;
        if ((sc | sa | sb) == 0) return c[0] == 1 ? then : otherwise;
        int[] result = new int[Length(sc, c.Length, sa, a.Length, b.Length)];
        for (int i = 0; i < result.Length; i++)
        {
            int other = b[i * sb];
            result[i] = c[i * sc] == 1 ? a[i * sa] : other < 0 ? -1 : other + shift;
        }
        return new Texts(result, [.. then.Levels, .. otherwise.Levels]);
    }

    private static int Length(int stepC, int c, int stepA, int a, int b) => stepC != 0 ? c : stepA != 0 ? a : b;
}
