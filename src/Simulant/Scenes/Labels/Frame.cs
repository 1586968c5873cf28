using Simulant.Data;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Labels;

/// <summary>One frame's labels, and the hits that they and the picture share.</summary>
public sealed record Frame(Stage Stage, HitBuffer Hits, PixelLabels Pixels, IReadOnlyList<ActorLabels> Actors)
{
    /// <summary>Traces and labels; the same to the bit for any number of threads.</summary>
    /// <exception cref="ArgumentException">The scene or the camera cannot be rendered; all faults are named.</exception>
    public static Frame Of(Scene scene, Camera camera, RunContext run)
    {
        var stage = new Stage(scene, camera);
        var hits = HitBuffer.Trace(stage, run);
        var pixels = PixelLabels.Of(stage, hits, run);
        return new(stage, hits, pixels, ActorPass.Run(stage, pixels, run));
    }

    /// <summary>Lets this thread's next frame of the same size have the memory; nobody may look at this one's pixels again.</summary>
    public void Release()
    {
        Hits.Release();
        Pixels.Release();
    }
}
