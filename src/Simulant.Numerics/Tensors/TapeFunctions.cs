using Simulant.Numerics.Tensors.Elementwise;

namespace Simulant.Numerics.Tensors;

/// <summary>
/// Functions of each element, each beside its derivative. Gates (gradient times slope) are one pass where nothing is recorded,
/// and operations with derivatives of their own where the graph goes on.
/// </summary>
public sealed partial class Tape
{
    /// <summary>max(0, x); its derivative at 0 is 0.</summary>
    public Tensor Relu(Tensor x) => LeakyRelu(x, 0);

    /// <summary>x where positive, slope x elsewhere.</summary>
    public Tensor LeakyRelu(Tensor x, float slope = 0.2f) =>
        Record(Binary(x, x, new SlopeGate(slope)), [x], (g, _) => Slope(g, x, slope));

    private Tensor Slope(Tensor g, Tensor x, float slope) =>
        Record(Binary(g, x, new SlopeGate(slope)), [g, x], (gg, i) => i == 0 ? Slope(gg, x, slope) : null);

    public Tensor Tanh(Tensor x)
    {
        var y = Unary(x, new TanhOf());
        return Record(y, [x], (g, _) => TanhSlope(g, y));
    }

    private Tensor TanhSlope(Tensor g, Tensor y) =>
        Record(Binary(g, y, new TanhGate()), [g, y], (gg, i) =>
            i == 0 ? TanhSlope(gg, y) : Scale(Multiply(Multiply(gg, g), y), -2));

    public Tensor Sigmoid(Tensor x)
    {
        var y = Unary(x, new SigmoidOf());
        return Record(y, [x], (g, _) => SigmoidSlope(g, y));
    }

    private Tensor SigmoidSlope(Tensor g, Tensor y) =>
        Record(Binary(g, y, new SigmoidGate()), [g, y], (gg, i) =>
            i == 0 ? SigmoidSlope(gg, y) : Multiply(Multiply(gg, g), Affine(y, -2, 1)));

    public Tensor Exp(Tensor x)
    {
        var y = Unary(x, new ExpOf());
        return Record(y, [x], (g, _) => Multiply(g, y));
    }

    /// <summary>Natural logarithm.</summary>
    public Tensor Log(Tensor x) => Record(Unary(x, new LogOf()), [x], (g, _) => Divide(g, x));

    public Tensor Square(Tensor x) => Record(Unary(x, new SquareOf()), [x], (g, _) => Scale(Multiply(g, x), 2));

    /// <summary>Its derivative at 0 is infinite: add something small before.</summary>
    public Tensor Sqrt(Tensor x)
    {
        var y = Unary(x, new SqrtOf());
        return Record(y, [x], (g, _) => Scale(Divide(g, y), 0.5f));
    }

    /// <summary>Its derivative at 0 is 0.</summary>
    public Tensor Abs(Tensor x) => Record(Unary(x, new AbsOf()), [x], (g, _) => Sign(g, x));

    private Tensor Sign(Tensor g, Tensor x) =>
        Record(Binary(g, x, new SignGate()), [g, x], (gg, i) => i == 0 ? Sign(gg, x) : null);

    /// <summary>log(1 + e^x).</summary>
    public Tensor Softplus(Tensor x) => Record(Unary(x, new SoftplusOf()), [x], (g, _) => Multiply(g, Sigmoid(x)));

    /// <summary>x sigmoid(x).</summary>
    public Tensor Silu(Tensor x) => Record(Unary(x, new SiluOf()), [x], (g, _) =>
    {
        if (!_recording) return Binary(g, x, new SiluGate());
        var s = Sigmoid(x);
        return Multiply(g, Add(s, Multiply(Multiply(x, s), Affine(s, -1, 1))));
    });

    /// <summary>Gaussian error linear unit in its tanh form (Hendrycks and Gimpel 2016).</summary>
    public Tensor Gelu(Tensor x) => Record(Unary(x, new GeluOf()), [x], (g, _) =>
    {
        if (!_recording) return Binary(g, x, new GeluGate());
        var square = Square(x);
        var s = Sigmoid(Multiply(x, Affine(square, GeluOf.Scale * GeluOf.Cube, GeluOf.Scale)));
        var slope = Affine(square, 3 * GeluOf.Scale * GeluOf.Cube, GeluOf.Scale);
        return Multiply(g, Add(s, Multiply(Multiply(Multiply(x, s), Affine(s, -1, 1)), slope)));
    });
}
