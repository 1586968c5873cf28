using System.Text.Json;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Text.Records;

namespace Simulant.Text.Stories;

/// <summary>The recipe <c>stories</c>: see docs/guide/recipes/stories.md.</summary>
public sealed class StoriesRecipe : IRecordRecipe
{
    public string Name => "stories";

    public EngineOptions Options => StoryOptions.Declared;

    public IReadOnlyList<ColumnSchema> Columns { get; } =
    [
        new("text", ColumnKind.Text), new("verb", ColumnKind.Category), new("noun", ColumnKind.Category),
        new("adjective", ColumnKind.Category), new("plot", ColumnKind.Category), new("features", ColumnKind.Category),
        new("summary", ColumnKind.Text),
    ];

    public RecordRoles Roles { get; } = new("summary", "text");

    public void Check(OptionValues values, SpecMap? given, long records, DiagnosticBag faults) =>
        OptionFaults.Of(() => StoryOptions.From(values), given, faults);

    public IRecordSource Open(OptionValues values, long records, ulong seed) =>
        new Source(new StoryEngine(StoryOptions.From(values), seed));

    private sealed class Source(StoryEngine engine) : IRecordSource
    {
        public void Write(long record, RecordRow row)
        {
            var story = engine.Make(record);
            row.Set(0, story.Text);
            row.Set(1, story.Verb);
            row.Set(2, story.Noun);
            row.Set(3, story.Adjective);
            row.Set(4, story.Plot);
            row.Set(5, story.Features.Count == 0 ? "none" : string.Join(", ", story.Features));
            row.Set(6, story.Summary);
        }
    }
}

/// <summary>The recipe <c>dialogues</c>: see docs/guide/recipes/dialogues.md.</summary>
public sealed class DialoguesRecipe : IRecordRecipe
{
    public string Name => "dialogues";

    public EngineOptions Options => DialogueOptions.Declared;

    public IReadOnlyList<ColumnSchema> Columns { get; } =
    [
        new("turns", ColumnKind.Text) { Format = ColumnSchema.Json }, new("domain", ColumnKind.Category),
        new("slots", ColumnKind.Text) { Format = ColumnSchema.Json }, new("corrections", ColumnKind.Integer),
        new("acts", ColumnKind.Text),
    ];

    public RecordRoles Roles { get; } = new("turns", null) { Turns = "turns" };

    public void Check(OptionValues values, SpecMap? given, long records, DiagnosticBag faults) =>
        OptionFaults.Of(() => DialogueOptions.From(values), given, faults);

    public IRecordSource Open(OptionValues values, long records, ulong seed) =>
        new Source(new DialogueEngine(DialogueOptions.From(values), seed));

    private sealed class Source(DialogueEngine engine) : IRecordSource
    {
        public void Write(long record, RecordRow row)
        {
            var dialogue = engine.Make(record);
            row.Set(0, JsonSerializer.Serialize(dialogue.Turns.Select(t => new { role = t.Speaker, content = t.Text }),
                PlainJson.Serializer));
            row.Set(1, dialogue.Domain);
            row.Set(2, JsonSerializer.Serialize(
                new SortedDictionary<string, string>(dialogue.Slots.ToDictionary(), StringComparer.Ordinal), PlainJson.Serializer));
            row.Set(3, dialogue.Corrections);
            row.Set(4, string.Join("; ", dialogue.Turns.Select(t => string.Join(" ", t.Acts))));
        }
    }
}

/// <summary>Options that name what there is not, as faults of the spec.</summary>
internal static class OptionFaults
{
    public static void Of(Action read, SpecMap? given, DiagnosticBag faults)
    {
        try
        {
            read();
        }
        catch (ArgumentException e)
        {
            faults.Error(Codes.BadValue, given?.At ?? default, e.Message);
        }
    }
}
