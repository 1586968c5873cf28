using System.Globalization;
using System.Text;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Privacy.Mechanisms;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Runs.Replays;

/// <summary>
/// Fits engines of differential privacy to pairs of tables that differ in one unit. The second fit is given the first one's outcomes, so
/// whatever still differs (a question, its price, the model's bytes) came from the rows without being paid for; and no exact answer may
/// differ by more than its noise is made for.
/// </summary>
internal static class ReplayAudit
{
    /// <summary>The first violation of so many pairs, with the pair's number, or null.</summary>
    public static string? Run(int pairs, ulong seed, CancellationToken cancel = default) => RunAtOnce(pairs, seed, 1, cancel);

    /// <summary>The same, looked for on several threads.</summary>
    public static string? RunAtOnce(int pairs, ulong seed, int threads, CancellationToken cancel = default)
    {
        try
        {
            Work.For(pairs, threads, pair => Judge(pair, seed), cancel);
            return null;
        }
        catch (PairException e)
        {
            return e.Message;
        }
    }

    private static void Judge(int pair, ulong seed)
    {
        try
        {
            Judge(new Scene(pair, seed));
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new PairException(string.Create(CultureInfo.InvariantCulture, $"pair {pair}: {e.GetType().Name}: {e.Message}"));
        }
    }

    private static void Judge(Scene scene)
    {
        var first = Fit(scene, scene.Rows, null, out byte[] one);
        var second = Fit(scene, scene.RowsWithout(), first, out byte[] other);
        second.End();
        if (!one.AsSpan().SequenceEqual(other)) throw new ViolationException("with equal outcomes the models of neighbours differ");
    }

    private static Transcript Fit(Scene scene, Table rows, Transcript? before, out byte[] bytes)
    {
        var job = new Job("audit.yaml", Encoding.UTF8.GetBytes(scene.Text), scene.Spec, EngineTable.Shipped[scene.Spec.Engine.Name]);
        var parts = StableSplit.Divide(rows, 0.2, scene.Owned ? "owner" : null, 5);
        var real = new RealData(rows.Take(parts.Training), new HeldOut(rows.Take(parts.Holdout)), []);
        var plan = Paying.PlanOf(scene.Spec);
        var transcript = new Transcript(plan.Amount, plan.Vocabularies, scene.Noise, before);
        var session = new PrivacySession(plan.Amount, transcript, plan.Rule, transcript, transcript);
        var quiet = RunContext.Quiet(scene.Spec.FitSeed);
        try
        {
            var model = new Fitting(1, quiet.Progress, quiet.Cancel).Fit(job, real, null, new Opened(session));
            using var stream = new MemoryStream();
            model.Write(stream);
            bytes = stream.ToArray();
        }
        catch (DataException e) // a balance that the model cannot meet: its neighbour's must say the same
        {
            bytes = Encoding.UTF8.GetBytes(e.Message);
        }
        if (session.Spends.Count != transcript.Asked.Count) throw new ViolationException("a question went unseen");
        return transcript;
    }

    private sealed class PairException(string message) : Exception(message);

    private sealed class Opened(PrivacySession session) : IPaying
    {
        public string? RunName => null;
        public PrivacySession Open(RealData real, string? kept) => session;
    }

    /// <summary>A spec and a table with rows at the edges: lone levels, far numbers, owners of many rows, gaps.</summary>
    private sealed class Scene
    {
        private static readonly string[] Epsilons = ["0.3", "2", "20", "90"];

        private readonly RandomStream _random;
        private readonly int _count;

        public Scene(int pair, ulong seed)
        {
            _random = new RandomStream(seed, string.Create(CultureInfo.InvariantCulture, $"pair {pair}"));
            Noise = (ulong)_random.Bits(-1, 0).R0;
            _count = 1 + _random.Below(40, -1, 1);
            Owned = _random.Below(3, -1, 2) == 0;
            // Grades that are not named keep their proportions, so whose proportions these are shows; two named levels would hide it.
            bool balanced = _random.Below(20, -1, 3) == 0;
            string unit = Owned ? ", unit: owner, max_rows: 2" : "";
            Text = $$"""
                simulant: 1
                name: audit
                source: { train: none.csv, target: flag }
                engine: {{(pair % 2 == 0 ? "mst" : "aim")}}
                columns:
                  age: { type: integer, domain: [0, 30] }
                  grade: { type: category, levels: [low, middle, high], ordered: true }
                  town: category
                  wage: { type: decimal, decimals: 1 }
                  flag: boolean
                  owner: { type: identifier, role: entity }
                privacy: { epsilon: {{Epsilons[_random.Below(4, -1, 4)]}}, delta: 0.01{{unit}} }
                {{(balanced ? "balance: { grade: { high: 0.5 }, flag: { 'true': 0.5 } }" : "")}}
                """;
            var faults = new DiagnosticBag();
            Spec = SpecReader.Parse(Text, "audit.yaml", faults, MetricNames.All)!;
            faults.ThrowIfErrors();
            Rows = Of([.. Enumerable.Range(0, _count)]);
        }

        public string Text { get; }
        public Spec Spec { get; }
        public bool Owned { get; }
        public ulong Noise { get; }
        public Table Rows { get; }

        /// <summary>The table without one row, or without all rows of one owner.</summary>
        public Table RowsWithout()
        {
            int gone = _random.Below(_count, -1, 5);
            return Of([.. Enumerable.Range(0, _count).Where(r => Owned ? Owner(r) != Owner(gone) : r != gone)]);
        }

        private string Owner(int row) => string.Create(CultureInfo.InvariantCulture, $"o{_random.Below(6, row, 0)}");

        private Table Of(int[] rows)
        {
            // As a reader gives them: levels of a text column are those that it found.
            CodedColumn Texts(string name, ColumnKind kind, Func<int, string?> value) =>
                CodedColumn.From(new ColumnSchema(name, kind), [.. rows.Select(value)]);
            NumericColumn Numbers(string name, ColumnKind kind, Func<int, double> value) =>
                new(new ColumnSchema(name, kind), [.. rows.Select(value)]);
            return new Table("audit",
            [
                Numbers("age", ColumnKind.Integer, r => _random.Below(9, r, 1) == 0 ? double.NaN : _random.Below(36, r, 2) - 3),
                Texts("grade", ColumnKind.Category, r => _random.Below(12, r, 3) switch
                {
                    < 6 => "low", < 9 => "middle", < 10 => "high", 10 => null, _ => "unheard of",
                }),
                Texts("town", ColumnKind.Category, r => _random.Below(10, r, 4) switch
                {
                    < 7 => "here", 7 => null, _ => string.Create(CultureInfo.InvariantCulture, $"lone {r}"),
                }),
                Numbers("wage", ColumnKind.Decimal, r => _random.Below(10, r, 5) == 0 ? 1e7 * (r + 1)
                    : Math.Round(20 * _random.Uniform(r, 6), 1)),
                new CodedColumn(new ColumnSchema("flag", ColumnKind.Boolean) { Role = ColumnRole.Target },
                    [.. rows.Select(r => _random.Below(3, r, 7) == 0 ? 1 : 0)], ["false", "true"]),
                Texts("owner", ColumnKind.Identifier, Owner),
            ]);
        }
    }
}
