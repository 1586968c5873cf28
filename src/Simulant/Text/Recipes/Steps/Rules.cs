using System.Text.RegularExpressions;

namespace Simulant.Text.Recipes.Steps;

/// <summary>A rule a field's text must keep.</summary>
/// <param name="Name">As accounts list what breaks it.</param>
/// <param name="Breaks">What was found where the text breaks it, or null.</param>
public sealed record TextRule(string Name, Func<string, string?> Breaks);

/// <summary>Rules that recipes choose from.</summary>
public static class TextRules
{
    private static readonly TimeSpan PatternTime = TimeSpan.FromMilliseconds(200);

    public static int WordCount(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;

    public static TextRule AtLeastWords(int least) => new("too short", t => WordCount(t) is var n && n < least ? $"{n} words" : null);

    public static TextRule AtMostWords(int most) => new("too long", t => WordCount(t) is var n && n > most ? $"{n} words" : null);

    /// <summary>None of the words or phrases, whole words, in any case.</summary>
    public static TextRule Without(IReadOnlyList<string> words, string name = "names what a text cannot hold")
    {
        var pattern = new Regex(@"\b(?:" + string.Join('|', words.Select(w => Regex.Escape(w).Replace(@"\ ", @"\s+"))) + @")\b",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
        return new TextRule(name, t => pattern.Match(t) is { Success: true } found ? $"'{found.Value}'" : null);
    }

    public static TextRule NotStartingWith(string start) => new($"starts with '{start}'",
        t => t.StartsWith(start, StringComparison.OrdinalIgnoreCase) ? $"'{start}'" : null);

    public static TextRule StartsPlainly { get; } = new("starts with a mark or another script", t =>
        t.Length > 0 && (!char.IsAscii(t[0]) || char.IsPunctuation(t[0]) || char.IsSymbol(t[0])) ? $"'{t[0]}'" : null);

    public static TextRule NotEndingWith(string end) => new($"ends with '{end}'",
        t => t.TrimEnd().EndsWith(end, StringComparison.Ordinal) ? $"'{end}'" : null);

    public static TextRule NotEmpty { get; } = new("empty", t => string.IsNullOrWhiteSpace(t) ? "nothing" : null);

    public static TextRule Matching(string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant, PatternTime);
        return new TextRule($"does not match {pattern}", t => Try(() => regex.IsMatch(t)) ? null : "no match");
    }

    public static TextRule NotMatching(string pattern)
    {
        var regex = new Regex(pattern, RegexOptions.CultureInvariant, PatternTime);
        return new TextRule($"matches {pattern}", t => Try(() => !regex.IsMatch(t)) ? null : "a match");
    }

    // A pattern that takes too long decides nothing in the text's favour.
    private static bool Try(Func<bool> match)
    {
        try
        {
            return match();
        }
        catch (RegexMatchTimeoutException)
        {
            return false;
        }
    }
}

/// <summary>Rejects records whose field breaks a rule; the first broken one is named.</summary>
public sealed class CheckStep(string name, string field, IReadOnlyList<TextRule> rules) : LocalStep(name, [field], [])
{
    protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
    {
        string text = draft[field];
        foreach (var rule in rules)
        {
            if (rule.Breaks(text) is not { } found) continue;
            draft.Reject(Name, rule.Name, found);
            break;
        }
        return [draft];
    }
}

/// <summary>Rejects records by a rule over several fields.</summary>
/// <param name="breaks">What was found where the record breaks the rule, or null.</param>
public sealed class JointCheckStep(string name, IReadOnlyList<string> fields, string rule, Func<Draft, string?> breaks)
    : LocalStep(name, fields, [])
{
    protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
    {
        if (breaks(draft) is { } found) draft.Reject(Name, rule, found);
        return [draft];
    }
}
