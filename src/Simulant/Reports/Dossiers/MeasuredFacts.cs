using Simulant.Validation;

namespace Simulant.Reports.Dossiers;

/// <summary>What was measured, each figure beside its reference.</summary>
internal sealed partial class Facts
{
    /// <summary>Groups that are said one by one.</summary>
    private const int MostGroups = 20;

    /// <summary>Each metric that was evaluated, beside the same figure of real held-out rows.</summary>
    public IEnumerable<Statement> Metrics(params IEnumerable<string> names)
    {
        foreach (string name in names)
        {
            if (evidence.Metric(name) is not { } place) continue;
            Sentence reference = evidence.Has(Report, place + "/reference")
                ? (Sentence)$", beside {evidence.Figure(name, "reference")} as reference" : new();
            Sentence interval = evidence.Has(Report, place + "/low") && evidence.Has(Report, place + "/high")
                && !evidence.Figure(name, "low").Shown.Equals(evidence.Figure(name, "high").Shown, StringComparison.Ordinal)
                ? (Sentence)$", interval {evidence.Figure(name, "low")} to {evidence.Figure(name, "high")}" : new();
            yield return Measured($"{evidence.Name(name)} ({evidence.Text(Report, place + "/direction")} is better): {
                evidence.Figure(name, "value")}{reference}{interval}, on {evidence.Count(Report, place + "/n")}{
                Plainly($" {MetricCounts.Of(name, evidence.Node(Report, place + "/n")!.GetValue<double>())}")}.");
        }
    }

    public IEnumerable<Statement> Family(string prefix) => Metrics(evidence.Metrics(prefix));

    public IEnumerable<Statement> Gates()
    {
        yield return Recorded($"Verdict of {evidence.Length(Report, "/gates")} gates: {Text("/verdict")}.");
        foreach (var gate in GatesOn("")) yield return gate;
    }

    /// <summary>Gates on metrics of a family.</summary>
    public IEnumerable<Statement> GatesOn(string prefix) => evidence.List(Report, "/gates")
        .Where(g => evidence.Node(Report, g + "/metric")!.ToString().StartsWith(prefix, StringComparison.Ordinal))
        .Select(g => Measured($"Gate on {evidence.Text(Report, g + "/metric")}, {evidence.Text(Report, g + "/gate")}: {
            evidence.Text(Report, g + "/outcome")}; tested {evidence.Number(Report, g + "/tested")} against {
            evidence.Number(Report, g + "/bound")}."));

    public IEnumerable<Statement> Rules()
    {
        var rules = evidence.List(Report, "/details/constraints").Take(MostSaid).ToList();
        if (rules.Count == 0) yield return Recorded($"Rules that every row must keep: {evidence.Length(Report, "/details/constraints")}.");
        foreach (string r in rules)
        {
            Sentence real = evidence.Has(Report, r + "/training")
                ? (Sentence)$", and {evidence.Count(Report, r + "/training")} real training rows" : new();
            yield return Measured($"The rule {evidence.Text(Report, r + "/rule")} is broken by {
                evidence.Count(Report, r + "/synthetic")} rows made{real}.");
        }
    }

    public IEnumerable<Statement> Tails() => evidence.List(Report, "/details/tails").Select(t => Measured(
        $"Of {evidence.Count(Report, t + "/values")} values that {evidence.Count(Report, t + "/from")} to {
        evidence.Count(Report, t + "/to")} training rows have, {evidence.Percent(Report, t + "/synthetic")} occur among the rows made, and {
        evidence.Percent(Report, t + "/holdout")} among as many held-out rows."));

    public IEnumerable<Statement> MissingValues()
    {
        foreach (var one in Metrics(MetricNames.Missing)) yield return one;
        foreach (string c in evidence.List(Report, "/columns").Where(c => evidence.Node(Report, c + "/synthetic/missing") is { } share
            && share.GetValue<double>() > 0).Take(MostSaid))
            yield return Measured($"Column {evidence.Text(Report, c + "/name")} lacks {evidence.Percent(Report, c + "/synthetic/missing")
                } of its values, in the training rows {evidence.Percent(Report, c + "/training/missing")}.");
    }

    public IEnumerable<Statement> Protected()
    {
        var named = evidence.List(Report, "/details/fairness/protect").ToList();
        if (named.Count == 0) yield break;
        yield return Recorded(named.Select((p, i) => (Sentence)$"{(i == 0 ? Plainly("") : Plainly(", "))}{evidence.Text(Report, p)}")
            .Aggregate((Sentence)$"Groups were measured by the columns ", (all, one) => all.And(one))
            .And($", with every intersection of them; {evidence.Count(Report, "/details/fairness/tooSmall")} groups had fewer than {
                evidence.Count(Report, "/details/fairness/leastRows")} training rows and were left out."));
    }

    private static Sentence Plainly(string words)
    {
        var sentence = new Sentence();
        sentence.AppendLiteral(words);
        return sentence;
    }

    public IEnumerable<Statement> Groups()
    {
        const string groups = "/details/fairness/groups";
        foreach (string g in evidence.List(Report, groups).Take(MostGroups))
        {
            Sentence share = evidence.Has(Report, g + "/representation")
                ? (Sentence)$"; its share is {evidence.Number(Report, g + "/representation/value")} of that among training rows, interval {
                    evidence.Number(Report, g + "/representation/low")} to {evidence.Number(Report, g + "/representation/high")}" : new();
            yield return Measured($"Group {evidence.Text(Report, g + "/name")}: {evidence.Count(Report, g + "/synthetic/n")} rows made, {
                evidence.Count(Report, g + "/training/n")} learned from{share}.");
        }
        if (evidence.List(Report, groups).Skip(MostGroups).Any())
            yield return Recorded($"The report has all {evidence.Length(Report, groups)} groups.");
    }

    /// <summary>What a run under differential privacy promised and paid.</summary>
    public IEnumerable<Statement> Promise()
    {
        if (!IsPaid) yield break;
        yield return Recorded($"Differential privacy was promised with epsilon {Text("/privacy/epsilon")} and delta {Text("/privacy/delta")
            } for each {Text("/privacy/unit")}, of which at most {Count("/privacy/maxRows")} rows count; the ledger reserved rho {
            Text("/privacy/rho")} and records {Length("/privacy/spends")} uses of mechanisms.");
        if (evidence.Has(Run, Content + "/privacy/earned"))
            yield return Recorded($"By its ledger and a passed audit the set is {Text("/privacy/earned")}.");
        yield return Recorded($"All runs on the same source had spent epsilon {Text("/privacy/sourceEpsilon")} when this was published.");
    }
}
