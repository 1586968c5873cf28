using System.Numerics;
using Simulant.Scenes.Description;
using Simulant.Scenes.Worlds.Drawing;

namespace Simulant.Scenes.Worlds.Layouts;

/// <summary>Sky, sun and air of a street by hour and weather.</summary>
/// <param name="Exposure">That shows a middle grey as such.</param>
internal sealed record StreetLight(Sky? Sky, Fog? Fog, Vector3 Ambient, float Exposure)
{
    /// <summary>The light; sun and moon are added to the lights.</summary>
    public static StreetLight Of(Values values, List<Light> lights)
    {
        string weather = values.Level("weather"), hour = values.Level("hour");
        bool glare = values.Is("event", "glare");
        float elevation = hour == "dusk" ? 4 : glare ? 9 : values.Single("sun_elevation");
        var sun = Towards(elevation, glare ? values.Single("camera_yaw") + 4 : values.Single("sun_azimuth"));
        if (hour == "night")
        {
            lights.Add(new PointLight(new(values.Single("camera_yaw") * 0.01f, 0.7f, -2.5f), new(5, 4.8f, 4.4f)));
            var dark = new Vector3(0.012f, 0.014f, 0.022f);
            return new(null, Air(weather, dark * 0.5f), dark, 1.6f);
        }
        bool sunny = weather == "clear" || glare;
        var sky = sunny ? new Sky(sun, values.Single("haze")) : Sky.Overcast(new Vector3(0.86f, 0.93f, 1)
            * (hour == "dusk" ? 0.35f : 1.1f));
        float low = MathF.Min(1, elevation / 25);
        if (sunny) lights.Add(new SunLight(sun, new Vector3(5, 4.2f + 0.5f * low, 2.6f + 1.8f * low) * (0.25f + 0.75f * low)));
        float exposure = hour == "dusk" ? sunny ? 0.9f : 1.8f : sunny ? 0.68f : 1.05f;
        return new(sky, Air(weather, sky.Quick(new Vector3(0, 0.3f, -0.954f))), default, exposure);
    }

    private static Fog? Air(string weather, Vector3 colour) => weather switch
    {
        "fog" => new Fog(0.028f, colour),
        "rain" => new Fog(0.006f, colour),
        "snow" => new Fog(0.012f, colour),
        _ => null,
    };

    private static Vector3 Towards(float elevation, float azimuth)
    {
        float up = elevation * MathF.PI / 180, round = azimuth * MathF.PI / 180;
        return new(MathF.Sin(round) * MathF.Cos(up), MathF.Sin(up), -MathF.Cos(round) * MathF.Cos(up));
    }
}
