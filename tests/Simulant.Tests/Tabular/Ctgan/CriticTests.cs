using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Ctgan;
using Xunit;

namespace Simulant.Tests.Tabular.Ctgan;

public class CriticTests
{
    private const int Pac = 3, Groups = 4, Width = 7;

    private static readonly RandomStream Noise = new(4, "critic test");

    private static (ParameterStore Store, Critic Critic) New()
    {
        var store = new ParameterStore(new RandomStream(2, "critic test"));
        return (store, new Critic(store, Width, 0, Pac, 16));
    }

    private static float[] Rows(int slot) =>
        [.. Enumerable.Range(0, Pac * Groups * Width).Select(i => (float)Noise.Normal(i, slot))];

    /// <summary>The penalty written out against the derivative of the derivative that the tape takes by itself.</summary>
    [Fact]
    public void The_penalty_is_that_of_the_second_derivative()
    {
        var (store, critic) = New();
        using var tape = new Tape();
        Critic.Address at = new(Noise, 9, 3);
        var x = tape.Constant(Pac * Groups, Width, Rows(0));
        var slopes = tape.Gradient(tape.Sum(critic.Verdict(tape, critic.FirstOfDrawn(tape, x, []), at)), [x], createGraph: true)[0];
        var norms = tape.Sqrt(tape.AddScalar(tape.SumAcross(tape.Square(tape.Reshape(slopes, Groups, Pac * Width))), 1e-12f));
        var expected = tape.Mean(tape.Square(tape.AddScalar(norms, -1)));
        tape.Gradient(expected, store);
        float[] gradients = store.Gradients.ToArray();

        var found = critic.Penalty(tape, tape.Detach(critic.FirstOfDrawn(tape, x, [])), at);
        tape.Gradient(found, store);
        Assert.Equal(expected.Scalar, found.Scalar, 1e-5);
        Assert.Contains(gradients, g => Math.Abs(g) > 1e-3);
        for (int i = 0; i < gradients.Length; i++) Assert.Equal(gradients[i], store.Gradients[i], 1e-5);
    }

    /// <summary>The first layer is linear: between two groups it is what lies between theirs.</summary>
    [Fact]
    public void Sparse_rows_are_judged_as_the_same_rows_written_out()
    {
        var (_, critic) = New();
        using var tape = new Tape();
        float[] rows = new float[Pac * Groups * Width];
        int[] numbers = new int[Pac * Groups * 2];
        float[] factors = new float[numbers.Length];
        for (int r = 0; r < Pac * Groups; r++)
        {
            int inGroup = r % Pac * Width, code = Noise.Below(5, r, 1);
            (numbers[2 * r], factors[2 * r]) = (inGroup + code, 1);
            (numbers[2 * r + 1], factors[2 * r + 1]) = (inGroup + 6, (float)Noise.Normal(r, 2));
            rows[r * Width + code] = 1;
            rows[r * Width + 6] = factors[2 * r + 1];
        }
        var dense = critic.FirstOfDrawn(tape, tape.Constant(Pac * Groups, Width, rows), []);
        var sparse = critic.FirstOfReal(tape, numbers, factors, 2 * Pac, []);
        for (int i = 0; i < dense.Length; i++) Assert.Equal(dense.Values[i], sparse.Values[i], 1e-5);
    }
}
