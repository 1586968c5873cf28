using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Ctgan;
using Simulant.Tabular.Latent;
using Xunit;

namespace Simulant.Tests.Tabular.Ctgan;

public class GeneratorTests
{
    private static readonly RandomStream Stream = new(5, "generator tests");

    /// <summary>Every parameter away from its first value, batch norms' own among them.</summary>
    private static (ParameterStore Store, Generator Generator) Trained(int conditions)
    {
        var store = new ParameterStore(new RandomStream(5, "generator"));
        var generator = new Generator(store, outputs: 21, conditions, latents: 8, width: 12);
        for (int i = 0; i < store.Values.Length; i++) store.Values[i] += 0.5f * (float)Stream.Uniform(i, 0);
        return (store, generator);
    }

    private static Tensor Normals(Tape tape, int rows, int slot) => tape.Normal(rows, 8, Stream, 0, slot);

    private static float[] Answers(ReadyNetwork ready, Tensor z, int[] conditions)
    {
        var work = ready.Rent();
        work.Latents.Gather(z.Values, [.. Enumerable.Range(0, z.Rows)]);
        ready.Apply(work, conditions);
        float[] answers = new float[z.Rows * 21];
        for (int r = 0; r < z.Rows; r++) work.Answer.CopyRow(r, 0, answers.AsSpan(r * 21, 21));
        ready.Return(work);
        return answers;
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public void Ready_to_draw_it_answers_as_in_training_with_norms_that_stand(int conditions)
    {
        var (_, generator) = Trained(conditions);
        using var tape = new Tape(new Arena(), recording: false);
        int[] asked = [.. Enumerable.Range(0, 100).Select(r => conditions == 0 ? 0 : r % conditions)];
        var z = Normals(tape, 100, 2);
        float[] expected = generator.Apply(tape, z, asked, momentum: 0).Values.ToArray();
        float[] ready = Answers(generator.Ready(), z, asked);
        Assert.True(expected.Max() - expected.Min() > 1);
        for (int i = 0; i < expected.Length; i++) Assert.Equal(expected[i], ready[i], 1e-4f * (1 + Math.Abs(expected[i])));
    }

    [Fact]
    public void What_was_made_ready_does_not_follow_later_training()
    {
        var (store, generator) = Trained(3);
        using var tape = new Tape(new Arena(), recording: false);
        int[] asked = [0, 1, 2, 2];
        var z = Normals(tape, 4, 3);
        var ready = generator.Ready();
        float[] before = Answers(ready, z, asked);
        store.Values.Clear();
        Assert.Equal(before, Answers(ready, z, asked));
    }

    [Fact]
    public void A_row_alone_is_answered_as_in_a_batch()
    {
        var (_, generator) = Trained(3);
        using var tape = new Tape(new Arena(), recording: false);
        var z = Normals(tape, 33, 4);
        int[] asked = [.. Enumerable.Range(0, 33).Select(r => r % 3)];
        var ready = generator.Ready();
        float[] all = Answers(ready, z, asked);
        for (int r = 0; r < 33; r++)
            Assert.Equal(all.AsSpan(r * 21, 21).ToArray(), Answers(ready, tape.Rows(z, r, 1), [asked[r]]));
    }
}
