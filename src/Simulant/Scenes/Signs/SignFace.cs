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
    public const int Side = 96;

    private readonly Vector3[][] _new;
    private readonly Dial _pigment, _fade, _aged, _dirt, _dirty, _patch, _sticker, _stickerPlace, _stickerColour, _black;

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
    }

    /// <summary>The face of an item, linear.</summary>
    public Picture Of(int template, long item)
    {
        var pixels = (Vector3[])_new[template].Clone();
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
