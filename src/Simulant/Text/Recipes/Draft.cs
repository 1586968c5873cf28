namespace Simulant.Text.Recipes;

/// <summary>One question that was asked on the way to a record.</summary>
/// <param name="Request">The key of question and parameters, as the log has it.</param>
public sealed record CallTrace(string Step, string Model, string Request, int InputTokens, int OutputTokens, decimal Cost);

/// <summary>Why a record goes no further.</summary>
/// <param name="Rule">Short and the same for all records it meets: accounts count by it.</param>
/// <param name="Detail">What was found, or empty.</param>
public sealed record Rejection(string Step, string Rule, string Detail = "");

/// <summary>
/// A candidate on its way through the steps of a recipe. A step that makes several records of one forks it; each goes on alone and
/// is accounted for alone.
/// </summary>
public sealed class Draft
{
    private readonly List<CallTrace> _calls;

    internal Draft(long index, long pass)
    {
        (Index, Pass, Branch) = (index, pass, "");
        _calls = [];
    }

    private Draft(Draft from, int part)
    {
        (Index, Pass, Fields, Parents) = (from.Index, from.Pass, from.Fields, from.Parents);
        Branch = from.Branch.Length == 0 ? $"{part}" : $"{from.Branch}.{part}";
        _calls = [.. from._calls];
    }

    /// <summary>Which candidate of the run, counted from 0.</summary>
    public long Index { get; }

    /// <summary>How often the source had been gone through before this candidate.</summary>
    public long Pass { get; internal set; }

    /// <summary>Which part of the candidate: <c>2.0</c> is the first of what the third was split into. Empty for the whole.</summary>
    public string Branch { get; }

    public TextRecord Fields { get; private set; } = TextRecord.Empty;

    /// <summary>Where the candidate came from: source rows, pool members, chunks.</summary>
    public IReadOnlyList<string> Parents { get; private set; } = [];

    /// <summary>Every question asked for it, in order.</summary>
    public IReadOnlyList<CallTrace> Calls => _calls;

    /// <summary>Set where a rule ended its way.</summary>
    public Rejection? Rejected { get; private set; }

    public string this[string field] => Fields[field];

    public void Set(string field, string value) => Fields = Fields.With(field, value);

    public void Replace(TextRecord fields) => Fields = fields;

    public void AddParent(string parent) => Parents = [.. Parents, parent];

    public void Reject(string step, string rule, string detail = "") => Rejected ??= new Rejection(step, rule, detail);

    public Draft Fork(int part) => new(this, part);

    internal void Add(CallTrace call) => _calls.Add(call);
}
