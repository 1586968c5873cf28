using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Personal;

namespace Simulant.Tabular.Frame;

/// <summary>
/// Decides how each column of a table comes about (drawn by the model, fixed by others, generated, constant) and prepares what
/// the model is to learn.
/// </summary>
internal sealed class FrameBuilder
{
    private static readonly string[] PresentMissing = ["present", "missing"];

    private readonly Table _training;
    private readonly OutputColumn?[] _outputs;
    private readonly Dictionary<string, double> _steps = new(StringComparer.Ordinal);
    private readonly HashSet<string> _conditioned;
    private readonly List<ModelColumn> _columns = [];
    private readonly List<double[]> _values = [];
    private readonly List<Lookup> _lookups = [];
    private readonly Dictionary<string, int> _modelOf = new(StringComparer.Ordinal);

    private FrameBuilder(Table training, HashSet<string> conditioned)
    {
        _training = training;
        _conditioned = conditioned;
        _outputs = new OutputColumn?[training.Columns.Count];
    }

    public IReadOnlyList<ModelColumn> Columns => _columns;
    public double[][] Values => [.. _values];
    public IReadOnlyList<Lookup> Lookups => _lookups;
    public IReadOnlyList<OutputColumn> Outputs => _outputs!;

    /// <summary>Modelled column by name.</summary>
    public IReadOnlyDictionary<string, int> ModelOf => _modelOf;

    public static FrameBuilder Build(Spec spec, Table training)
    {
        var conditioned = spec.Balance.Select(b => b.Column).Concat(spec.Conditions.SelectMany(c => c.Where.Columns));
        if (spec.Independence > 0) conditioned = conditioned.Concat([.. spec.Protect.Select(p => p.Column), spec.Source!.Target!]);
        var builder = new FrameBuilder(training, [.. conditioned]);
        foreach (var increment in spec.Constraints.OfType<IncrementConstraint>()) builder._steps[increment.Column] = increment.Step;
        foreach (var oneHot in spec.Constraints.OfType<OneHotConstraint>()) builder.AddOneHot(oneHot);
        var rules = Determinations.Find(spec, training, builder.IsLearned);
        var determined = rules.SelectMany(rule => rule.Right).ToHashSet();
        for (int c = 0; c < builder._outputs.Length; c++)
            if (builder._outputs[c] is null && !determined.Contains(training.Columns[c].Name)) builder.AddColumn(c, rules);
        foreach (var rule in rules) builder.AddLookup(rule);
        return builder;
    }

    /// <summary>Whether a column's values are learned at all (rather than generated, or the same in every row).</summary>
    private bool IsLearned(Column column)
    {
        var schema = column.Schema;
        if (_outputs[IndexOf(schema.Name)] is not null) return false;
        if (_conditioned.Contains(schema.Name) || schema.Role == ColumnRole.Target) return true;
        if (schema.Personal != PersonalData.None || schema.Role is ColumnRole.Id or ColumnRole.Entity) return false;
        return schema.Kind is not (ColumnKind.Identifier or ColumnKind.Text) && !IsConstant(column);
    }

    private int IndexOf(string name)
    {
        for (int c = 0; c < _training.Columns.Count; c++)
            if (_training.Columns[c].Name == name) return c;
        return -1;
    }

    private static bool IsConstant(Column column)
    {
        switch (column)
        {
            case NumericColumn numbers:
                var values = numbers.Values;
                for (int r = 1; r < values.Length; r++)
                    if (!values[r].Equals(values[0])) return false;
                return true;
            case CodedColumn coded:
                return coded.Codes.IsEmpty || !coded.Codes.ContainsAnyExcept(coded.Codes[0]);
            default:
                return true;
        }
    }

    private void AddColumn(int c, IReadOnlyList<DeterminesConstraint> rules)
    {
        var column = _training.Columns[c];
        if (IsLearned(column))
        {
            bool atomsOnly = rules.Any(rule => rule.Left.Contains(column.Name));
            _outputs[c] = Modelled(column, atomsOnly);
        }
        else _outputs[c] = IsConstant(column) && column.Schema.Role == ColumnRole.Feature ? Constant(column) : Generated(column);
    }

    private ModelledOutput Modelled(Column column, bool atomsOnly)
    {
        var schema = column.Schema;
        int index = _columns.Count;
        _modelOf[schema.Name] = index;
        if (column is NumericColumn numbers)
        {
            var grid = GridOf(numbers);
            _columns.Add(new ModelColumn(schema.Name, 0, false, grid.Step, atomsOnly));
            _values.Add(numbers.Values.ToArray());
            return new ModelledOutput(schema, index, [], grid);
        }
        var (levels, values) = Coded((CodedColumn)column);
        _columns.Add(new ModelColumn(schema.Name, Math.Max(1, levels.Length), schema.Ordered, 0, atomsOnly));
        _values.Add(values);
        return new ModelledOutput(schema, index, levels, default);
    }

    /// <summary>Levels in use: in their declared order, or by text where there is none, so that nothing hangs on row order.</summary>
    private static (string[] Levels, double[] Codes) Coded(CodedColumn column)
    {
        bool[] used = new bool[column.Levels.Count];
        foreach (int code in column.Codes)
            if (code >= 0) used[code] = true;
        int[] order = [.. Enumerable.Range(0, used.Length).Where(l => used[l])];
        if (!column.Schema.Ordered) Array.Sort(order, (a, b) => string.CompareOrdinal(column.Levels[a], column.Levels[b]));
        double[] rank = new double[used.Length];
        for (int k = 0; k < order.Length; k++) rank[order[k]] = k;
        double[] codes = new double[column.Count];
        for (int r = 0; r < codes.Length; r++) codes[r] = column.Codes[r] < 0 ? double.NaN : rank[column.Codes[r]];
        return ([.. order.Select(l => column.Levels[l])], codes);
    }

    private ValueGrid GridOf(NumericColumn column)
    {
        var schema = column.Schema;
        double step = _steps.TryGetValue(schema.Name, out double declared) ? declared : Grids.StepOf(schema, column.Values);
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity;
        foreach (double v in column.Values)
        {
            if (!double.IsFinite(v)) continue;
            least = Math.Min(least, v);
            greatest = Math.Max(greatest, v);
        }
        if (least > greatest) (least, greatest) = (double.NegativeInfinity, double.PositiveInfinity);
        double low = schema.Minimum is { } m ? Math.Max(m, least) : least,
            high = schema.Maximum is { } x ? Math.Min(x, greatest) : greatest;
        // A declared range that the data lies outside of altogether wins over the data.
        if (low > high) (low, high) = (schema.Minimum ?? double.NegativeInfinity, schema.Maximum ?? double.PositiveInfinity);
        return new ValueGrid(step, Grids.DigitsOf(step), low, high);
    }

    private static ConstantOutput Constant(Column column) => column switch
    {
        NumericColumn n => new ConstantOutput(n.Schema, n.Count == 0 ? double.NaN : n.Values[0], null),
        CodedColumn c => new ConstantOutput(c.Schema, double.NaN, c.Count == 0 ? null : c[0]),
        _ => throw new InvalidOperationException("no such column storage"),
    };

    private OutputColumn Generated(Column column)
    {
        var schema = column.Schema;
        int indicator = AddMissingIndicator(column);
        if (column is CodedColumn coded && schema.Personal != PersonalData.None)
        {
            string[] examples = [.. Enumerable.Range(0, coded.Count).Select(r => coded[r]).OfType<string>()];
            bool unique = examples.Length > 1 && examples.Distinct(StringComparer.Ordinal).Count() == examples.Length;
            return new PersonalOutput(schema, PersonalFormat.Learn(schema.Personal, examples), unique, indicator);
        }
        if (column is CodedColumn text && schema.Kind == ColumnKind.Text && schema.Role is not (ColumnRole.Id or ColumnRole.Entity))
            return new FillerOutput(schema, LengthsOf(text), indicator);
        return new KeyOutput(schema, KeyShape.Of(column, schema.Role == ColumnRole.Entity), indicator);
    }

    private static int[] LengthsOf(CodedColumn column)
    {
        int[] lengths = [.. Enumerable.Range(0, column.Count).Select(r => column[r]).OfType<string>().Select(t => t.Length).Order()];
        int[] quantiles = new int[17];
        for (int k = 0; k < quantiles.Length && lengths.Length > 0; k++)
            quantiles[k] = lengths[(int)((lengths.Length - 1) * k / 16.0)];
        return quantiles;
    }

    /// <summary>Where a generated column is sometimes missing, that much of it is learned.</summary>
    private int AddMissingIndicator(Column column)
    {
        double[] missing = new double[column.Count];
        double any = 0;
        for (int r = 0; r < missing.Length; r++) any += missing[r] = column.IsMissing(r) ? 1 : 0;
        if (any == 0) return -1;
        _columns.Add(new ModelColumn("missing " + column.Name, PresentMissing.Length, false, 0, false));
        _values.Add(missing);
        return _columns.Count - 1;
    }

    private void AddOneHot(OneHotConstraint rule)
    {
        int[] members = [.. rule.Columns.Select(IndexOf)];
        double[] which = new double[_training.RowCount];
        for (int r = 0; r < which.Length; r++)
        {
            int on = -1, count = 0;
            for (int k = 0; k < members.Length; k++)
            {
                if (!IsOn(_training.Columns[members[k]], r)) continue;
                on = k;
                count++;
            }
            if (count != 1)
                throw new DataException($"the constraint '{rule.Text}' does not hold in row {r + 1}: {count} of its columns are on; "
                    + "drop the constraint or mend the row", row: r + 1);
            which[r] = on;
        }
        _columns.Add(new ModelColumn(string.Join(" | ", rule.Columns), members.Length, false, 0, false));
        _values.Add(which);
        for (int k = 0; k < members.Length; k++)
        {
            var column = _training.Columns[members[k]];
            string[] levels = column is CodedColumn coded ? OffAndOn(coded) : [];
            _outputs[members[k]] = new OneHotOutput(column.Schema, _columns.Count - 1, k, levels);
        }
    }

    private static bool IsOn(Column column, int row) => column switch
    {
        NumericColumn numbers => numbers.Values[row] == 1,
        CodedColumn coded => coded[row] is "1" or "true" or "True" or "TRUE" or "yes" or "Yes" or "t" or "y" or "Y" or "T",
        _ => false,
    };

    private static string[] OffAndOn(CodedColumn column)
    {
        string on = "true", off = "false";
        for (int r = 0; r < column.Count; r++)
        {
            if (column[r] is not { } text) continue;
            if (IsOn(column, r)) on = text;
            else off = text;
        }
        return [off, on];
    }

    private void AddLookup(DeterminesConstraint rule)
    {
        int[] left = [.. rule.Left.Select(name => _modelOf[name])];
        var right = rule.Right.Select(name => _training[name]).ToArray();
        var lookup = Lookup.Learn(rule.Text, left, [.. _values], right, _training.RowCount);
        for (int k = 0; k < right.Length; k++)
            _outputs[IndexOf(right[k].Name)] = new DeterminedOutput(right[k].Schema, _lookups.Count, k);
        _lookups.Add(lookup);
    }
}
