using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant filter</c>: records of text without those that rules name.</summary>
internal static class FilterCommand
{
    public static Command Build(Shell shell)
    {
        var data = CommandLine.Path("FILE", "records of text: JSONL, JSON, CSV, TSV or Parquet");
        var output = CommandLine.Output("OUT", "what is kept, .jsonl, .csv or .parquet; OUT.removed.jsonl lists the rest", required: true);
        var rules = Several("--rules", "R", "rules and groups of rules, with options if any, or a YAML file of them");
        var dedup = Several("--dedup", "HOW", "remove records that repeat an earlier one, by exact, minhash or embedding");
        var cosine = new Option<double>("--cosine")
        {
            Description = "cosine of sentence vectors from which texts are alike", HelpName = "C", DefaultValueFactory = _ => 0.95,
        };
        var bench = Several("--decontaminate", "F", "remove records that give away an item of these benchmarks");
        var against = Several("--against", "POOL", "remove records like a text of the pool, or like one kept before");
        var similarity = new Option<double>("--similarity")
        {
            Description = "ROUGE-L F above which texts are alike", HelpName = "F", DefaultValueFactory = _ => 0.7,
        };
        var facts = File("--facts", "remove records that contradict this table, or triples of subject, relation, object");
        var good = File("--good", "examples of good texts");
        var bad = File("--bad", "examples of bad texts");
        var top = new Option<double?>("--top") { Description = "fraction to keep, by what tells them apart", HelpName = "P" };
        Within(similarity);
        Within(cosine);
        Within(top);
        var text = Field("--text", "field to judge [default: text, instruction, question, prompt or content]");
        var input = Field("--input", "field of the instance's input [default: input]");
        var answer = Field("--answer", "field of the instance's output [default: output, answer, response or completion]");
        var seed = CommandLine.Seed("seed of hash functions and classifier [default: 1]");
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace files that are there" };
        var command = new Command("filter", "Remove records of text by rules, and list every one with its rule and evidence")
        {
            data, output, rules, dedup, cosine, bench, against, similarity, facts, good, bad, top, text, input, answer, seed, threads,
            force,
        };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            var request = new FilterRequest(parsed.GetRequiredValue(data), parsed.GetRequiredValue(output)!)
            {
                Rules = parsed.GetValue(rules) ?? [],
                Dedup = parsed.GetValue(dedup) ?? [],
                Cosine = parsed.GetValue(cosine),
                Decontaminate = parsed.GetValue(bench) ?? [],
                Against = parsed.GetValue(against) ?? [],
                Similarity = parsed.GetValue(similarity),
                Facts = parsed.GetValue(facts),
                Good = parsed.GetValue(good),
                Bad = parsed.GetValue(bad),
                Top = parsed.GetValue(top),
                TextField = parsed.GetValue(text),
                InputField = parsed.GetValue(input),
                OutputField = parsed.GetValue(answer),
                Seed = parsed.GetValue(seed) ?? 1,
                Threads = parsed.GetValue(threads),
                Force = parsed.GetValue(force),
            };
            FilterOutcomes outcome;
            using (var progress = shell.Progress()) outcome = shell.Corridor.Filter(request, progress, shell.Cancel);
            if (json) shell.Print(Describe(outcome, request));
            else Tell(outcome, request, shell);
            return ExitCode.Done;
        });
    }

    private static Option<string[]> Several(string name, string help, string description) =>
        new(name) { Description = description, HelpName = help, AllowMultipleArgumentsPerToken = true };

    private static Option<string?> File(string name, string description) => new(name) { Description = description, HelpName = "F" };

    private static Option<string?> Field(string name, string description) => new(name) { Description = description, HelpName = "FIELD" };

    private static void Within(Option option) => option.Validators.Add(result =>
    {
        if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value)
            && !(value is > 0 and <= 1))
            result.AddError($"{option.Name} is {result.Tokens[0].Value}, and must be above 0 and at most 1");
    });

    private static void Tell(FilterOutcomes outcome, FilterRequest request, Shell shell)
    {
        shell.Say($"{Words.Count(outcome.Records, "record")}, {outcome.Kept:N0} kept, {outcome.Records - outcome.Kept:N0} removed");
        Terminal.Counts(shell, "removed by", "records", outcome.Removed);
        foreach (string note in outcome.Notes) shell.Say(note);
        shell.Say($"wrote {request.Output} and {outcome.RemovedFile}");
    }

    private static JsonObject Describe(FilterOutcomes outcome, FilterRequest request)
    {
        var removed = new JsonObject();
        foreach (var (rule, count) in outcome.Removed) removed[rule] = count;
        return new JsonObject
        {
            ["exit"] = ExitCode.Done,
            ["records"] = outcome.Records,
            ["kept"] = outcome.Kept,
            ["removed"] = removed,
            ["notes"] = Json.Array(outcome.Notes.Select(note => (JsonNode?)note)),
            ["file"] = request.Output,
            ["removedFile"] = outcome.RemovedFile,
        };
    }
}
