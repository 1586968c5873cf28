using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Meshes;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Signs;

/// <summary>
/// Traffic signs as a camera in a car meets them, cut out and brought to one size: a plate on a post by a road, lit by sun and sky, in
/// shade, under leaves, at dusk or by headlights, worn, before plants, walls and sky. Picture i is a pure function of (seed, i): class i
/// mod classes, so that classes come equally often.
/// </summary>
/// <remarks>
/// Ranges follow from how signs stand and are photographed: a camera 1.2 to 1.6 m up, signs with their middle .3 to 1.9 m above it, 1 to
/// 7 m beside the camera's way or above it, 4 to 60 m off, turned off the road's direction by some degrees, 17 to 110 pixels high. Margin,
/// exposure and saturation were set by the looks of the real training pictures: signs fill the frame both ways, and many are dark.
/// </remarks>
public sealed class SignWorld
{
    private const int Skies = 40, Nights = 6, Samples = 5, LargestCrop = 46;
    private const float Thickness = 0.012f, Dark = 0.02f;

    /// <summary>Number of the first sign's class; what else there is has smaller ones (<see cref="Roadside"/>).</summary>
    internal const int FirstSign = 7;

    private static readonly Vector3 Lamp = new(1, 0.92f, 0.8f);

    private readonly IReadOnlyList<SignTemplate> _templates;
    private readonly int[][] _ofClass;
    private readonly Mesh[] _plates;
    private readonly (Sky Sky, Vector3 Sun, Vector3 Irradiance)[] _skies;
    private readonly Sky[] _nights;
    private readonly SignFace _face;
    private readonly Roadside _roadside;
    private readonly SignPhotograph _photograph;
    private readonly Dial _variant, _sky, _weather, _distance, _beside, _up, _yaw, _pitch, _roll, _pixels, _margin, _shift, _stretch,
        _gloss,
        _head, _haze, _cover, _lens;
    private readonly ulong _seed;

    /// <param name="templates">At least one for each class from 0 up.</param>
    public SignWorld(ulong seed, IReadOnlyList<SignTemplate> templates)
    {
        (_seed, _templates) = (seed, templates);
        Classes = templates.Max(t => t.Class) + 1;
        _ofClass = [.. Enumerable.Range(0, Classes).Select(c =>
            Enumerable.Range(0, templates.Count).Where(t => templates[t].Class == c).ToArray())];
        if (Array.FindIndex(_ofClass, of =>
            of.Length == 0) is >= 0 and var none) throw new ArgumentException($"class {none} has no template");
        _plates = [.. templates.Select(t => Extrusion.Of([t.Outline], Thickness, Material.Grey, new("back", new(0.35f), 0.5f, 0.5f),
            new("edge", new(0.5f), 0.5f, 0.5f), t.Least, t.Most))];
        _face = new(seed, templates);
        _roadside = new(seed);
        _photograph = new(seed);
        Dial height = new(seed, "sky/height", 4, 62), round = new(seed, "sky/round", -Math.PI, Math.PI), haze = new(seed, "sky/haze", 2,
            9.5);
        _skies = [.. Enumerable.Range(0, Skies).Select(i => MakeSky(height.At(i) * Math.PI / 180, round.At(i), haze.Single(i)))];
        _nights = [.. _skies.Take(Nights).Select(s => new Sky(s.Sun, 6, scale: 0.1f * Dark))];
        Dial New(string name, double low, double high, Law law = Law.Uniform) => new(seed, name, low, high, law);
        (_variant, _sky, _weather) = (New("variant", 0, 1), New("sky", 0, 1), New("weather", 0, 1));
        (_distance, _beside, _up) = (New("distance", 4, 60, Law.LogUniform), New("beside", 1, 7), New("up", 0.3, 1.9));
        _lens = New("lens", 1.2, 1.6);
        (_yaw, _pitch, _roll) = (New("yaw", -14, 14, Law.Normal), New("pitch", -6, 6, Law.Normal), New("roll", -6, 6, Law.Normal));
        (_pixels, _margin) = (New("pixels", 17, 110, Law.LogUniform), New("margin", -0.015, 0.05));
        (_shift, _stretch) = (New("shift", -0.03, 0.03, Law.Normal), New("stretch", 0.95, 1.05, Law.Normal));
        (_gloss, _head) = (New("gloss", 0.25, 0.7), New("head", 0, 1));
        (_haze, _cover) = (New("air", 0.0001, 0.002, Law.LogUniform), New("cover", 0, 1));
    }

    public int Classes { get; }

    public int ClassOf(long item) => (int)(item % Classes);

    /// <summary>Pictures first to first + count - 1: [picture][side][side][red, green, blue].</summary>
    public byte[] Pictures(long first, int count, int side, RunContext run)
    {
        byte[] all = new byte[count * side * side * 3];
        Work.For(count, run, i => Picture(first + i, side).CopyTo(all.AsSpan(i * side * side * 3)));
        return all;
    }

    /// <summary>One picture: [side][side][red, green, blue].</summary>
    public byte[] Picture(long item, int side)
    {
        var setting = Setting(item);
        var place = Compose(item, setting);
        var run = RunContext.Quiet(_seed);
        var frame = Frame.Of(place.Scene, Aimed(item, place), run);
        var image = Renderer.Render(frame, new(Quality.Direct, Samples, Denoise: false, Frame: (int)(item & 0x7FFFFFFF)), run);
        return _photograph.Take(image, item, place.Metered(image), place.Illuminant, side);
    }

    /// <summary>What is drawn for an item where nobody says otherwise.</summary>
    internal SignSetting Setting(long item)
    {
        double weather = _weather.At(item);
        var light = weather < 0.5 ? SignLight.Clear : weather < 0.62 ? SignLight.Shade : weather < 0.9 ? SignLight.Overcast
            : SignLight.Night;
        return new(ClassOf(item), light, _distance.At(item), _yaw.At(item));
    }

    /// <summary>The surroundings of a sign whose middle is the origin; what the setting leaves open is the item's.</summary>
    internal SignPlace Compose(long item, SignSetting setting)
    {
        int[] variants = _ofClass[setting.Class];
        int template = variants[_variant.Below(variants.Length, item)];
        var (sky, sun, irradiance) = _skies[_sky.Below(Skies, item)];
        var lit = setting.Light;
        bool clear = lit == SignLight.Clear, shade = lit == SignLight.Shade, night = lit == SignLight.Night;
        // What casts a shadow on the sign stands between it and the sun, not between it and the camera.
        var eye = Eye(item, (float)setting.Distance);
        bool aside = Spatial.Dot(sun, Spatial.Unit(eye)) < 0.85f;
        float ground = eye.Y - _lens.Single(item);
        var actors = _roadside.Around(item, ground, clear ? sun : null, clear && aside && _cover.Happens(0.35, item));
        var plate = Standing(item, (float)setting.Yaw);
        var face = new Material("face", Vector3.One, 0, _gloss.Single(item), default, _face.Of(template, item));
        var mesh = _plates[template];
        actors.Insert(0, new("sign", FirstSign + setting.Class, mesh.Of(face, mesh.Materials[1], mesh.Materials[2]), plate));
        if (shade && aside) actors.Add(new("shade", Roadside.Wall, Shapes.Box(new(14, 14, 0.5f)), Facing(sun * 30)));
        var lights = new List<Light>();
        if (clear || shade) lights.Add(new SunLight(sun, irradiance));
        if (night) lights.Add(Headlight(item, eye));
        var light = sky.IrradianceOn(Vector3.UnitY) + (clear ? irradiance * MathF.Max(0, sun.Y) : default);
        var dim = night ? _nights[_sky.Below(Nights, item, 1)] : sky;
        var air = sky.Radiance(Spatial.Unit(new(0, 0.1f, 1))) * (night ? Dark : 1);
        var white = night ? Lamp : light;
        // Cameras correct two thirds of the way.
        white *= 1 / Brightness(white);
        return new(new(actors, lights, dim, new(_haze.Single(item), air)), template, plate, eye, Brightness(light) * 0.18f / MathF.PI,
            setting.Light, new(MathF.Pow(white.X, 0.67f), MathF.Pow(white.Y, 0.67f), MathF.Pow(white.Z, 0.67f)));
    }

    private PointLight Headlight(long item, Vector3 eye)
    {
        float strength = Spatial.Dot(eye, eye) * (0.4f + 1.6f * _head.Single(item));
        return new(eye + new Vector3(0.4f - 0.8f * _head.Single(item, 1), -0.5f, 0), Lamp * strength);
    }

    // The plate looks along -z, at the traffic, but for its lean.
    private Pose Standing(long item, float yaw)
    {
        const float Degree = MathF.PI / 180;
        var lean = Pose.Turn(Vector3.UnitZ, _roll.Single(item) * Degree).After(Pose.Turn(Vector3.UnitX, _pitch.Single(item) * Degree));
        return lean.After(Pose.Turn(Vector3.UnitY, MathF.PI + yaw * Degree));
    }

    private Vector3 Eye(long item, float distance)
    {
        float z = distance, x = _beside.Single(item);
        // From afar the road's bends hide how far aside a sign is; one in six stands left, one in twelve overhead.
        double side = _beside.At(item, 1);
        x = MathF.Min(x, 0.5f * z) * (side < 2 ? -1 : side < 2.5 ? 0.1f : 1);
        return new(x, -_up.Single(item), -z);
    }

    private static Pose Facing(Vector3 at) =>
        Pose.LookAt(at, default, MathF.Abs(Spatial.Unit(at).Y) > 0.99f ? Vector3.UnitX : Vector3.UnitY);

    /// <summary>The sign's edges as a camera at the eye sees them at depth 1.</summary>
    internal (float Left, float Top, float Right, float Bottom) Seen(SignPlace place, Pose camera)
    {
        var back = camera.Inverse();
        float left = float.MaxValue, top = float.MaxValue, right = float.MinValue, bottom = float.MinValue;
        foreach (var corner in _templates[place.Template].Outline)
        {
            var p = back.Point(place.Plate.Point(new(corner, Thickness / 2)));
            (left, right) = (MathF.Min(left, p.X / p.Z), MathF.Max(right, p.X / p.Z));
            (top, bottom) = (MathF.Min(top, p.Y / p.Z), MathF.Max(bottom, p.Y / p.Z));
        }
        return (left, top, right, bottom);
    }

    /// <summary>A camera whose picture is the crop about the sign's box, with the margin that blur needs.</summary>
    private Camera Aimed(long item, SignPlace place)
    {
        var pose = Pose.LookAt(place.Eye, default, Vector3.UnitY);
        var (left, top, right, bottom) = Seen(place, pose);
        float size = _pixels.Single(item), margin = _margin.Single(item) * size + 5 * _margin.Single(item, 1);
        float whole = size + 2 * margin;
        int crop = Math.Clamp((int)MathF.Round(whole), 12, LargestCrop);
        // Boxes are cut along the sign's edges and brought to a square, so that a triangle fills it both ways; a little more or less, as
        // boxes drawn by hand are.
        float f = crop * size / whole;
        float fx = f / (right - left) * _stretch.Single(item, 0), fy = f / (bottom - top) * _stretch.Single(item, 1);
        float middle = (crop - 1) / 2f + SignPhotograph.Margin;
        float cx = middle - fx * (left + right) / 2 + _shift.Single(item, 0) * crop, cy = middle - fy * (top + bottom) / 2
            + _shift.Single(item, 1) * crop;
        int side = crop + 2 * SignPhotograph.Margin;
        return new(side, side, fx, fy, cx, cy, Motion.Still(pose));
    }

    // Sunlight falls with the way through the air and reddens; about 128 klx outside it (Kasten and Young's air mass, a clear day's loss).
    private static (Sky, Vector3, Vector3) MakeSky(double height, double round, float haze)
    {
        var sun = new Vector3((float)(Math.Cos(height) * Math.Sin(round)), (float)Math.Sin(height),
            (float)(Math.Cos(height) * Math.Cos(round)));
        double degrees = height * 180 / Math.PI, mass = 1 / (Math.Sin(height) + 0.50572 * Math.Pow(degrees + 6.07995, -1.6364));
        double thick = 0.06 + 0.035 * haze;
        float Through(double more) => (float)(12.8 * Math.Exp(-thick * more * mass));
        return (new Sky(sun, haze), sun, new(Through(0.75), Through(1), Through(1.5)));
    }

    private static float Brightness(Vector3 c) => 0.2126f * c.X + 0.7152f * c.Y + 0.0722f * c.Z;
}
