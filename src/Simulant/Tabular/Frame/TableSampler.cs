using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Specs;

namespace Simulant.Tabular.Frame;

/// <summary>A sampler that can be asked for rows under a condition.</summary>
public interface IConditionalSampler : ISampler
{
    /// <summary>Names of the columns that are learned, or follow from those: conditions reach these.</summary>
    IReadOnlyList<string> Learned { get; }

    /// <summary>The same model, every row satisfying the condition.</summary>
    ISampler Where(Expression condition);

    /// <summary>The same model, item i satisfying the condition of item i. Such a sampler cannot be stored.</summary>
    /// <param name="textOf">The condition of an item; items of equal texts are drawn together.</param>
    /// <param name="parse">The condition of a text, and the first item that has it, for messages. Called from many threads.</param>
    ISampler Given(Func<long, string> textOf, Func<string, long, Expression> parse);

    /// <summary>The same model, item i completing row i of a table: all rows at once where the model can, else as by conditions.</summary>
    /// <param name="known">Columns of the sampler's schema.</param>
    /// <param name="fill">Whether an empty cell is to be drawn; otherwise it is known to be missing.</param>
    ISampler Given(Table known, bool fill, Func<long, string> textOf, Func<string, long, Expression> parse);
}

/// <summary>Draws rows from a fitted joint model and finishes them: see <see cref="TableGenerator"/>.</summary>
/// <remarks>
/// Row i is candidate (i, attempt) of the first attempt that satisfies its condition and the constraints. Where a condition
/// restricts columns that the model cannot restrict exactly, plain rejection is tried first; should it not succeed, the row is
/// chosen among weighted candidates (sampling-importance-resampling, Rubin 1987).
/// </remarks>
public sealed class TableSampler : IConditionalSampler, IScoringSampler, ITrained
{
    private const int BlockRows = 4096;

    private readonly IReadOnlyList<ModelColumn> _columns;
    private readonly IReadOnlyList<OutputColumn> _outputs;
    private readonly IReadOnlyList<Lookup> _lookups;
    private readonly RowRules _rules;
    private readonly IStrata _strata;
    private readonly ITableModel _model;
    private readonly UniqueRows? _unique;
    private KnownRows? _known;

    internal TableSampler(TableSchema schema, IReadOnlyList<ModelColumn> columns, IReadOnlyList<OutputColumn> outputs,
        IReadOnlyList<Lookup> lookups, RowRules rules, IStrata strata, ITableModel model)
    {
        Schema = new DatasetSchema([schema]);
        _columns = columns;
        _outputs = outputs;
        _lookups = lookups;
        _rules = rules;
        _strata = strata;
        _model = model;
        if (rules.Unique.Count > 0) _unique = new UniqueRows(rules.Unique);
    }

    public DatasetSchema Schema { get; }

    public TrainingCurve? Training => (_model as ITrained)?.Training;

    /// <summary>Whether a rule looks at a column that is made from the item's index, such as a key.</summary>
    internal bool RulesReadTheIndex
    {
        get
        {
            var strata = _strata is Strata { All: var all } ? all : [];
            var made = _outputs.Where(o => o is KeyOutput or PersonalOutput or FillerOutput).Select(o => o.Schema.Name);
            return _rules.Expressions.Concat(strata.SelectMany(s => s.Must.Concat(s.MustNot))).SelectMany(e => e.Columns)
                .Concat(_rules.Unique.SelectMany(u => u.Columns)).Intersect(made, StringComparer.Ordinal).Any();
        }
    }

    public IReadOnlyList<string> Learned =>
        [.. _outputs.Where(o => o is ModelledOutput or DeterminedOutput or OneHotOutput).Select(o => o.Schema.Name)];

    /// <summary>Names of the columns that are made from the item's index, real rows or not: keys, personal data, free text.</summary>
    internal IReadOnlySet<string> Generated => _outputs.Where(o => o is KeyOutput or PersonalOutput or FillerOutput)
        .Select(o => o.Schema.Name).ToHashSet(StringComparer.Ordinal);

    /// <summary>Known rows as those items: what is made from the index is made, all else stays as it is.</summary>
    /// <param name="known">Whether a column is known, by its name.</param>
    /// <param name="isMissing">Whether a made column has a gap there: its name, and the place in <paramref name="items"/>.</param>
    internal Table Complete(Func<string, Column?> known, Func<string, int, bool> isMissing, long[] items, ulong seed)
    {
        double[][] gaps = [.. _columns.Select(_ => new double[items.Length])];
        foreach (var output in _outputs)
        {
            int indicator = output switch
            {
                KeyOutput key => key.MissingIndicator,
                PersonalOutput personal => personal.MissingIndicator,
                FillerOutput filler => filler.MissingIndicator,
                _ => -1,
            };
            for (int r = 0; indicator >= 0 && r < items.Length; r++) gaps[indicator][r] = isMissing(output.Schema.Name, r) ? 1 : 0;
        }
        var rows = new FinishedRows(gaps, items, [], _lookups, new RandomStream(seed, "table"));
        return new Table(Schema.Single.Name, [.. _outputs.Select(o => known(o.Schema.Name) ?? o.Build(rows))]);
    }

    /// <summary>The conditions that the sampler was fitted for.</summary>
    internal Strata Conditions => _strata as Strata ?? throw new InvalidOperationException("given rows have no strata");

    public Dataset Sample(ItemRange items, RunContext run)
    {
        long[] index = Indices(items);
        return Dataset.Of(SampleItems(index, index, run));
    }

    /// <summary>Scattered items, each as <see cref="Sample"/> would give it.</summary>
    /// <param name="items">Which items to draw, ascending.</param>
    /// <param name="named">The indices that keys and made-up values are made from, one for each item.</param>
    internal Table SampleItems(long[] items, long[] named, RunContext run)
    {
        var stream = new RandomStream(run.Seed, "table");
        double[][] values = _unique is null ? DrawItems(items, stream, run)
            : _unique.Draw(items, run.Seed, range => DrawItems(Indices(range), stream, run),
                (item, attempt) => DrawRow(item, attempt, stream, run),
                values => Finish(values, Indices(new ItemRange(0, values.Length == 0 ? 0 : values[0].Length)), stream), run);
        return Finish(values, named, stream);
    }

    public ISampler Where(Expression condition)
    {
        var names = new FrameColumns(Schema.Single, _outputs, _lookups);
        var stratum = new Stratum(condition.Text, names.AllowedBy(condition), [condition], [], 1);
        return new TableSampler(Schema.Single, _columns, _outputs, _lookups, _rules, new Strata([stratum]), _model);
    }

    public ISampler Given(Func<long, string> textOf, Func<string, long, Expression> parse)
    {
        var names = new FrameColumns(Schema.Single, _outputs, _lookups);
        var rows = new GivenRows(names, textOf, parse);
        return new TableSampler(Schema.Single, _columns, _outputs, _lookups, _rules, rows, _model);
    }

    public ISampler Given(Table known, bool fill, Func<long, string> textOf, Func<string, long, Expression> parse)
    {
        var rows = new GivenRows(new FrameColumns(Schema.Single, _outputs, _lookups), textOf, parse);
        return new TableSampler(Schema.Single, _columns, _outputs, _lookups, _rules, rows, _model)
        {
            _known = _model is IKnownRowsModel ? new KnownRowsReader(_columns.Count, _outputs, _lookups).Read(known, fill) : null,
        };
    }

    public bool CanScore => _model is IKnownRowsModel;

    public RowScores Score(Table rows, int orders, RunContext run) => RowScoring.Score(rows, orders,
        _model as IKnownRowsModel ?? throw new InvalidOperationException("the model has no likelihood"), _columns, _outputs, _lookups, run);

    public void Save(Stream to)
    {
        var strata = _strata as Strata ?? throw new InvalidOperationException("a sampler of given rows cannot be stored");
        TableSamplerFile.Save(to, Schema.Single, _columns, _outputs, _lookups, _rules, strata, _model);
    }

    private static long[] Indices(ItemRange items)
    {
        long[] index = new long[items.Count];
        for (int r = 0; r < index.Length; r++) index[r] = items.Start + r;
        return index;
    }

    private double[][] DrawItems(long[] items, RandomStream stream, RunContext run)
    {
        double[][] values = new double[_columns.Count][];
        for (int c = 0; c < values.Length; c++) values[c] = new double[items.Length];
        // Blocks are cut at multiples of their size, so that stratified draws see whole blocks where they can.
        var starts = new List<int>();
        for (int i = 0; i < items.Length; i++)
            if (i == 0 || items[i] / BlockRows != items[i - 1] / BlockRows) starts.Add(i);
        Work.For(starts.Count, run, b =>
        {
            int start = starts[b], end = b + 1 < starts.Count ? starts[b + 1] : items.Length;
            new BlockDraw(this, stream, run).Draw(items.AsMemory(start, end - start), values, start);
        });
        return values;
    }

    private double[][] DrawRow(long item, int firstAttempt, RandomStream stream, RunContext run)
    {
        double[][] values = new double[_columns.Count][];
        for (int c = 0; c < values.Length; c++) values[c] = new double[1];
        new BlockDraw(this, stream, run) { FirstAttempt = firstAttempt }.Draw(new[] { item }, values, 0);
        return values;
    }

    private Table Finish(double[][] values, long[] items, RandomStream stream)
    {
        var found = _lookups.Select(l => l.Find(values, items.Length)).ToArray();
        var rows = new FinishedRows(values, items, found, _lookups, stream);
        return new Table(Schema.Single.Name, [.. _outputs.Select(o => o.Build(rows))]);
    }

    /// <summary>The rows of one block: candidates by condition, checked, redrawn until all are accepted.</summary>
    private sealed class BlockDraw(TableSampler sampler, RandomStream stream, RunContext run)
    {
        /// <summary>After so many attempts in vain for every row of a condition, it is held to be impossible.</summary>
        private const int HopelessAttempts = 300;
        private const int MaxAttempts = 20_000;

        /// <summary>Plain rejection before weighted candidates take over.</summary>
        private const int PlainAttempts = 48;
        private const int Candidates = 48;

        /// <summary>Weighted candidates are addressed past all plain attempts.</summary>
        private const int WeightedAttempt = 1 << 20;

        private static readonly Stratum Unconditioned = new("", [], [], [], 1);

        public int FirstAttempt { get; init; }

        public void Draw(ReadOnlyMemory<long> block, double[][] into, int offset)
        {
            int[] all = [.. Enumerable.Range(0, block.Length)];
            int[] left = sampler._known is null ? all : DrawKnown(all, block, into, offset);
            long[] items = Array.ConvertAll(left, i => block.Span[i]);
            foreach (var (stratum, rows) in sampler._strata.Divide(items, stream))
                DrawStratum(stratum, Array.ConvertAll(rows, r => left[r]), block, into, offset);
        }

        /// <summary>Completes rows whose known cells the model takes as they are; those that are left ask for conditions.</summary>
        private int[] DrawKnown(int[] all, ReadOnlyMemory<long> block, double[][] into, int offset)
        {
            var known = sampler._known!;
            var left = new List<int>();
            var pending = new List<int>();
            foreach (int i in all)
                (known.Awkward[block.Span[i]] || HasUnseen(known, (int)block.Span[i]) ? left : pending).Add(i);
            for (int attempt = FirstAttempt; pending.Count > 0 && attempt < FirstAttempt + PlainAttempts; attempt++)
            {
                run.Cancel.ThrowIfCancellationRequested();
                long[] items = [.. pending.Select(i => block.Span[i])];
                int[] attempts = new int[items.Length];
                Array.Fill(attempts, attempt);
                var batch = new DrawBatch(stream, items, attempts, sampler._columns.Count, []);
                ((IKnownRowsModel)sampler._model).DrawOpen(batch, known, Array.ConvertAll(items, item => (int)item), run.Cancel);
                bool[] accepted = Accept(Unconditioned, batch);
                pending = Keep(pending, accepted, batch, into, offset);
            }
            left.AddRange(pending);
            left.Sort();
            return [.. left];
        }

        private static bool HasUnseen(KnownRows known, int row)
        {
            foreach (var cells in known.Cells)
                if (cells[row] == Cell.Unseen) return true;
            return false;
        }

        /// <summary>Stores the accepted candidates and returns the rows of the others.</summary>
        private static List<int> Keep(IReadOnlyList<int> pending, bool[] accepted, DrawBatch batch, double[][] into, int offset)
        {
            var rest = new List<int>();
            for (int k = 0; k < pending.Count; k++)
            {
                if (!accepted[k]) rest.Add(pending[k]);
                else
                    for (int c = 0; c < into.Length; c++) into[c][offset + pending[k]] = batch.Values[c][k];
            }
            return rest;
        }

        private void DrawStratum(Stratum stratum, int[] pending, ReadOnlyMemory<long> block, double[][] into, int offset)
        {
            bool exact = sampler._model.RestrictsExactly(stratum.Allowed);
            int asked = pending.Length;
            for (int attempt = FirstAttempt; pending.Length > 0; attempt++)
            {
                run.Cancel.ThrowIfCancellationRequested();
                int tried = attempt - FirstAttempt;
                if (tried >= MaxAttempts || (tried >= HopelessAttempts && pending.Length == asked)) throw Hopeless(stratum, tried);
                if (!exact && tried >= PlainAttempts)
                {
                    pending = DrawWeighted(stratum, pending, block, attempt, into, offset);
                    continue;
                }
                long[] items = [.. pending.Select(i => block.Span[i])];
                int[] attempts = new int[pending.Length];
                Array.Fill(attempts, attempt);
                var batch = new DrawBatch(stream, items, attempts, sampler._columns.Count, exact ? stratum.Allowed : []);
                sampler._model.Draw(batch, run.Cancel);
                pending = [.. Keep(pending, Accept(stratum, batch), batch, into, offset)];
            }
        }

        /// <summary>For each row, one of the acceptable candidates, chosen in proportion to its weight; rows with none remain.</summary>
        private int[] DrawWeighted(
            Stratum stratum, int[] pending, ReadOnlyMemory<long> block, int round, double[][] into, int offset)
        {
            var rest = new List<int>();
            const int rowsAtOnce = BlockRows / Candidates;
            for (int from = 0; from < pending.Length; from += rowsAtOnce)
            {
                int rows = Math.Min(rowsAtOnce, pending.Length - from);
                long[] items = new long[rows * Candidates];
                int[] attempts = new int[items.Length];
                for (int k = 0; k < items.Length; k++)
                {
                    items[k] = block.Span[pending[from + k / Candidates]];
                    attempts[k] = WeightedAttempt + round * Candidates + k % Candidates;
                }
                var batch = new DrawBatch(stream, items, attempts, sampler._columns.Count, stratum.Allowed);
                sampler._model.Draw(batch, run.Cancel);
                bool[] accepted = Accept(stratum, batch);
                for (int k = 0; k < rows; k++)
                {
                    int row = pending[from + k];
                    int chosen = Choose(batch, accepted, k * Candidates, stream.Uniform(block.Span[row], -301, round));
                    if (chosen < 0) rest.Add(row);
                    else
                        for (int c = 0; c < into.Length; c++) into[c][offset + row] = batch.Values[c][chosen];
                }
            }
            return [.. rest];
        }

        private static int Choose(DrawBatch batch, bool[] accepted, int first, double u)
        {
            double most = double.NegativeInfinity;
            for (int k = first; k < first + Candidates; k++)
                if (accepted[k]) most = Math.Max(most, batch.LogWeights[k]);
            if (double.IsNegativeInfinity(most)) return -1;
            double total = 0;
            for (int k = first; k < first + Candidates; k++)
                if (accepted[k]) total += Math.Exp(batch.LogWeights[k] - most);
            double rest = u * total;
            int last = -1;
            for (int k = first; k < first + Candidates; k++)
            {
                if (!accepted[k]) continue;
                last = k;
                rest -= Math.Exp(batch.LogWeights[k] - most);
                if (rest < 0) break;
            }
            return last;
        }

        /// <summary>Which candidates satisfy the condition and every constraint; each refusal is counted to its rule.</summary>
        private bool[] Accept(Stratum stratum, DrawBatch batch)
        {
            bool[] accepted = new bool[batch.Count];
            Array.Fill(accepted, true);
            foreach (var lookup in sampler._lookups)
            {
                if (lookup.Left.Length == 1) continue; // only seen values of a single determining column are drawn
                int[] rows = lookup.Find(batch.Values, batch.Count);
                Refuse(accepted, lookup.Rule, k => rows[k] < 0);
            }
            if (batch.Allowed.Count < stratum.Allowed.Count)
                foreach (var allowed in stratum.Allowed) // the model was not told, since it could not have obeyed exactly
                    Refuse(accepted, "where " + stratum.Rule, k => !allowed.Holds(batch.Values[allowed.Column][k]));
            var rules = sampler._rules.Expressions;
            if (rules.Count + stratum.Must.Count + stratum.MustNot.Count == 0) return accepted;
            var table = sampler.Finish(batch.Values, batch.Items, stream);
            foreach (var must in stratum.Must)
            {
                sbyte[] truth = must.Test(table);
                Refuse(accepted, "where " + must.Text, k => truth[k] != 1);
            }
            foreach (var mustNot in stratum.MustNot)
            {
                sbyte[] truth = mustNot.Test(table);
                Refuse(accepted, "not where " + mustNot.Text, k => truth[k] == 1);
            }
            foreach (var rule in rules)
            {
                sbyte[] truth = rule.Test(table);
                Refuse(accepted, rule.Text, k => truth[k] == 0);
            }
            return accepted;
        }

        private void Refuse(bool[] accepted, string rule, Func<int, bool> refused)
        {
            long count = 0;
            for (int k = 0; k < accepted.Length; k++)
            {
                if (!accepted[k] || !refused(k)) continue;
                accepted[k] = false;
                count++;
            }
            if (count > 0) run.Rejections.Add(rule, count);
        }

        private DataException Hopeless(Stratum stratum, int tried)
        {
            string worst = run.Rejections.Counts.Count == 0 ? "a constraint"
                : $"'{run.Rejections.Counts.MaxBy(c => c.Value).Key}'";
            string where = stratum.Rule.Length == 0 ? "" : $" under '{stratum.Rule}'";
            return new DataException($"no row{where} satisfies {worst} in {tried} attempts; "
                + "the constraints and conditions contradict each other or the data: loosen one of them");
        }
    }
}
