using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Simulant.Text.Code.Exercises;

/// <summary>What the proof of one problem of the <see cref="ExerciseBank"/> showed: the same on every machine, so it can be kept.</summary>
/// <param name="Family">The family.</param>
/// <param name="Place">Of the problem in the family, from 0.</param>
/// <param name="Passes">Whether the solutions pass the tests, in every language that was asked for.</param>
/// <param name="Killed">Mutants of the C# solution that the tests kill.</param>
/// <param name="Mutants">Those that compile and are other programs.</param>
/// <param name="Equivalent">Those that no case tells from the solution; not among <paramref name="Mutants"/>.</param>
/// <param name="Digest">Of solutions and tests in all languages, so that a proof is not taken for that of another text.</param>
/// <param name="Added">Numbers of the wider cases that joined the tests because mutants survived without them.</param>
internal sealed record ProofRecord(string Family, int Place, bool Passes, int Killed, int Mutants, int Equivalent, string Digest,
    IReadOnlyList<int> Added)
{
    private const string FileName = "proofs.txt";
    private const int DigestBytes = 8;

    private static readonly Lazy<Dictionary<(string, int), ProofRecord>> Kept = new(() =>
        Resources.Text(FileName).Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => line[0] != '#')
            .Select(Parse).ToDictionary(record => (record.Family, record.Place)));

    /// <summary>Share of mutants that are killed; 1 where there are none.</summary>
    public double Score => Mutants == 0 ? 1 : (double)Killed / Mutants;

    /// <summary>Those that travel inside the program; <c>bench/run code proofs=FILE</c> makes them again.</summary>
    public static IReadOnlyCollection<ProofRecord> All => Kept.Value.Values;

    /// <summary>The kept proof of a problem, or null.</summary>
    public static ProofRecord? Find(string family, int place) => Kept.Value.GetValueOrDefault((family, place));

    public static string DigestOf(Problem problem, IReadOnlyList<Case> cases)
    {
        var text = new StringBuilder();
        foreach (var language in Enum.GetValues<CodeLanguage>())
            text.Append(SolutionWriter.Write(problem, language)).Append(TestWriter.Write(problem, language, cases));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()))[..DigestBytes]);
    }

    /// <summary>One line: family, place, passes, killed, mutants, equivalent, digest, and the added cases.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Family} {Place} {(Passes ? "passes" : "fails")} {Killed} {Mutants} {Equivalent} {Digest} {string.Join(',', Added)}").TrimEnd();

    /// <summary>Reads back a line.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static ProofRecord Parse(string line)
    {
        static int Number(string text) => int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
        return line.TrimEnd().Split(' ') is [var family, var place, "passes" or "fails", var killed, var mutants, var equivalent,
            var digest,
            .. { Length: < 2 } added]
            ? new(family, Number(place), line.Contains(" passes ", StringComparison.Ordinal), Number(killed), Number(mutants),
                Number(equivalent), digest, [.. added.SelectMany(a => a.Split(',')).Select(Number)])
            : throw new FormatException($"'{line}' is no proof");
    }
}
