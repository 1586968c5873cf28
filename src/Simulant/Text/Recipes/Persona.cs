using System.Globalization;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Filters.Overlap;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>persona</c> (Ge et al. 2024): people crossed with tasks, each pair asked once. People are given, or drawn out of texts by
/// asking who would write or read them, and lead to others who are close to them. Of people who are described almost alike the first
/// counts: as published, by single words, Jaccard above 0.9, here counted exactly.
/// </summary>
internal static class Persona
{
    public static RecipeKind Kind { get; } = new("persona", "Texts as different people would have them, people crossed with tasks.",
    [
        new("personas", Shape.Texts, "The people, a sentence each."),
        new("file", Shape.Text, "A file with a `persona` or a `text` in each record; of texts, people are drawn by asking."),
        new("tasks", Shape.Texts, "What is asked for each of them; `{persona}` stands for the person.") { Required = true },
        .. RecipeBuilder.Asking,
        new("relatives", Shape.Integer, "How many further people each leads to, each close to the one before.")
            { Minimum = 0, Maximum = 6, Default = "0" },
        new("max_overlap", Shape.Number, "Greatest share of their words that two people have in common.")
            { Minimum = 0, Maximum = 1, Default = "0.9" },
        new("max_similarity", Shape.Number, "Greatest ROUGE-L of two texts.") { Minimum = 0, Maximum = 1, Default = "0.9" },
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var model = builder.Model();
        if (builder.Map["personas"] is null == builder.Map["file"] is null)
            builder.Faults.Error(Codes.Contradiction, builder.Map.At, "people come either from 'personas' or from a 'file'");
        var given = builder.Fields.Texts("personas")?.Select(p => TextRecord.Empty.With("persona", p.Text)).ToList();
        IReadOnlyList<TextRecord>? people = given is { Count: > 0 } ? given : builder.Load(builder.Fields.Scalar("file"), RecordFiles.Read);
        var tasks = builder.Fields.Texts("tasks") ?? [];
        bool built = people is [var first, ..] && first.Find("persona") is null;
        var novel = new NovelTexts("text", builder.Fields.Number("max_similarity") ?? 0.9);
        string field = built ? "text" : "persona";
        if (people?.Any(p => string.IsNullOrWhiteSpace(p.Find(field))) ?? false)
            builder.Faults.Error(RecipeCodes.UnknownField, builder.Fields.KeyAt(given is { Count: > 0 } ? "personas" : "file"),
                $"a record has no '{field}'");
        if (builder.Map["tasks"] is not null && tasks.Count == 0)
            builder.Faults.Error(Codes.BadValue, builder.Fields.KeyAt("tasks"), "'tasks' names none");
        if (model is null || people is null || tasks.Count == 0 || builder.Faults.HasErrors) return builder.Finish(null, [], []);
        int relatives = (int)(builder.Fields.Integer("relatives") ?? 0);
        // Tasks change fastest, so that a short run meets every task.
        var cross = Enumerable.Range(0, people.Count).SelectMany(person => Enumerable.Range(0, relatives + 1).SelectMany(far =>
            Enumerable.Range(0, tasks.Count).Select(task => (Person: person, Far: far, Task: task)))).ToList();
        List<TextRecord> pairs = [.. cross.Select(c => TextRecord.Empty.With(built ? "passage" : "persona", people[c.Person][field])
            .With("task", tasks[c.Task].Text).With("far", c.Far.ToString(CultureInfo.InvariantCulture)))];
        List<string> ids = [.. cross.Select(c => FormattableString.Invariant($"person:{c.Person} task:{c.Task}")
            + (c.Far > 0 ? FormattableString.Invariant($" relative:{c.Far}") : ""))];
        var steps = new List<IStep>();
        if (built)
            steps.Add(new AskStep("who", builder.Ask(model, """
                {passage}

                Who is likely to write, read or need this? Describe one such person in one sentence that begins with "A" or "An": trade,
                circumstances, what they care about. Write the sentence alone.
                """), AnswerForm.Text("persona")));
        for (int step = 1; step <= relatives; step++)
        {
            int far = step;
            steps.Add(new WhenStep(new AskStep($"relative-{step}", builder.Ask(model, """
                {persona}

                Who is close to this person: family, colleague, customer, patient, neighbour, rival? Describe one such person, of another
                trade or other circumstances, in one sentence that begins with "A" or "An". Write the sentence alone.
                """), AnswerForm.Text("persona")), ["far"], d => int.Parse(d["far"], CultureInfo.InvariantCulture) >= far,
                (relatives - step + 1.0) / (relatives + 1)));
        }
        steps.Add(new ComputeStep("say", ["persona", "task"], ["wish"], "", d => [d["task"].Contains("{persona}", StringComparison.Ordinal)
            ? d["task"].Replace("{persona}", d["persona"]) : $"{d["task"]}\n\nIt is by or for this person: {d["persona"]}"]));
        steps.Add(new AskStep("write", builder.Ask(model, "{wish}"), AnswerForm.Text("text")));
        steps.Add(new NovelStep("novelty", "text", novel));
        return builder.Finish(new RowSource(pairs, ids), steps, ["persona", "task", "text"], e => e with
        {
            Acceptance = [new PeopleAcceptance("people", builder.Fields.Number("max_overlap") ?? 0.9),
                new NovelAcceptance("novelty", "text", novel)],
            PoolFields = ["text"],
        }, ["text"]);
    }

    /// <summary>Rejects people described almost as an earlier one is; the same text again is the same person, with another task.</summary>
    /// <param name="limit">Of the distinct words of two, the greatest share that both have.</param>
    private sealed class PeopleAcceptance(string name, double limit) : IAcceptance
    {
        public string Name { get; } = name;
        public IReadOnlyList<string> Reads { get; } = ["persona"];

        public IAcceptanceRun Start() => new Run(Name, limit);

        // Distinct words in order of their numbers have their common words as longest common subsequence: ROUGE-L F is then
        // 2 |A and B| / (|A| + |B|), which is 2 J / (1 + J) of Jaccard's J.
        private sealed class Run(string name, double limit) : IAcceptanceRun
        {
            private readonly HashSet<string> _known = new(StringComparer.Ordinal);
            private readonly List<string> _people = [];
            private readonly WordNumbers _words = new();
            private readonly RougeIndex.Search _search = new();
            private RougeIndex? _index;

            public Rejection? Judge(TextRecord record, Pool pool, int seen)
            {
                string person = record["persona"];
                if (_known.Contains(person)) return null;
                _index ??= new RougeIndex(_words, 2 * limit / (1 + limit));
                return _index.First(Words(person), _search) is { } like
                    ? new Rejection(name, "like another person", _people[like.Item]) : null;
            }

            public void Accepted(TextRecord record)
            {
                if (!_known.Add(record["persona"])) return;
                _people.Add(record["persona"]);
                (_index ??= new RougeIndex(_words, 2 * limit / (1 + limit))).Add(Words(record["persona"]));
            }

            private int[] Words(string text) => [.. RougeL.Words(text, _words).Distinct().Order()];
        }
    }
}
