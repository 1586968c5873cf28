using System.Text;
using System.Text.Json;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Records;

/// <summary>Which fields of a recipe's records say what, so that they can be written as trainers expect them.</summary>
/// <param name="Prompt">Field of what is asked.</param>
/// <param name="Response">Field of what is answered; null where records are not pairs.</param>
public sealed record RecordRoles(string Prompt, string? Response)
{
    /// <summary>Field of what the prompt works on; or null.</summary>
    public string? Input { get; init; }

    /// <summary>Field of the answer that is to be preferred less; or null.</summary>
    public string? Rejected { get; init; }

    /// <summary>Field that holds whole conversations as a list of {role, content}; it then stands for prompt and response.</summary>
    public string? Turns { get; init; }
}

/// <summary>
/// How records are laid out for training: <c>plain</c> fields; <c>chat</c> (a list <c>messages</c> of role and content, as OpenAI and
/// Hugging Face's templates read); <c>sharegpt</c> (a list <c>conversations</c> of from and value); <c>alpaca</c> (instruction, input,
/// output); <c>preference</c> (prompt, chosen, rejected). Fields that the layout does not take stay behind those it makes.
/// </summary>
public sealed class RecordShape
{
    public const string Plain = OutputSpec.Plain, Chat = "chat", ShareGpt = "sharegpt", Alpaca = "alpaca", Preference = "preference";

    private readonly string _name;
    private readonly int[] _kept;
    private readonly int _prompt, _response, _input, _rejected, _turns;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="fields">The recipe's.</param>
    /// <param name="roles">What they say; null allows plain alone.</param>
    /// <exception cref="ArgumentException">The roles do not give what the layout needs: ask <see cref="Lacks"/> first.</exception>
    public RecordShape(string name, IReadOnlyList<ColumnSchema> fields, RecordRoles? roles)
    {
        if (Lacks(name, roles) is { } lack) throw new ArgumentException(lack, nameof(name));
        _name = name;
        int Place(string? field) => name == Plain || field is null ? -1 : fields.TakeWhile(f => f.Name != field).Count();
        (_prompt, _response, _input) = (Place(roles?.Prompt), Place(roles?.Response), Place(roles?.Input));
        (_rejected, _turns) = (name == Preference ? Place(roles?.Rejected) : -1, name is Chat or ShareGpt ? Place(roles?.Turns) : -1);
        int[] taken = [_prompt, _response, _input, _rejected, _turns];
        _kept = [.. Enumerable.Range(0, fields.Count).Where(f => !taken.Contains(f))];
        ColumnSchema[] made = [.. Made(name)];
        // A field of the same name as one that is made would stand twice.
        Columns = [.. made, .. _kept.Select(f => made.Any(m => m.Name == fields[f].Name)
            ? fields[f] with { Name = "record_" + fields[f].Name } : fields[f])];
    }

    public static IReadOnlyList<string> Names => SpecKeys.OutputShapes;

    /// <summary>The columns that are written.</summary>
    public IReadOnlyList<ColumnSchema> Columns { get; }

    /// <summary>Why records of these roles have no such layout, or null.</summary>
    public static string? Lacks(string name, RecordRoles? roles) => name switch
    {
        Plain => null,
        Chat or ShareGpt when roles is not ({ Response: not null } or { Turns: not null }) => "its records have no prompt and response",
        Alpaca when roles is not { Response: not null } => "its records have no prompt and response",
        Preference when roles is not { Response: not null, Rejected: not null } => "its records have no chosen and rejected answer",
        _ => null,
    };

    /// <summary>Records in the layout.</summary>
    public IReadOnlyList<Column> Of(IReadOnlyList<Column> fields)
    {
        if (_name == Plain) return fields;
        int made = Columns.Count - _kept.Length;
        var columns = new List<Column>();
        for (int c = 0; c < made; c++)
        {
            var texts = new string?[fields[0].Count];
            for (int i = 0; i < texts.Length; i++) texts[i] = Cell(c, fields, i);
            columns.Add(CodedColumn.From(Columns[c], texts));
        }
        columns.AddRange(_kept.Select((f, k) => fields[f].With(Columns[made + k])));
        return columns;
    }

    private static IEnumerable<ColumnSchema> Made(string name)
    {
        string[] names = name switch
        {
            Chat => ["messages"],
            ShareGpt => ["conversations"],
            Alpaca => ["instruction", "input", "output"],
            Preference => ["prompt", "chosen", "rejected"],
            _ => [],
        };
        return names.Select(n => new ColumnSchema(n, ColumnKind.Text)
        {
            Format = name switch
            {
                Chat => ColumnSchema.JsonList("role", "content"),
                ShareGpt => ColumnSchema.JsonList("from", "value"),
                _ => null,
            },
        });
    }

    private string? Cell(int column, IReadOnlyList<Column> fields, int row)
    {
        string Field(int field) => field < 0 ? "" : ((CodedColumn)fields[field])[row] ?? "";
        return (_name, column) switch
        {
            (Chat or ShareGpt, _) => Conversation(_turns >= 0 ? Turns.Read(Field(_turns))
                : [("user", _input >= 0 && Field(_input).Length > 0 ? Field(_prompt) + "\n\n" + Field(_input) : Field(_prompt)),
                    ("assistant", Field(_response))]),
            (Alpaca, 0) or (Preference, 0) => Field(_prompt),
            (Alpaca, 1) => Field(_input),
            (Alpaca, _) or (Preference, 1) => Field(_response),
            _ => Field(_rejected),
        };
    }

    private string Conversation(IReadOnlyList<(string Role, string Text)> turns)
    {
        var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, PlainJson.Writer))
        {
            json.WriteStartArray();
            foreach (var (role, content) in turns)
            {
                json.WriteStartObject();
                if (_name == Chat) json.WriteString("role", role);
                else json.WriteString("from", role switch { "user" => "human", "assistant" => "gpt", var other => other });
                json.WriteString(_name == Chat ? "content" : "value", content);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
