using System.Globalization;
using System.Text;
using Simulant.Scenes.Worlds;

namespace Simulant.Tests.Scenes.Worlds;

/// <summary>The parts of docs/guide/worlds.md that follow from the program.</summary>
internal static class WorldPage
{
    public static string Parameters(IWorld world)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"### {world.Name}\n\n{world.Meaning}\n\nCounted: ");
        text.AppendJoin(", ", world.Classes.All.Where(c => c.Countable).Select(c => $"`{c.Name}`"));
        text.Append("; in masks alone: ").AppendJoin(", ", world.Classes.All.Where(c => !c.Countable).Select(c => $"`{c.Name}`"));
        text.Append(".\n\n| parameter | drawn | within | meaning |\n|---|---|---|---|\n");
        foreach (var p in world.Parameters)
        {
            string within = p.Levels is not null ? "its levels" : string.Create(CultureInfo.InvariantCulture,
                $"{p.Minimum} to {p.Maximum}");
            text.Append(CultureInfo.InvariantCulture, $"| `{p.Name}` | `{p.Default.Text}` | {within} | {p.Meaning} |\n");
        }
        return text.ToString();
    }
}
