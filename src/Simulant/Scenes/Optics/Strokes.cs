using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Optics;

/// <summary>
/// The way of one particle over the picture: ends in image coordinates and depth, radius in pixels, part of light it hides.
/// </summary>
internal readonly record struct Stroke(Vector3 From, Vector3 To, float Radius, float Part);

/// <summary>Draws <see cref="Precipitation"/> over a picture, behind what stands nearer by the frame's depth.</summary>
internal sealed class Strokes
{
    private const int Band = 16;

    // Particles are sorted beforehand into classes of diameter, each of one speed, and cells of the cube, which therefore move as a whole:
    // what lies in cells out of sight is never looked at.
    private const int Classes = 16, Cells = 12, Groups = Cells * Cells * Cells * Classes;

    // Nearer to the edge of seeing than this a stroke adds nothing that a converter could tell.
    private const float Faintest = 1e-5f;

    private readonly Precipitation _falling;
    private readonly Camera _camera;
    private readonly RandomStream _stream;
    private readonly Pose _from, _to;
    private readonly Vector3 _eye;
    private readonly float _widestX, _widestY, _drift;

    private Strokes(Frame frame, Precipitation falling, ulong seed)
    {
        (_falling, _camera) = (falling, frame.Stage.Camera);
        _stream = new(seed, "scenes/precipitation");
        float open = MathF.Min(falling.Shutter / falling.Moment, 1);
        _eye = _camera.Pose.Translation;
        _from = _camera.Pose.Inverse();
        var closing = Moment.Between(_camera.Motion.Now, _camera.Motion.After, open);
        _to = closing.Inverse();
        _drift = Spatial.Length(closing.Translation - _eye);
        // What lies outside these slopes is not in the picture; a stroke's length is allowed for when it is drawn.
        for (int i = 0; i <= 32; i++)
        {
            float u = -0.5f + _camera.Width * i / 32f, v = -0.5f + _camera.Height * i / 32f;
            foreach (var at in (ReadOnlySpan<Vector3>)[_camera.Direction(u, -0.5f), _camera.Direction(u, _camera.Height - 0.5f),
                _camera.Direction(-0.5f, v), _camera.Direction(_camera.Width - 0.5f, v)])
                (_widestX, _widestY) = (MathF.Max(_widestX, MathF.Abs(at.X)), MathF.Max(_widestY, MathF.Abs(at.Y)));
        }
    }

    /// <summary>The picture's light with drops before it.</summary>
    public static Vector3[] Over(Frame frame, ColourImage image, Precipitation falling, RunContext run)
    {
        var strokes = Of(frame, falling, run);
        var light = falling.Light ?? (frame.Stage.Scene.Sky is { } sky ? sky.IrradianceOn(Vector3.UnitY) * (0.9f / MathF.PI) : Mean(image));
        Vector3[] pixels = [.. image.Pixels];
        int bands = (image.Height + Band - 1) / Band;
        var inBand = new List<int>[bands];
        for (int b = 0; b < bands; b++) inBand[b] = [];
        for (int i = 0; i < strokes.Count; i++)
        {
            var (top, bottom) = Rows(strokes[i]);
            for (int b = Math.Max(0, top / Band); b <= Math.Min(bands - 1, bottom / Band); b++) inBand[b].Add(i);
        }
        Work.For(bands, run, b =>
        {
            foreach (int i in inBand[b])
                Draw(strokes[i], light, pixels, frame.Pixels.Depth, image.Width, b * Band, Math.Min(image.Height, (b + 1) * Band));
        });
        return pixels;
    }

    /// <summary>The strokes within the picture, in the order of the particles.</summary>
    public static List<Stroke> Of(Frame frame, Precipitation falling, RunContext run)
    {
        var of = new Strokes(frame, falling, run.Seed);
        int count = (int)(falling.Density * Math.Pow(2 * falling.Far, 3) + 0.5);
        // One piece of work is a class's layer of cells.
        var found = new List<Stroke>[Classes * Cells];
        Work.For(found.Length, run, layer =>
        {
            found[layer] = [];
            for (int i = 0; i < Cells * Cells; i++) of.Cell(layer * Cells * Cells + i, count, found[layer]);
        });
        return [.. found.SelectMany(s => s)];
    }

    private void Cell(int group, int count, List<Stroke> into)
    {
        if (group >= count) return;
        int kind = group / (Cells * Cells * Cells), z = group / (Cells * Cells) % Cells, y = group / Cells % Cells, x = group % Cells;
        var speed = _falling.Wind - new Vector3(0, _falling.Speed(Diameter((kind + 0.5) / Classes)), 0);
        if (!MayShow(x, y, z, speed)) return;
        for (int index = group; index < count; index += Groups)
        {
            const double Unit = 1.0 / (1L << 32);
            var (a, b, c, d) = _stream.Bits(index, 0);
            var place = new Vector3(Near((x + a * Unit) / Cells, speed.X, _eye.X), Near((y + b * Unit) / Cells, speed.Y, _eye.Y),
                Near((z + c * Unit) / Cells, speed.Z, _eye.Z));
            if (One(place, speed, Diameter((kind + (d + 0.5) * Unit) / Classes), out var stroke)) into.Add(stroke);
        }
    }

    // The diameter that such a part of all particles stays below.
    private double Diameter(double part) => _falling.Least - Math.Log(1 - part) / _falling.Slope;

    // Whether a ball round the cell, or round what of it the cube's other side has, reaches into the pyramid of sight.
    private bool MayShow(int x, int y, int z, Vector3 speed)
    {
        float side = 2 * _falling.Far, half = side / Cells / 2, edge = side / 2 - half;
        var middle = new Vector3(Near((x + 0.5) / Cells, speed.X, _eye.X), Near((y + 0.5) / Cells, speed.Y, _eye.Y),
            Near((z + 0.5) / Cells, speed.Z, _eye.Z)) - _eye;
        float reach = 1.01f * (MathF.Sqrt(3) * half + Spatial.Length(speed) * _falling.Shutter + _drift);
        Vector3 other = new(Across(middle.X, edge, side), Across(middle.Y, edge, side), Across(middle.Z, edge, side));
        for (int way = 0; way < 8; way++)
        {
            if ((way & 1) != 0 && other.X == 0 || (way & 2) != 0 && other.Y == 0 || (way & 4) != 0 && other.Z == 0) continue;
            var at = _from.Point(_eye + middle + new Vector3((way & 1) * other.X, (way >> 1 & 1) * other.Y, (way >> 2) * other.Z));
            if (at.Z > -reach && at.Z < _falling.Far + reach
                && MathF.Abs(at.X) - _widestX * at.Z <= reach * MathF.Sqrt(1 + _widestX * _widestX)
                && MathF.Abs(at.Y) - _widestY * at.Z <= reach * MathF.Sqrt(1 + _widestY * _widestY)) return true;
        }
        return false;
    }

    private static float Across(float middle, float edge, float side) => middle > edge ? -side : middle < -edge ? side : 0;

    private bool One(Vector3 place, Vector3 speed, double diameter, out Stroke stroke)
    {
        stroke = default;
        var start = _from.Point(place);
        if (!(start.Z > _falling.Near && start.Z < _falling.Far)) return false;
        var end = _to.Point(place + speed * _falling.Shutter);
        float slack = 0.05f + MathF.Abs(end.X - start.X) / start.Z + MathF.Abs(end.Y - start.Y) / start.Z;
        if (MathF.Abs(start.X) > (_widestX + slack) * start.Z || MathF.Abs(start.Y) > (_widestY + slack) * start.Z) return false;
        if (!(end.Z > 0.5f * _falling.Near)) return false;
        Vector3 from = _camera.Project(start), to = _camera.Project(end);
        float scale = MathF.Sqrt(_camera.Fx * _camera.Fy), depth = 0.5f * (start.Z + end.Z);
        float width = _falling.Width(diameter) * scale / depth;
        // Out of focus it is as much wider as the lens is open to it (thin lens, circle of confusion).
        float blur = 2 * _camera.Aperture * scale * MathF.Abs(1 / depth - 1 / _camera.Focus), radius = MathF.Max(0.5f, (width + blur) / 2);
        float dx = to.X - from.X, dy = to.Y - from.Y, length = MathF.Sqrt(dx * dx + dy * dy);
        // In the mean over the shutter's time it hides its own area, wherever it goes.
        float part = _falling.Strength * MathF.PI / 4 * width * width / (2 * radius * length + MathF.PI * radius * radius);
        if (part < Faintest) return false;
        stroke = new(from, to, radius, MathF.Min(part, 1));
        return true;
    }

    // A place of the repeating cube at this time, as near to the eye as it comes.
    private float Near(double part, float speed, float eye)
    {
        double side = 2 * _falling.Far, away = part * side + speed * _falling.Time - eye;
        return (float)(eye + away - side * Math.Round(away / side));
    }

    private static (int Top, int Bottom) Rows(in Stroke stroke)
    {
        float reach = stroke.Radius + 1;
        return ((int)Math.Clamp(MathF.Min(stroke.From.Y, stroke.To.Y) - reach, 0, 1e6f),
            (int)Math.Clamp(MathF.Max(stroke.From.Y, stroke.To.Y) + reach, -1, 1e6f));
    }

    private static void Draw(in Stroke stroke, Vector3 light, Vector3[] pixels, float[] depth, int width, int first, int end)
    {
        var (top, bottom) = Rows(stroke);
        float dx = stroke.To.X - stroke.From.X, dy = stroke.To.Y - stroke.From.Y, square = dx * dx + dy * dy, reach = stroke.Radius + 1;
        int left = (int)Math.Clamp(MathF.Min(stroke.From.X, stroke.To.X) - reach, 0, width);
        int right = (int)Math.Clamp(MathF.Max(stroke.From.X, stroke.To.X) + reach, -1, width - 1);
        for (int y = Math.Max(first, top); y <= Math.Min(end - 1, bottom); y++)
            for (int x = left; x <= right; x++)
            {
                float px = x - stroke.From.X, py = y - stroke.From.Y;
                float along = square > 0 ? Math.Clamp((px * dx + py * dy) / square, 0, 1) : 0;
                float ox = px - along * dx, oy = py - along * dy;
                float cover = Math.Clamp(stroke.Radius + 0.5f - MathF.Sqrt(ox * ox + oy * oy), 0, 1) * stroke.Part;
                int at = y * width + x;
                if (cover <= 0 || !(stroke.From.Z + (stroke.To.Z - stroke.From.Z) * along < depth[at])) continue;
                pixels[at] += (light - pixels[at]) * cover;
            }
    }

    private static Vector3 Mean(ColourImage image)
    {
        double r = 0, g = 0, b = 0;
        foreach (var pixel in image.Pixels) (r, g, b) = (r + pixel.X, g + pixel.Y, b + pixel.Z);
        return new((float)(r / image.Pixels.Length), (float)(g / image.Pixels.Length), (float)(b / image.Pixels.Length));
    }
}
