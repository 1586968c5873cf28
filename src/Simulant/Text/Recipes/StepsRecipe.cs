using System.Text.Json;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Models;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>steps</c>: the user's own steps, in order, each a map with one key that says what it does.
/// </summary>
internal static class StepsRecipe
{
    private static readonly Key Name = new("name", Shape.Text, "What accounts call the step.") { Default = "what it does, and its number" };

    private static readonly Section Source = new("a source",
    [
        new("file", Shape.Text, "JSON lines, a JSON array of objects, or lines of text."),
        new("values", Shape.Texts, "The entries themselves, as the field `text`."),
        new("passes", Shape.Count, "How often it is gone through at most.") { Minimum = 1, Maximum = 1e12, Default = "as often as needed" },
    ]);

    private static readonly IReadOnlyList<(string Does, Section Section, Func<Reader, IStep?> Read)> Table =
    [
        ("ask", new Section("'ask'",
        [
            Name, .. RecipeBuilder.Asking,
            new("prompt", Shape.Text, "The question; `{field}` stands for a field.") { Required = true },
            new("system", Shape.Text, "Said before the question."),
            new("writes", Shape.Text | Shape.Texts, "The field, or the fields of an answer in JSON or with labels.") { Required = true },
            new("form", Shape.Text, "The form the answer must have.")
                { Values = ["text", "json", "labelled", "list", "choice", "score"], Default = "text" },
            new("choices", Shape.Texts, "The words of the form `choice`."),
            new("range", Shape.Range, "Ends of the form `score`.") { Default = "[1, 10]" },
            new("schema", Shape.Map, "A JSON schema for the form `json`.") { Child = new Section("a schema", [], Open: true) },
            new("samples", Shape.Integer, "How many answers; more than one make a list.") { Minimum = 1, Maximum = 1000, Default = "1" },
            new("stop", Shape.Text | Shape.Texts, "Where an answer ends.") { Default = "the model's" },
        ]), r => r.Ask()),
        ("set", new Section("'set'", [Name, new("field", Shape.Text, "The field.") { Required = true },
            new("text", Shape.Text, "Its text; `{field}` stands for a field.") { Required = true }]), r => r.Set()),
        ("draw", new Section("'draw'", [Name, new("field", Shape.Text, "The field.") { Required = true },
            new("from", Shape.Texts, "Texts to draw from."), new("file", Shape.Text,
                "A file whose lines, or field `text`, to draw from.")]),
            r => r.Draw()),
        ("check", new Section("'check'",
        [
            Name, new("field", Shape.Text, "The field that must keep the rules.") { Required = true },
            new("min_words", Shape.Integer, "Fewest words.") { Minimum = 0, Maximum = 1e9 },
            new("max_words", Shape.Integer, "Most words.") { Minimum = 0, Maximum = 1e9 },
            new("without", Shape.Texts, "Words and phrases that must not stand in it."),
            new("matches", Shape.Text, "A regular expression that must match."),
            new("not_matches", Shape.Text, "A regular expression that must not match."),
            new("not_equal", Shape.Text, "A field that it must differ from."),
            new("min", Shape.Number, "Least value of a field that is a number."),
        ]), r => r.Check()),
        ("novel", new Section("'novel'", [Name, new("field", Shape.Text, "The field.") { Required = true },
            new("max", Shape.Number, "Greatest ROUGE-L with an earlier record.") { Minimum = 0, Maximum = 1, Default = "0.7" }]), r =>
                r.Novel()),
        ("split", new Section("'split'", [Name, new("list", Shape.Text, "The field that holds a list.") { Required = true },
            new("field", Shape.Text, "The field of each record made.") { Required = true },
            new("expected", Shape.Number, "Entries of a list, about, for the estimate.") { Minimum = 1, Maximum = 1e6, Default = "5" }]),
            r => r.Split()),
        ("run", new Section("'run'",
        [
            Name, new("command", Shape.Texts, "A program that answers each JSON line with one, and its arguments.") { Required = true },
            new("reads", Shape.Texts, "Fields that it is given.") { Required = true },
            new("writes", Shape.Texts, "Fields that it gives.") { Default = "none" },
            new("timeout", Shape.Duration | Shape.Number, "How long one record may take.") { Default = "30s" },
            new("processes", Shape.Integer, "How many run at once.") { Minimum = 1, Maximum = 256, Default = "1" },
        ]), r => r.Run()),
    ];

    private static readonly IReadOnlyDictionary<string, string> Meanings = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["ask"] = "Asks a model.",
        ["set"] = "Sets a field to a text.",
        ["draw"] = "Draws a field from texts.",
        ["check"] = "Rejects what breaks a rule.",
        ["novel"] = "Rejects what is too much like an earlier record.",
        ["split"] = "Makes a record of each entry of a list.",
        ["run"] = "Has a program of yours look at the record.",
    };

    public static RecipeKind Kind { get; } = new("steps", "Your own steps and prompts.",
    [
        new("source", Shape.Map, "What candidates begin with.") { Child = Source, Default = "nothing" },
        new("steps", Shape.Maps, "The steps, in order.")
        {
            Required = true,
            Child = new Section("a step", [.. Table.Select(t => new Key(t.Does, Shape.Map, Meanings[t.Does]) { Child = t.Section })]),
        },
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var (source, passes) = ReadSource(builder);
        var steps = new List<IStep>();
        var acceptance = new List<IAcceptance>();
        double expected = 1;
        foreach (var node in builder.Fields.List("steps")?.Items ?? [])
        {
            var reader = Reader.Open(builder, node, steps.Count, acceptance);
            if (reader is null) continue;
            if (reader.Read() is { } step) steps.Add(builder.At(node.At, step));
            expected *= reader.Expected;
        }
        IReadOnlyList<string> written = [.. (source?.Writes ?? []).Concat(steps.SelectMany(s => s.Writes)).Distinct()];
        return builder.Finish(source, steps, written, e => e with { Acceptance = acceptance, Passes = passes, Expected = expected });
    }

    private static (ISource? Source, long Passes) ReadSource(RecipeBuilder builder)
    {
        if (builder.Fields.Map("source") is not { } map) return (null, long.MaxValue);
        var fields = new Fields(map, Source, builder.Faults);
        long passes = fields.Count("passes") ?? long.MaxValue;
        if (map["file"] is null == map["values"] is null)
            builder.Faults.Error(Codes.Contradiction, map.At, "a source has either a 'file' or 'values'");
        if (fields.Texts("values") is { Count: > 0 } values)
            return (new RowSource([.. values.Select(v => TextRecord.Of(KeyValuePair.Create("text", v.Text)))]), passes);
        return (builder.Load(fields.Scalar("file"), RecordFiles.Read) is { } rows ? new RowSource(rows) : null, passes);
    }

    private sealed class Reader(RecipeBuilder builder, Fields fields, SpecMap map, string does, int number, List<IAcceptance> acceptance,
        Func<Reader, IStep?> read)
    {
        private readonly string _name = fields.Text("name") ?? FormattableString.Invariant($"{does}-{number + 1}");

        /// <summary>Records that it makes of one.</summary>
        public double Expected { get; private set; } = 1;

        public static Reader? Open(RecipeBuilder builder, SpecNode node, int number, List<IAcceptance> acceptance)
        {
            if (node is not SpecMap { Entries: [{ } only] })
            {
                builder.Faults.Error(Codes.WrongType, node.At,
                    "a step is a map with one key that says what it does, such as 'ask: { … }'");
                return null;
            }
            var row = Table.FirstOrDefault(t => t.Does == only.Key);
            if (row.Section is null)
            {
                string near = Nearest.Suggest(only.Key, Table.Select(t => t.Does));
                builder.Faults.Error(RecipeCodes.UnknownRecipe, only.KeyAt, $"there is no step '{Nearest.Printable(only.Key)}'"
                    + (near.Length > 0 ? near : $"; there are {string.Join(", ", Table.Select(t => t.Does))}"));
                return null;
            }
            if (only.Value is SpecMap map)
                return new Reader(builder, new Fields(map, row.Section, builder.Faults), map, row.Does, number, acceptance, row.Read);
            builder.Faults.Error(Codes.WrongType, only.Value.At, $"'{only.Key}' must be a map, found {Fields.Describe(only.Value)}");
            return null;
        }

        public IStep? Read() => read(this);

        public IStep? Ask()
        {
            var model = builder.Models.Resolve(fields.Scalar("model"), map.At, builder.Faults);
            string? prompt = fields.Text("prompt");
            var writes = fields.Texts("writes")?.Select(w => FieldName(w)).OfType<string>().ToList() ?? [];
            var form = Form(fields.Text("form") ?? (map["schema"] is null && writes.Count < 2 ? "text" : "json"), writes);
            int samples = (int)(fields.Integer("samples") ?? 1);
            if (samples > 1 && writes.Count > 1)
                builder.Faults.Error(Codes.Contradiction, fields.KeyAt("samples"),
                    "several samples go into one field, and this step writes "
                    + $"{writes.Count}");
            if (model is null || prompt is null || form is null || samples > 1 && writes.Count > 1) return null;
            return new AskStep(_name, RecipeBuilder.Ask(fields, model, prompt, fields.Text("system")) with
            {
                Samples = samples,
                Stop = fields.Texts("stop")?.Select(s => s.Text).ToList(),
            }, form);
        }

        public IStep? Set() => Field("field") is { } field && fields.Text("text") is { } text
            ? new SetStep(_name, field, new PromptTemplate(text)) : null;

        public IStep? Draw()
        {
            if (map["file"] is null == map["from"] is null)
                builder.Faults.Error(Codes.Contradiction, map.At, "'draw' draws either 'from' texts or from a 'file'");
            var from = fields.Texts("from")?.Select(t => t.Text).ToList()
                ?? builder.Load(fields.Scalar("file"), RecordFiles.Read)?.Select(r => r.Find("text")).OfType<string>().ToList();
            if (from is { Count: 0 }) builder.Faults.Error(Codes.BadValue, map.At, "there is nothing to draw from");
            return Field("field") is { } field && from is { Count: > 0 } ? new DrawStep(_name, field, from) : null;
        }

        public IStep? Check()
        {
            var rules = new List<TextRule>();
            if (fields.Integer("min_words") is { } least) rules.Add(TextRules.AtLeastWords((int)least));
            if (fields.Integer("max_words") is { } most) rules.Add(TextRules.AtMostWords((int)most));
            if (fields.Texts("without") is { Count: > 0 } words) rules.Add(TextRules.Without([.. words.Select(w => w.Text)]));
            if (Pattern("matches", TextRules.Matching) is { } must) rules.Add(must);
            if (Pattern("not_matches", TextRules.NotMatching) is { } mustNot) rules.Add(mustNot);
            if (fields.Number("min") is { } floor)
                rules.Add(new TextRule(FormattableString.Invariant($"below {floor}"), t => SpecScalar.ParseNumber(t.Trim()) is { } value
                    ? value < floor ? t.Trim() : null : "no number"));
            string? other = fields.Text("not_equal");
            if (rules.Count == 0 && other is null)
            {
                builder.Faults.Error(Codes.MissingKey, map.At, "'check' names no rule; add min_words, max_words, without, matches, …");
                return null;
            }
            if (Field("field") is not { } field) return null;
            if (other is null) return new CheckStep(_name, field, rules);
            return new JointCheckStep(_name, [field, other], $"a rule of {field}", d => rules.Select(r => r.Breaks(d[field]))
                .FirstOrDefault(f => f is not null) ?? (d[field].Trim() == d[other].Trim() ? $"the same as {other}" : null));
        }

        public IStep? Novel()
        {
            if (Field("field") is not { } field) return null;
            var texts = new NovelTexts(field, fields.Number("max") ?? 0.7);
            acceptance.Add(new NovelAcceptance(_name, field, texts));
            return new NovelStep(_name, field, texts);
        }

        public IStep? Split()
        {
            Expected = fields.Number("expected") ?? 5;
            return fields.Text("list") is { } list && Field("field") is { } field ? new SplitStep(_name, list, field, Expected) : null;
        }

        public IStep? Run()
        {
            var command = fields.Texts("command")?.Select(c => c.Text).ToList();
            var reads = fields.Texts("reads")?.Select(c => c.Text).ToList();
            var writes = fields.Texts("writes")?.Select(FieldName).OfType<string>().ToList() ?? [];
            var limit = TimeSpan.FromSeconds(30);
            if (fields.Scalar("timeout") is { } timeout)
            {
                if (Quantities.Duration(timeout.Text) is { } time) limit = time;
                else builder.Faults.Error(Codes.BadValue, timeout.At,
                    $"'{Nearest.Printable(timeout.Text)}' is no time; write 500ms, 30s or 5m");
            }
            if (command is { Count: 0 }) builder.Faults.Error(Codes.BadValue, map.At, "'command' names no program");
            if (command is not { Count: > 0 } || reads is null) return null;
            string folder = RecipeBuilder.PathOf(new SpecScalar("", true, map.At));
            return new ProcessStep(_name, command, folder, reads, writes, limit, (int)(fields.Integer("processes") ?? 1));
        }

        private string? Field(string key) => fields.Scalar(key) is { } scalar ? FieldName(scalar) : null;

        private string? FieldName(SpecScalar scalar)
        {
            if (PromptTemplate.IsName(scalar.Text)) return scalar.Text;
            builder.Faults.Error(Codes.BadValue, scalar.At,
                $"'{Nearest.Printable(scalar.Text)}' is no name of a field; use letters, digits, '_' and '-', a letter first");
            return null;
        }

        private TextRule? Pattern(string key, Func<string, TextRule> rule)
        {
            if (fields.Scalar(key) is not { } scalar) return null;
            try
            {
                return rule(scalar.Text);
            }
            catch (ArgumentException e)
            {
                builder.Faults.Error(Codes.BadValue, scalar.At, $"'{key}' is no regular expression: {Nearest.Printable(e.Message)}");
                return null;
            }
        }

        private AnswerForm? Form(string form, List<string> writes)
        {
            if (writes.Count == 0) return null;
            if (form is "text" or "list" or "choice" or "score" && writes.Count > 1)
            {
                builder.Faults.Error(Codes.Contradiction, fields.KeyAt("writes"),
                    $"the form '{form}' gives one field; use json or labelled");
                return null;
            }
            switch (form)
            {
                case "json":
                    return Json(writes);
                case "labelled":
                    return AnswerForm.Labelled([.. writes.Select(w => (w, char.ToUpperInvariant(w[0]) + w[1..].Replace('_', ' ')))]);
                case "list":
                    return AnswerForm.List(writes[0]);
                case "choice" when fields.Texts("choices") is { Count: > 0 } choices:
                    return AnswerForm.Choice(writes[0], [.. choices.Select(c => c.Text)]);
                case "choice":
                    builder.Faults.Error(Codes.MissingKey, map.At, "the form 'choice' needs 'choices: [ … ]'");
                    return null;
                case "score":
                    return Range() is var (low, high) ? AnswerForm.Score(writes[0], low, high) : null;
                default:
                    return AnswerForm.Text(writes[0]);
            }
        }

        private (double Low, double High)? Range()
        {
            if (fields.List("range") is not { } range) return (1, 10);
            if (range.Items is [SpecScalar { Number: { } low }, SpecScalar { Number: { } high }] && low < high) return (low, high);
            builder.Faults.Error(Codes.BadValue, range.At, "'range' is [least, greatest]");
            return null;
        }

        private AnswerForm? Json(List<string> writes)
        {
            if (fields.Map("schema") is not { } schema) return AnswerForm.Json(writes);
            try
            {
                using var document = JsonDocument.Parse(SchemaText.Of(schema));
                return AnswerForm.Json(writes, JsonShape.Read(document.RootElement));
            }
            catch (Exception e) when (e is FormatException or InvalidOperationException or ArgumentException)
            {
                builder.Faults.Error(Codes.BadValue, schema.At, $"'schema': {Nearest.Printable(e.Message)}");
                return null;
            }
        }
    }
}
