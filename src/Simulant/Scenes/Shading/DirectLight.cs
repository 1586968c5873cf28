using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;

namespace Simulant.Scenes.Shading;

/// <summary>What a ray met, as places to be shaded.</summary>
internal static class SurfacePlace
{
    /// <summary>Sets one lane; whether the surface gives off light.</summary>
    public static bool Set(in Surface surface, RayHit hit, int lane, ShadeTile places)
    {
        int[] indices = surface.Mesh.Indices;
        int at = 3 * hit.Primitive, a = indices[at], b = indices[at + 1], c = indices[at + 2];
        float first = 1 - hit.U - hit.V;
        var positions = surface.Mesh.Positions;
        var local = positions[a] * first + positions[b] * hit.U + positions[c] * hit.V;
        var smooth = surface.Mesh.Normals is { } normals ? normals[a] * first + normals[b] * hit.U + normals[c] * hit.V : default;
        var material = surface.Mesh.MaterialAt(hit.Primitive);
        var colour = material.Texture is null ? material.BaseColour
            : material.ColourAt(local, surface.Uv(hit.Primitive, hit.U, hit.V));
        places.Set(lane, hit.Instance, local, surface.Normal(hit.Primitive), smooth, colour, material.Metallic, material.Roughness,
            material.Emission);
        return material.Emission != default;
    }
}

/// <summary>Lights with shadows, for sixteen hits at once: shadow rays of one light go as a packet.</summary>
internal static class DirectLight
{
    /// <summary>Light of every light, and the sky's without shadows.</summary>
    public static void Prepare(Moment moment, TileNumbers numbers, ref RayPacket hits, ShadeTile places)
    {
        var scene = moment.Stage.Scene;
        // The sky's light by the diffuse colour; what metals would mirror of it is taken as if diffuse.
        places.Glow(scene.Sky is { } sky ? sky.Irradiance : [], scene.Ambient);
        for (int i = 0; i < scene.Lights.Count; i++)
        {
            numbers.Pair(TileNumbers.Places + i);
            if (moment.Suns[i] is { } sun) Sun(sun, numbers, places);
            else
                for (uint left = places.Used; left != 0; left &= left - 1)
                    One(scene.Lights[i], BitOperations.TrailingZeroCount(left), numbers, places);
            RayPacket shadows = default;
            uint asked = places.Ask(ref shadows);
            if (asked != 0) places.Add(asked & ~moment.Tree.Any(ref shadows));
        }
    }

    /// <summary>One place's way to a light, by the pair at hand.</summary>
    public static void One(Light light, int lane, TileNumbers numbers, ShadeTile places)
    {
        var sample = LightSampling.Sample(light, places.Position(lane), new(numbers.X[lane], numbers.Y[lane]));
        places.Way(lane, sample.Direction, sample.Distance, sample.Radiance, sample.Pdf);
    }

    /// <summary>All places' ways to the sun: as <see cref="LightSampling"/> does it, but for what all share.</summary>
    public static void Sun(in SunCone sun, TileNumbers numbers, ShadeTile places) =>
        places.Cone(sun.Axis, sun.Cap, sun.Radiance, sun.Density, numbers.X, numbers.Y);
}
