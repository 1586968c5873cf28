using System.Runtime.Intrinsics;

namespace Simulant.Numerics.Tensors.Elementwise;

internal readonly struct AddOf : IBinary
{
    public Vector512<float> Of(Vector512<float> x, Vector512<float> y) => x + y;
}

internal readonly struct SubtractOf : IBinary
{
    public Vector512<float> Of(Vector512<float> x, Vector512<float> y) => x - y;
}

internal readonly struct MultiplyOf : IBinary
{
    public Vector512<float> Of(Vector512<float> x, Vector512<float> y) => x * y;
}

internal readonly struct DivideOf : IBinary
{
    public Vector512<float> Of(Vector512<float> x, Vector512<float> y) => x / y;
}

/// <summary>Divergence of a normal of mean m and log variance w from the standard one: (m^2 + e^w - w - 1) / 2.</summary>
internal readonly struct DivergenceOf : IBinary
{
    public Vector512<float> Of(Vector512<float> m, Vector512<float> w) =>
        0.5f * (Vector512.FusedMultiplyAdd(m, m, Lanes.Exp(w) - w) - Vector512<float>.One);
}

/// <summary>scale x + shift, rounded once.</summary>
internal readonly struct AffineOf(float scale, float shift) : IUnary
{
    private readonly Vector512<float> _scale = Vector512.Create(scale), _shift = Vector512.Create(shift);

    public Vector512<float> Of(Vector512<float> x) => Vector512.FusedMultiplyAdd(x, _scale, _shift);
}

internal readonly struct ExpOf : IUnary
{
    public Vector512<float> Of(Vector512<float> x) => Lanes.Exp(x);
}

internal readonly struct LogOf : IUnary
{
    public Vector512<float> Of(Vector512<float> x) => Lanes.Log(x);
}

internal readonly struct SquareOf : IUnary
{
    public Vector512<float> Of(Vector512<float> x) => x * x;
}

internal readonly struct SqrtOf : IUnary
{
    public Vector512<float> Of(Vector512<float> x) => Vector512.Sqrt(x);
}

internal readonly struct AbsOf : IUnary
{
    public Vector512<float> Of(Vector512<float> x) => Vector512.Abs(x);
}

/// <summary>g with the sign of x; 0 where x is 0.</summary>
internal readonly struct SignGate : IBinary
{
    public Vector512<float> Of(Vector512<float> g, Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), g,
            Vector512.ConditionalSelect(Vector512.LessThan(x, Vector512<float>.Zero), -g, Vector512<float>.Zero));
}

internal readonly struct SoftplusOf : IUnary
{
    public Vector512<float> Of(Vector512<float> x) => Lanes.Softplus(x);
}

/// <summary>g where x is positive, slope g elsewhere: with g = x the rectifier, and its derivative, too.</summary>
internal readonly struct SlopeGate(float slope) : IBinary
{
    private readonly Vector512<float> _slope = Vector512.Create(slope);

    public Vector512<float> Of(Vector512<float> g, Vector512<float> x) =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), g, g * _slope);
}

internal readonly struct TanhOf : IUnary
{
    public Vector512<float> Of(Vector512<float> x) => Lanes.Tanh(x);
}

/// <summary>g (1 - y^2), where y is the hyperbolic tangent.</summary>
internal readonly struct TanhGate : IBinary
{
    public Vector512<float> Of(Vector512<float> g, Vector512<float> y) => g * (Vector512<float>.One - y * y);
}

internal readonly struct SigmoidOf : IUnary
{
    public Vector512<float> Of(Vector512<float> x) => Lanes.Sigmoid(x);
}

/// <summary>g y (1 - y), where y is the logistic function.</summary>
internal readonly struct SigmoidGate : IBinary
{
    public Vector512<float> Of(Vector512<float> g, Vector512<float> y) => g * (y * (Vector512<float>.One - y));
}

/// <summary>x sigmoid(x).</summary>
internal readonly struct SiluOf : IUnary
{
    public Vector512<float> Of(Vector512<float> x) => x * Lanes.Sigmoid(x);
}

/// <summary>g times the derivative of silu at x.</summary>
internal readonly struct SiluGate : IBinary
{
    public Vector512<float> Of(Vector512<float> g, Vector512<float> x)
    {
        var s = Lanes.Sigmoid(x);
        return g * (s + x * s * (Vector512<float>.One - s));
    }
}

/// <summary>
/// x sigmoid(w), w = 2 sqrt(2 / pi) (x + 0.044715 x^3): the tanh form of Hendrycks and Gimpel, "Gaussian error linear units"
/// (2016), section 2.
/// </summary>
internal readonly struct GeluOf : IUnary
{
    public const float Scale = 1.5957691216f, Cube = 0.044715f;

    public static Vector512<float> Inner(Vector512<float> x) => Scale * (x + Cube * (x * x * x));

    public Vector512<float> Of(Vector512<float> x) => x * Lanes.Sigmoid(Inner(x));
}

/// <summary>g times the derivative of gelu at x.</summary>
internal readonly struct GeluGate : IBinary
{
    public Vector512<float> Of(Vector512<float> g, Vector512<float> x)
    {
        var s = Lanes.Sigmoid(GeluOf.Inner(x));
        var slope = GeluOf.Scale * (Vector512<float>.One + 3 * GeluOf.Cube * (x * x));
        return g * (s + x * s * (Vector512<float>.One - s) * slope);
    }
}
