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

    /// <summary>
    /// A training file that lies in <c>DIR/data</c>, with <c>DIR/manifest.json</c> listing it under the hash it has, is that
    /// run's child. A file that was moved away from its manifest cannot be told from real data, and counts as such.
    /// </summary>
    /// <param name="inputs">The source's files, hashed.</param>
    public static Lineage Of(Spec spec, string folder, IReadOnlyList<SourceFile> inputs)
    {
        var parents = new List<ParentSet>();
        var notes = new List<string>();
        int generation = 1;
        var files = spec.Source?.Train is { } train ? SourceFiles.Find(Path.Combine(folder, train)) : [];
        foreach (var family in files.GroupBy(f => Path.GetDirectoryName(Path.GetFullPath(f))!, StringComparer.Ordinal))
        {
            string run = Path.GetDirectoryName(family.Key) ?? "";
            if (Path.GetFileName(family.Key) != DataFolder || !File.Exists(Path.Combine(run, Manifest.FileName))) continue;
            try
            {
                var manifest = Manifest.Load(run);
                var listed = manifest.Content.Outputs.ToDictionary(o => o.Path, o => o.Sha256, StringComparer.Ordinal);
                bool same = family.All(f => listed.TryGetValue($"{DataFolder}/{Path.GetFileName(f)}", out string? sha256)
                    && inputs.Any(i => i.Role == "train" && i.Name == Path.GetFileName(f) && i.Sha256 == sha256));
                if (!same)
                {
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
                notes.Add($"The training data lies beside a manifest that cannot be read ({e.Message.TrimEnd('.')}); "
                    + "no parent is recorded.");
            }
        }
        return new Lineage(parents, generation, notes);
    }
}
