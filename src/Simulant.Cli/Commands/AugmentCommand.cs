using System.CommandLine;
using System.Text.Json.Nodes;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant augment</c>: changed copies of records of text, or of labelled pictures.</summary>
internal static class AugmentCommand
{
    public static Command Build(Shell shell)
    {
        var data = CommandLine.Path("DATA",
            "records of text: JSONL, JSON, CSV, TSV or Parquet; with --policy a folder of labelled pictures, "
            + "or its .json or .yaml");
        var output = CommandLine.Output("OUT",
            "the copies: .jsonl, .csv or .parquet, OUT.rejected.jsonl listing the rest; or a folder of pictures");
        var copies = CommandLine.Count("--copies", "copies of every record or picture", 1, 1, 1000);
        var originals = new Option<bool>("--originals") { Description = "write every record or picture too" };
        var seed = CommandLine.Seed("seed of the changes [default: 1]");
        var threads = CommandLine.Threads();
        var force = new Option<bool>("--force") { Description = "replace what is there" };
        var (texts, pictures) = (new TextOptions(), new PictureOptions());
        var command = new Command("augment", "Write changed copies of records of text, or of labelled pictures, whose labels still hold")
        {
            data, output, copies, originals,
        };
        foreach (var option in texts.All.Concat(pictures.All)) command.Add(option);
        foreach (var option in (Option[])[seed, threads, force]) command.Add(option);
        return CommandLine.Finish(command, (parsed, json) =>
        {
            string from = parsed.GetRequiredValue(data);
            string? to = parsed.GetValue(output);
            if (parsed.GetValue(pictures.Policy) is { } policy)
            {
                Refuse(parsed, texts.All, "is for texts, and --policy is for pictures; leave one of them out");
                return Pictures(pictures.Of(parsed, new PicturesRequest(from, policy, to)
                {
                    Copies = parsed.GetValue(copies), Originals = parsed.GetValue(originals), Seed = parsed.GetValue(seed) ?? 1,
                    Threads = parsed.GetValue(threads), Force = parsed.GetValue(force),
                }), shell, json);
            }
            if (Directory.Exists(from)) throw new UsageException(
                $"'{from}' is a folder; to change its pictures, name a policy with --policy");
            Refuse(parsed, pictures.All, "is for pictures; name a policy with --policy");
            return Texts(texts.Of(parsed, new AugmentRequest(from, to ?? throw new UsageException("name the file of the copies with -o"))
            {
                Copies = parsed.GetValue(copies), Originals = parsed.GetValue(originals), Seed = parsed.GetValue(seed) ?? 1,
                Threads = parsed.GetValue(threads), Force = parsed.GetValue(force),
            }), shell, json);
        });
    }

    private static void Refuse(ParseResult parsed, IEnumerable<Option> options, string why)
    {
        foreach (var option in options)
            if (parsed.GetResult(option) is { Implicit: false }) throw new UsageException($"{option.Name} {why}");
    }

    private sealed class TextOptions
    {
        private readonly Option<string[]> _by = new("--by")
        {
            Description = "texts: ways to change them, of " + string.Join(", ", AugmentRequest.Ways), HelpName = "WAY",
            AllowMultipleArgumentsPerToken = true,
        };

        private readonly Option<double> _rate = CommandLine.Share("--rate", .1, "texts: share of the words that each way changes");

        private readonly Option<double> _most =
            CommandLine.Share("--most-changed", .5, "texts: share of the words that may differ; a copy beyond it is rejected");

        private readonly Option<string?> _text = new("--text")
        {
            Description = "texts: field to change [default: text, instruction, question, prompt or content]", HelpName = "FIELD",
        };

        private readonly Option<string?> _label = new("--label")
        {
            Description = "texts: field whose value stays where it stands in the text", HelpName = "FIELD",
        };

        public IReadOnlyList<Option> All => [_by, _rate, _most, _text, _label];

        public AugmentRequest Of(ParseResult parsed, AugmentRequest request) => request with
        {
            By = parsed.GetValue(_by) is { Length: > 0 } ways ? ways : ["paraphrase", "synonyms"],
            Rate = parsed.GetValue(_rate),
            MostChanged = parsed.GetValue(_most),
            TextField = parsed.GetValue(_text),
            LabelField = parsed.GetValue(_label),
        };
    }

    private sealed class PictureOptions
    {
        private readonly Option<string?> _format = new("--format")
        {
            Description = "pictures: layout to write, of " + string.Join(", ", PicturesRequest.Formats) + " [default: as read]",
            HelpName = "NAME",
        };

        private readonly Option<string?> _images = new("--images")
        {
            Description = "pictures: where those of a COCO file lie [default: looked for beside it]", HelpName = "DIR",
        };

        private readonly Option<string?> _preview = new("--preview")
        {
            Description = "pictures: a PNG that shows 16 copies with their labels; without -o, nothing else is written", HelpName = "FILE",
        };

        public Option<string?> Policy { get; } = new("--policy")
        {
            Description = "pictures: YAML with the operations", HelpName = "FILE",
        };

        public IReadOnlyList<Option> All => [Policy, _format, _images, _preview];

        public PicturesRequest Of(ParseResult parsed, PicturesRequest request) => request with
        {
            Format = parsed.GetValue(_format), Images = parsed.GetValue(_images), Preview = parsed.GetValue(_preview),
        };
    }

    private static int Pictures(PicturesRequest request, Shell shell, bool json)
    {
        PicturesOutcome outcome;
        using (var progress = shell.Progress()) outcome = shell.Corridor.Augment(request, progress, shell.Cancel);
        if (json)
        {
            shell.Print(new JsonObject
            {
                ["exit"] = ExitCode.Done, ["pictures"] = outcome.Pictures, ["made"] = outcome.Made, ["subjects"] = outcome.Subjects,
                ["empty"] = outcome.Empty, ["format"] = outcome.Format, ["folder"] = request.Output, ["preview"] = request.Preview,
            });
            return ExitCode.Done;
        }
        if (outcome.Empty > 0) shell.Note($"{Words.Count(outcome.Empty, "label")} without any area left out");
        shell.Say(request.Output is null ? Words.Count(outcome.Pictures, "picture")
            : $"{Words.Count(outcome.Pictures, "picture")}, {Copies(outcome.Made)} with "
                + $"{Words.Count(outcome.Subjects, "label")} made");
        foreach (string? path in (string?[])[request.Output, request.Preview])
            if (path is not null) shell.Say($"wrote {path}");
        return ExitCode.Done;
    }

    private static string Copies(long count) => count == 1 ? "1 copy" : $"{count:N0} copies";

    private static int Texts(AugmentRequest request, Shell shell, bool json)
    {
        AugmentOutcome outcome;
        using (var progress = shell.Progress()) outcome = shell.Corridor.Augment(request, progress, shell.Cancel);
        if (json) shell.Print(Describe(outcome, request));
        else Tell(outcome, request, shell);
        return ExitCode.Done;
    }

    private static void Tell(AugmentOutcome outcome, AugmentRequest request, Shell shell)
    {
        shell.Say($"{Words.Count(outcome.Records, "record")}, {outcome.Made:N0} copies made, "
            + $"{outcome.Rejected.Sum(r => r.Value):N0} rejected");
        Terminal.Counts(shell, "rejected by", "copies", outcome.Rejected);
        shell.Say($"wrote {request.Output} and {outcome.RejectedFile}");
    }

    private static JsonObject Describe(AugmentOutcome outcome, AugmentRequest request)
    {
        var rejected = new JsonObject();
        foreach (var (rule, count) in outcome.Rejected) rejected[rule] = count;
        return new JsonObject
        {
            ["exit"] = ExitCode.Done,
            ["records"] = outcome.Records,
            ["made"] = outcome.Made,
            ["rejected"] = rejected,
            ["file"] = request.Output,
            ["rejectedFile"] = outcome.RejectedFile,
        };
    }
}
