using System.Globalization;
using Simulant.Data;

namespace Simulant.Specs.Expressions;

/// <summary>Values of one kind as values of another.</summary>
internal static class Conversions
{
    public static Truths Truth(CodedColumn column)
    {
        var codes = column.Codes;
        sbyte[] byLevel = new sbyte[column.Levels.Count];
        for (int k = 0; k < byLevel.Length; k++) byLevel[k] = Truth(column.Levels[k]);
        sbyte[] result = new sbyte[codes.Length];
        for (int i = 0; i < result.Length; i++) result[i] = codes[i] < 0 ? (sbyte)-1 : byLevel[codes[i]];
        return new Truths(result);
    }

    /// <summary>1, 0, or -1 where the text is neither true nor false.</summary>
    public static sbyte Truth(string text) =>
        text.Equals("true", StringComparison.OrdinalIgnoreCase) ? (sbyte)1
        : text.Equals("false", StringComparison.OrdinalIgnoreCase) ? (sbyte)0
        : (sbyte)-1;

    public static Operand TruthToNumber(Operand truth)
    {
        var x = ((Truths)truth).Span;
        if (truth.Step == 0) return new Numbers(One(x[0]));
        double[] result = new double[x.Length];
        for (int i = 0; i < result.Length; i++) result[i] = One(x[i]);
        return new Numbers(result);

        static double One(sbyte value) => value < 0 ? double.NaN : value;
    }

    /// <summary>A date as the microseconds of its midnight; times and timestamps as they are.</summary>
    public static Bound ToInstant(Bound bound) => bound.Kind == ValueKind.Date
        ? bound.As(ValueKind.Timestamp, DaysToInstant)
        : bound;

    public static Operand DaysToInstant(Operand days) => Kernels.Map((Numbers)days, d => d * Instants.MicrosecondsPerDay);

    /// <summary>The number a text states, or NaN.</summary>
    public static double Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) ? value : double.NaN;

    public static Truths IsMissing(Operand operand)
    {
        sbyte[] result = operand switch
        {
            Numbers numbers => new sbyte[numbers.Span.Length],
            Texts texts => new sbyte[texts.Codes.Length],
            _ => new sbyte[((Truths)operand).Span.Length],
        };
        if (operand is Numbers n)
        {
            var x = n.Span;
            for (int i = 0; i < result.Length; i++) result[i] = double.IsNaN(x[i]) ? (sbyte)1 : (sbyte)0;
        }
        else if (operand is Texts t)
        {
            var x = t.Codes;
            for (int i = 0; i < result.Length; i++) result[i] = x[i] < 0 ? (sbyte)1 : (sbyte)0;
        }
        else
        {
            var x = ((Truths)operand).Span;
            for (int i = 0; i < result.Length; i++) result[i] = x[i] < 0 ? (sbyte)1 : (sbyte)0;
        }
        return operand.Step == 0 ? new Truths(result[0]) : new Truths(result);
    }

    /// <summary>Any value as text: numbers in their shortest exact form, dates and times in ISO 8601.</summary>
    public static Texts Text(Operand operand, ValueKind kind)
    {
        if (operand is Texts already) return already;
        if (operand is Truths truths)
        {
            var x = truths.Span;
            int[] truthCodes = new int[x.Length];
            for (int i = 0; i < truthCodes.Length; i++) truthCodes[i] = x[i];
            return new Texts(truthCodes, ["false", "true"], operand.Step);
        }
        var values = ((Numbers)operand).Span;
        var index = new Dictionary<double, int>();
        var levels = new List<string>();
        int[] codes = new int[values.Length];
        for (int i = 0; i < codes.Length; i++)
        {
            if (index.TryGetValue(values[i], out int code))
            {
                codes[i] = code;
                continue;
            }
            string? text = double.IsNaN(values[i]) ? null
                : kind == ValueKind.Number ? values[i].ToString("R", CultureInfo.InvariantCulture)
                : Instants.Format(kind, values[i]);
            codes[i] = text is null ? -1 : levels.Count;
            index.Add(values[i], codes[i]);
            if (text is not null) levels.Add(text);
        }
        return new Texts(codes, levels, operand.Step);
    }
}
