using System.Globalization;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Text.Records;

namespace Simulant.Text.Code.Textbook;

/// <summary>
/// The recipe <c>textbook-code</c>: programming exercises with lesson, solution and tests, each proved by running it. See
/// docs/guide/recipes/textbook-code.md.
/// </summary>
public sealed class TextbookCodeRecipe : IRecordRecipe
{
    public string Name => "textbook-code";

    public EngineOptions Options => TextbookOptions.Declared;

    public IReadOnlyList<ColumnSchema> Columns { get; } =
    [
        new("topic", ColumnKind.Category), new("family", ColumnKind.Category), new("level", ColumnKind.Integer),
        new("language", ColumnKind.Category), new("lesson", ColumnKind.Text), new("exercise", ColumnKind.Text),
        new("starter", ColumnKind.Text), new("solution", ColumnKind.Text), new("tests", ColumnKind.Text),
        new("cases", ColumnKind.Integer), new("mutants", ColumnKind.Integer), new("killed", ColumnKind.Integer),
        new("equivalent", ColumnKind.Integer),
    ];

    public RecordRoles Roles { get; } = new("exercise", "solution");

    public void Check(OptionValues values, SpecMap? given, long records, DiagnosticBag faults)
    {
        TextbookOptions options;
        try
        {
            options = TextbookOptions.From(values);
        }
        catch (ArgumentException e)
        {
            faults.Error(Codes.BadValue, given?.At ?? default, e.Message);
            return;
        }
        var source = new TextbookSource(options, 0);
        if (source.Count == 0)
            faults.Error(Codes.Contradiction, given?.At ?? default,
                "no problem of these families has such a level and such tests; name more families, or lower 'min-killed'");
        else if (source.Count < records)
            faults.Error(Codes.BadValue, given?.At ?? default, string.Create(CultureInfo.InvariantCulture,
                $"under these options there are {source.Count:N0} different exercises, not {records:N0}; ask for no more, or raise "
                    + $"'problems'"));
        if (source.Runs && Refusal(options) is { } refusal)
            faults.Error(Codes.BadValue, given?.At ?? default, $"exercises cannot be proved on this machine: {refusal}");
    }

    public IRecordSource Open(OptionValues values, long records, ulong seed) => new TextbookSource(TextbookOptions.From(values), seed);

    // Mutants are of the C# solution, whatever the language of the record.
    private static string? Refusal(TextbookOptions options)
    {
        using var check = new CodeCheck();
        return options.Languages.Prepend(CodeLanguage.CSharp).Select(check.RefusalOf).FirstOrDefault(why => why is not null);
    }
}
