using Simulant.Data;
using Simulant.Tabular.Frame;

namespace Simulant.Runs;

/// <summary>How likely a table's rows are under a stored model.</summary>
internal sealed class Scoring(Corridor corridor, ScoreRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    private const int MostTelling = 3;

    public ScoreOutcome Run()
    {
        string? format = null;
        if (request.Output is { } output)
        {
            format = SingleFile.FormatOf(output);
            SingleFile.Refuse(output, request.Force);
        }
        var model = ModelFile.Read(SingleFile.ModelIn(request.Model));
        if (corridor.Engines.Load(model) is not IScoringSampler { CanScore: true } sampler)
            throw new UsageException($"a model of the engine '{model.Header.Engine}' does not know how likely a row is; "
                + "fit one with the engine 'autoregressive'");
        var rows = KnownTable.Read(request.Data, sampler.Schema.Single, request.Threads, cancel);
        var scores = sampler.Score(rows, request.Orders, new RunContext(0, request.Threads, progress, cancel));
        if (scores.Columns.Count == 0)
            throw new DataException("none of its columns is one that the model learned", request.Data);
        if (format is not null)
            SingleFile.Write(corridor.Files, request.Output!, stream =>
            {
                var table = AsTable(scores);
                using var writer = ShardWriter.Create(format, table.Schema, stream);
                writer.Append(table);
                writer.Complete();
            });
        double[] fit = scores.Fit, by = request.ByFit ? fit : scores.Total;
        int[] least = [.. Enumerable.Range(0, rows.RowCount).OrderBy(r => by[r]).ThenBy(r => r).Take(request.Top)];
        return new ScoreOutcome(rows.RowCount, scores.Columns, rows.RowCount == 0 ? double.NaN : scores.Total.Average(),
            [.. least.Select(r => Told(scores, fit, r))]);
    }

    private ScoredRow Told(RowScores scores, double[] fit, int row) => new(row, scores.Total[row], fit[row],
    [
        .. Enumerable.Range(0, scores.Columns.Count).Select(c => KeyValuePair.Create(scores.Columns[c],
            scores.Parts[c][row] - (request.ByFit ? scores.Marginals[c][row] : 0))).OrderBy(p => p.Value).Take(MostTelling),
    ]);

    /// <summary>The row's number, its log-likelihood and fit, and what each column adds to the former.</summary>
    private static Table AsTable(RowScores scores)
    {
        static NumericColumn Number(string name, double[] values) => new(new ColumnSchema(name, ColumnKind.Decimal), values);
        double[] index = new double[scores.Total.Length];
        for (int r = 0; r < index.Length; r++) index[r] = r;
        return new Table("scores",
        [
            new NumericColumn(new ColumnSchema("row", ColumnKind.Integer), index), Number("log_likelihood", scores.Total),
            Number("fit", scores.Fit),
            .. scores.Columns.Select((name, c) => Number($"log_likelihood.{name}", scores.Parts[c])),
        ]);
    }
}
