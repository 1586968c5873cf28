namespace Simulant.Reports.Dossiers;

/// <summary>Gathers the points of one topic.</summary>
/// <param name="id">Of the topic, as in <c>ai-act.a</c>.</param>
internal sealed class Topic(Facts facts, string id, string title)
{
    public const string Measure = "measured where the spec has a source, unless 'validate' leaves it out or 'privacy' has not paid for it";
    public const string Protect = "name protected columns in the spec's 'protect'";
    public const string Target = "name source.target in the spec";

    private readonly List<DossierPoint> _points = [];

    /// <summary>What the folder's figures answer, where they are there.</summary>
    /// <param name="remedy">How they could be; empty where they always are.</param>
    public Topic Ask(string name, string asks, string remedy, params IEnumerable<IEnumerable<Statement>> known)
    {
        _points.Add(new($"{id}.{name}", asks, [.. known.SelectMany(k => k)], remedy));
        return this;
    }

    /// <summary>What only the spec's author can say. No figure stands in for it.</summary>
    /// <param name="key">Of the spec's <c>declare</c>.</param>
    public Topic Declared(string name, string asks, string key) => Ask(name, asks, $"declare '{key}' in the spec", facts.Declared(key));

    public static implicit operator DossierTopic(Topic topic) => topic.Done();

    public DossierTopic Done() => new(id, title, _points);
}
