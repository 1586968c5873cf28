using Simulant.Data;
using Simulant.Scenes.Worlds;
using Simulant.Tabular.Refinement;

namespace Simulant.Runs;

/// <summary>Rows of a stored model, into one file.</summary>
internal sealed class Sampling(Corridor corridor, SampleRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    public SampleOutcome Run()
    {
        string format = SingleFile.FormatOf(request.Output);
        SingleFile.Refuse(request.Output, request.Force);
        if (request.Fill && request.Given is null)
            throw new UsageException("--fill draws the empty cells of a table; name it with --given");
        if (request.Draws != 1 && !request.Fill)
            throw new UsageException("--draws says from how many draws a cell is filled; add --fill");
        var model = ModelFile.Read(SingleFile.ModelIn(request.Model));
        if (request.Given is not null && (request.Where.Count > 0 || request.Rows is not null))
            throw new UsageException("--given says how many rows there are and what they meet; leave out --rows and --where");
        var loaded = corridor.Engines.Load(model);
        // Rows under a condition, or to be completed, are made ones.
        if (request.Given is not null || request.Where.Count > 0) loaded = Supplements.In(loaded)?.Made ?? loaded;
        var sampler = Conditions.Where(loaded, request.Where, model.Header.Engine);
        var schema = sampler.Schema.Single;
        var refined = AutoSampler.Unwrap(sampler) as RefinedSampler;
        var known = request.Given is { } given ? KnownTable.Read(given, schema, request.Threads, cancel) : null;
        if (known is not null) sampler = Conditions.Given(sampler, known, request.Fill, model.Header.Engine);
        long rows = known?.RowCount ?? request.Rows ?? model.Header.Rows;
        ulong seed = request.Seed ?? model.Header.SampleSeed;
        if (refined is not null && seed != refined.Seed)
            throw new UsageException($"the model's rows were chosen (refine) under seed {refined.Seed}; leave --seed out, "
                + "or fit a model with the seed you want");
        if (refined is not null && rows > refined.Rows)
            throw new UsageException($"--rows asks for {rows} rows, and {refined.Rows} were chosen (refine) when the model was fitted; "
                + "fit a model for more");
        if (sampler is IFiled)
            throw new UsageException(
            "the model makes frames, whose pictures need a folder; run 'simulant make' on its spec, with --rows and "
                + "--seed as wanted");
        if (sampler is IAsked asked) Stored(asked, rows, seed != model.Header.SampleSeed);
        var run = new RunContext(seed, request.Threads, progress, cancel);
        SingleFile.Write(corridor.Files, request.Output, stream =>
        {
            using var writer = ShardWriter.Create(format, schema, stream);
            void Write(Table drawn)
            {
                writer.Append(drawn);
                progress.Report(new StageProgress("sampling", writer.Rows, rows, "rows"));
            }
            if (request.Fill && known is not null) Fill(sampler, known, run, Write);
            else DataFiles.Draw(sampler, 0, rows, run, Write);
            writer.Complete();
        });
        return new SampleOutcome(rows, seed, run.Rejections.Counts);
    }

    private static void Stored(IAsked asked, long rows, bool otherSeed)
    {
        if (otherSeed)
            throw new UsageException("the model's records were asked of language models under one seed; leave --seed out, or make a set "
                + "with the seed you want");
        if (rows > asked.Items)
            throw new UsageException($"--rows asks for {rows} records, and {asked.Items} were made when the model was fitted; "
                + "make a set of more");
    }

    private void Fill(ISampler sampler, Table known, RunContext run, Action<Table> write)
    {
        const int rowsAtOnce = 16_384; // a multiple of what is drawn together
        var filling = new Filling(known, request.Draws);
        for (int start = 0; start < known.RowCount; start += rowsAtOnce)
            write(filling.Fill(sampler, new ItemRange(start, Math.Min(rowsAtOnce, known.RowCount - start)), run));
        if (known.RowCount == 0) write(sampler.Sample(new ItemRange(0, 0), run).Single);
    }
}
