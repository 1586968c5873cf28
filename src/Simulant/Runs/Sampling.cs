using Simulant.Data;
using Simulant.Tabular.Refinement;

namespace Simulant.Runs;

/// <summary>Rows of a stored model, into one file.</summary>
internal sealed class Sampling(Corridor corridor, SampleRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    private static readonly string[] Formats = ["csv", "jsonl", "parquet"];

    public SampleOutcome Run()
    {
        string format = Path.GetExtension(request.Output).TrimStart('.').ToLowerInvariant();
        if (!Formats.Contains(format))
            throw new UsageException($"'{request.Output}': the name must end in .csv, .jsonl or .parquet, which says what to write");
        SingleFile.Refuse(request.Output, request.Force);
        string path = Directory.Exists(request.Model) ? Path.Combine(request.Model, ModelFile.PublishedName) : request.Model;
        var model = ModelFile.Read(path);
        if (request.Given is not null && (request.Where.Count > 0 || request.Rows is not null))
            throw new UsageException("--given says how many rows there are and what they meet; leave out --rows and --where");
        var sampler = Conditions.Where(corridor.Engines.Load(model), request.Where, model.Header.Engine);
        var schema = sampler.Schema.Single;
        var refined = AutoSampler.Unwrap(sampler) as RefinedSampler;
        var known = request.Given is { } given ? Known(given, schema) : null;
        if (known is not null) sampler = Conditions.Given(sampler, known, model.Header.Engine);
        long rows = known?.RowCount ?? request.Rows ?? model.Header.Rows;
        ulong seed = request.Seed ?? model.Header.SampleSeed;
        if (refined is not null && seed != refined.Seed)
            throw new UsageException($"the model's rows were chosen (refine) under seed {refined.Seed}; leave --seed out, "
                + "or fit a model with the seed you want");
        if (refined is not null && rows > refined.Rows)
            throw new UsageException($"--rows asks for {rows} rows, and {refined.Rows} were chosen (refine) when the model was fitted; "
                + "fit a model for more");
        var run = new RunContext(seed, request.Threads, progress, cancel);
        SingleFile.Write(corridor.Files, request.Output, stream =>
        {
            using var writer = ShardWriter.Create(format, schema, stream);
            DataFiles.Draw(sampler, 0, rows, run, drawn =>
            {
                writer.Append(drawn);
                progress.Report(new StageProgress("sampling", writer.Rows, rows, "rows"));
            });
            writer.Complete();
        });
        return new SampleOutcome(rows, seed, run.Rejections.Counts);
    }

    /// <summary>The given rows under the model's own kinds; a column that the model lacks is refused, not ignored.</summary>
    private Table Known(string path, TableSchema schema)
    {
        var found = TableReader.Read(path, new ReadOptions { MaxThreads = request.Threads }, cancel).Table.Schema;
        foreach (var column in found.Columns)
            if (schema.IndexOf(column.Name) < 0)
                throw new DataException("the model has no such column; leave it out", path, column: column.Name);
        var shared = new TableSchema(schema.Name, [.. schema.Columns.Where(c => found.IndexOf(c.Name) >= 0)]);
        return TableReader.ReadAs(path, shared, new ReadOptions { MaxThreads = request.Threads }, cancel);
    }
}
