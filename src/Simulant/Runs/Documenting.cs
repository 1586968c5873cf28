using Simulant.Data;
using Simulant.Provenance;
using Simulant.Reports;
using Simulant.Reports.Dossiers;

namespace Simulant.Runs;

/// <param name="Folder">A published folder.</param>
public sealed record DossierRequest(string Folder)
{
    /// <summary>The file to write, .html or .json; null for none.</summary>
    public string? Output { get; init; }

    public int Threads { get; init; } = Environment.ProcessorCount;
    public bool Force { get; init; }
}

/// <param name="Difference">Why the folder is not what it says it is, so that there is no dossier of it; or null.</param>
public sealed record DossierOutcome(string? Difference, Dossier? Dossier);

/// <summary>
/// <c>simulant dossier</c>: the evidence of a published folder, once that has proved itself. It is made of what the folder holds and
/// nothing else, so equal folders give equal dossiers.
/// </summary>
internal sealed class Documenting(Corridor corridor, DossierRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    public DossierOutcome Run()
    {
        string folder = Path.TrimEndingDirectorySeparator(request.Folder);
        if (request.Output is { } output) Refuse(output, folder);
        if (!File.Exists(Path.Combine(folder, Manifest.FileName)))
            throw new UsageException($"'{folder}' holds no {Manifest.FileName}; name a published folder");
        var verify = new VerifyRequest(folder) { FolderOnly = true, Threads = request.Threads };
        var verified = corridor.Verify(verify, progress, cancel);
        if (verified.Difference is { } difference) return new DossierOutcome(difference, null);
        byte[] manifest = File.ReadAllBytes(Path.Combine(folder, Manifest.FileName));
        if (Manifest.Parse(manifest, folder).Content.Verdict == Verdict.Rejected)
            throw new UsageException($"'{folder}' was rejected by its gates and is not published; a dossier is of what is published");
        Dossier dossier;
        try
        {
            dossier = DossierBuilder.Build(manifest, File.ReadAllBytes(Path.Combine(folder, JsonReport.FileName)), verified.Proved);
        }
        catch (Exception e) when (e is DataException or FileNotFoundException)
        {
            return new DossierOutcome(e.Message, null); // its hash holds, and yet it is not the report of this manifest
        }
        if (request.Output is { } path)
        {
            byte[] content = IsPage(path) ? DossierPage.Write(dossier) : DossierJson.Write(dossier);
            SingleFile.Write(corridor.Files, path, to => to.Write(content));
        }
        return new DossierOutcome(null, dossier);
    }

    private static bool IsPage(string path) => Path.GetExtension(path).Equals(".html", StringComparison.OrdinalIgnoreCase);

    private void Refuse(string output, string folder)
    {
        if (!IsPage(output) && !Path.GetExtension(output).Equals(".json", StringComparison.OrdinalIgnoreCase))
            throw new UsageException($"'{output}': the name must end in .html or .json, which says what to write");
        string inside = Path.GetFullPath(folder) + Path.DirectorySeparatorChar;
        if (Path.GetFullPath(output).StartsWith(inside, StringComparison.Ordinal))
            throw new UsageException($"'{output}' lies in the published folder, whose manifest lists every file; write it beside that");
        SingleFile.Refuse(output, request.Force);
    }
}
