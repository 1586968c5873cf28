using Simulant.Scenes.Worlds.Layouts;

namespace Simulant.Scenes.Worlds;

/// <summary>The table of worlds that a spec may name.</summary>
public static class WorldTable
{
    public static IReadOnlyList<IWorld> All { get; } = [new Warehouse(), new Street(), new CircuitBoards(), new TrafficSigns()];
}
