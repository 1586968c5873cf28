using System.Numerics;
using Simulant.Scenes.Description;
using Xunit;

namespace Simulant.Tests.Scenes;

public class SkyTests
{
    [Fact]
    public void Clouds_are_three_times_as_bright_above_as_at_the_horizon_and_light_as_the_integral_says()
    {
        var sky = Sky.Overcast(new(3), Vector3.Zero);
        Assert.Equal(3, sky.Radiance(Vector3.UnitY).X, 1e-5f);
        Assert.Equal(1, sky.Radiance(Vector3.Normalize(new(1, 1e-6f, 0))).X, 1e-3f);
        // Over the upper half, of (1 + 2 cos) cos: 2 pi (1/2 + 2/3) = 7 pi / 3.
        Assert.Equal(7 * MathF.PI / 3, sky.IrradianceOn(Vector3.UnitY).X, 0.15f);
    }

    [Fact]
    public void A_picture_all_round_is_seen_where_it_is_and_lights_as_it_should()
    {
        const int wide = 64, high = 32;
        var pixels = new Vector3[wide * high];
        Array.Fill(pixels, Vector3.One);
        var even = Sky.Around(new(wide, high, pixels));
        // Even light of radiance 1 from everywhere is pi on any surface.
        foreach (var n in new[] { Vector3.UnitY, -Vector3.UnitX, Vector3.Normalize(new(1, -2, 3)) })
            Assert.Equal(MathF.PI, even.IrradianceOn(n).X, 0.01f);
        var marked = (Vector3[])pixels.Clone();
        marked[high / 2 * wide + wide * 3 / 4] = new(9, 0, 0); // to the right, at the horizon
        var sky = Sky.Around(new(wide, high, marked));
        float polar = MathF.PI * (high / 2 + 0.5f) / high, round = 2 * MathF.PI * ((wide * 3 / 4 + 0.5f) / wide - 0.5f);
        Vector3 there = new(MathF.Sin(polar) * MathF.Sin(round), MathF.Cos(polar), -MathF.Sin(polar) * MathF.Cos(round));
        Assert.True(there.X > 0.99f);
        Assert.Equal(9, sky.Quick(there).X, 1e-3f);
        Assert.Equal(1, sky.Quick(-there).X, 1e-3f);
        Assert.Equal(sky.Quick(there), sky.Radiance(there));
        Assert.Equal(1, sky.Quick(Vector3.UnitY).X, 1e-3f);
        Assert.Equal(1, sky.Quick(-Vector3.UnitY).X, 1e-3f);
    }
}
