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
        (Surface, Primitive, U, V, Depth) = (new int[count], new int[count], new float[count], new float[count], new float[count]);
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
            for (int x = 0; x < buffer.Width; x += 4)
            {
                var packet = PixelTile.Packet(stage, x, band * 4);
                stage.Tree.Closest(ref packet);
                for (int lane = 0; lane < RayPacket.Count; lane++)
                    if (PixelTile.At(stage.Camera, x, band * 4, lane) is var at and >= 0) buffer.Put(at, packet.Hit(lane));
            }
        });
        return buffer;
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
    public static RayPacket Packet(Stage stage, int x, int y)
    {
        RayPacket packet = default;
        var camera = stage.Camera;
        for (int lane = 0; lane < RayPacket.Count; lane++)
        {
            int column = Math.Min(x + (lane & 3), camera.Width - 1), row = Math.Min(y + (lane >> 2), camera.Height - 1);
            var ray = stage.RayThrough(column, row);
            bool inside = At(camera, x, y, lane) >= 0;
            packet.Set(lane, ray.Origin, ray.Direction, inside ? float.PositiveInfinity : float.NegativeInfinity);
        }
        return packet;
    }
}
