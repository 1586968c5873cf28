using Simulant.Data;
using Simulant.Scenes.Auditing;
using Simulant.Scenes.Labels;
using Simulant.Scenes.Optics;
using Simulant.Scenes.Shading;

namespace Simulant.Scenes.Worlds;

/// <summary>A labelled frame as its camera reads it: all rows at once, or one band of rows after another.</summary>
internal sealed class Taken
{
    private readonly RollingFrame? _rolling;

    private Taken(Frame frame, Stage stage, RollingFrame? rolling) => (Frame, Stage, _rolling) = (frame, stage, rolling);

    public Frame Frame { get; }

    /// <summary>The world at the frame's own moment: what other sensors see.</summary>
    public Stage Stage { get; }

    public static Taken Of(View view, SceneOptions options, RunContext run)
    {
        if (options.Body.Readout == 0)
        {
            var frame = Frame.Of(view.Scene, view.Camera, run);
            return new(frame, frame.Stage, null);
        }
        float part = (float)Math.Min(1, options.Body.Readout * options.Rate);
        var rolling = RollingFrame.Of(view.Scene, view.Camera, part, run, CameraBody.RowsAtOnce);
        return new(rolling.Whole, options.Lidar is null && !options.Radar ? rolling.Whole.Stage : new Stage(view.Scene, view.Camera),
            rolling);
    }

    /// <summary>How many faults the auditor finds; of bands, in all of them.</summary>
    public int Faults(RunContext run)
    {
        IEnumerable<Frame> frames = _rolling is null ? [Frame] : _rolling.Bands.Select(b => b.Frame);
        return frames.Sum(frame => LabelAudit.Run(frame, run).Sum(f => f.Count));
    }

    /// <summary>See <see cref="Frame.Release"/>.</summary>
    public void Release()
    {
        if (_rolling is null) Frame.Release();
    }

    public ColourImage Render(RenderOptions options, RunContext run) =>
        _rolling is null ? Renderer.Render(Frame, options, run) : _rolling.Render(options, run);
}
