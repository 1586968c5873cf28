using System.Collections.Concurrent;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;

namespace Simulant.Tabular.Rules;

/// <summary>What sampling with one seed shares among threads: streams by name, and tables built once, which are pure functions
/// of plan and seed.</summary>
internal sealed class RulesState(RulesPlan plan, ulong seed)
{
    private readonly ConcurrentDictionary<string, RandomStream> _streams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<object, Lazy<object>> _cache = new();

    public RulesPlan Plan => plan;
    public ulong Seed => seed;

    public RandomStream Stream(string name) => _streams.GetOrAdd(name, static (n, s) => new RandomStream(s, "rules/" + n), seed);

    public T Cache<T>(object key, Func<T> make) where T : class =>
        (T)_cache.GetOrAdd(key, _ => new Lazy<object>(make)).Value;
}

/// <summary>
/// Items of one scope that are made together, column by column. Values depend on the items and the attempt alone, never on
/// which other items share the batch; rows of a session always do.
/// </summary>
internal sealed class Batch
{
    private readonly RulesState _state;
    private readonly Scope _scope;
    private readonly long[] _items;
    private readonly int _attempt;
    private readonly SessionRows? _sessions;
    private readonly CancellationToken _cancel;
    private readonly Dictionary<string, Column> _columns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (Batch Batch, int[] Map)> _entities = new(StringComparer.Ordinal);

    public Batch(RulesState state, Scope scope, long[] items, int attempt, SessionRows? sessions = null,
        CancellationToken cancel = default)
    {
        (_state, _scope, _items, _attempt, _sessions, _cancel) = (state, scope, items, attempt, sessions, cancel);
        foreach (var column in scope.Columns)
        {
            cancel.ThrowIfCancellationRequested();
            _columns.Add(column.Schema.Name, Make(column));
        }
    }

    public int Count => _items.Length;
    public long[] Items => _items;

    /// <summary>The sessions of the rows; null where the scope is not rows in sessions.</summary>
    public SessionRows? Sessions => _sessions;

    /// <summary>A column of this scope that is already made, or of the rows' sessions.</summary>
    public Column this[string name]
    {
        get
        {
            if (_columns.TryGetValue(name, out var column)) return column;
            if (_sessions is null) throw new InvalidOperationException($"column '{name}' is not made yet");
            column = _sessions.Batch[name].Take(_sessions.SessionOfRow);
            _columns.Add(name, column);
            return column;
        }
    }

    public RandomStream Stream(string name) => _state.Stream(Qualified(name));

    public T Cache<T>(object key, Func<T> make) where T : class => _state.Cache(key, make);

    /// <summary>The row's place in its session, from 0.</summary>
    public int Step(int row) => _sessions is { } sessions ? sessions.Steps[row] : 0;

    public sbyte[] Test(Expression condition) => condition.Test(Operands(condition));

    public Column Evaluate(Expression expression) => expression.Evaluate(Operands(expression), "value");

    /// <summary>The members that the items refer to: a batch of them, and for each item its row there.</summary>
    public (Batch Batch, int[] Map) Entity(string name)
    {
        if (_entities.TryGetValue(name, out var known)) return known;
        var entity = _state.Plan.Entities[name];
        (Batch, int[]) found;
        if (entity.PerSession && _sessions is { } sessions)
        {
            var (batch, map) = sessions.Batch.Entity(name);
            found = (batch, Array.ConvertAll(sessions.SessionOfRow, session => map[session]));
        }
        else if (entity.Child is { } child && _scope.Name != "entity " + child)
        {
            var (children, toChild) = Entity(child);
            var (batch, map) = children.Entity(name);
            found = (batch, Array.ConvertAll(toChild, row => map[row]));
        }
        else found = Gather(entity, Choose(entity));
        _entities.Add(name, found);
        return found;
    }

    private string Qualified(string name) => _scope.Name.Length == 0 ? name : _scope.Name + "/" + name;

    private Table Operands(Expression expression)
    {
        var columns = expression.Columns.Select(name => this[name]).ToList();
        // An expression over nothing still has as many rows as the batch.
        if (columns.Count == 0) columns.Add(new NumericColumn(new ColumnSchema("", ColumnKind.Integer), new double[Count]));
        return new Table("batch", columns);
    }

    private Column Make(PlannedColumn column)
    {
        var rule = column.Rule;
        var drawer = rule.Bind(this);
        var stream = _state.Stream(Qualified("column " + column.Schema.Name));
        long[]? keys = column.DeterminedBy.Count > 0 ? Keys(column.DeterminedBy) : null;
        Address At(int row) => keys is null ? new(stream, _items[row], _attempt) : new(stream, keys[row], 0);
        switch (rule.Storage)
        {
            case RuleStorage.Number:
                double[] numbers = new double[Count];
                for (int row = 0; row < numbers.Length; row++) numbers[row] = column.Finish(drawer.Number(At(row), row));
                return new NumericColumn(column.Schema, numbers);
            case RuleStorage.Code:
                int[] codes = new int[Count];
                for (int row = 0; row < codes.Length; row++) codes[row] = drawer.Code(At(row), row);
                return new CodedColumn(column.Schema, codes, [.. rule.Levels]);
            default:
                var texts = new string?[Count];
                for (int row = 0; row < texts.Length; row++) texts[row] = drawer.Text(At(row), row);
                return CodedColumn.From(column.Schema, texts);
        }
    }

    /// <summary>Equal values of the determining columns give equal keys (FNV-1a over their texts, 63 bits).</summary>
    private long[] Keys(IReadOnlyList<string> names)
    {
        ulong[] hashes = new ulong[Count];
        Array.Fill(hashes, 14695981039346656037);
        foreach (string name in names)
        {
            var column = this[name];
            for (int row = 0; row < hashes.Length; row++)
            {
                string text = column switch
                {
                    CodedColumn coded => coded[row] ?? "\0",
                    NumericColumn numbers => BitConverter.DoubleToInt64Bits(numbers.Values[row] + 0.0).ToString("x"),
                    _ => "",
                };
                foreach (char c in text) hashes[row] = (hashes[row] ^ c) * 1099511628211;
                hashes[row] = (hashes[row] ^ 0x1F) * 1099511628211;
            }
        }
        return Array.ConvertAll(hashes, hash => (long)(hash >> 1));
    }

    private long[] Choose(EntityPlan entity)
    {
        var stream = _state.Stream(Qualified("choice " + entity.Name));
        DiscreteTable? table = entity.Exponent > 0 || entity.WeightColumn is not null
            ? _state.Cache((entity.Same ?? entity.Name, "choice", entity.Exponent, entity.WeightColumn), () => Weights(entity))
            : null;
        long[]? other = entity.Distinct ? Others(entity.Same!) : null;
        long[] chosen = new long[Count];
        for (int row = 0; row < chosen.Length; row++)
        {
            // Another member than the first choice: drawn again, at most 64 times, then its neighbour.
            int draw = _attempt << 16;
            do
            {
                double u = stream.Uniform(_items[row], 0, draw);
                chosen[row] = table?.Draw(u) ?? (long)(u * entity.Count);
            }
            while (other is not null && chosen[row] == other[row] && (++draw & 0xFFFF) < 64);
            if (other is not null && chosen[row] == other[row]) chosen[row] = (chosen[row] + 1) % entity.Count;
        }
        return chosen;
    }

    private long[] Others(string name)
    {
        var (batch, map) = Entity(name);
        return Array.ConvertAll(map, row => batch.Items[row]);
    }

    private DiscreteTable Weights(EntityPlan entity)
    {
        double[] weights = new double[entity.Count];
        if (entity.WeightColumn is null)
        {
            for (int i = 0; i < weights.Length; i++) weights[i] = Math.Pow(i + 1, -entity.Exponent);
            return new DiscreteTable(weights);
        }
        long[] all = new long[entity.Count];
        for (int i = 0; i < all.Length; i++) all[i] = i;
        var column = (NumericColumn)new Batch(_state, entity.Scope, all, 0)[entity.WeightColumn];
        for (int i = 0; i < weights.Length; i++) weights[i] = Math.Max(0, double.IsNaN(column.Values[i]) ? 0 : column.Values[i]);
        if (!weights.Any(weight => weight > 0)) Array.Fill(weights, 1);
        return new DiscreteTable(weights);
    }

    private (Batch, int[]) Gather(EntityPlan entity, long[] chosen)
    {
        long[] members = [.. chosen.Distinct().Order()];
        var rows = new Dictionary<long, int>(members.Length);
        for (int i = 0; i < members.Length; i++) rows.Add(members[i], i);
        return (new Batch(_state, entity.Scope, members, 0, null, _cancel), Array.ConvertAll(chosen, member => rows[member]));
    }
}

/// <summary>How the rows of a batch stand in sessions.</summary>
/// <param name="Batch">The sessions, in order.</param>
/// <param name="SessionOfRow">Row of the session in <paramref name="Batch"/>.</param>
/// <param name="Steps">Place in the session, from 0.</param>
/// <param name="States">The machine's state, an index into the plan's states.</param>
internal sealed record SessionRows(Batch Batch, int[] SessionOfRow, int[] Steps, int[] States, int[] Lengths, int[] Machines);
