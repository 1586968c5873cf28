using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Runs;

/// <summary>Tells what a path is, and reads what is worth showing of it.</summary>
internal static class Showing
{
    public static Overview Of(EngineTable engines, string path, int threads, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        if (Directory.Exists(path))
        {
            if (!File.Exists(Path.Combine(path, Manifest.FileName)))
                throw new UsageException($"'{path}' is a folder without a {Manifest.FileName}; name a published folder, or a file");
            return Published(engines, path, path);
        }
        if (Path.GetFileName(path) == Manifest.FileName)
            return Published(engines, path, Path.GetDirectoryName(Path.GetFullPath(path))!);
        if (Path.GetExtension(path) == Path.GetExtension(ModelFile.PublishedName) || IsArchive(path)) return Model(engines, path);
        progress.Report(new StageProgress("reading", 0, 0, "rows"));
        return new Overview(path) { Data = TableReader.Read(path, new ReadOptions { MaxThreads = threads }, cancel) };
    }

    /// <summary>A model is an archive under any name, and no data file is one.</summary>
    private static bool IsArchive(string path)
    {
        if (!File.Exists(path)) return false;
        using var file = File.OpenRead(path);
        Span<byte> begin = stackalloc byte[4];
        return file.ReadAtLeast(begin, begin.Length, throwOnEndOfStream: false) == begin.Length && begin is [(byte)'P', (byte)'K', 3, 4];
    }

    private static Overview Published(EngineTable engines, string path, string folder)
    {
        var overview = new Overview(path) { Run = Summaries.Of(folder) };
        try
        {
            var model = ModelFile.Read(Path.Combine(folder, ModelFile.PublishedName));
            return overview with { Training = (engines.Load(model) as ITrained)?.Training };
        }
        catch (UsageException)
        {
            return overview; // the manifest can be shown all the same; `verify` says what is wrong with the model
        }
    }

    private static Overview Model(EngineTable engines, string path)
    {
        var model = ModelFile.Read(path);
        var header = model.Header;
        return new Overview(path)
        {
            Model = new ModelOverview(header.Engine, header.Program, header.SpecName, header.TrainingRows, header.Rows,
                header.FitSeed, header.SampleSeed, new FileInfo(path).Length, model.Schema),
            Training = (engines.Load(model) as ITrained)?.Training,
        };
    }
}
