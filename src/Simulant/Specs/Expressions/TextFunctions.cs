using System.Text;

namespace Simulant.Specs.Expressions;

/// <summary>Functions of text that need more than a line.</summary>
internal static class TextFunctions
{
    /// <summary>Characters as a person counts code points, not UTF-16 units.</summary>
    public static double Length(string text)
    {
        int count = text.Length;
        foreach (char c in text)
            if (char.IsLowSurrogate(c)) count--;
        return count;
    }

    /// <summary>From the 1-based start, to the end or for so many characters; outside the text is empty.</summary>
    public static Bound? Substring(FunctionCall call)
    {
        var (a, start) = (call.Text(0), call.LiteralNumber(1));
        double? count = call.Count == 3 ? call.LiteralNumber(2) : int.MaxValue;
        if (a is null || start is null || count is null) return null;
        if (start < 1 || !double.IsInteger(start.Value) || count < 0 || !double.IsInteger(count.Value))
        {
            return call.Binder.Fault(Codes.FunctionArguments, call.Arguments[1].Source.At,
                "substring counts characters from 1; start must be a whole number of at least 1, count of at least 0");
        }
        int from = (int)Math.Min(start.Value - 1, int.MaxValue), take = (int)Math.Min(count.Value, int.MaxValue);
        return call.Result(ValueKind.Text, t => Kernels.Map((Texts)a.Evaluate(t), s =>
            string.Concat(s.EnumerateRunes().Skip(from).Take(take).Select(r => r.ToString()))));
    }

    /// <summary>The values as text one after the other; missing where any of them is.</summary>
    public static Bound? Concat(FunctionCall call)
    {
        var parts = call.Arguments.Select(FunctionCall.AsText).ToArray();
        return call.Result(ValueKind.Text, t => Join([.. parts.Select(p => ((Texts)p.Evaluate(t)).Compact())]));
    }

    private static Texts Join(Texts[] parts)
    {
        int step = parts.Max(p => p.Step);
        int count = step == 0 ? 1 : parts.First(p => p.Step != 0).Codes.Length;
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        int[] codes = new int[count];
        var row = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            row.Clear();
            bool missing = false;
            foreach (var part in parts)
            {
                int code = part.Codes[i * part.Step];
                missing |= code < 0;
                if (code >= 0) row.Append(part.Levels[code]);
            }
            if (missing)
            {
                codes[i] = -1;
                continue;
            }
            string text = row.ToString();
            if (!index.TryGetValue(text, out int level)) index.Add(text, level = index.Count);
            codes[i] = level;
        }
        string[] levels = new string[index.Count];
        foreach (var (level, code) in index) levels[code] = level;
        return new Texts(codes, levels, step);
    }
}
