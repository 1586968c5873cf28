using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Text.Records;
using Xunit;

namespace Simulant.Tests.Text.Records;

public class RecordShapeTests
{
    private static readonly ColumnSchema[] Fields =
    [
        new("ask", ColumnKind.Text), new("about", ColumnKind.Text), new("good", ColumnKind.Text), new("bad", ColumnKind.Text),
        new("level", ColumnKind.Integer), new("output", ColumnKind.Category),
    ];

    private static readonly RecordRoles Roles = new("ask", "good") { Input = "about", Rejected = "bad" };

    private static IReadOnlyList<Column> Rows()
    {
        Column Texts(int field, params string?[] texts) => CodedColumn.From(Fields[field], texts);
        return
        [
            Texts(0, "Add \"them\".", "Say hello"), Texts(1, "2, 3", null), Texts(2, "5", "Hello\nthere"), Texts(3, "6", "No"),
            new NumericColumn(Fields[4], [1, 2]), Texts(5, "x", "y"),
        ];
    }

    private static string? Cell(IReadOnlyList<Column> columns, string name, int row) =>
        ((CodedColumn)columns.Single(c => c.Name == name))[row];

    [Fact]
    public void Alpaca_has_instruction_input_output_and_what_is_left_stays_under_other_names_where_they_clash()
    {
        var rows = new RecordShape(RecordShape.Alpaca, Fields, Roles).Of(Rows());
        Assert.Equal(["instruction", "input", "output", "bad", "level", "record_output"], rows.Select(c => c.Name));
        Assert.Equal(("Add \"them\".", "2, 3", "5"), (Cell(rows, "instruction", 0), Cell(rows, "input", 0), Cell(rows, "output", 0)));
        Assert.Equal("", Cell(rows, "input", 1));
        Assert.Equal("x", Cell(rows, "record_output", 0));
    }

    [Theory]
    [InlineData(RecordShape.Chat, "messages", "role", "content", "user", "assistant")]
    [InlineData(RecordShape.ShareGpt, "conversations", "from", "value", "human", "gpt")]
    public void Conversations_are_json_that_says_the_same(string shape, string column, string who, string what, string user, string model)
    {
        var rows = new RecordShape(shape, Fields, Roles).Of(Rows());
        Assert.Equal(column, rows[0].Name);
        Assert.True(rows[0].Schema.IsJson);
        Assert.Equal([who, what], rows[0].Schema.ListMembers);
        var turns = JsonNode.Parse(Cell(rows, column, 0)!)!.AsArray();
        Assert.Equal([(user, "Add \"them\".\n\n2, 3"), (model, "5")], turns.Select(t => ((string)t![who]!, (string)t[what]!)));
        var other = JsonNode.Parse(Cell(rows, column, 1)!)!.AsArray();
        Assert.Equal(["Say hello", "Hello\nthere"], other.Select(t => (string)t![what]!));
    }

    [Fact]
    public void Given_turns_stand_for_prompt_and_response()
    {
        ColumnSchema[] fields = [new("turns", ColumnKind.Text), new("topic", ColumnKind.Category)];
        var roles = new RecordRoles("turns", null) { Turns = "turns" };
        Column[] records =
        [
            CodedColumn.From(fields[0], ["""[{"role":"system","content":"Be brief."},{"role":"user","content":"Hi"}]"""]),
            CodedColumn.From(fields[1], ["greeting"]),
        ];
        var rows = new RecordShape(RecordShape.ShareGpt, fields, roles).Of(records);
        Assert.Equal(["conversations", "topic"], rows.Select(c => c.Name));
        var turns = JsonNode.Parse(Cell(rows, "conversations", 0)!)!.AsArray();
        Assert.Equal([("system", "Be brief."), ("human", "Hi")], turns.Select(t => ((string)t!["from"]!, (string)t["value"]!)));
    }

    [Fact]
    public void Preference_has_prompt_chosen_and_rejected()
    {
        var rows = new RecordShape(RecordShape.Preference, Fields, Roles).Of(Rows());
        Assert.Equal(["prompt", "chosen", "rejected", "level", "output"], rows.Select(c => c.Name));
        Assert.Equal(("Say hello", "Hello\nthere", "No"), (Cell(rows, "prompt", 1), Cell(rows, "chosen", 1), Cell(rows, "rejected", 1)));
    }

    [Fact]
    public void Plain_fields_stay_as_they_are()
    {
        var fields = Rows();
        Assert.Same(fields, new RecordShape(RecordShape.Plain, Fields, null).Of(fields));
    }

    [Theory]
    [InlineData(RecordShape.Chat, "no prompt and response")]
    [InlineData(RecordShape.Alpaca, "no prompt and response")]
    [InlineData(RecordShape.Preference, "no chosen and rejected")]
    public void A_layout_that_the_records_cannot_fill_is_refused_with_the_reason(string shape, string part)
    {
        Assert.Contains(part, RecordShape.Lacks(shape, new RecordRoles("ask", null)), StringComparison.Ordinal);
        Assert.Contains(part, RecordShape.Lacks(shape, null), StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new RecordShape(shape, Fields, null));
    }
}
