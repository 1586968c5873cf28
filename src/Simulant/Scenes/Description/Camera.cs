using System.Numerics;
using Simulant.Numerics.Rays;

namespace Simulant.Scenes.Description;

/// <summary>
/// A pinhole with OpenCV's intrinsics: axes x right, y down, z forward; pixel (i, j) has its centre at image coordinates (i, j), so that
/// u = fx x/z + cx and the picture spans -.5 to width - .5.
/// </summary>
/// <param name="Motion">From the camera's axes to the world.</param>
/// <param name="Aperture">Radius of the lens in metres; 0, the default, is sharp everywhere.</param>
/// <param name="Focus">Depth that is sharp, in metres, where the aperture is open.</param>
/// <param name="Shutter">Part of the time to the next moment that the shutter is open, from now on, 0 to 1; 0 freezes.</param>
/// <param name="Lens">Bends the picture, and with it every label; none where not given.</param>
public sealed record Camera(int Width, int Height, float Fx, float Fy, float Cx, float Cy, Motion Motion,
    float Aperture = 0, float Focus = 1, float Shutter = 0, Lens? Lens = null)
{
    public const int Largest = 16384;

    public Pose Pose => Motion.Now;

    /// <summary>Of a horizontal angle of view in radians, square pixels, the axis in the middle.</summary>
    public static Camera OfView(int width, int height, float angle, Motion motion)
    {
        float f = (float)(width / 2.0 / Math.Tan(angle / 2.0));
        return new(width, height, f, f, (width - 1) / 2f, (height - 1) / 2f, motion);
    }

    /// <summary>The direction through image coordinates in the camera's axes, at depth 1, so that t along it is depth z.</summary>
    public Vector3 Direction(float u, float v) => Lens is null ? new((u - Cx) / Fx, (v - Cy) / Fy, 1) : Bent(u, v);

    /// <summary>Image coordinates and depth of a point in the camera's axes.</summary>
    public Vector3 Project(Vector3 p) => Lens is null ? new(Fx * p.X / p.Z + Cx, Fy * p.Y / p.Z + Cy, p.Z) : Bend(Lens, p);

    internal string? Fault() =>
        Width < 1 || Height < 1 || Width > Largest || Height > Largest ? $"a picture of {Width} x {Height} is not 1 to {Largest} a side"
        : !(Fx > 0 && Fy > 0 && float.IsFinite(Fx + Fy + Cx + Cy)) ? $"focal lengths {Fx}, {Fy} and centre {Cx}, {Cy} make no camera"
        : !(Aperture >= 0 && Focus > 0 && Shutter is >= 0 and <= 1) ? "aperture is 0 or more, focus above 0, the shutter 0 to 1"
        : !Motion.IsRigid ? "the camera's motion is not rigid" : Lens?.Fault(this);

    private Vector3 Bent(float u, float v)
    {
        var (x, y) = Lens!.Undistort(((double)u - Cx) / Fx, ((double)v - Cy) / Fy);
        return new((float)x, (float)y, 1);
    }

    private Vector3 Bend(Lens lens, Vector3 p)
    {
        var (x, y) = lens.Distort((double)p.X / p.Z, (double)p.Y / p.Z);
        return new((float)(Fx * x + Cx), (float)(Fy * y + Cy), p.Z);
    }
}

/// <summary>Where something is a moment earlier, now, and a moment later: what flow, scene flow and motion blur follow from.</summary>
public sealed record Motion(Pose Before, Pose Now, Pose After)
{
    public static Motion Still(Pose pose) => new(pose, pose, pose);

    /// <summary>The same speed before and after, without a turn.</summary>
    public static Motion Straight(Pose now, Vector3 perMoment) =>
        new(now with { Translation = now.Translation - perMoment }, now, now with { Translation = now.Translation + perMoment });

    /// <summary>The motion, in the world, of what moves by <paramref name="inner"/> within this.</summary>
    public Motion Carry(Motion inner) => new(Before.After(inner.Before), Now.After(inner.Now), After.After(inner.After));

    internal bool IsRigid => Before.IsRigid && Now.IsRigid && After.IsRigid;
}
