using System.Runtime.InteropServices;
using Simulant.Data;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Shading;

namespace Simulant.Bench.Speed;

/// <summary>Frames a second at 640 by 480 with every label, and with light.</summary>
internal static class ScenesBench
{
    public static readonly Benchmark Benchmark = new("scenes", "frames a second at 640 x 480, 121 objects, 100,000 triangles", Run);

    private static void Run(BenchContext context)
    {
        var scene = context.Tiny ? BenchScene.Yard(6, 8) : BenchScene.Yard();
        var camera = context.Tiny ? BenchScene.Camera(64, 48) : BenchScene.Camera();
        int threads = context.Option("threads", 2);
        RunContext run = RunContext.Quiet(1, threads), one = RunContext.Quiet(1, 1);
        var frame = Frame.Of(scene, camera, one);
        Frame many = Frame.Of(scene, camera, run);
        context.Check(frame.Pixels.Depth.AsSpan().SequenceEqual(many.Pixels.Depth), "depth on any number of threads");
        context.Result(MemoryMarshal.AsBytes<float>(frame.Pixels.Depth));
        Measure(context, "hit buffer", threads, () => HitBuffer.Trace(frame.Stage, run));
        Measure(context, "pixel labels of it", threads, () => PixelLabels.Of(frame.Stage, frame.Hits, run));
        Measure(context, "all labels", threads, () => Frame.Of(scene, camera, run).Release());
        var direct = new RenderOptions();
        ColourImage image = Renderer.Render(frame, direct, one);
        context.Check(image.Pixels.AsSpan().SequenceEqual(Renderer.Render(frame, direct, run).Pixels), "colours on any number of threads");
        Measure(context, "direct light and all labels", threads, () =>
        {
            // Memory goes from frame to frame, as a sampler passes it on.
            var labelled = Frame.Of(scene, camera, run);
            Renderer.Render(labelled, direct, run).Release();
            labelled.Release();
        });
        var traced = new RenderOptions(Simulant.Scenes.Shading.Quality.Traced, 16);
        Measure(context, "16 paths a pixel, denoised", threads, () => Renderer.Render(frame, traced, run), 2);
        Measure(context, "16 paths a pixel, not denoised", threads, () => Renderer.Render(frame, traced with { Denoise = false }, run), 2);
    }

    // CPU seconds tell the same on a busy machine, where wall seconds do not.
    private static void Measure(BenchContext context, string name, int threads, Action action, int repeats = 5)
    {
        context.Figure(name, 1 / context.WallSeconds(action, repeats), $"frames/s on {threads} threads");
        context.Figure(name, context.CpuSeconds(action, repeats), "CPU s a frame");
    }
}
