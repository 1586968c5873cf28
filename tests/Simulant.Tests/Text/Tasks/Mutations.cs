using System.Numerics;
using Simulant.Text.Tasks;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Tests.Text.Tasks;

/// <summary>Ways to spoil an answer. Each gives a text that says something else, or nothing, judged without the scorer.</summary>
internal static class Mutations
{
    /// <summary>Texts that answer no question of any family.</summary>
    public static IEnumerable<(string Kind, string Text)> NeverRight(TaskItem item)
    {
        string answer = item.Answer;
        yield return ("empty", "");
        yield return ("blank", " \t\n");
        yield return ("question mark", "?");
        yield return ("dash", "-");
        yield return ("dots", "...");
        yield return ("slash", "/");
        yield return ("nothing", "null");
        yield return ("no number", "NaN");
        yield return ("endless", "Infinity");
        yield return ("shrug", "I do not know");
        yield return ("refusal", "As a language model I cannot say.");
        yield return ("foreign script", "答案");
        yield return ("smile", "😀");
        yield return ("zero byte", "\0");
        yield return ("half a surrogate", "\ud83d");
        yield return ("the question", item.Question);
        yield return ("word before", "qwxz " + answer);
        yield return ("word after", answer + " qwxz");
        yield return ("letter before", "ж" + answer);
        yield return ("letter after", answer + "ж");
        yield return ("twice", answer + "\n" + answer);
        yield return ("or else", answer + " or perhaps not");
        yield return ("denied", "not " + answer);
        yield return ("open brackets", new string('(', 3000) + answer);
        yield return ("huge", new string('9', 100_000));
        yield return ("long word", string.Concat(Enumerable.Repeat("ab", 60_000)));
    }

    /// <summary>Also texts of the answer's own form that differ in what they say; only where the canonical answer is the only
    /// one.</summary>
    public static IEnumerable<(string Kind, string Text)> All(AnswerKind kind, TaskItem item)
    {
        var changed = kind switch
        {
            AnswerKind.Integer or AnswerKind.Rational or AnswerKind.Decimal => Numbers(item.Answer),
            AnswerKind.Sequence => Parts(item.Answer).Concat(Orders(item.Answer)),
            AnswerKind.Set => Parts(item.Answer),
            AnswerKind.YesNo => [("opposite", item.Answer.StartsWith('y') ? "no" : "yes"), ("both", "yes and no"), ("maybe", "maybe")],
            AnswerKind.Quantity => Quantities(item.Answer),
            AnswerKind.Expression => Expressions(item.Answer),
            _ => Words(item.Answer),
        };
        return NeverRight(item).Concat(changed);
    }

    private static IEnumerable<(string, string)> Numbers(string answer)
    {
        var value = NumberReader.Exact(answer)!.Value;
        int places = answer.Contains('.') ? answer.Length - 1 - answer.IndexOf('.') : 0;
        var ulp = new Fraction(1, BigInteger.Pow(10, places));
        (string Kind, Fraction Value)[] others =
        [
            ("one more", value + 1), ("one less", value - 1), ("ten more", value + 10), ("doubled", value * 2), ("halved", value / 2),
            ("tenfold", value * 10), ("a tenth", value / 10), ("squared", value * value), ("sign", -value), ("last place up", value + ulp),
            ("last place down", value - ulp), ("upside down", value.Sign == 0 ? 1 : 1 / value),
                ("top up", new(value.Top + 1, value.Bottom)),
            ("bottom up", new(value.Top, value.Bottom + 1)), ("digits reversed", Reversed(value)),
        ];
        return others.Where(other => other.Value != value && Fraction.Abs(other.Value - value) >= ulp / 2 + ulp / 1000 || places == 0
            && other.Value != value)
            .Select(other => (other.Kind, places > 0 ? other.Value.Rounded(places) : other.Value.ToString()))
            .Where(other => NumberReader.Exact(other.Item2) != value);
    }

    private static Fraction Reversed(Fraction value)
    {
        string digits = new([.. BigInteger.Abs(value.Top).ToString().Reverse()]);
        return new(BigInteger.Parse(digits) * value.Sign, value.Bottom);
    }

    private static IEnumerable<(string, string)> Parts(string answer)
    {
        string[] parts = answer.Split(", ");
        yield return ("a part more", answer + ", 987654321");
        yield return ("a part in front", "987654321, " + answer);
        yield return ("a part twice", answer + ", " + parts[^1]);
        yield return ("an empty part", answer + ",,");
        yield return ("a part changed", string.Join(", ", parts[..^1].Append("123456789")));
        yield return ("all parts one", string.Concat(parts) + "7");
        if (parts.Length < 2) yield break;
        yield return ("last part gone", string.Join(", ", parts[..^1]));
        yield return ("first part gone", string.Join(", ", parts[1..]));
    }

    private static IEnumerable<(string, string)> Orders(string answer)
    {
        string[] parts = answer.Split(", ");
        string[][] orders = [[.. parts.Reverse()], [.. parts[1..], parts[0]], [parts[^1], .. parts[..^1]],
            [.. parts.Order(StringComparer.Ordinal)]];
        // Only an order that no equal part could make the same, by value as well as by letter.
        static string Key(string part) => NumberReader.Exact(part)?.ToString() ?? part.Trim('(', ')', ' ').ToLowerInvariant();
        return orders.Where(order => !order.Select(Key).SequenceEqual(parts.Select(Key)))
            .Select((order, i) => ("order " + i, string.Join(", ", order)));
    }

    private static IEnumerable<(string, string)> Words(string answer)
    {
        yield return ("first letter gone", answer[1..] + "q");
        yield return ("last letter twice", answer + answer[^1] + answer[^1]);
        yield return ("a letter inside", answer[..(answer.Length / 2)] + "q" + answer[(answer.Length / 2)..]);
        string reversed = new([.. answer.Reverse()]);
        if (!reversed.Equals(answer, StringComparison.OrdinalIgnoreCase) && answer.All(char.IsLetterOrDigit)) yield return ("reversed",
            reversed);
    }

    private static IEnumerable<(string, string)> Quantities(string answer)
    {
        int blank = answer.IndexOf(' ');
        string number = answer[..blank], unit = answer[(blank + 1)..];
        yield return ("no unit", number);
        yield return ("no number", unit);
        yield return ("another unit", number + (unit.StartsWith('k') ? " s" : " kg"));
        yield return ("a power of the unit", $"{number} {unit} {unit}");
        yield return ("a strange unit", number + " blobs");
        foreach (var (kind, text) in Numbers(number)) yield return (kind, text + " " + unit);
    }

    private static IEnumerable<(string, string)> Expressions(string answer)
    {
        yield return ("plus one", $"{answer} + 1");
        yield return ("minus a letter", $"{answer} - w");
        yield return ("doubled", $"2*({answer}) + 1");
        yield return ("over a letter", $"({answer} + 3)/w");
        yield return ("to a power", $"({answer} + 2)^3");
        yield return ("open bracket", $"({answer}");
    }
}
