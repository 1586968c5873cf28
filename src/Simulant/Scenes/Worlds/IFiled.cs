using Simulant.Data;
using Simulant.Scenes.Formats;

namespace Simulant.Scenes.Worlds;

/// <summary>A sampler whose items are files beside the rows that tell of them.</summary>
public interface IFiled : ISampler
{
    /// <summary>
    /// The rows, and through <paramref name="put"/> the files of each, in order; both the same at any division of the range.
    /// </summary>
    Dataset Sample(ItemRange items, RunContext run, Action<SceneFile> put);
}
