using System.Text.Json.Nodes;

namespace Simulant.Reports.Dossiers;

/// <summary>A value and where it stands: a file of the published folder, and the place in it as a JSON pointer (RFC 6901).</summary>
/// <param name="Value">As the file has it; of a list or map, the number of its entries. Null where the file says null.</param>
/// <param name="Shown">As the sentence says it.</param>
public sealed record Cited(string File, string Pointer, JsonNode? Value, string Shown);

/// <summary>What a statement rests on.</summary>
public enum Basis
{
    /// <summary>The manifest or report says so of the run: what was asked, read, made.</summary>
    Recorded,

    /// <summary>A metric, beside its reference.</summary>
    Measured,

    /// <summary>The spec's author says so, and nothing here checks it.</summary>
    Declared,
}

/// <summary>A sentence whose every figure is cited. One without any is no statement.</summary>
public sealed record Statement
{
    /// <exception cref="ArgumentException">The sentence cites nothing.</exception>
    public Statement(Basis basis, Sentence text)
    {
        if (text.Figures.Count == 0) throw new ArgumentException("a statement rests on a figure", nameof(text));
        (Basis, Text) = (basis, text);
    }

    public Basis Basis { get; }
    public Sentence Text { get; }
}

/// <summary>One thing that is asked, and what the folder says to it.</summary>
/// <param name="Id">Unique in a dossier, as in <c>ai-act.a.engine</c>.</param>
/// <param name="Statements">Empty where nothing is known.</param>
/// <param name="Remedy">How it could become known, in a few words.</param>
public sealed record DossierPoint(string Id, string Asks, IReadOnlyList<Statement> Statements, string Remedy)
{
    public PointState State => Statements.Count == 0 ? PointState.Unknown
        : Statements.All(s => s.Basis == Basis.Declared) ? PointState.Declared : PointState.Answered;
}

/// <summary>Whether a point is answered by figures, by the author's word alone, or not at all.</summary>
public enum PointState { Answered, Declared, Unknown }

/// <summary>A topic of a part, as in "(a) Design choices".</summary>
public sealed record DossierTopic(string Id, string Title, IReadOnlyList<DossierPoint> Points);

/// <summary>One set of questions: the AI Act's, the FDA's, a datasheet's.</summary>
/// <param name="Lead">Whose questions they are, and what they are asked of.</param>
public sealed record DossierPart(string Id, string Title, string Lead, IReadOnlyList<DossierTopic> Topics);

/// <summary>The evidence that a published folder holds for those who ask about its data.</summary>
/// <param name="Name">Of the data set.</param>
/// <param name="ContentSha256">Of its manifest: which data set this is about.</param>
/// <param name="ReportSha256">Of the report.json that is cited.</param>
/// <param name="Checked">What was checked of the folder before any of this was written, a sentence each.</param>
public sealed record Dossier(string Name, string? Description, string Verdict, string ProgramVersion, string ContentSha256,
    string ReportSha256, IReadOnlyList<string> Checked, IReadOnlyList<DossierPart> Parts)
{
    public IEnumerable<DossierPoint> Points => Parts.SelectMany(p => p.Topics).SelectMany(t => t.Points);

    public int Count(PointState state) => Points.Count(p => p.State == state);
}
