using System.Text;
using Simulant.Provenance;
using Simulant.Reports;
using Simulant.Specs;
using Simulant.Validation;

namespace Simulant.Runs;

/// <summary>
/// What may be published of a run under <c>privacy</c>, and what stays inside: figures that compare with real rows were not paid for,
/// so they go to a folder that is marked and in no manifest.
/// </summary>
internal static class Releasing
{
    public const string Folder = "internal";
    public const string Mark = "NOT-FOR-RELEASE.txt";

    private const string MarkText = """
        What lies in this folder compares the synthetic rows with the real ones, and nobody has paid for it with any part of
        the privacy budget: each figure tells something of the real rows. It is for the eyes of those who may see these rows.
        Remove this folder before the one around it is given to anybody else. No manifest lists it, and verify passes over it.

        """;

    /// <summary>Figures that look at nothing but the rows made; gates may name these and those of the ledger.</summary>
    public static IReadOnlyList<string> Free { get; } = [MetricNames.Duplicates, MetricNames.Constraints, .. MetricNames.Privacy];

    /// <summary>The figures of the ledger.</summary>
    public static IReadOnlyList<MetricResult> Figures(PaidPrivacy paid)
    {
        int spends = paid.Spends.Count;
        MetricResult Of(string name, double value, double reference) =>
            new(name, new Score(value, reference, value, value, Direction.Lower, spends));
        return
        [
            Of(MetricNames.PrivacyEpsilon, paid.Epsilon, double.NaN),
            Of(MetricNames.PrivacyDelta, paid.Delta, double.NaN),
            Of(MetricNames.PrivacyRho, paid.Rho, double.NaN),
            Of(MetricNames.PrivacySourceEpsilon, paid.SourceEpsilon, paid.Budget ?? double.NaN),
        ];
    }

    /// <summary>The judgement that may be published: of the rows made alone, and of the ledger.</summary>
    public static Judgement Judge(Spec spec, PaidPrivacy paid, Data.Table synthetic, Data.RunContext run)
    {
        var alone = Judging.Judge(spec with { Gates = [] }, null, synthetic, run).Result;
        var result = alone with
        {
            Metrics = [.. alone.Metrics.Where(m => Free.Contains(m.Name)), .. Figures(paid)],
            NotChecked = [new NotChecked("likeness", "what compares with real rows was not paid for, and is not published")],
        };
        var gates = spec.Gates.Select(g => new Gate(g.Metric, g.Operator, g.Bound, g.MinRows));
        return new Judgement(result, Gates.Evaluate(gates, result));
    }

    /// <summary>Faults of a spec that would let an unpaid figure decide what is published.</summary>
    public static void Check(Spec spec, DiagnosticBag faults)
    {
        foreach (var gate in spec.Gates)
            if (!Free.Contains(gate.Metric))
                faults.Error(Codes.Contradiction, gate.At,
                    $"the gate on '{gate.Metric}' compares with real rows, and under 'privacy' nobody has "
                    + $"paid for that; gate {string.Join(", ", Free)}, or read it in '{Folder}'");
    }

    /// <summary>The whole report, for inside.</summary>
    public static IEnumerable<(string Name, byte[] Content)> Inside(PublishedRun run, Judgement judgement, IReadOnlyList<string> notes)
    {
        var whole = run with
        {
            Name = run.Name + " (internal, not for release)",
            Figures = Reports.Figures.Of(judgement.Result, judgement.Gates),
            Notes = [.. run.Notes, .. notes],
            NotChecked = [.. judgement.Result.NotChecked.Select(n => $"{n.What}: {n.Reason}")],
        };
        var report = ReportModel.Of(whole, judgement.Result, judgement.Gates);
        yield return ($"{Folder}/{Mark}", Encoding.UTF8.GetBytes(MarkText));
        yield return ($"{Folder}/report.html", HtmlReport.Write(report));
        yield return ($"{Folder}/report.json", JsonReport.Write(report));
    }
}
