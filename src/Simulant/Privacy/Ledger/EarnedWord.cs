using System.Globalization;

namespace Simulant.Privacy.Ledger;

/// <summary>What the ledger proves of one run: that all it spent was reserved before. Only <see cref="PrivacyLedger.Proof"/> makes
/// one.</summary>
public sealed class LedgerProof
{
    internal LedgerProof(LedgerLine run) => Run = run;

    /// <summary>The run's line.</summary>
    public LedgerLine Run { get; }
}

/// <summary>An attack audit that found no leak, with its power. Only an audit's result makes one, and only an audit a result; a test holds
/// every other source file to that.</summary>
public sealed class AuditPass
{
    internal AuditPass(string attacks, double smallestLeak) => (Attacks, SmallestLeak) = (attacks, smallestLeak);

    /// <summary>What was tried.</summary>
    public string Attacks { get; }

    /// <summary>The smallest leak that the audit could have seen.</summary>
    public double SmallestLeak { get; }
}

/// <summary>The one place where the program says the word, and what it takes: a ledger's proof and a passed audit. No other literal in
/// the sources may hold the word.</summary>
public sealed class EarnedWord(LedgerProof ledger, AuditPass audit)
{
    public string Text => string.Create(CultureInfo.InvariantCulture,
        $"differentially private (epsilon {ledger.Run.Epsilon}, delta {ledger.Run.Delta}, per {ledger.Run.Unit}); audited: "
            + $"{audit.Attacks}, ")
        + string.Create(CultureInfo.InvariantCulture, $"which would have seen a leak of {audit.SmallestLeak}");
}
