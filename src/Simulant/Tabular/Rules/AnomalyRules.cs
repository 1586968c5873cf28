using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>One kind of anomaly: how often, where, and its label.</summary>
internal sealed record Anomaly(string Name, double Rate, Expression? When);

/// <summary>The label of a row: the anomaly it falls to, or the word for none. Rates of one label exclude each other.</summary>
internal sealed class AnomalyLabelRule(Anomaly[] anomalies, string none, bool asBoolean) : Rule
{
    private readonly string[] _levels = asBoolean ? ["false", "true"] : [none, .. anomalies.Select(a => a.Name)];

    public override RuleStorage Storage => RuleStorage.Code;
    public override IReadOnlyList<string> Levels => _levels;
    public override ColumnKind NaturalKind => asBoolean ? ColumnKind.Boolean : ColumnKind.Category;
    public override IEnumerable<string> Reads => anomalies.SelectMany(a => a.When?.Columns ?? []);

    public override Drawer Bind(Batch batch) =>
        new Bound([.. anomalies.Select(a => a.When is { } when ? batch.Test(when) : null)], anomalies, asBoolean);

    private sealed class Bound(sbyte[]?[] truths, Anomaly[] anomalies, bool asBoolean) : Drawer
    {
        public override int Code(in Address at, int row)
        {
            double u = at.Uniform();
            for (int k = 0; k < anomalies.Length; k++)
            {
                if ((u -= anomalies[k].Rate) >= 0) continue;
                return truths[k] is { } truth && truth[row] != 1 ? 0 : asBoolean ? 1 : k + 1;
            }
            return 0;
        }
    }
}

/// <summary>What an anomaly puts in place of a column's own value, or does to it.</summary>
internal enum AnomalyEffect { Replace, Multiply, Add }

/// <summary>A column's rule with what anomalies do to it, decided by the label column.</summary>
internal sealed class AnomalyRule : WrapperRule
{
    private readonly string _label;
    private readonly string _anomaly;
    private readonly AnomalyEffect _effect;
    private readonly Rule _change;
    private readonly string[] _levels;
    private readonly int[] _codes;

    public AnomalyRule(Rule inner, string label, string anomaly, AnomalyEffect effect, Rule change) : base(inner)
    {
        (_label, _anomaly, _effect, _change) = (label, anomaly, effect, change);
        _levels = [.. inner.Levels.Concat(change.Levels).Distinct(StringComparer.Ordinal)];
        _codes = [.. change.Levels.Select(level => Array.IndexOf(_levels, level))];
    }

    public override IReadOnlyList<string> Levels => _levels;
    public override bool IsUnique => false;
    public override IEnumerable<string> Reads => Inner.Reads.Concat(_change.Reads).Append(_label);

    public override Drawer Bind(Batch batch)
    {
        var label = (CodedColumn)batch[_label];
        bool[] hit = new bool[batch.Count];
        int code = Array.IndexOf([.. label.Levels], _anomaly);
        for (int row = 0; row < hit.Length; row++) hit[row] = label.Codes[row] == code && code >= 0;
        return new Bound(this, hit, Inner.Bind(batch), _change.Bind(batch));
    }

    private sealed class Bound(AnomalyRule rule, bool[] hit, Drawer inner, Drawer change) : Drawer
    {
        private const int Slot = 5;

        public override double Number(in Address at, int row)
        {
            if (!hit[row]) return inner.Number(at, row);
            double value = change.Number(at.Slot(Slot), row);
            return rule._effect switch
            {
                AnomalyEffect.Multiply => inner.Number(at, row) * value,
                AnomalyEffect.Add => inner.Number(at, row) + value,
                _ => value,
            };
        }

        public override int Code(in Address at, int row)
        {
            if (!hit[row]) return inner.Code(at, row);
            int code = change.Code(at.Slot(Slot), row);
            return code < 0 ? -1 : rule._codes[code];
        }

        public override string? Text(in Address at, int row) =>
            hit[row] ? change.Text(at.Slot(Slot), row) : inner.Text(at, row);
    }
}
