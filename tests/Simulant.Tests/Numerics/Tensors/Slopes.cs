using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Xunit;

namespace Simulant.Tests.Numerics.Tensors;

/// <summary>An operation to be checked: its name, shapes of its inputs and whether they must be positive.</summary>
public sealed record Operation(string Name, (int Rows, int Columns)[] Shapes, Func<Tape, Tensor[], Tensor> Of, bool Positive = false,
    bool FirstOrder = false)
{
    public override string ToString() => Name;
}

/// <summary>Derivatives against differences: along a random direction, centred.</summary>
internal static class Slopes
{
    private const double Step = 1.0 / 128;

    /// <summary>Checks the derivative of a weighted sum of the operation's output, by all inputs at once.</summary>
    public static void CheckFirst(Operation operation) =>
        Check(operation, (tape, inputs) => Weighted(tape, operation.Of(tape, inputs)), 2e-3);

    /// <summary>Checks the derivative of the squared norm of the first derivative: what a gradient penalty needs.</summary>
    public static void CheckSecond(Operation operation) => Check(operation, (tape, inputs) =>
    {
        var loss = Weighted(tape, operation.Of(tape, inputs));
        var slopes = tape.Gradient(loss, inputs, createGraph: true);
        var sum = tape.Sum(tape.Square(slopes[0]));
        foreach (var slope in slopes[1..]) sum = tape.Add(sum, tape.Sum(tape.Square(slope)));
        return tape.Scale(sum, 0.5f);
    }, 6e-3);

    // A smooth function of the output first, so that linear operations have a second derivative, too.
    private static Tensor Weighted(Tape tape, Tensor output)
    {
        var weights = tape.Constant(output.Rows, output.Columns, Numbers(output.Length, "weights", false));
        return tape.Add(tape.Multiply(output, weights), tape.Scale(tape.Square(output), 0.25f));
    }

    private static void Check(Operation operation, Func<Tape, Tensor[], Tensor> loss, double tolerance)
    {
        float[][] at = [.. operation.Shapes.Select((s, i) => Numbers(s.Rows * s.Columns, $"input {i}", operation.Positive))];
        float[][] along = [.. operation.Shapes.Select((s, i) => Numbers(s.Rows * s.Columns, $"direction {i}", false))];
        using var tape = new Tape();
        Tensor[] inputs = Inputs(tape, operation, at, along, 0);
        var slopes = tape.Gradient(loss(tape, inputs), inputs);
        double slope = 0, size = 0;
        for (int i = 0; i < slopes.Length; i++)
        {
            for (int k = 0; k < at[i].Length; k++)
            {
                slope += (double)slopes[i].Values[k] * along[i][k];
                size += Math.Abs((double)slopes[i].Values[k] * along[i][k]);
            }
        }
        double difference = (Value(operation, loss, at, along, Step) - Value(operation, loss, at, along, -Step)) / (2 * Step);
        Assert.True(Math.Abs(slope - difference) <= tolerance * (1 + size),
            $"{operation}: {slope} by derivative, {difference} by difference");
    }

    private static double Value(Operation operation, Func<Tape, Tensor[], Tensor> loss, float[][] at, float[][] along, double step)
    {
        using var tape = new Tape();
        double sum = 0;
        foreach (float value in loss(tape, Inputs(tape, operation, at, along, step)).Values) sum += value;
        return sum;
    }

    private static Tensor[] Inputs(Tape tape, Operation operation, float[][] at, float[][] along, double step) =>
        [.. operation.Shapes.Select((s, i) =>
            tape.Constant(s.Rows, s.Columns, [.. at[i].Select((x, k) => (float)(x + step * along[i][k]))]))];

    /// <summary>Away from 0, where some functions bend; directions are short enough not to cross it.</summary>
    private static float[] Numbers(int count, string name, bool positive)
    {
        var stream = new RandomStream(5, name);
        float[] made = new float[count];
        for (int i = 0; i < count; i++)
        {
            double x = Math.Clamp(stream.Normal(i, 0), -2, 2);
            x += x < 0 ? -0.1 : 0.1;
            made[i] = (float)(positive ? Math.Abs(x) + 0.4 : x);
        }
        return made;
    }
}
