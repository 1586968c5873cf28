using System.Numerics;
using System.Runtime.InteropServices;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Labels;

namespace Simulant.Bench.Speed;

/// <summary>Rays a second through 100,000 triangles on one thread, beside Embree 3 on the same triangles and rays.</summary>
internal static class RaysBench
{
    public static readonly Benchmark Benchmark = new("rays", "rays a second through 100,000 triangles on one thread, beside Embree 3", Run);

    private static void Run(BenchContext context)
    {
        var scene = context.Tiny ? BenchScene.Yard(6, 8) : BenchScene.Yard();
        var stage = new Stage(scene, context.Tiny ? BenchScene.Camera(64, 48) : BenchScene.Camera());
        var (positions, indices) = BenchScene.Flat(scene);
        var flat = new TriangleTree(positions, indices);
        var world = new InstanceTree([flat], [Pose.Identity]);
        using var embree = Embree.Of(positions, indices, context.Option("isa", ""));
        context.Figure("triangles", flat.Triangles, "");
        double build = context.CpuSeconds(() => _ = new TriangleTree(positions, indices), 3);
        context.Figure("hierarchy", flat.Triangles / build / 1e6, "million triangles/s");
        Ray[] camera = CameraRays(stage);
        var hits = new RayHit[camera.Length];
        for (int i = 0; i < camera.Length; i++) hits[i] = flat.Closest(camera[i]);
        for (int i = 0; i < camera.Length; i += Math.Max(1, camera.Length / 200))
            context.Check(flat.BruteForce(camera[i]) == hits[i], "a camera ray by brute force");
        context.Result(MemoryMarshal.AsBytes<RayHit>(hits));
        Ray[] shadow = From(camera, hits, (at, _) => new Ray(at, new(1, 1.5f, .6f)));
        Ray[] diffuse = From(camera, hits, Bounce);
        foreach (var (name, rays) in (IEnumerable<(string, Ray[])>)[("camera", camera), ("diffuse", diffuse)])
        {
            Compare(context, $"{name}, single", rays, () => Closest(flat, rays), embree, false, false);
            if (name == "camera") Compare(context, "camera, packets", rays, Packets(world, rays, false), embree, true, false);
        }
        Compare(context, "shadow, single", shadow, () => Any(flat, shadow), embree, false, true);
        Compare(context, "shadow, packets", shadow, Packets(world, shadow, true), embree, true, true);
        double levels = context.CpuSeconds(Packets(stage.Tree, camera, false));
        context.Figure("camera, packets, two levels", camera.Length / levels / 1e6, "million rays/s");
        if (embree is null) context.Figure("embree", double.NaN, "libembree3.so.3 is not installed");
        else Agree(context, embree, camera, hits);
    }

    private static void Compare(BenchContext context, string name, Ray[] rays, Action ours, Embree? embree, bool packets, bool any)
    {
        double seconds = context.CpuSeconds(ours);
        context.Figure(name, rays.Length / seconds / 1e6, "million rays/s");
        if (embree is null) return;
        // Embree writes into its rays, so that each run starts from a copy; copying them is timed alone and taken off.
        var (source, from) = packets ? Sixteens(rays) : Ones(rays);
        var (work, to) = Embree.Aligned(source.Length - 16);
        int stride = packets ? Embree.PacketFloats : Embree.RayFloats, count = (source.Length - 16) / stride;
        void Copy() => Array.Copy(source, from, work, to, source.Length - 16);
        double copying = context.CpuSeconds(Copy);
        double both = context.CpuSeconds(() =>
        {
            Copy();
            for (int i = 0; i < count; i++)
            {
                if (packets && any) embree.Any16(work, to + i * stride);
                else if (packets) embree.Closest16(work, to + i * stride);
                else if (any) embree.Any(work, to + i * stride);
                else embree.Closest(work, to + i * stride);
            }
        });
        double other = both - copying;
        context.Figure($"{name}, Embree", rays.Length / other / 1e6, "million rays/s");
        context.Figure($"{name}, of Embree", 100 * other / seconds, "%");
    }

    private static void Agree(BenchContext context, Embree embree, Ray[] rays, RayHit[] hits)
    {
        var (array, first) = Ones(rays);
        int apart = 0;
        for (int i = 0; i < rays.Length; i++)
        {
            int at = first + i * Embree.RayFloats;
            embree.Closest(array, at);
            bool met = BitConverter.SingleToInt32Bits(array[at + 18]) != -1;
            if (met != hits[i].IsHit || met && MathF.Abs(array[at + 8] - hits[i].T) > 1e-4f * hits[i].T) apart++;
        }
        context.Figure("rays that Embree sees otherwise", apart, "");
        // No part of the result's hash, which is to be the same where there is no Embree.
        if (apart > rays.Length / 10_000) throw new InvalidOperationException($"wrong result: Embree sees {apart} camera rays otherwise");
    }

    // Tile by tile, as packets want them.
    private static Ray[] CameraRays(Stage stage)
    {
        var rays = new List<Ray>();
        for (int y = 0; y < stage.Camera.Height; y += 4)
            for (int x = 0; x < stage.Camera.Width; x += 4)
                for (int lane = 0; lane < RayPacket.Count; lane++) rays.Add(stage.RayThrough(x + lane % 4, y + lane / 4));
        return [.. rays];
    }

    // A whole number of packets.
    private static Ray[] From(Ray[] rays, RayHit[] hits, Func<Vector3, int, Ray> next)
    {
        int[] met = [.. Enumerable.Range(0, rays.Length).Where(i => hits[i].IsHit)];
        return [.. met.Take(met.Length / 16 * 16).Select(i => next(rays[i].Origin + rays[i].Direction * (hits[i].T * .9999f), i))];
    }

    private static readonly RandomStream Random = new(5, "bench/rays");

    private static Ray Bounce(Vector3 at, int i)
    {
        var (u, v) = Random.UniformPair(i, 0);
        float r = MathF.Sqrt((float)u), round = 2 * MathF.PI * (float)v;
        return new(at, new(r * MathF.Cos(round), MathF.Sqrt(1 - (float)u), r * MathF.Sin(round)));
    }

    private static void Closest(TriangleTree tree, Ray[] rays)
    {
        foreach (var ray in rays) _ = tree.Closest(ray);
    }

    private static void Any(TriangleTree tree, Ray[] rays)
    {
        foreach (var ray in rays) _ = tree.Any(ray);
    }

    private static Action Packets(InstanceTree tree, Ray[] rays, bool any)
    {
        var packets = new RayPacket[rays.Length / RayPacket.Count];
        for (int i = 0; i < packets.Length * RayPacket.Count; i++)
            packets[i / RayPacket.Count].Set(i % RayPacket.Count, rays[i].Origin, rays[i].Direction);
        return () =>
        {
            foreach (var one in packets)
            {
                var packet = one;
                if (any) _ = tree.Any(ref packet);
                else tree.Closest(ref packet);
            }
        };
    }

    private static (float[] Array, int First) Ones(Ray[] rays)
    {
        var (array, first) = Embree.Aligned(rays.Length * Embree.RayFloats);
        for (int i = 0; i < rays.Length; i++) Write(rays[i], array, first + i * Embree.RayFloats, 1);
        return (array, first);
    }

    private static (float[] Array, int First) Sixteens(Ray[] rays)
    {
        var (array, first) = Embree.Aligned(rays.Length / 16 * Embree.PacketFloats);
        for (int i = 0; i < rays.Length / 16 * 16; i++) Write(rays[i], array, first + i / 16 * Embree.PacketFloats + i % 16, 16);
        return (array, first);
    }

    private static void Write(Ray ray, float[] to, int at, int stride)
    {
        float none = BitConverter.Int32BitsToSingle(-1);
        float[] fields = [ray.Origin.X, ray.Origin.Y, ray.Origin.Z, 0, ray.Direction.X, ray.Direction.Y, ray.Direction.Z, 0,
            float.PositiveInfinity, none, 0, 0, 0, 0, 0, 0, 0, none, none, none];
        for (int f = 0; f < fields.Length; f++) to[at + f * stride] = fields[f];
    }
}
