namespace Simulant.Text.Tasks.Graphs;

/// <summary>Families over nodes and what joins them.</summary>
public static class GraphsFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new ShortestWay(), new SpanningWeight(), new TreeDiameter(), new RoundTrip(), new Reachability(), new ComponentCount(),
        new BipartiteCheck(), new ChromaticNumber(), new EulerWalk(), new CircleOfFriends(), new TopologicalOrder(), new ProjectDuration(),
        new WayCount(), new GreatestFlow(), new PointerChase(), new GreatestMatching(), new SpanningTreeCount(),
    ];
}
