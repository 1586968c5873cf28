using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Simulant.Data;
using Simulant.Privacy.Accounting;
using Simulant.Privacy.Mechanisms;

namespace Simulant.Privacy.Ledger;

/// <summary>
/// The books of what was spent on which source: a file of lines that are only ever added, each flushed to the disk before anything
/// relies on it. A run's whole amount is reserved before its first mechanism runs, so a killed run is paid in full. Processes take
/// turns by a lock file beside it.
/// </summary>
public sealed class PrivacyLedger
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly Action<string> _syncFolder;
    private readonly CancellationToken _cancel;
    private Books _read = new([], "", 0);

    /// <param name="syncFolder">Makes a folder's new names outlast a power failure.</param>
    public PrivacyLedger(string path, Action<string> syncFolder, CancellationToken cancel) =>
        (_path, _syncFolder, _cancel) = (Path.GetFullPath(path), syncFolder, cancel);

    /// <summary>All lines, in order; empty where there is no ledger yet.</summary>
    /// <exception cref="PrivacyBudgetException">It is damaged.</exception>
    public IReadOnlyList<LedgerLine> Lines => [.. Read().Lines];

    /// <summary>The random key of this ledger; makes the ledger where there is none.</summary>
    public string Key => Locked(() => Begun().Lines[0].Key!);

    /// <summary>
    /// Reserves what a run may spend, where the budget allows it. The spends of all runs on the same source add up, whatever they
    /// promised each.
    /// </summary>
    /// <param name="budget">What all runs on this source may spend together; null records and totals.</param>
    /// <param name="run">With a name, or one is made up.</param>
    /// <returns>The run's name.</returns>
    public string Reserve(LedgerLine run, (double Epsilon, double Delta)? budget) => Locked(() =>
    {
        var books = Begun();
        if (budget is { } most) Refuse(books.Lines, run, most);
        var named = run with { Run = run.Run ?? NewName() };
        Append(books, named);
        return named.Run;
    });

    /// <summary>A name for a run, which no other has.</summary>
    internal static string NewName() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));

    /// <summary>Adds to what a run reserved, for a mechanism that ran before but whose outcome was lost.</summary>
    public void Extend(LedgerLine more, (double Epsilon, double Delta)? budget) => Locked(() =>
    {
        var books = Begun();
        if (budget is { } most) Refuse(books.Lines, more, most);
        Append(books, more);
        return true;
    });

    /// <summary>Writes one use of a mechanism down; it is on the disk when this returns.</summary>
    public void Spend(string run, Spend spend, string at) => Locked(() =>
    {
        Append(Begun(), new LedgerLine("spend")
        {
            Run = run,
            Number = spend.Number,
            Mechanism = spend.Mechanism,
            Purpose = spend.Purpose,
            Question = spend.Question,
            Rho = spend.Rho.Units,
            At = at,
        });
        return true;
    });

    /// <summary>That a run's spends were all reserved before; null where it is not in these books, or they do not add up.</summary>
    public LedgerProof? Proof(string run)
    {
        var lines = Lines;
        var reserved = lines.FirstOrDefault(l => l.Kind == "run" && l.Run == run);
        if (reserved is null) return null;
        long spent = lines.Where(l => l.Kind == "spend" && l.Run == run).Sum(l => l.Rho ?? 0);
        long more = lines.Where(l => l.Kind == "again" && l.Run == run).Sum(l => l.Rho ?? 0);
        return spent <= reserved.Rho + more ? new LedgerProof(reserved) : null;
    }

    /// <summary>What all runs on a source may have spent together.</summary>
    /// <param name="delta">At which epsilon is told; the vocabularies' part is taken off it.</param>
    public static double Epsilon(IEnumerable<LedgerLine> lines, string source, double delta)
    {
        var (rho, used) = Total(lines.Where(l => l.Source == source));
        return rho.Units == 0 && used == 0 ? 0 : used >= delta ? double.PositiveInfinity : Zcdp.Epsilon(rho, delta - used);
    }

    private static (Rho Rho, double Delta) Total(IEnumerable<LedgerLine> runs)
    {
        var (rho, delta) = (Rho.Zero, 0.0);
        foreach (var run in runs.Where(l => l.Kind is "run" or "again"))
        {
            rho += new Rho(run.Rho ?? 0);
            if (run.VocabularyDelta is { } share and > 0) delta = Math.BitIncrement(delta + share);
        }
        return (rho, delta);
    }

    private static void Refuse(IReadOnlyList<LedgerLine> lines, LedgerLine run, (double Epsilon, double Delta) most)
    {
        double before = Epsilon(lines, run.Source!, most.Delta), after = Epsilon([.. lines, run], run.Source!, most.Delta);
        if (after <= most.Epsilon * (1 + 1e-12)) return;
        throw new PrivacyBudgetException(string.Create(CultureInfo.InvariantCulture,
            $"the budget of this source is epsilon {most.Epsilon} at delta {most.Delta}; {before:0.####} of it is spent, ")
            + string.Create(CultureInfo.InvariantCulture, $"and this run would bring it to {after:0.####}: lower privacy.epsilon, ")
            + "or use what was made already");
    }

    private sealed record Books(IReadOnlyList<LedgerLine> Lines, string Check, long Length);

    private Books Read()
    {
        if (!File.Exists(_path)) return _read = new Books([], "", 0);
        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        // Lines are only ever added: what was read and checked before need not be read again.
        var books = stream.Length >= _read.Length ? _read : new Books([], "", 0);
        stream.Position = books.Length;
        byte[] bytes = new byte[stream.Length - books.Length];
        stream.ReadExactly(bytes);
        // A line that a crash cut short was never relied on.
        int whole = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        if (whole == 0 && books.Length > 0) return books;
        var lines = new List<LedgerLine>(books.Lines);
        string check = books.Check;
        try
        {
            foreach (string text in Utf8.GetString(bytes, 0, whole).Split('\n')[..^1])
            {
                if (LedgerLine.Parse(text, check) is not { } parsed) throw Damaged(lines.Count + 1);
                lines.Add(parsed.Line);
                check = parsed.Check;
            }
        }
        catch (Exception e) when (e is System.Text.Json.JsonException or ArgumentException)
        {
            throw Damaged(lines.Count + 1);
        }
        if (lines.Count > 0 && lines[0] is not { Kind: "ledger", Key: not null }) throw Damaged(1);
        return _read = new Books(lines, check, books.Length + whole);
    }

    private PrivacyBudgetException Damaged(int line) => new(
        $"{_path}:{line}: the ledger is damaged here; nothing is spent until it is restored from a copy, since what was spent is not "
            + "known");

    private Books Begun()
    {
        var books = Read();
        if (books.Lines.Count > 0) return books;
        Append(books, new LedgerLine("ledger") { Key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32)) });
        _syncFolder(Path.GetDirectoryName(_path)!);
        return Read();
    }

    private void Append(Books books, LedgerLine line)
    {
        using var stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        stream.SetLength(books.Length);
        stream.Position = books.Length;
        stream.Write(line.Write(books.Check).Bytes);
        stream.Flush(flushToDisk: true);
    }

    private T Locked<T>(Func<T> action)
    {
        if (Path.GetDirectoryName(_path) is { Length: > 0 } folder) Directory.CreateDirectory(folder);
        string path = _path + ".lock";
        while (true)
        {
            _cancel.ThrowIfCancellationRequested();
            FileStream held;
            try
            {
                held = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
            }
            catch (IOException) when (File.Exists(path))
            {
                _cancel.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(20));
                continue;
            }
            using (held) return action();
        }
    }
}
