using System.Numerics;
using Simulant.Numerics.Rays;
using Simulant.Scenes.Description;

namespace Simulant.Scenes.Worlds.Props;

/// <summary>A straight way at even speed over level ground.</summary>
/// <param name="From">Where it is at time 0.</param>
/// <param name="Heading">Turn about the vertical; 0 faces +z.</param>
/// <param name="Speed">Metres a second.</param>
internal readonly record struct Course(Vector3 From, float Heading, float Speed)
{
    public Vector3 At(double time) => From + new Vector3(MathF.Sin(Heading), 0, MathF.Cos(Heading)) * (float)(Speed * time);

    public Pose Pose(double time) => Cast.Standing(At(time), Heading);

    public Motion Motion(Occasion now) => new(Pose(now.Time - now.Step), Pose(now.Time), Pose(now.Time + now.Step));
}
