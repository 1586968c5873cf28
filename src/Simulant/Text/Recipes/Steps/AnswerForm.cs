using System.Text.Json;
using System.Text.RegularExpressions;
using Simulant.Text.Models;

namespace Simulant.Text.Recipes.Steps;

/// <summary>The form an answer must have, and the fields it gives.</summary>
public abstract class AnswerForm(IReadOnlyList<string> fields)
{
    public const string Empty = "empty answer", Unusable = "unusable answer";

    public IReadOnlyList<string> Fields { get; } = fields;

    /// <summary>The schema servers are given that can hold to one.</summary>
    public virtual JsonShape? Shape => null;

    /// <summary>The fields' texts, or null and why.</summary>
    /// <param name="whole">Whether the answer ended by itself.</param>
    public IReadOnlyList<KeyValuePair<string, string>>? Read(string answer, bool whole, out Rejection? fault)
    {
        fault = null;
        if (string.IsNullOrWhiteSpace(answer))
        {
            fault = new Rejection("", Empty);
            return null;
        }
        var read = Take(answer.Trim(), whole, out string detail);
        if (read is null) fault = new Rejection("", Unusable, detail);
        return read;
    }

    protected abstract IReadOnlyList<KeyValuePair<string, string>>? Take(string answer, bool whole, out string fault);

    /// <summary>The answer as it is.</summary>
    public static AnswerForm Text(string field) => new TextForm(field);

    /// <summary>An object of JSON of the given shape, one field a member; near-JSON is repaired.</summary>
    public static AnswerForm Json(IReadOnlyList<string> fields, JsonShape? shape = null) => new JsonForm(fields, shape);

    /// <summary>
    /// Parts that begin with their field's label and a colon at a line's start, in this order, such as <c>Question: … Answer: …</c>.
    /// </summary>
    public static AnswerForm Labelled(IReadOnlyList<(string Field, string Label)> labels) => new LabelledForm(labels);

    /// <summary>Entries of a list, numbered or with dashes, one entry a number.</summary>
    /// <param name="dropLastOfCut">Whether the last entry of an answer that was cut off is left out.</param>
    public static AnswerForm List(string field, bool dropLastOfCut = true) => new ListForm(field, dropLastOfCut);

    /// <summary>One of these words, the first that the answer holds, in lower case.</summary>
    public static AnswerForm Choice(string field, IReadOnlyList<string> words) => new ChoiceForm(field, words);

    /// <summary>The last number in the answer that lies in the range: graders are asked to end with it.</summary>
    public static AnswerForm Score(string field, double low, double high) => new ScoreForm(field, low, high);

    private sealed class TextForm(string field) : AnswerForm([field])
    {
        protected override IReadOnlyList<KeyValuePair<string, string>>? Take(string answer, bool whole, out string fault)
        {
            fault = "";
            return [KeyValuePair.Create(Fields[0], answer)];
        }
    }

    private sealed class JsonForm(IReadOnlyList<string> fields, JsonShape? shape) : AnswerForm(fields)
    {
        private readonly JsonShape _shape = shape ?? JsonShape.OfTexts(fields);

        public override JsonShape Shape => _shape;

        protected override IReadOnlyList<KeyValuePair<string, string>>? Take(string answer, bool whole, out string fault)
        {
            fault = "no JSON in it";
            if (JsonRepair.Repair(answer, out _) is not { } json) return null;
            using var document = JsonDocument.Parse(json);
            if (_shape.Check(document.RootElement) is { } wrong)
            {
                fault = wrong;
                return null;
            }
            var read = new List<KeyValuePair<string, string>>();
            foreach (string field in Fields)
            {
                if (!document.RootElement.TryGetProperty(field, out var value)) continue;
                read.Add(KeyValuePair.Create(field, TextList.TextOf(value)));
            }
            fault = "none of the fields in it";
            return read.Count == Fields.Count ? read : null;
        }
    }

    private sealed class LabelledForm(IReadOnlyList<(string Field, string Label)> labels) : AnswerForm([.. labels.Select(l => l.Field)])
    {
        protected override IReadOnlyList<KeyValuePair<string, string>>? Take(string answer, bool whole, out string fault)
        {
            fault = "";
            var starts = new List<(int Label, int Content)>();
            int from = 0;
            foreach (var (_, label) in labels)
            {
                var found = Regex.Match(answer[from..], $@"^[\s*#>_]*{Regex.Escape(label)}[*_]*\s*:[*_]*", RegexOptions.Multiline
                    | RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);
                if (!found.Success)
                {
                    fault = $"no '{label}:' in it";
                    return null;
                }
                starts.Add((from + found.Index, from + found.Index + found.Length));
                from += found.Index + found.Length;
            }
            var read = new KeyValuePair<string, string>[labels.Count];
            for (int i = 0; i < read.Length; i++)
            {
                int end = i + 1 < starts.Count ? starts[i + 1].Label : answer.Length;
                read[i] = KeyValuePair.Create(Fields[i], answer[starts[i].Content..end].Trim());
                if (read[i].Value.Length > 0) continue;
                fault = $"nothing behind '{labels[i].Label}:'";
                return null;
            }
            return read;
        }
    }

    private sealed class ListForm(string field, bool dropLastOfCut) : AnswerForm([field])
    {
        private static readonly Regex Entry = new(@"^\s*(?:(?:task|question|item|problem)\s*)?(?:\d{1,3}\s*[.):]|[-*•])\s+",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

        protected override IReadOnlyList<KeyValuePair<string, string>>? Take(string answer, bool whole, out string fault)
        {
            var entries = new List<string>();
            foreach (string line in answer.Split('\n'))
            {
                var mark = Entry.Match(line);
                if (mark.Success) entries.Add(line[mark.Length..].Trim());
                else if (entries.Count > 0 && line.Trim().Length > 0) entries[^1] += "\n" + line.Trim();
            }
            // A prompt may end with the number of the first entry, which the answer then lacks.
            if (!Entry.IsMatch(answer) && answer.Split('\n')[0].Trim() is { Length: > 0 } first
                && entries.Count > 0) entries.Insert(0, first);
            if (!whole && dropLastOfCut && entries.Count > 0) entries.RemoveAt(entries.Count - 1);
            entries.RemoveAll(e => e.Length == 0);
            fault = "no list in it";
            return entries.Count == 0 ? null : [KeyValuePair.Create(Fields[0], TextList.Write(entries))];
        }
    }

    private sealed class ChoiceForm(string field, IReadOnlyList<string> words) : AnswerForm([field])
    {
        protected override IReadOnlyList<KeyValuePair<string, string>>? Take(string answer, bool whole, out string fault)
        {
            fault = $"none of {string.Join(", ", words)} in it";
            foreach (Match word in Regex.Matches(answer, @"[\p{L}\p{N}_-]+"))
                if (words.FirstOrDefault(w => w.Equals(word.Value, StringComparison.OrdinalIgnoreCase)) is { } chosen)
                    return [KeyValuePair.Create(Fields[0], chosen.ToLowerInvariant())];
            return null;
        }
    }

    private sealed class ScoreForm(string field, double low, double high) : AnswerForm([field])
    {
        protected override IReadOnlyList<KeyValuePair<string, string>>? Take(string answer, bool whole, out string fault)
        {
            fault = FormattableString.Invariant($"no number from {low} to {high} in it");
            // "8/10" is eight of ten, not ten.
            var numbers = Regex.Matches(answer, @"(?<![\d./])-?\d+(?:\.\d+)?(?!\d)").Select(m => m.Value);
            foreach (string number in numbers.Reverse())
                if (double.Parse(number, System.Globalization.CultureInfo.InvariantCulture) is var score && score >= low && score <= high)
                    return [KeyValuePair.Create(Fields[0], number)];
            return null;
        }
    }
}
