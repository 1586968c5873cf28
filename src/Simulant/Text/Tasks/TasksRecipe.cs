using System.Globalization;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Text.Records;

namespace Simulant.Text.Tasks;

/// <summary>
/// The recipe <c>tasks</c>: problems whose answers are computed, in equal shares of families and levels, each with its solution. See
/// docs/guide/recipes/tasks.md.
/// </summary>
public sealed class TasksRecipe : IRecordRecipe
{
    private const string All = "all", Mixed = "mixed";

    public string Name => "tasks";

    public EngineOptions Options { get; } = new("tasks",
    [
        new("categories", OptionKind.Texts, $"Kinds of reasoning: {string.Join(", ", TaskCategories.All)}.") { Default = All },
        new("families", OptionKind.Texts, "Families by name; beside `categories`, of these only.") { Default = All },
        new("levels", OptionKind.Text, "Levels of difficulty: one, such as `2`, or a range, such as `1-3`.") { Default = All },
        new("trace", OptionKind.Text, "How solutions are written.")
            { Values = [Mixed, .. TraceStyles.All.Select(Word)], Default = Mixed },
    ], what: "recipe");

    public IReadOnlyList<ColumnSchema> Columns { get; } =
    [
        new("category", ColumnKind.Category), new("family", ColumnKind.Category), new("level", ColumnKind.Integer),
        new("question", ColumnKind.Text), new("answer", ColumnKind.Text), new("trace", ColumnKind.Text),
        new("steps", ColumnKind.Integer),
    ];

    public RecordRoles Roles { get; } = new("question", "trace");

    public void Check(OptionValues values, SpecMap? given, long records, DiagnosticBag faults)
    {
        int before = faults.All.Count;
        Known(values, "categories", TaskCategories.All, given, faults);
        Known(values, "families", [.. TaskFamilies.All.Select(f => f.Name)], given, faults);
        if (Levels(values.Text("levels")) is not { } levels)
            faults.Error(Codes.BadValue, At(given, "levels"),
                $"'levels' is '{Nearest.Printable(values.Text("levels"))}'; write one level, such as 2, or a range, such as 1-3");
        else if (faults.All.Count == before) Enough(values, levels, given, records, faults);
    }

    public IRecordSource Open(OptionValues values, long records, ulong seed) => new Source(Mixture(values, seed));

    private static void Known(OptionValues values, string option, IReadOnlyCollection<string> known, SpecMap? given, DiagnosticBag faults)
    {
        foreach (string name in Names(values, option).Where(n => n != All && !known.Contains(n)))
            faults.Error(Codes.BadValue, At(given, option), Nearest.Unknown(option == "families" ? "family" : "category", name, known));
    }

    private static void Enough(OptionValues values, (int Low, int High) levels, SpecMap? given, long records, DiagnosticBag faults)
    {
        var families = Families(values);
        if (families.Count == 0)
        {
            faults.Error(Codes.Contradiction, At(given, "families"), "none of 'families' is in 'categories'; name one of the two");
            return;
        }
        if (families.FirstOrDefault(f => f.Levels < levels.Low) is { } few)
        {
            faults.Error(Codes.BadValue, At(given, "levels"), string.Create(CultureInfo.InvariantCulture,
                $"the family '{few.Name}' has levels 1 to {few.Levels}, and 'levels' begins at {levels.Low}"));
            return;
        }
        if (Mixture(values, 0).Count is { } count && count < records)
            faults.Error(Codes.BadValue, At(given, "families"), string.Create(CultureInfo.InvariantCulture,
                $"these families have {count:N0} different problems at these levels, not {records:N0}; ask for no more, or add families"));
    }

    private static TaskMixture Mixture(OptionValues values, ulong seed)
    {
        var (low, high) = Levels(values.Text("levels"))!.Value;
        string trace = values.Text("trace");
        TraceStyle? style = trace == Mixed ? null : TraceStyles.All.First(s => Word(s) == trace);
        return new TaskMixture(Families(values), seed, low, high, style);
    }

    private static List<TaskFamily> Families(OptionValues values)
    {
        string[] families = Names(values, "families"), categories = Names(values, "categories");
        return [.. TaskFamilies.All.Where(f => (families.Contains(All) || families.Contains(f.Name))
            && (categories.Contains(All) || categories.Contains(f.Category)))];
    }

    /// <summary>The ends of a range of levels; null where the text says none.</summary>
    private static (int Low, int High)? Levels(string text)
    {
        if (text == All) return (1, int.MaxValue);
        string[] ends = text.Split('-', 2);
        return int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out int low)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out int high) && low >= 1 && high >= low
            ? (low, high) : null;
    }

    private static string[] Names(OptionValues values, string option) =>
        values.Text(option).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static string Word(TraceStyle style) => style.ToString().ToLowerInvariant();

    private static SourcePosition At(SpecMap? given, string option) => given?[option]?.At ?? given?.At ?? default;

    private sealed class Source(TaskMixture tasks) : IRecordSource
    {
        public void Write(long record, RecordRow row)
        {
            var task = tasks[record];
            row.Set(0, TaskFamilies.Find(task.Family)!.Category);
            row.Set(1, task.Family);
            row.Set(2, task.Level);
            row.Set(3, task.Question);
            row.Set(4, task.Answer);
            row.Set(5, task.Trace);
            row.Set(6, task.Steps);
        }
    }
}
