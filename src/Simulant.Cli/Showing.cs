using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Reports;
using Simulant.Runs;
using Spectre.Console;

namespace Simulant.Cli;

/// <summary>What <c>show</c> prints of a published folder, a model file or a data file.</summary>
internal static class Showing
{
    public static void Print(Overview overview, Shell shell)
    {
        var console = Terminal.Of(shell);
        if (overview.Run is { } run) PrintRun(run, overview.Path, console);
        else if (overview.Model is { } model) PrintModel(model, overview.Path, console);
        else PrintData(overview.Data!, overview.Path, console);
        PrintTraining(overview.Training, console);
    }

    public static JsonObject Describe(Overview overview)
    {
        var json = new JsonObject { ["exit"] = ExitCode.Done, ["path"] = overview.Path };
        if (overview.Run is { } run)
        {
            json["run"] = Figures.Describe(run);
            json["schema"] = Schema(run.Schema);
        }
        else if (overview.Model is { } model)
        {
            json["model"] = new JsonObject
            {
                ["engine"] = model.Engine, ["program"] = model.Program, ["spec"] = model.Spec, ["bytes"] = model.Bytes,
                ["trainingRows"] = model.TrainingRows, ["rows"] = model.Rows,
                ["seed"] = new JsonObject { ["fit"] = model.FitSeed, ["sample"] = model.SampleSeed },
            };
            json["schema"] = Schema(model.Schema);
        }
        else
        {
            json["rows"] = overview.Data!.Table.RowCount;
            json["columns"] = Json.Array(overview.Data.Columns.Select(Column));
            json["notes"] = Json.Array(overview.Data.Findings.Notes.Select(n => (JsonNode?)n));
        }
        if (overview.Training is { } training) json["training"] = TrainingJson.Of(training);
        return json;
    }

    private static void PrintTraining(TrainingCurve? curve, IAnsiConsole console)
    {
        if (curve is null) return;
        console.MarkupLine($"trained for {curve.Epochs:N0} epochs, kept {(curve.Kept == 0 ? "the beginning" : $"epoch {curve.Kept:N0}")}; "
            + $"it ended because {Terminal.Safe(curve.Ending)}");
        var table = Terminal.Table(["training", "first", "kept", "last"], 1, 2, 3);
        foreach (var s in curve.Series)
            table.AddRow(Terminal.Safe(s.Name), Figures.Number(s.Values.FirstOrDefault(double.IsFinite, double.NaN)),
                Figures.Number(s.Values[curve.Kept]), Figures.Number(s.Values[^1]));
        console.Write(table);
        foreach (var (epoch, text) in curve.Events) console.MarkupLine($"[grey]epoch {epoch:N0}: {Terminal.Safe(text)}[/]");
    }

    private static void PrintRun(RunSummary run, string path, IAnsiConsole console)
    {
        string verdict = run.Verdict switch { "passed" => "[green]passed[/]", "rejected" => "[red]rejected[/]", _ => "no gates set" };
        console.MarkupLine($"[bold]{Terminal.Safe(run.Name)}[/]  {verdict}  [grey]{Terminal.Safe(path)}[/]");
        console.MarkupLine(
            $"{Words.Count(run.Rows, run.Item)} of {run.Columns} columns by {Terminal.Safe(run.Engine)}, seed {Words.Seeds(run)}");
        if (run.TrainingRows > 0)
            console.MarkupLine($"learned from {run.TrainingRows:N0} real rows, judged by {run.HoldoutRows:N0} held back");
        var gates = run.Figures.Where(f => f.Gate is not null).ToList();
        if (gates.Count > 0)
        {
            var table = Terminal.Table(["gate", "value", Against(gates), "asks", ""], 1, 2);
            foreach (var f in gates)
                table.AddRow(Terminal.Safe(f.Name), Figures.Number(f.Value), Figures.Number(f.Reference), Terminal.Safe(f.Gate!),
                    f.Passed switch { true => "[green]passed[/]", false => "[red]FAILED[/]", null => "[grey]not evaluated[/]" });
            console.WriteLine();
            console.Write(table);
        }
        PrintFigures([.. run.Figures.Where(f => double.IsFinite(f.Value))], console);
        PrintNotes(run, console);
    }

    private static void PrintFigures(IReadOnlyList<FigureLine> figures, IAnsiConsole console)
    {
        if (figures.Count == 0) return;
        var table = Terminal.Table(["figure", "value", Against(figures), "95% interval", "better"], 1, 2);
        foreach (var f in figures)
            table.AddRow(Terminal.Safe(f.Name), Figures.Number(f.Value), Figures.Number(f.Reference),
                f.Low < f.High ? $"{Figures.Number(f.Low)} to {Figures.Number(f.High)}" : "",
                f.Direction == "reference" ? "near real" : f.Direction);
        console.WriteLine();
        console.Write(table);
        console.WriteLine();
    }

    private static string Against(IEnumerable<FigureLine> figures) =>
        figures.Any(f => Figures.Against(f.Name) == "expected") ? "reference" : "real";

    private static void PrintNotes(RunSummary run, IAnsiConsole console)
    {
        foreach (string one in run.Tries) console.MarkupLine($"tried {Terminal.Safe(one)}");
        if (run.Rejections.Count > 0)
        {
            var table = Terminal.Table(["candidates rejected by", "count"], 1);
            foreach (var (rule, count) in run.Rejections) table.AddRow(Terminal.Safe(rule), $"{count:N0}");
            console.Write(table);
        }
        foreach (string note in run.Notes) console.MarkupLine($"note: {Terminal.Safe(note)}");
        foreach (string open in run.NotChecked) console.MarkupLine($"[grey]not checked: {Terminal.Safe(open)}[/]");
        console.MarkupLine($"columns: {Terminal.Safe(string.Join(", ", run.Schema.Columns.Select(c => c.Name)))}");
        console.MarkupLine($"digest: {run.Digest}");
        console.MarkupLine($"again: [bold]{Terminal.Safe(run.Command)}[/]");
    }

    private static void PrintModel(ModelOverview model, string path, IAnsiConsole console)
    {
        console.MarkupLine($"[bold]{Terminal.Safe(model.Engine)}[/] model of {Terminal.Safe(model.Spec)}  [grey]{Terminal.Safe(path)}[/]");
        console.MarkupLine($"{model.Bytes:N0} bytes, written by simulant {Terminal.Safe(model.Program)}");
        console.MarkupLine(model.TrainingRows > 0
            ? $"learned from {model.TrainingRows:N0} rows, laid out for {model.Rows:N0}; seed {Seeds(model)}"
            : $"made of rules, laid out for {model.Rows:N0} rows; seed {Seeds(model)}");
        var table = Terminal.Table(["column", "kind", "role"]);
        foreach (var column in model.Schema.Columns)
            table.AddRow(Terminal.Safe(column.Name), Word(column.Kind), column.Role == ColumnRole.Feature ? "" : Word(column.Role));
        console.Write(table);
    }

    private static void PrintData(InferredTable data, string path, IAnsiConsole console)
    {
        console.MarkupLine($"[bold]{data.Table.RowCount:N0} rows of {data.Table.Columns.Count} columns[/]  "
            + $"{data.Findings.Source.Format}  [grey]{Terminal.Safe(path)}[/]");
        var table = Terminal.Table(["column", "kind", "distinct", "missing", "values"], 2, 3);
        foreach (var c in data.Columns)
            table.AddRow(Terminal.Safe(c.Column), Word(c.Kind), $"{c.Distinct:N0}", c.Missing == 0 ? "" : $"{c.Missing:N0}",
                Terminal.Safe(Standout(c)));
        console.Write(table);
        foreach (var d in data.Findings.Determinations)
            console.MarkupLine($"{Terminal.Safe(d.Left)} determines {Terminal.Safe(d.Right)}{(d.Both ? ", and the other way" : "")}");
        foreach (string note in data.Findings.Notes) console.MarkupLine($"note: {Terminal.Safe(note)}");
    }

    private static string Standout(ColumnEvidence column)
    {
        var words = new List<string>();
        if (column.Least is { } least) words.Add($"{least} to {column.Greatest}");
        if (column.Role != ColumnRole.Feature) words.Add(Word(column.Role));
        if (column.Personal != PersonalData.None) words.Add($"personal ({Word(column.Personal)})");
        if (column.Constant) words.Add("constant");
        else if (column.NearUnique) words.Add("nearly unique");
        if (column.Ordered) words.Add("ordered");
        if (column.PointMasses.Count > 0) words.Add($"{column.PointMasses[0].Share:P0} are {column.PointMasses[0].Value}");
        if (column.SuspectedMissing.Count > 0) words.Add($"missing? {string.Join(' ', column.SuspectedMissing)}");
        if (column.Confidence < 0.7) words.Add("please check the kind");
        return string.Join(", ", words);
    }

    private static string Seeds(ModelOverview model) =>
        model.FitSeed == model.SampleSeed ? $"{model.FitSeed}" : $"{model.FitSeed} (fit) and {model.SampleSeed} (sample)";

    private static string Word<T>(T value) where T : struct, Enum => value.ToString().ToLowerInvariant();

    private static JsonArray Schema(TableSchema schema) => Json.Array(schema.Columns.Select(c => (JsonNode?)new JsonObject
    {
        ["name"] = c.Name, ["kind"] = Word(c.Kind), ["role"] = Word(c.Role),
    }));

    private static JsonNode Column(ColumnEvidence column) => new JsonObject
    {
        ["name"] = column.Column, ["kind"] = Word(column.Kind), ["role"] = Word(column.Role), ["confidence"] = column.Confidence,
        ["distinct"] = column.Distinct, ["missing"] = column.Missing, ["least"] = column.Least, ["greatest"] = column.Greatest,
        ["evidence"] = Json.Array(column.Evidence.Select(e => (JsonNode?)e)),
    };
}
