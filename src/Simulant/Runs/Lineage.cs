using Simulant.Data;
using Simulant.Provenance;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>Where the training data comes from: real measurements, or the data of finished runs.</summary>
/// <param name="Generation">1 where no training file is a run's; else one more than the latest of the parents.</param>
/// <param name="Notes">What a reader should know of it, a sentence each.</param>
internal sealed record Lineage(IReadOnlyList<ParentSet> Parents, int Generation, IReadOnlyList<string> Notes)
{
    private const string DataFolder = "data";

    /// <summary>Training files that are no run's, as far as can be told.</summary>
    public int RealFiles { get; private init; }

    /// <summary>Whether data that was made is learned from with no real rows beside it.</summary>
    public bool Unanchored => Parents.Count > 0 && RealFiles == 0;

    /// <summary>
    /// A training file that lies in <c>DIR/data</c>, with <c>DIR/manifest.json</c> listing it under the hash it has, is that
    /// run's child; links are followed. A file that was moved away from its manifest cannot be told from real data, and counts as
    /// such.
    /// </summary>
    /// <param name="hashed">The source's files, hashed; asked only where a manifest lies beside one.</param>
    public static Lineage Of(Spec spec, string folder, Func<IReadOnlyList<SourceFile>> hashed)
    {
        var parents = new List<ParentSet>();
        var notes = new List<string>();
        int generation = 1, real = 0;
        var files = spec is { Kind: not Engine.Scene, Source.Train: { } train } ? SourceFiles.Find(Path.Combine(folder, train)) : [];
        foreach (var family in files.GroupBy(f => Path.GetDirectoryName(Place(f))!, StringComparer.Ordinal))
        {
            string run = Path.GetDirectoryName(family.Key) ?? "";
            if (Path.GetFileName(family.Key) != DataFolder || !File.Exists(Path.Combine(run, Manifest.FileName)))
            {
                real += family.Count();
                continue;
            }
            try
            {
                var manifest = Manifest.Load(run);
                if (!IsListed(family, manifest.Content, hashed()))
                {
                    real += family.Count();
                    notes.Add($"The training data lies beside the manifest of '{manifest.Content.Name}' but is not as that "
                        + "lists it; it is not recorded as a parent.");
                    continue;
                }
                parents.Add(new ParentSet(manifest.Content.Name, manifest.ContentSha256));
                generation = Math.Max(generation, manifest.Content.Generation + 1);
                notes.Add($"The training data is itself synthetic: '{manifest.Content.Name}', "
                    + $"generation {manifest.Content.Generation}. The figures compare with it, not with what it was made from.");
            }
            catch (DataException e)
            {
                real += family.Count();
                notes.Add($"The training data lies beside a manifest that cannot be read ({e.Message.TrimEnd('.')}); "
                    + "no parent is recorded.");
            }
        }
        if (parents.Count > 0)
            notes.Add(real > 0 ? $"It is anchored by other training files, {real} in number, which count as real."
                : "No real rows anchor it: the spec allows that ('lineage: unanchored').");
        return new Lineage(parents, generation, notes) { RealFiles = real };
    }

    /// <summary>Refuses to learn from data that was made and from nothing else, unless the spec allows it.</summary>
    /// <exception cref="MismatchException">It does not.</exception>
    public void Demand(Spec spec)
    {
        if (!Unanchored || spec.Unanchored) return;
        var faults = new DiagnosticBag();
        faults.Error(Codes.Unanchored, spec.Source!.At,
            $"the training data was itself made ({string.Join(", ", Parents.Select(p => $"'{p.Name}'"))}) and no real rows stand beside "
            + $"it: generation {Generation} would lose rare values that no figure shows; add the real rows to 'train', or write "
            + "'lineage: unanchored' to learn from it all the same");
        throw new MismatchException(faults.All);
    }

    private static bool IsListed(IEnumerable<string> files, PublishedRun run, IReadOnlyList<SourceFile> hashed)
    {
        var listed = run.Outputs.ToDictionary(o => o.Path, o => o.Sha256, StringComparer.Ordinal);
        return files.All(f => listed.TryGetValue($"{DataFolder}/{Path.GetFileName(Place(f))}", out string? sha256)
            && hashed.Any(i => i.Role == "train" && i.Name == Path.GetFileName(f) && i.Sha256 == sha256));
    }

    private static string Place(string file) =>
        File.ResolveLinkTarget(file, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(file);
}
