using System.Numerics;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Labels;

/// <summary>A box of whole pixels: Left and Top within, Right and Bottom just beyond; all 0 where empty.</summary>
public readonly record struct PixelBox(int Left, int Top, int Right, int Bottom)
{
    public bool IsEmpty => Right <= Left || Bottom <= Top;

    public int Width => Right - Left;

    public int Height => Bottom - Top;

    public PixelBox With(int x, int y) => IsEmpty
        ? new(x, y, x + 1, y + 1)
        : new(Math.Min(Left, x), Math.Min(Top, y), Math.Max(Right, x + 1), Math.Max(Bottom, y + 1));
}

/// <summary>A mask of one actor: rows of <see cref="Box"/>, true where the actor is.</summary>
public sealed record ActorMask(PixelBox Box, bool[] Pixels)
{
    public bool At(int x, int y) => x >= Box.Left && x < Box.Right && y >= Box.Top && y < Box.Bottom
        && Pixels[(y - Box.Top) * Box.Width + x - Box.Left];
}

/// <summary>A box in space, along the actor's own axes.</summary>
/// <param name="Centre">In the actor's space.</param>
/// <param name="Size">Metres along its axes.</param>
/// <param name="ToCamera">From the box's centre and axes to the camera's.</param>
/// <param name="ToWorld">The same, to the world's.</param>
public sealed record Box3(Vector3 Centre, Vector3 Size, Pose ToCamera, Pose ToWorld)
{
    /// <summary>Corner 0 to 7 in the camera's axes: bit 0 chooses x, bit 1 y, bit 2 z.</summary>
    public Vector3 Corner(int index) => ToCamera.Point(new Bounds(Size * -0.5f, Size * 0.5f).Corner(index));
}

public enum Seen
{
    /// <summary>Outside the picture or behind the camera.</summary>
    Outside = 0,

    /// <summary>In the picture, but something is in front.</summary>
    Hidden = 1,

    Visible = 2,
}

/// <param name="Place">Image coordinates and depth z.</param>
public sealed record KeypointLabel(string Name, Vector3 Place, Seen Seen);

/// <summary>What is known of one actor in a frame.</summary>
/// <param name="Instance">Its number in instance masks.</param>
/// <param name="VisiblePixels">Pixels it is seen in.</param>
/// <param name="AmodalPixels">Pixels within the picture it would be seen in if it stood alone.</param>
/// <param name="Tight">The box of its visible pixels.</param>
/// <param name="Amodal">Where it would be seen alone.</param>
/// <param name="Box">Its box in space.</param>
/// <param name="ToCamera">Its pose in the camera's axes.</param>
/// <param name="HiddenBy">Which instances are seen where it would be, and in how many pixels, by rising number.</param>
public sealed record ActorLabels(int Instance, string Name, int Class, int VisiblePixels, int AmodalPixels, PixelBox Tight,
    ActorMask Amodal,
    Box3 Box, Pose ToCamera, IReadOnlyList<KeypointLabel> Keypoints, IReadOnlyList<(int Instance, int Pixels)> HiddenBy)
{
    /// <summary>Part of it that is seen, 0 to 1, of what lies within the picture; 0 where nothing does.</summary>
    public double Visibility => AmodalPixels == 0 ? 0 : (double)VisiblePixels / AmodalPixels;
}
