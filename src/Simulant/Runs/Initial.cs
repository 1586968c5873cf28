using System.Text;
using Simulant.Data;
using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>A first spec from a data file, with the evidence as comments.</summary>
internal static class Initial
{
    public static InitOutcome Run(IFiles files, InitRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
    {
        if (SchemaReader.IsSchema(request.Data)) return Declared(files, request);
        progress.Report(new StageProgress("reading", 0, 0, "rows"));
        var data = TableReader.Read(request.Data, new ReadOptions { MaxThreads = request.Threads }, cancel);
        var spec = SpecWriter.Init(data, new InitOptions(FromSpec(request)));
        Write(files, request, spec);
        return new InitOutcome(spec.Text, data.Table.RowCount, data.Table.Columns.Count, spec.Warnings);
    }

    /// <summary>From another system's schema: there are no rows to infer from.</summary>
    private static InitOutcome Declared(IFiles files, InitRequest request)
    {
        var faults = new DiagnosticBag();
        var table = SchemaReader.Read(request.Data, faults);
        faults.ThrowIfErrors();
        var spec = SpecWriter.Init(table!, Path.GetFileName(request.Data));
        Write(files, request, spec);
        return new InitOutcome(spec.Text, 0, table!.Columns.Count, spec.Warnings);
    }

    private static void Write(IFiles files, InitRequest request, InitialSpec spec)
    {
        if (request.Output is { } path) SingleFile.Write(files, path, stream => stream.Write(Encoding.UTF8.GetBytes(spec.Text)));
    }

    /// <summary>The data's path as seen from where the spec will stand.</summary>
    private static string FromSpec(InitRequest request)
    {
        if (request.Output is not { } spec || Path.IsPathRooted(request.Data)) return request.Data;
        string from = Path.GetDirectoryName(Path.GetFullPath(spec))!;
        return Path.GetRelativePath(from, Path.GetFullPath(request.Data)).Replace(Path.DirectorySeparatorChar, '/');
    }
}
