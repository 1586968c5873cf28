using Simulant.Data;
using Simulant.Privacy.Ledger;
using Simulant.Validation.Statistics;

namespace Simulant.Validation.Attacks;

/// <summary>How an audit is made.</summary>
public sealed record AuditOptions
{
    /// <summary>The column whose value an attacker would most like to know; null for whichever comes off worst.</summary>
    public string? Target { get; init; }

    /// <summary>Probability that an audit of data that leaks nothing finds a leak, over all attacks together, in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>
    /// The largest leak that is told of but does not count, as an epsilon of at least 0. The default raises nobody's odds of having
    /// been a training row by more than 11%: less than any promise of differential privacy in common use allows.
    /// </summary>
    public double Tolerance { get; init; } = 0.1;

    /// <summary>The engine under audit, where it is at hand; else null.</summary>
    public Shadows? Shadows { get; init; }

    /// <summary>Most rows of each table, at least 20; fewer where there are very many columns.</summary>
    public int MostRows { get; init; } = 50_000;
}

/// <summary>A share of rows or guesses with its 95% interval (Wilson).</summary>
public readonly record struct Share(int Hits, int Trials)
{
    public double Value => Trials == 0 ? double.NaN : (double)Hits / Trials;
    public double Low => Wilson.Interval(Hits, Trials).Low;
    public double High => Wilson.Interval(Hits, Trials).High;
}

/// <summary>One attack: on training rows, on held-out rows, and what guessing gives.</summary>
/// <param name="Name">As the guide has it, such as <c>membership: density ratio</c>.</param>
/// <param name="Main">Success on training rows.</param>
/// <param name="Control">The same attack on held-out rows, which cannot have leaked.</param>
/// <param name="Baseline">Success on training rows without the synthetic data.</param>
/// <param name="P">Of the test that training rows are attacked no better than held-out ones.</param>
public sealed record AttackResult(string Name, Share Main, Share Control, double Baseline, double P)
{
    /// <summary>What counts as success, in a few words.</summary>
    public required string Success { get; init; }

    /// <summary>P after Holm's adjustment for all attacks of the audit.</summary>
    public double Adjusted { get; init; } = double.NaN;

    /// <summary>Whether there surely is a leak, of whatever size.</summary>
    public bool Found { get; init; }

    /// <summary>Whether it is found, and surely larger than the tolerance.</summary>
    public bool IsLeak { get; init; }

    /// <summary>How often a training row is attacked better than a held-out row; NaN for attacks that do not score rows.</summary>
    public double Auc { get; init; } = double.NaN;

    /// <summary>How much leaks: a lower bound of epsilon, for all attacks together (1 - alpha); 0 where nothing is proven.</summary>
    public double Epsilon { get; init; }

    /// <summary>Training rows among the best attacked rows where that is least likely by chance.</summary>
    public Share Top { get; init; }

    /// <summary>(main - control) / (1 - control): success that only having been in the training data explains.</summary>
    public double Risk => (Main.Value - Control.Value) / (1 - Control.Value);

    /// <summary>95% interval of <see cref="Risk"/>: Newcombe's for the difference, over the same denominator.</summary>
    public (double Low, double High) RiskInterval
    {
        get
        {
            static double Square(double x) => x * x;
            double difference = Main.Value - Control.Value, all = 1 - Control.Value;
            double down = Math.Sqrt(Square(Main.Value - Main.Low) + Square(Control.High - Control.Value));
            double up = Math.Sqrt(Square(Main.High - Main.Value) + Square(Control.Value - Control.Low));
            return ((difference - down) / all, (difference + up) / all);
        }
    }

    /// <summary>Whether the attack is any good: one that does not beat its baseline shows nothing by finding nothing.</summary>
    public bool BeatsBaseline => Main.Low > Baseline;
}

/// <summary>The smallest leaks that the audit would have called leaks, with the rows at hand.</summary>
/// <param name="Advantage">Least 2 AUC - 1 of a membership attack that is one four times in five, where all rows leak a little.</param>
/// <param name="Rows">Least number of training rows that are found where they leak wholly and the others not at all.</param>
/// <param name="Epsilon">What a perfect attack would have shown: a larger epsilon cannot be told from it.</param>
public sealed record AuditPower(double Advantage, int Rows, double Epsilon);

/// <summary>What an audit tried and found.</summary>
/// <param name="Attacks">In the order in which they were made.</param>
/// <param name="Audited">Rows that were looked at; the tables may hold more.</param>
public sealed record AuditResult(IReadOnlyList<AttackResult> Attacks, AuditPower Power, RowCounts Audited)
{
    public required double Alpha { get; init; }

    /// <summary>Attacks and columns that were left out, and why.</summary>
    public IReadOnlyList<NotChecked> NotChecked { get; init; } = [];

    /// <summary>See <see cref="AuditOptions.Tolerance"/>.</summary>
    public required double Tolerance { get; init; }

    /// <summary>The largest epsilon of the attacks that found something, of whatever size; 0 where none did.</summary>
    public double Leak => Attacks.Where(a => a.Found).Select(a => a.Epsilon).DefaultIfEmpty(0).Max();

    public bool LeakFound => Attacks.Any(a => a.IsLeak);

    /// <summary>Whether there surely is one, but none that is surely larger than the tolerance.</summary>
    public bool TraceFound => !LeakFound && Attacks.Any(a => a.Found);

    /// <summary>Half of what the word takes; null where a leak was found. Only an audit makes a result, so only an audit passes.</summary>
    public AuditPass? Pass => LeakFound ? null
        : new AuditPass($"{Attacks.Count} attacks ({string.Join(", ", Attacks.Select(a => a.Name))})", Math.Round(Power.Advantage, 4));
}
