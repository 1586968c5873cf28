using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Reports.Dossiers;

/// <summary>From a published folder's manifest and report to the dossier: a function of these two files alone.</summary>
public static class DossierBuilder
{
    /// <param name="verified">What was checked of the folder before.</param>
    /// <exception cref="DataException">A file cannot be read, or the two tell different figures.</exception>
    public static Dossier Build(byte[] manifest, byte[] report, IReadOnlyList<string> verified)
    {
        var evidence = new Evidence(manifest, report);
        var read = Manifest.Parse(manifest, Manifest.FileName);
        var facts = new Facts(evidence);
        return new Dossier(read.Content.Name, read.Content.Description, ManifestJson.VerdictText(read.Content.Verdict),
            read.Content.ProgramVersion, read.ContentSha256, FileHash.OfBytes(report), verified,
            [AiActPart.Of(facts), FdaPart.Of(facts), DatasheetPart.Of(facts)]);
    }
}
