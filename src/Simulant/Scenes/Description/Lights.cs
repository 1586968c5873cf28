using System.Numerics;

namespace Simulant.Scenes.Description;

/// <summary>
/// What lights a scene beside sky and glowing surfaces. Colours are linear; units are free but shared, and exposure sets them.
/// </summary>
public abstract record Light;

/// <summary>Parallel light.</summary>
/// <param name="Towards">To the sun; need not be unit.</param>
/// <param name="Irradiance">On a surface that faces it.</param>
/// <param name="Radius">Half its angle in radians; the sun's is .00465. 0 gives hard shadows.</param>
public sealed record SunLight(Vector3 Towards, Vector3 Irradiance, float Radius = 0.00465f) : Light;

/// <param name="Intensity">Radiant intensity: irradiance at 1 m.</param>
public sealed record PointLight(Vector3 Position, Vector3 Intensity) : Light;

/// <summary>A parallelogram that shines to the side of First x Second.</summary>
public sealed record RectangleLight(Vector3 Corner, Vector3 First, Vector3 Second, Vector3 Radiance) : Light;

public sealed record SphereLight(Vector3 Centre, float Radius, Vector3 Radiance) : Light;

/// <summary>Fog of one density: light is lost as exp(-density t), and the fog's colour gained.</summary>
public sealed record Fog(float Density, Vector3 Colour);
