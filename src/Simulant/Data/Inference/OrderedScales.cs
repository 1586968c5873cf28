using System.Globalization;

namespace Simulant.Data.Inference;

/// <summary>Recognises categories that have an order: words of usual scales, and levels that carry numbers or ranges.</summary>
internal static class OrderedScales
{
    private static readonly string[][] Scales =
    [
        ["very low", "low", "medium low", "medium", "medium high", "high", "very high"],
        ["very low", "low", "moderate", "high", "very high", "critical"],
        ["low", "mid", "middle", "high"],
        ["low", "normal", "high", "urgent", "critical"],
        ["low", "average", "high"],
        ["none", "some", "caution", "substantial", "severe"],
        ["none", "minor", "moderate", "major", "severe", "critical", "catastrophic"],
        ["none", "slight", "mild", "moderate", "severe", "very severe", "extreme"],
        ["info", "warning", "error", "critical", "fatal"],
        ["strongly disagree", "disagree", "somewhat disagree", "slightly disagree", "neutral", "neither agree nor disagree", "undecided",
         "slightly agree", "somewhat agree", "agree", "strongly agree"],
        ["very dissatisfied", "dissatisfied", "somewhat dissatisfied", "neutral", "somewhat satisfied", "satisfied", "very satisfied"],
        ["never", "almost never", "rarely", "seldom", "occasionally", "sometimes", "often", "frequently", "usually", "almost always",
            "always"],
        ["very poor", "poor", "fair", "average", "good", "very good", "excellent", "outstanding"],
        ["very bad", "bad", "ok", "good", "very good"],
        ["terrible", "bad", "mixed", "pleased", "delighted"],
        ["terrible", "unhappy", "mostly dissatisfied", "mixed", "mostly satisfied", "pleased", "delighted"],
        ["ideal", "premium", "very good", "good", "fair"],
        ["tiny", "small", "medium", "large", "huge"],
        ["extra small", "small", "medium", "large", "extra large"],
        ["xxxs", "xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "xxxxl"],
        ["2xs", "xs", "s", "m", "l", "xl", "2xl", "3xl", "4xl", "5xl"],
        ["infant", "child", "teen", "teenager", "adolescent", "adult", "senior"],
        ["bronze", "silver", "gold", "platinum", "diamond"],
        ["basic", "standard", "premium"],
        ["beginner", "intermediate", "advanced", "expert"],
        ["trainee", "junior", "mid", "senior", "lead", "principal"],
        ["primary", "secondary", "tertiary"],
        ["basic education", "primary", "lower secondary", "secondary", "upper secondary", "vocational", "bachelor", "master", "doctorate"],
        ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"],
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"],
        ["i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x"],
        ["dawn", "morning", "noon", "afternoon", "dusk", "evening", "night"],
        ["cold", "cool", "mild", "warm", "hot"],
        ["daily", "weekly", "biweekly", "monthly", "quarterly", "yearly"],
        ["spring", "summer", "autumn", "winter"],
        ["spring", "summer", "fall", "winter"],
        ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"],
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
    ];

    /// <summary>The levels in their scale's order and what it is; null where no scale holds them all. At least three levels.</summary>
    public static (string[] Levels, string Evidence)? Find(IReadOnlyList<string> levels)
    {
        if (levels.Count is < 3 or > 60) return null;
        var plain = levels.Select(Plain).ToArray();
        if (plain.Distinct(StringComparer.Ordinal).Count() != plain.Length) return null;
        foreach (string[] scale in Scales)
        {
            if (plain.Length > scale.Length) continue;
            int[] places = [.. plain.Select(level => Array.IndexOf(scale, level))];
            if (Array.IndexOf(places, -1) >= 0) continue;
            return (Sorted(levels, places), $"levels of the scale {scale[0]} … {scale[^1]}");
        }
        return Numbered(levels);
    }

    private static string[] Sorted<TKey>(IReadOnlyList<string> levels, TKey[] keys)
    {
        string[] sorted = [.. levels];
        Array.Sort(keys, sorted);
        return sorted;
    }

    private static string Plain(string level)
    {
        string text = level.Trim().ToLowerInvariant().Replace('_', ' ').Replace('-', ' ');
        // "1. low", "2 - medium": the number says the same as the word, and Numbered reads it.
        return text;
    }

    // Levels that all begin with a number or a bound: "16-24", "<25", "65+", "1st-4th", "2. agree", "10 to 20".
    private static (string[] Levels, string Evidence)? Numbered(IReadOnlyList<string> levels)
    {
        var keys = new double[levels.Count];
        for (int i = 0; i < keys.Length; i++)
            if (!TryKey(levels[i].Trim(), out keys[i])) return null;
        if (keys.Distinct().Count() != keys.Length) return null;
        return (Sorted(levels, keys), "every level begins with a number or a bound");
    }

    private static bool TryKey(string text, out double key)
    {
        key = 0;
        double shift = 0;
        string lower = text.ToLowerInvariant();
        foreach (var (mark, by) in (ReadOnlySpan<(string, double)>)[("<=", -1e-6), (">=", 1e-7), ("<", -2e-6), (">", 1e-6), ("≤", -1e-6),
            ("≥", 1e-7),
            ("under ", -2e-6), ("below ", -2e-6), ("less than ", -2e-6), ("up to ", -1e-6), ("over ", 1e-6), ("above ", 1e-6),
                ("more than ", 1e-6)])
        {
            if (!lower.StartsWith(mark, StringComparison.Ordinal)) continue;
            shift = by;
            lower = lower[mark.Length..];
            break;
        }
        lower = lower.TrimStart(' ', '$', '€', '£', '(', '[');
        int end = 0;
        while (end < lower.Length && (char.IsAsciiDigit(lower[end])
            || (lower[end] is '.' or ',' && end + 1 < lower.Length && char.IsAsciiDigit(lower[end + 1])))) end++;
        if (end == 0 || !double.TryParse(lower[..end].Replace(",", "", StringComparison.Ordinal),
            NumberStyles.Float, CultureInfo.InvariantCulture, out double number))
            return false;
        string rest = lower[end..];
        number *= Thousands(lower[(end - 1)..]);
        // A number stuck to letters is a code (3B, 7eleven), unless it is an ordinal or a usual unit.
        if (rest.Length > 0 && char.IsLetter(rest[0]) && !Unit(rest)) return false;
        // Three parts or more are a telephone number or a date, not a range.
        if (rest.Count(c => c == '-') > 1 || rest.Contains(':')) return false;
        key = number + shift * Math.Max(1, Math.Abs(number));
        return true;
    }

    // 1000 or a million where a k or m follows a digit: of "10-20k" both ends are thousands.
    private static double Thousands(string text)
    {
        for (int i = 1; i < text.Length; i++)
        {
            if (text[i] is not ('k' or 'm') || !char.IsAsciiDigit(text[i - 1])
                || (i + 1 < text.Length && char.IsLetter(text[i + 1]))) continue;
            return text[i] == 'k' ? 1e3 : 1e6;
        }
        return 1;
    }

    private static bool Unit(string rest)
    {
        foreach (string unit in (ReadOnlySpan<string>)["st", "nd", "rd", "th", "k", "m", "km", "kg", "cm", "mm", "y",
            "yr", "yrs", "years", "months", "days", "hours", "h", "to"])
            if (rest.StartsWith(unit, StringComparison.Ordinal)
                && (rest.Length == unit.Length || !char.IsLetter(rest[unit.Length]))) return true;
        return false;
    }
}
