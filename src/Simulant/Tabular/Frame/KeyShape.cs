using System.Globalization;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tabular.Personal;

namespace Simulant.Tabular.Frame;

/// <summary>
/// How keys look. A key is a bijection of the item's index, so keys are unique in any part of the result without looking at the
/// rest of it.
/// </summary>
/// <param name="Pattern">Shape of text keys; empty where they have none in common, then they are a prefix and a counter.</param>
/// <param name="First">Least number of numeric keys, or of the counter.</param>
/// <param name="Span">Numbers that numeric keys are scattered over; 0 for consecutive ones.</param>
/// <param name="Step">Distance of neighbouring numeric keys.</param>
/// <param name="RowsPerKey">Rows that share a key: 1 for keys, more for entities.</param>
internal sealed record KeyShape(string Pattern, string Prefix, double First, long Span, double Step, int RowsPerKey)
{
    public static KeyShape Of(Column column, bool entity)
    {
        int rowsPerKey = 1;
        if (entity) rowsPerKey = (int)Math.Max(1, Math.Round(Present(column) / (double)Math.Max(1, Distinct(column))));
        return column is NumericColumn numbers ? OfNumbers(numbers, rowsPerKey) : OfTexts((CodedColumn)column, rowsPerKey);
    }

    private static int Present(Column column)
    {
        int n = 0;
        for (int r = 0; r < column.Count; r++)
            if (!column.IsMissing(r)) n++;
        return n;
    }

    private static int Distinct(Column column) => column switch
    {
        NumericColumn numbers => new HashSet<double>(numbers.Values.ToArray()).Count,
        CodedColumn coded => new HashSet<int>(coded.Codes.ToArray()).Count,
        _ => 1,
    };

    private static KeyShape OfNumbers(NumericColumn column, int rowsPerKey)
    {
        double[] values = [.. column.Values.ToArray().Where(double.IsFinite).Distinct()];
        if (values.Length == 0) return new KeyShape("", "", 1, 0, 1, rowsPerKey);
        double least = values.Min(), greatest = values.Max();
        double step = Grids.StepOf(column.Schema, values) is > 0 and var s ? s : 1;
        double span = (greatest - least) / step + 1;
        bool consecutive = span < 1.5 * values.Length || span > 1L << 52;
        return new KeyShape("", "", least, consecutive ? 0 : (long)span, step, rowsPerKey);
    }

    private static KeyShape OfTexts(CodedColumn column, int rowsPerKey)
    {
        string[] texts = [.. column.Levels.Where(t => t.Length is > 0 and <= 64)];
        if (texts.Length == 0) return new KeyShape("", "id-", 1, 0, 1, rowsPerKey);
        var shapes = texts.GroupBy(t => TextShape.Of(t).Pattern).OrderByDescending(g => g.Count())
            .ThenBy(g => g.Key, StringComparer.Ordinal);
        string best = shapes.First().Key;
        bool roomy = new TextShape(best).Capacity >= 4L * texts.Length && shapes.First().Count() >= 0.5 * texts.Length;
        return new KeyShape(roomy ? best : "", CommonPrefix(texts), 1, 0, 1, rowsPerKey);
    }

    private static string CommonPrefix(string[] texts)
    {
        string first = texts[0];
        int n = first.Length;
        foreach (string t in texts)
        {
            n = Math.Min(n, t.Length);
            while (n > 0 && string.CompareOrdinal(first, 0, t, 0, n) != 0) n--;
        }
        // Digits at the end belong to the numbers, not to the prefix.
        while (n > 0 && char.IsAsciiDigit(first[n - 1])) n--;
        return n == 0 ? "id-" : first[..n];
    }

    public Func<long, string> Texts(RandomStream stream, string name)
    {
        var keyed = new RandomStream(stream.Bits(0, -201).R0, "key " + name);
        if (Pattern.Length == 0)
            return item => Prefix + ((long)First + item / RowsPerKey).ToString("D8", CultureInfo.InvariantCulture);
        var shape = new TextShape(Pattern);
        var scatter = new IndexPermutation(keyed, 0, shape.Capacity);
        // Past the shape's room a suffix keeps keys apart.
        return item =>
        {
            long key = item / RowsPerKey, round = key / shape.Capacity;
            string text = shape.Text(scatter.Map(key % shape.Capacity));
            return round == 0 ? text : text + "-" + round.ToString(CultureInfo.InvariantCulture);
        };
    }

    public Func<long, double> Numbers(RandomStream stream, string name)
    {
        if (Span == 0) return item => First + item / RowsPerKey * Step;
        var scatter = new IndexPermutation(new RandomStream(stream.Bits(0, -201).R0, "key " + name), 0, Span);
        return item =>
        {
            long key = item / RowsPerKey;
            return First + (scatter.Map(key % Span) + key / Span * Span) * Step;
        };
    }
}
