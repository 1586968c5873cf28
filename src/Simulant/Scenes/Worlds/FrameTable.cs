using Simulant.Data;
using Simulant.Scenes.Formats;
using Simulant.Scenes.Worlds.Drawing;

namespace Simulant.Scenes.Worlds;

/// <summary>One row of the table of frames.</summary>
/// <param name="Faults">Label faults that the auditor counted; 0 in a true frame.</param>
/// <param name="Content">SHA-256 over the paths and bytes of the frame's files, in the order in which they are written.</param>
internal sealed record FrameRow(FrameNotes Notes, long Sequence, Values Values, int Faults, long Triangles, string Content);

/// <summary>The table that tells of a set's frames: what was drawn, what is seen.</summary>
internal static class FrameTable
{
    public const string Frame = "frame", Sequence = "sequence", Picture = "picture", Objects = "objects", Triangles = "triangles",
        Faults = "label_faults", Content = "content";

    /// <summary>The column that counts the members of a class of which something is seen.</summary>
    public static string Seen(string kind) => "seen_" + kind;

    public static TableSchema Schema(IWorld world, string name) => new(name,
    [
        new(Frame, ColumnKind.Identifier) { Role = ColumnRole.Id },
        new(Sequence, ColumnKind.Integer) { Role = ColumnRole.Entity, Decimals = 0 },
        new(Picture, ColumnKind.Identifier) { Role = ColumnRole.Id },
        .. world.Parameters.Select(p => p.Column),
        Whole(Objects),
        .. world.Classes.All.Where(c => c.Countable).Select(c => Whole(Seen(c.Name))),
        Whole(Triangles),
        Whole(Faults),
        new(Content, ColumnKind.Identifier) { Role = ColumnRole.Id },
    ]);

    public static Table Of(IWorld world, TableSchema schema, IReadOnlyList<FrameRow> rows)
    {
        int column = 0;
        var columns = new List<Column>();
        void Text(Func<FrameRow, string?> of) => columns.Add(CodedColumn.From(schema.Columns[column++], [.. rows.Select(of)]));
        void Number(Func<FrameRow, double> of) => columns.Add(new NumericColumn(schema.Columns[column++], [.. rows.Select(of)]));
        Text(r => r.Notes.Key);
        Number(r => r.Sequence);
        Text(r => r.Notes.Picture);
        for (int i = 0; i < world.Parameters.Count; i++)
        {
            int at = i;
            if (world.Parameters[i].Levels is { } levels) Text(r => levels[(int)r.Values[at]]);
            else Number(r => r.Values[at]);
        }
        int[] counted = [.. world.Classes.All.Where(c => c.Countable).Select(c => c.Number)];
        Number(r => r.Notes.Actors.Count(a => a.VisiblePixels > 0 && counted.Contains(a.Class)));
        foreach (int number in counted) Number(r => r.Notes.Actors.Count(a => a.Class == number && a.VisiblePixels > 0));
        Number(r => r.Triangles);
        Number(r => r.Faults);
        Text(r => r.Content);
        return new Table(schema.Name, columns);
    }

    private static ColumnSchema Whole(string name) => new(name, ColumnKind.Integer) { Decimals = 0 };
}
