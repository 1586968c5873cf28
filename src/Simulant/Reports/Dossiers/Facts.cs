using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Provenance;

namespace Simulant.Reports.Dossiers;

/// <summary>
/// What a published folder can say of itself, one method a fact; a method gives nothing where the folder does not say. Sentences say
/// what is recorded or measured, and leave what follows from it to the reader.
/// </summary>
internal sealed partial class Facts(Evidence evidence)
{
    /// <summary>Entries of a list that are said one by one; the file has the others.</summary>
    private const int MostSaid = 40;

    private const string Run = Manifest.FileName, Report = JsonReport.FileName, Content = "/content";

    private Cited Text(string pointer) => evidence.Text(Run, Content + pointer);

    private Cited Count(string pointer) => evidence.Count(Run, Content + pointer);

    private Cited Stored(ColumnKind kind, string pointer) => evidence.Stored(Run, Content + pointer, kind);

    private Cited Length(string pointer) => evidence.Length(Run, Content + pointer);

    private IEnumerable<string> Each(string pointer) =>
        evidence.List(Run, Content + pointer).Take(MostSaid).Select(p => p[Content.Length..]);

    private static Statement Recorded(Sentence text) => new(Basis.Recorded, text);

    private static Statement Measured(Sentence text) => new(Basis.Measured, text);

    /// <summary>Of each entry of a list of the manifest, a statement.</summary>
    private IEnumerable<Statement> EachOf(string pointer, Func<string, Sentence> say) => Each(pointer).Select(p => Recorded(say(p)));

    /// <summary>What the author declares under a key of the spec.</summary>
    public IEnumerable<Statement> Declared(string key) => evidence.List(Run, Content + "/declared")
        .Where(p => evidence.Node(Run, p + "/name")?.ToString() == key)
        .Select(p => new Statement(Basis.Declared, $"{evidence.Text(Run, p + "/value")}"));

    /// <summary>What the author says of the set at the top of the spec: creator, license, url and the like.</summary>
    public IEnumerable<Statement> Claimed(string key) =>
        evidence.Has(Run, $"{Content}/{key}") ? [new Statement(Basis.Declared, $"{Text("/" + key)}")] : [];

    public bool LearnsFromData => evidence.Node(Run, Content + "/engine/fittedOnData")?.GetValue<bool>() ?? true;

    private bool IsPaid => evidence.Has(Run, Content + "/privacy");

    public IEnumerable<Statement> Engine()
    {
        yield return Recorded($"The engine is {Text("/engine/name")}; it learned from data: {
            evidence.YesNo(Run, Content + "/engine/fittedOnData")}.");
        var options = Each("/engine/options").Select(o => (Sentence)$" {Text(o + "/name")} = {Text(o + "/value")};").ToList();
        if (options.Count == 0) yield return Recorded($"It lists {Length("/engine/options")} options.");
        else yield return Recorded(options.Aggregate((Sentence)$"Options as used:", (all, one) => all.And(one)));
    }

    public IEnumerable<Statement> Tries()
    {
        foreach (var one in EachOf("/tries", t => $"Engine {Text(t + "/engine")} was tried: {Text(t + "/outcome")}; chosen: {
            evidence.YesNo(Run, Content + t + "/chosen")}.")) yield return one;
        if (!Each("/tries").Any()) yield return Recorded($"The run tried {Text("/engine/name")} alone.");
    }

    public IEnumerable<Statement> Training()
    {
        if (!evidence.Has(Report, "/training")) yield break;
        yield return Recorded($"It was trained for {evidence.Count(Report, "/training/epochs")} epochs and kept as after epoch {
            evidence.Count(Report, "/training/kept")}; ending: {evidence.Text(Report, "/training/ending")}.");
    }

    public IEnumerable<Statement> Program()
    {
        yield return Recorded($"Made by version {Text("/programVersion")} of the program with the command {
            Text("/command")}, fit seed {Text("/seed/fit")} and sample seed {Text("/seed/sample")}, from a specification of hash {
            Text("/specSha256")}.");
    }

    public IEnumerable<Statement> Rows()
    {
        if (evidence.Has(Run, Content + "/rows/real"))
            yield return Recorded($"{Count("/rows/delivered")} rows were delivered, of {Count("/rows/requested")} asked for; {
                Count("/rows/real")} of them are real ones, given out as they were read.");
        else yield return Recorded($"{Count("/rows/delivered")} rows were made, of {Count("/rows/requested")} asked for.");
        if (!LearnsFromData) yield break;
        if (IsPaid) yield return Recorded($"The number of rows learned from is told as {Count("/rows/training")}, a count with noise that "
            + $"was paid for out of epsilon {Text("/privacy/epsilon")}.");
        else yield return Recorded($"{Count("/rows/training")} rows were learned from.");
    }

    public IEnumerable<Statement> Holdout()
    {
        if (evidence.Node(Run, Content + "/rows/holdout") is { } held && held.GetValue<long>() > 0)
            yield return Recorded($"{Count("/rows/holdout")} rows of the source were held back; no engine saw them, and the rows made are "
                + $"judged by them.");
    }

    public IEnumerable<Statement> Inputs()
    {
        foreach (var one in EachOf("/inputs", i => $"File of role {Text(i + "/role")}: {Text(i + "/name")}, hash {Text(i + "/sha256")}."))
            yield return one;
        if (!LearnsFromData) yield return Recorded($"No real rows were learned from; files read: {Length("/inputs")}.");
    }

    public IEnumerable<Statement> Lineage()
    {
        yield return Recorded($"The set is of generation {Text("/generation")}, with {
            Length("/parents")} parent sets that were themselves made and are recorded as such.");
        foreach (var one in EachOf("/parents", p => $"Parent set {Text(p + "/name")}, whose manifest has the hash {
            Text(p + "/manifestSha256")}.")) yield return one;
    }

    /// <summary>Notes of the run that are published.</summary>
    public IEnumerable<Statement> Notes()
    {
        foreach (var one in EachOf("/notes", n => $"{Text(n)}")) yield return one;
        if (!Each("/notes").Any()) yield return Recorded($"Notes of the run that are published: {Length("/notes")}.");
    }

    /// <summary>Notes that hold some words.</summary>
    public IEnumerable<Statement> Noted(string words) => EachOf("/notes", n => $"{Text(n)}")
        .Where(s => s.Text.ToString().Contains(words, StringComparison.Ordinal));

    private IEnumerable<string> ColumnsWhere(Func<JsonNode, bool> holds) => evidence.List(Run, Content + "/schema/columns")
        .Where(c => holds(evidence.Node(Run, c)!)).Take(MostSaid).Select(c => c[Content.Length..]);

    private IEnumerable<Statement> Role(ColumnRole role, Func<Cited, Sentence> say) =>
        ColumnsWhere(c => c["role"]!.ToString() == role.ToString()).Select(c => Recorded(say(Text(c + "/name"))));

    public IEnumerable<Statement> Target() => Role(ColumnRole.Target, c => $"Column {c} is the target that models are to predict.");

    public IEnumerable<Statement> Identifiers()
    {
        List<Statement> found = [.. Role(ColumnRole.Id, c => $"Column {c} identifies a row."),
            .. Role(ColumnRole.Entity, c => $"Column {c} names the entity that rows belong to.")];
        return found.Count > 0 ? found
            : [Recorded($"Of {Length("/schema/columns")} columns none has the role of an identifier or of an entity.")];
    }

    public IEnumerable<Statement> Columns()
    {
        yield return Recorded($"A row has {Length("/schema/columns")} columns; the manifest describes each.");
        foreach (string c in ColumnsWhere(_ => true))
        {
            var kind = Enum.Parse<ColumnKind>(Text(c + "/kind").Shown);
            Sentence range = evidence.Has(Run, $"{Content}{c}/minimum") && evidence.Has(Run, $"{Content}{c}/maximum")
                ? (Sentence)$", from {Stored(kind, c + "/minimum")} to {Stored(kind, c + "/maximum")}" : new();
            yield return Recorded($"Column {Text(c + "/name")}: {Text(c + "/kind")}, role {Text(c + "/role")}{range}.");
        }
    }

    public IEnumerable<Statement> Personal()
    {
        bool any = false;
        foreach (string c in ColumnsWhere(c => c["personal"]!.ToString() != nameof(PersonalData.None)))
        {
            any = true;
            yield return Recorded($"Column {Text(c + "/name")} holds personal data of the kind {
                Text(c + "/personal")} in the source; its values were generated, and none was learned.");
        }
        if (!any) yield return Recorded($"Of {Length("/schema/columns")} columns none is recorded as direct personal data. Whether others "
            + $"together point to a person is not decided by that.");
    }

    public IEnumerable<Statement> Rejections()
    {
        foreach (var one in EachOf("/rejections", r => $"{Count(r + "/value")} candidates were drawn and thrown away under the rule {
            Text(r + "/name")}.")) yield return one;
        if (!Each("/rejections").Any()) yield return Recorded($"Rules under which candidates were thrown away: {Length("/rejections")}.");
    }

    public IEnumerable<Statement> NotSeen()
    {
        foreach (var one in EachOf("/notChecked", n => $"Not checked: {Text(n)}")) yield return one;
        if (!Each("/notChecked").Any())
            yield return Recorded($"Things that validation lists as not checked: {Length("/notChecked")}.");
        foreach (string m in evidence.NotEvaluated)
            yield return Recorded($"{evidence.Text(Report, m + "/name")} was not evaluated: {evidence.Text(Report, m + "/notEvaluated")}.");
    }

    public IEnumerable<Statement> Files()
    {
        yield return Recorded($"{Length("/outputs")} files are listed with their hashes; what the rows say has the digest {
            Text("/digest")}.");
    }

    public IEnumerable<Statement> Model() => EachOf("/outputs", o => $"The model is published as {Text(o + "/path")}, hash {
        Text(o + "/sha256")}; with a seed and an index it makes any row again.")
        .Where(s => s.Text.Figures[0].Shown.EndsWith(".simulant", StringComparison.Ordinal));
}
