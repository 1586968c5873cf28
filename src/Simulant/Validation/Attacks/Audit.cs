using Simulant.Data;
using Simulant.Numerics.Kernels;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Attacks;

/// <summary>
/// Tries to find out of synthetic rows which rows they were learned from. Every attack is made on training rows and, the same way, on
/// held-out rows, and tested by exchangeability: where nothing leaked, training rows are attacked no better. What it finds is there;
/// finding nothing excludes only leaks above the stated power, by these attacks. Deterministic in (tables, options, seed) at any
/// thread count.
/// </summary>
public static class Audit
{
    /// <summary>Fewest rows of each table: with fewer, nothing could ever be found.</summary>
    public const int LeastRows = 20;

    /// <param name="data">One table a part, each of at least <see cref="LeastRows"/> rows, or <see cref="ArgumentException"/>; with the
    /// same for columns that can be compared.</param>
    public static AuditResult Run(Evaluation data, AuditOptions options, RunContext run) =>
        Run(data, ComparedTables.Of(data), options, run);

    /// <param name="tables">Those of the data.</param>
    internal static AuditResult Run(Evaluation data, ComparedTables tables, AuditOptions options, RunContext run)
    {
        foreach (var part in Enum.GetValues<Part>())
            if (tables.Rows(part) < LeastRows) throw new ArgumentException($"{part} has fewer than {LeastRows} rows", nameof(tables));
        if (tables.Columns.Count == 0) throw new ArgumentException("no column can be compared", nameof(tables));
        int most = Math.Min(options.MostRows, (int)Math.Sqrt(4e10 / tables.Columns.Count));
        var rows = new AttackedRows(tables, most, run);
        return new Auditor(rows, tables.Excluded, options) { Source = new ComparedSource(data, most) }.Run();
    }
}

/// <summary>One audit under way.</summary>
internal sealed class Auditor(AttackedRows rows, IReadOnlyList<NotChecked> excluded, AuditOptions options)
{
    private const double FewRows = 3;

    /// <summary>An attack, and the lower bound of epsilon that may be too high with a given probability.</summary>
    private readonly record struct Made(AttackResult Attack, Func<double, double> Size);

    public required ComparedSource Source { get; init; }

    private readonly Dictionary<(int Rows, int Members), ExchangeTest> _tests = [];
    private readonly List<NotChecked> _notChecked = [.. excluded];

    public AuditResult Run()
    {
        var attacks = new List<Made>();
        foreach (var (name, attack) in MembershipAttacks.Of(rows)) attacks.Add(Step(name, () => Membership(name, attack)));
        if (options.Shadows is { } shadows)
            attacks.Add(Step("shadow models", () => Membership(MembershipAttacks.ShadowModels,
                new ShadowAttack(rows, shadows, Source).Attack)));
        attacks.Add(Step("singling out", () => Counted(new SinglingOut(rows).OneColumn())));
        attacks.Add(Step("singling out", () => Counted(new SinglingOut(rows).ManyColumns())));
        if (rows.Tables.Columns.Count < 2)
            _notChecked.Add(new NotChecked("linkability, attribute inference", "there is one column alone"));
        else
        {
            attacks.Add(Step("linkability", Link));
            attacks.Add(Step("attribute inference", Infer));
        }
        double[] weights = [.. attacks.Select(a => Weight(a.Attack))];
        double[] adjusted = WeightedHolm.Adjust([.. attacks.Select(a => a.Attack.P)], weights);
        double level = options.Alpha / weights.Sum();
        return new AuditResult(
            [.. attacks.Select((a, i) => Verdict(a.Attack, adjusted[i], a.Size(level * weights[i])))],
            Power(level), new RowCounts(rows.Training, rows.Holdout, rows.Synthetic))
        {
            Alpha = options.Alpha,
            Tolerance = options.Tolerance,
            NotChecked = _notChecked,
        };
    }

    /// <param name="epsilon">Too high for any of the attacks no oftener than alpha says.</param>
    private AttackResult Verdict(AttackResult attack, double adjusted, double epsilon)
    {
        bool found = adjusted <= options.Alpha;
        return attack with
        {
            Adjusted = adjusted, Epsilon = epsilon, Found = found, IsLeak = found && epsilon > options.Tolerance,
        };
    }

    /// <summary>
    /// The attacks that look for few rows have most to prove: where training rows are two of three, twenty of them alone are no more
    /// than (2/3)^20. So they get a larger part of the probability of a false alarm.
    /// </summary>
    private static double Weight(AttackResult attack) =>
        attack.Name is MembershipAttacks.CopiedOutliers or MembershipAttacks.DistinctiveAgreement ? FewRows : 1;

    private Made Step(string name, Func<Made> attack)
    {
        rows.Run.Cancel.ThrowIfCancellationRequested();
        rows.Run.Progress.Report(new StageProgress("audit: " + name, 0, 0, "attacks"));
        return attack();
    }

    /// <summary>An attack that ranks rows, with what the test says of the ranking.</summary>
    private Made Judged(ScoredRows scored, Func<double, AttackResult> attack)
    {
        var key = (scored.Count, scored.Members.Count(m => m));
        if (!_tests.TryGetValue(key, out var test)) _tests.Add(key, test = new ExchangeTest(key.Item1, key.Item2, rows.Run));
        var tested = test.Test(scored);
        return new(attack(tested.P) with { Auc = tested.Auc, Top = tested.Top },
            alpha => LeakSize.Bound(tested.Ranked, tested.Auc, alpha));
    }

    /// <summary>One that counts successes.</summary>
    private static Made Counted(AttackResult attack) => new(attack, alpha => attack.Main.Trials == 0 ? 0
        : EffectiveEpsilon.Of(attack.Main, attack.Control, alpha));

    private Made Membership(string name, MembershipAttacks.Attack attack)
    {
        var (attacked, scores) = attack();
        var scored = rows.Scored(attacked, scores);
        bool[] chooses = Array.ConvertAll(attacked, r => rows.Chooses[r]);
        var (main, control) = EffectiveEpsilon.AtOnePercent(scored, chooses);
        return Judged(scored, p => new AttackResult(name, main, control, 0.01, p)
        {
            Success = "called a training row, at 1% false calls",
        });
    }

    private Made Link()
    {
        var (attacked, scores, baseline) = Linkability.Attack(rows);
        var scored = rows.Scored(attacked, scores);
        return Judged(scored, p => new AttackResult("linkability", Hits(attacked, i => scores[i] > 0, true),
            Hits(attacked, i => scores[i] > 0, false), baseline, p)
        {
            Success = "two halves of a row have a near synthetic row in common",
        });
    }

    /// <summary>All secrets are tested together; reported is the target, or what the choosing half shows to leak most.</summary>
    private Made Infer()
    {
        var (attacked, secrets) = AttributeInference.Attack(rows, options.Target);
        double Leak(AttributeInference.Secret s)
        {
            Share Of(bool member) => Hits(attacked, i => s.Right[i], member, judged: false);
            return Of(true).Value - Of(false).Value;
        }
        var shown = secrets.FirstOrDefault(s => s.Column == options.Target) ?? secrets.MaxBy(Leak)!;
        double[] scores = new double[attacked.Length];
        foreach (var secret in secrets)
        {
            // What is seldom guessed right says more.
            double weight = -Math.Log((secret.Right.Count(r => r) + 1.0) / (attacked.Length + 2));
            for (int i = 0; i < scores.Length; i++)
                if (secret.Right[i]) scores[i] += weight;
        }
        var scored = rows.Scored(attacked, scores);
        return Judged(scored, p => new AttackResult("attribute inference", Hits(attacked, i => shown.Right[i], true, judged: true),
            Hits(attacked, i => shown.Right[i], false, judged: true),
            Hits(attacked, i => shown.Guessed[i], true, judged: true).Value, p)
        {
            Success = $"{shown.Column} is guessed from the other columns",
        });
    }

    /// <summary>Hits among the training or the held-out rows; of all of them, or of those that choose or judge.</summary>
    private Share Hits(int[] attacked, Func<int, bool> hit, bool member, bool? judged = null)
    {
        int[] counted = [.. Enumerable.Range(0, attacked.Length).Where(i => rows.IsMember(attacked[i]) == member
            && (judged is null || rows.Chooses[attacked[i]] != judged))];
        return new Share(counted.Count(hit), counted.Length);
    }

    /// <summary>What would have been called a leak, not a trace.</summary>
    /// <param name="level">Of an attack of weight 1.</param>
    private AuditPower Power(double level)
    {
        double n = rows.Training, m = rows.Holdout, far = NormalQuantile.At(0.8) - NormalQuantile.At(level * (1 - ExchangeTest.TopShare));
        double surely = 2 * far * Math.Sqrt((n + m + 1) / (12 * n * m));
        double area = 1 / (1 + Math.Exp(-options.Tolerance));
        double larger = 2 * (area + far * Math.Sqrt(area * (1 - area) / Math.Min(n, m))) - 1;
        int few = Math.Max(_tests[(rows.Rows, rows.Training)].LeastRows(level * FewRows),
            LeakSize.LeastRows(rows.Training, rows.Holdout, options.Tolerance, level * FewRows));
        return new AuditPower(Math.Min(1, Math.Max(surely, larger)), few,
            LeakSize.Most(rows.Training, rows.Holdout, level * FewRows));
    }
}
