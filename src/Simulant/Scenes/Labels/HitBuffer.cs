using System.Numerics;
using Simulant.Data;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Labels;

/// <summary>
/// What the ray through each pixel's centre meets: surface, triangle, weights and depth. Every label of a frame follows from it, so that
/// none can drift from another. Rows from the top.
/// </summary>
public sealed class HitBuffer
{
    private HitBuffer(int width, int height)
    {
        (Width, Height) = (width, height);
        int count = width * height;
        // Every pixel is written to all of them.
        (Surface, Primitive) = (KeptArrays<int>.Take(count), KeptArrays<int>.Take(count));
        (U, V) = (KeptArrays<float>.Take(count), KeptArrays<float>.Take(count));
        Depth = KeptArrays<float>.Take(count);
    }

    public int Width { get; }

    public int Height { get; }

    /// <summary>Index into <see cref="Stage.Surfaces"/>; -1 for the sky.</summary>
    public int[] Surface { get; }

    public int[] Primitive { get; }

    /// <summary>Weight of the triangle's second vertex.</summary>
    public float[] U { get; }

    /// <summary>Weight of the third.</summary>
    public float[] V { get; }

    /// <summary>Depth z in metres; positive infinity for the sky.</summary>
    public float[] Depth { get; }

    /// <summary>One pass of packets of 4 by 4 pixels, bands of four rows on all threads.</summary>
    public static HitBuffer Trace(Stage stage, RunContext run)
    {
        var buffer = new HitBuffer(stage.Camera.Width, stage.Camera.Height);
        Work.For((buffer.Height + 3) / 4, run, band =>
        {
            RayPacket packet = default;
            for (int x = 0; x < buffer.Width; x += 4)
            {
                PixelTile.Fill(stage, x, band * 4, ref packet);
                stage.Tree.Closest(ref packet);
                for (int y = band * 4; y < Math.Min(band * 4 + 4, buffer.Height); y++)
                    if (x + 4 <= buffer.Width)
                        packet.Row(4 * (y & 3), y * buffer.Width + x, buffer.Surface, buffer.Primitive, buffer.U, buffer.V, buffer.Depth);
                    else for (int column = x; column < Math.Min(x + 4, buffer.Width); column++)
                        buffer.Put(y * buffer.Width + column, packet.Hit(4 * (y & 3) + column - x));
            }
        });
        return buffer;
    }

    /// <summary>Pictures of one width, one below the other.</summary>
    internal static HitBuffer Stack(IReadOnlyList<HitBuffer> bands)
    {
        var all = new HitBuffer(bands[0].Width, bands.Sum(b => b.Height));
        int at = 0;
        foreach (var band in bands)
        {
            band.Surface.CopyTo(all.Surface, at);
            band.Primitive.CopyTo(all.Primitive, at);
            band.U.CopyTo(all.U, at);
            band.V.CopyTo(all.V, at);
            band.Depth.CopyTo(all.Depth, at);
            at += band.Depth.Length;
        }
        return all;
    }

    /// <summary>All but the depth, which the labels share.</summary>
    internal void Release()
    {
        KeptArrays<int>.Give(Surface);
        KeptArrays<int>.Give(Primitive);
        KeptArrays<float>.Give(U);
        KeptArrays<float>.Give(V);
    }

    private void Put(int at, RayHit hit)
    {
        (Surface[at], Primitive[at]) = (hit.Instance, hit.Primitive);
        (U[at], V[at], Depth[at]) = (hit.U, hit.V, hit.T);
    }
}

/// <summary>Tiles of 4 by 4 pixels, lane by row.</summary>
internal static class PixelTile
{
    /// <summary>Index of the lane's pixel, or -1 outside the picture.</summary>
    public static int At(Description.Camera camera, int x, int y, int lane)
    {
        int column = x + (lane & 3), row = y + (lane >> 2);
        return column < camera.Width && row < camera.Height ? row * camera.Width + column : -1;
    }

    /// <summary>Rays through the pixels' centres; outside the picture they repeat the nearest pixel's and look nowhere.</summary>
    public static void Fill(Stage stage, int x, int y, ref RayPacket packet)
    {
        var camera = stage.Camera;
        var pose = camera.Pose;
        if (camera.Lens is null && x + 4 <= camera.Width && y + 4 <= camera.Height)
        {
            packet.Pinhole(pose, x, y, new(camera.Cx, camera.Cy), new(camera.Fx, camera.Fy));
            return;
        }
        for (int row = 0; row < 4; row++)
            for (int column = 0; column < 4; column++)
            {
                var sight = camera.Direction(Math.Min(x + column, camera.Width - 1), Math.Min(y + row, camera.Height - 1));
                bool inside = x + column < camera.Width && y + row < camera.Height;
                packet.Set(4 * row + column, pose.Translation, pose.Direction(sight),
                    inside ? float.PositiveInfinity : float.NegativeInfinity);
            }
    }
}
