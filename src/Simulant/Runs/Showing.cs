using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Runs;

/// <summary>Tells what a path is, and reads what is worth showing of it.</summary>
internal static class Showing
{
    public static Overview Of(string path, int threads, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        if (Directory.Exists(path))
        {
            if (!File.Exists(Path.Combine(path, Manifest.FileName)))
                throw new UsageException($"'{path}' is a folder without a {Manifest.FileName}; name a published folder, or a file");
            return new Overview(path) { Run = Summaries.Of(path) };
        }
        if (Path.GetFileName(path) == Manifest.FileName)
            return new Overview(path) { Run = Summaries.Of(Path.GetDirectoryName(Path.GetFullPath(path))!) };
        if (Path.GetExtension(path) == Path.GetExtension(ModelFile.PublishedName)) return new Overview(path) { Model = Model(path) };
        progress.Report(new StageProgress("reading", 0, 0, "rows"));
        return new Overview(path) { Data = TableReader.Read(path, new ReadOptions { MaxThreads = threads }, cancel) };
    }

    private static ModelOverview Model(string path)
    {
        var model = ModelFile.Read(path);
        var header = model.Header;
        return new ModelOverview(header.Engine, header.Program, header.SpecName, header.TrainingRows, header.Rows,
            header.FitSeed, header.SampleSeed, new FileInfo(path).Length, model.Schema);
    }
}
