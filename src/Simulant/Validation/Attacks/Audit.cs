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
    public static AuditResult Run(Evaluation data, AuditOptions options, RunContext run)
    {
        var tables = ComparedTables.Of(data);
        foreach (var part in Enum.GetValues<Part>())
            if (tables.Rows(part) < LeastRows) throw new ArgumentException($"{part} has fewer than {LeastRows} rows", nameof(data));
        if (tables.Columns.Count == 0) throw new ArgumentException("no column can be compared", nameof(data));
        var rows = new AttackedRows(tables, Math.Min(options.MostRows, (int)Math.Sqrt(4e10 / tables.Columns.Count)), run);
        return new Auditor(rows, tables.Excluded, options).Run();
    }
}

/// <summary>One audit under way.</summary>
internal sealed class Auditor(AttackedRows rows, IReadOnlyList<NotChecked> excluded, AuditOptions options)
{
    private const double FewRows = 3;

    private readonly Dictionary<(int Rows, int Members), ExchangeTest> _tests = [];
    private readonly List<NotChecked> _notChecked = [.. excluded];

    public AuditResult Run()
    {
        var attacks = new List<AttackResult>();
        foreach (var (name, attack) in MembershipAttacks.Of(rows)) attacks.Add(Step(name, () => Membership(name, attack)));
        attacks.Add(Step("singling out", () => new SinglingOut(rows).OneColumn()));
        attacks.Add(Step("singling out", () => new SinglingOut(rows).ManyColumns()));
        if (rows.Tables.Columns.Count < 2)
            _notChecked.Add(new NotChecked("linkability, attribute inference", "there is one column alone"));
        else
        {
            attacks.Add(Step("linkability", Link));
            attacks.Add(Step("attribute inference", Infer));
        }
        double[] weights = [.. attacks.Select(Weight)];
        double[] adjusted = WeightedHolm.Adjust([.. attacks.Select(a => a.P)], weights);
        return new AuditResult(
            [.. attacks.Select((a, i) => Verdict(a, adjusted[i]))],
            Power(weights.Sum()), new RowCounts(rows.Training, rows.Holdout, rows.Synthetic))
        {
            Alpha = options.Alpha,
            Tolerance = options.Tolerance,
            NotChecked = _notChecked,
        };
    }

    private AttackResult Verdict(AttackResult attack, double adjusted)
    {
        bool found = adjusted <= options.Alpha;
        return attack with { Adjusted = adjusted, Found = found, IsLeak = found && attack.Epsilon > options.Tolerance };
    }

    /// <summary>
    /// The attacks that look for few rows have most to prove: where training rows are two of three, twenty of them alone are no more
    /// than (2/3)^20. So they get a larger part of the probability of a false alarm.
    /// </summary>
    private static double Weight(AttackResult attack) =>
        attack.Name is MembershipAttacks.CopiedOutliers or MembershipAttacks.DistinctiveAgreement ? FewRows : 1;

    private AttackResult Step(string name, Func<AttackResult> attack)
    {
        rows.Run.Cancel.ThrowIfCancellationRequested();
        rows.Run.Progress.Report(new StageProgress("audit: " + name, 0, 0, "attacks"));
        return attack();
    }

    /// <summary>An attack that ranks rows, with what the test says of the ranking.</summary>
    private AttackResult Judged(ScoredRows scored, Func<double, AttackResult> attack)
    {
        var key = (scored.Count, scored.Members.Count(m => m));
        if (!_tests.TryGetValue(key, out var test)) _tests.Add(key, test = new ExchangeTest(key.Item1, key.Item2, rows.Run));
        var tested = test.Test(scored);
        return attack(tested.P) with { Auc = tested.Auc, Top = tested.Top, Epsilon = tested.Epsilon };
    }

    private AttackResult Membership(string name, MembershipAttacks.Attack attack)
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

    private AttackResult Link()
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
    private AttackResult Infer()
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

    /// <param name="weights">Of all attacks together.</param>
    private AuditPower Power(double weights)
    {
        double n = rows.Training, m = rows.Holdout, level = options.Alpha / weights;
        double deviation = Math.Sqrt((n + m + 1) / (12 * n * m));
        double advantage = 2 * (NormalQuantile.At(0.8) - NormalQuantile.At(level * (1 - ExchangeTest.TopShare))) * deviation;
        var whole = _tests[(rows.Rows, rows.Training)];
        return new AuditPower(Math.Min(1, advantage), whole.LeastRows(level * FewRows),
            LeakSize.Most(rows.Training, rows.Holdout));
    }
}
