using System.Globalization;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>
/// Files that empirical distributions name (<c>file</c> and <c>column</c>). A spec is checked without opening them; before it is
/// built, each is replaced by the values it holds and how often, so that a stored model needs no file.
/// </summary>
public static class ValueFiles
{
    /// <summary>Different values at most: each is a node of the stored model.</summary>
    private const int MostValues = 1_000_000;

    /// <summary>The paths, as the spec writes them, each once, in order.</summary>
    public static IReadOnlyList<string> Of(Spec spec)
    {
        var found = new List<string>();
        Replace(spec, (map, _) =>
        {
            if (map["file"] is SpecScalar file && !found.Contains(file.Text)) found.Add(file.Text);
            return map;
        });
        return found;
    }

    /// <summary>The spec with the values themselves in place of their files.</summary>
    /// <param name="folder">Where relative paths start.</param>
    /// <exception cref="DataException">A file is missing, lacks the column, or holds no numbers there.</exception>
    public static Spec Read(Spec spec, string folder, RunContext run)
    {
        var known = new Dictionary<(string File, string Column, ColumnKind Kind), SpecEntry[]>();
        return Replace(spec, (map, kind) =>
        {
            if (map["file"] is not SpecScalar file || map["column"] is not SpecScalar column) return map;
            var key = (file.Text, column.Text, kind);
            if (!known.TryGetValue(key, out var entries))
                known.Add(key, entries = Values(Path.Combine(folder, file.Text), column.Text, kind, run));
            return map with { Entries = [.. map.Entries.Where(e => e.Key is not ("file" or "column")), .. entries] };
        });
    }

    private static SpecEntry[] Values(string path, string column, ColumnKind kind, RunContext run)
    {
        var options = new ReadOptions { MaxThreads = run.MaxThreads, Overrides = [new ColumnOverride(column) { Kind = kind }] };
        if (TableReader.Read(path, options, run.Cancel).Table[column] is not NumericColumn numbers)
            throw new DataException("holds no numbers", path, column: column);
        double[] values = [.. numbers.Values.ToArray().Where(double.IsFinite).Order()];
        if (values.Length == 0) throw new DataException("holds no finite number to draw from", path, column: column);
        List<SpecNode> texts = [], weights = [];
        for (int from = 0, to; from < values.Length; from = to)
        {
            to = from + 1;
            while (to < values.Length && values[to] == values[from]) to++;
            texts.Add(Number(values[from]));
            weights.Add(Number(to - from));
            if (texts.Count > MostValues)
                throw new DataException($"holds more than {MostValues} different values; round them, or give 'quantiles'", path,
                    column: column);
        }
        return [new("values", default, new SpecList(texts, default)), new("weights", default, new SpecList(weights, default))];
    }

    private static SpecScalar Number(double value) => new(value.ToString("R", CultureInfo.InvariantCulture), false, default);

    /// <summary>Puts another map in place of each empirical distribution that names a file, wherever it is nested.</summary>
    private static Spec Replace(Spec spec, Func<SpecMap, ColumnKind, SpecMap> put)
    {
        SpecNode Inside(SpecNode node, ColumnKind kind) => node switch
        {
            SpecList list => list with { Items = [.. list.Items.Select(item => Inside(item, kind))] },
            SpecMap map => Map(map, kind),
            _ => node,
        };
        SpecMap Map(SpecMap map, ColumnKind kind)
        {
            if (map["type"] is SpecScalar type) kind = KindOf(type.Text);
            if (map["distribution"] is SpecScalar { Text: "empirical" } && map["file"] is not null) map = put(map, kind);
            else map = map with { Entries = [.. map.Entries.Select(e => e with { Value = Inside(e.Value, kind) })] };
            return map;
        }
        return spec with
        {
            Columns = [.. spec.Columns.Select(c => c with
            {
                Options = c.Options is null ? null : Map(c.Options, KindOf($"{c.Kind}")),
            })],
            Engine = spec.Engine with { Options = spec.Engine.Options is null ? null : Map(spec.Engine.Options, ColumnKind.Decimal) },
        };
    }

    /// <summary>The kind to read a file's column as: instants where the column holds instants, else numbers.</summary>
    private static ColumnKind KindOf(string type) =>
        Enum.TryParse(type, ignoreCase: true, out ColumnKind kind) && kind is ColumnKind.Date or ColumnKind.Time or ColumnKind.Timestamp
            ? kind : ColumnKind.Decimal;
}

/// <summary>Stands for a file's values while a spec is checked; it has none to give.</summary>
internal sealed class UnreadValuesRule : NumberRule
{
    public override double Number(in Address at, int row) =>
        throw new InvalidOperationException("the files of an empirical distribution are read before its spec is built");
}
