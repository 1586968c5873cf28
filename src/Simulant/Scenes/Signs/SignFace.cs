using System.Numerics;
using Simulant.Images.Vector;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Signs;

/// <summary>Paints faces: new ones once, then each item's own wear on a copy.</summary>
/// <remarks>
/// Ranges: pigments of retroreflective sheeting vary within the colour boxes of EN 12899-1 and fade with years of sun, reds most, to some
/// half of their saturation; dust and algae darken by up to a half in patches; stickers and paint cover up to a tenth.
/// </remarks>
internal sealed class SignFace
{
    /// <summary>Texels of a side: about as many as the largest picture of a sign has pixels, so that few are passed over.</summary>
    public const int Side = 64;

    private readonly Vector3[][] _new;
    private readonly Dial _pigment, _fade, _aged, _dirt, _dirty, _patch, _sticker, _stickerPlace, _stickerColour, _black,
        _inner, _moved, _bend, _weight;

    public SignFace(ulong seed, IReadOnlyList<SignTemplate> templates)
    {
        _new = [.. templates.Select(Paint)];
        _pigment = new(seed, "face/pigment", 0.85, 1.15, Law.Normal);
        _aged = new(seed, "face/aged", 0, 1);
        _fade = new(seed, "face/fade", 0, 0.5);
        _dirty = new(seed, "face/dirty", 0, 1);
        _dirt = new(seed, "face/dirt", 0.1, 0.6);
        _patch = new(seed, "face/patch", 1.5, 8, Law.LogUniform);
        _sticker = new(seed, "face/sticker", 0, 1);
        _stickerPlace = new(seed, "face/sticker-place", 0.1, 0.9);
        _stickerColour = new(seed, "face/sticker-colour", 0.02, 0.9);
        _black = new(seed, "face/black", 0.01, 0.06);
        _inner = new(seed, "face/inner", 0.84, 1.16);
        _moved = new(seed, "face/moved", -0.05, 0.05);
        _bend = new(seed, "face/bend", 0, 0.035);
        _weight = new(seed, "face/weight", -0.7, 0.7);
    }

    /// <summary>The face of an item, linear.</summary>
    public Picture Of(int template, long item)
    {
        var pixels = Cut(_new[template], item);
        var pigment = new Vector3(_pigment.Single(item, 0), _pigment.Single(item, 1), _pigment.Single(item, 2));
        float fade = _aged.Happens(0.4, item) ? _fade.Single(item) : 0, black = _black.Single(item);
        for (int i = 0; i < pixels.Length; i++)
        {
            var c = pixels[i] * pigment;
            float grey = 0.2126f * c.X + 0.7152f * c.Y + 0.0722f * c.Z, most = MathF.Max(c.X, MathF.Max(c.Y, c.Z));
            float strong = most > 0 ? 1 - MathF.Min(c.X, MathF.Min(c.Y, c.Z)) / most : 0;
            // What fades goes half way to grey and half way to the pale carrier.
            var pale = new Vector3(0.5f * grey + 0.5f * most);
            c += (pale - c) * (fade * strong);
            pixels[i] = Vector3.Clamp(c * 0.85f + new Vector3(black), Vector3.Zero, new Vector3(0.95f));
        }
        if (_dirty.Happens(0.5, item)) Soil(pixels, item);
        if (_sticker.Happens(0.08, item)) Stick(pixels, item);
        return new(Side, Side, pixels);
    }

    // Makers differ: what stands within the ring is larger or smaller, off the middle, bent a little, its lines thick or thin.
    private Vector3[] Cut(Vector3[] face, long item)
    {
        float wide = 1 / _inner.Single(item, 0), high = 1 / _inner.Single(item, 1), right = _moved.Single(item, 0),
            down = _moved.Single(item, 1);
        float bend = _bend.Single(item), weight = _weight.Single(item);
        uint seed = (uint)item * 747796405u;
        var cut = new Vector3[face.Length];
        for (int i = 0; i < cut.Length; i++)
        {
            float x = (i % Side + 0.5f) / Side * 2 - 1, y = (i / Side + 0.5f) / Side * 2 - 1;
            // Whole within .45 of the middle, nothing at the ring.
            float part = Math.Clamp((0.78f - MathF.Sqrt(x * x + y * y)) / 0.33f, 0, 1);
            float u = x + part * (x * (wide - 1) + right) + bend * part * Noise.At(new(2.5f * x, 2.5f * y, 0.3f), seed);
            float v = y + part * (y * (high - 1) + down) + bend * part * Noise.At(new(2.5f * x, 2.5f * y, 7.3f), seed);
            cut[i] = Weighed(face, (u + 1) / 2 * Side - 0.5f, (v + 1) / 2 * Side - 0.5f, weight);
        }
        return cut;
    }

    // Towards the darkest of the neighbours where lines are thick, the brightest where they are thin.
    private static Vector3 Weighed(Vector3[] face, float x, float y, float weight)
    {
        Vector3 here = At(face, x, y), left = At(face, x - 0.8f, y), right = At(face, x + 0.8f, y), above = At(face, x, y - 0.8f),
            below = At(face, x, y + 0.8f);
        var most = weight > 0 ? Vector3.Min(Vector3.Min(left, right), Vector3.Min(above, below))
            : Vector3.Max(Vector3.Max(left, right), Vector3.Max(above, below));
        return here + (most - here) * MathF.Abs(weight);
    }

    private static Vector3 At(Vector3[] face, float x, float y)
    {
        x = Math.Clamp(x, 0, Side - 1.001f);
        y = Math.Clamp(y, 0, Side - 1.001f);
        int left = (int)x, top = (int)y, at = top * Side + left;
        Vector3 above = face[at] + (face[at + 1] - face[at]) * (x - left), below = face[at + Side];
        below += (face[at + Side + 1] - below) * (x - left);
        return above + (below - above) * (y - top);
    }

    private void Soil(Vector3[] pixels, long item)
    {
        float most = _dirt.Single(item), size = _patch.Single(item) / Side;
        uint seed = (uint)item * 2654435761u;
        var dust = new Vector3(0.10f, 0.09f, 0.07f);
        for (int i = 0; i < pixels.Length; i++)
        {
            float x = i % Side * size, y = i / Side * size;
            float part = most * Math.Clamp(0.5f + 1.1f * Noise.Octaves(new(x, y, 0.5f), 3, seed), 0, 1);
            pixels[i] += (dust - pixels[i]) * part;
        }
    }

    private void Stick(Vector3[] pixels, long item)
    {
        float x = _stickerPlace.Single(item, 0) * Side, y = _stickerPlace.Single(item, 1) * Side;
        float wide = Side * (0.04f + 0.16f * _sticker.Single(item, 1)), high = wide * (0.4f + _sticker.Single(item, 2));
        var colour = new Vector3(_stickerColour.Single(item, 0), _stickerColour.Single(item, 1), _stickerColour.Single(item, 2));
        for (int i = 0; i < pixels.Length; i++)
            if (MathF.Abs(i % Side - x) < wide / 2 && MathF.Abs(i / Side - y) < high / 2) pixels[i] = colour;
    }

    // Where the drawing shows through (rounded corners) stands the edge's own grey.
    private static Vector3[] Paint(SignTemplate template)
    {
        float[] s = Painter.Paint(template.Drawing, Side, Side, template.Name).Samples;
        var pixels = new Vector3[Side * Side];
        for (int i = 0; i < pixels.Length; i++)
            pixels[i] = new Vector3(Linear(s[4 * i]), Linear(s[4 * i + 1]), Linear(s[4 * i + 2])) * s[4 * i + 3]
                + new Vector3(0.4f) * (1 - s[4 * i + 3]);
        return pixels;
    }

    private static float Linear(float s) => s <= 0.04045f ? s / 12.92f : MathF.Pow((s + 0.055f) / 1.055f, 2.4f);
}
