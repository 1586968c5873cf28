using Simulant.Data;
using Simulant.Numerics;
using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Training;

namespace Simulant.Validation.Images;

/// <summary>How a network is trained.</summary>
/// <param name="Steps">Batches shown.</param>
/// <param name="Batch">Pictures a batch.</param>
/// <param name="Rate">Adam's learning rate after 5% of the steps; from there half a cosine to 0.</param>
/// <param name="Decay">Decoupled weight decay.</param>
/// <param name="Dropout">Part of the features dropped.</param>
/// <param name="Average">Weight average by steps, kept a step; the average is what is used.</param>
public sealed record PictureTrainingOptions(int Steps, int Batch = 64, float Rate = 2e-3f, float Decay = 1e-2f, float Dropout = 0.3f,
    float Average = 0.99f)
{
    public PictureJitter Jitter { get; init; } = PictureJitter.Usual;

    public PictureNetShape Shape { get; init; } = PictureNetShape.Usual;
}

/// <summary>Trains and asks <see cref="PictureNet"/>s: the same to the bit on any number of threads.</summary>
public static class PictureTraining
{
    /// <summary>
    /// Trains on sets of pictures: each batch takes its share from each of them, drawn with replacement, so that a small set beside a large
    /// one is seen as often as its share says.
    /// </summary>
    /// <param name="sets">Of one shape and number of classes, with classes; none empty.</param>
    /// <param name="shares">Parts of a batch, above 0; equal where not given.</param>
    public static PictureNet Train(IReadOnlyList<PictureSet> sets, PictureTrainingOptions options, RunContext run,
        IReadOnlyList<double>? shares = null)
    {
        var first = sets[0];
        foreach (var set in sets)
            if (set.Fault() is { } fault) throw new ArgumentException(fault, nameof(sets));
            else if (set.Count == 0 || set.Classes.Length == 0
                || (set.Width, set.Height, set.Channels, set.ClassCount) != (first.Width, first.Height, first.Channels, first.ClassCount))
                throw new ArgumentException("sets to train on have one shape and classes, and none is empty", nameof(sets));
        var net = new PictureNet(first.Width, first.Height, first.Channels, first.ClassCount, run.Seed, options.Shape);
        double[] upTo = Cumulated(shares ?? [.. sets.Select(_ => 1.0)]);
        var adam = new Adam(net.Store, weightDecay: options.Decay);
        var schedule = new Schedule(options.Rate, options.Steps / 20, options.Steps);
        var average = new MovingAverage(net.Store, options.Average);
        RandomStream drawn = new(run.Seed, "images/drawn"), jitter = new(run.Seed, "images/jitter"), dropped = new(run.Seed,
            "images/dropped");
        using var tape = new Tape(loop: Work.Loop(run));
        for (int step = 0; step < options.Steps; step++)
        {
            run.Cancel.ThrowIfCancellationRequested();
            var (x, classes) = Batch(tape, sets, upTo, options, step, drawn, jitter);
            var features = tape.Dropout(net.Features(tape, x), options.Dropout, dropped, (long)step * options.Batch, 0);
            var loss = tape.Mean(tape.CrossEntropy(net.Logits(tape, features), classes));
            tape.Gradient(loss, net.Store);
            Gradients.Clip(net.Store, 5);
            adam.Step(schedule.At(step));
            average.Update((step + 1f) / (step + 10f));
            tape.Reset();
        }
        if (options.Steps > 0) average.Swap();
        return net;
    }

    /// <summary>Features of every picture: [picture][feature].</summary>
    public static float[] Features(PictureNet net, PictureSet set, RunContext run) => Ask(net, set, run, (tape, f) => f,
        net.Shape.Features);

    /// <summary>The likeliest class of every picture; the lowest of equals.</summary>
    public static int[] Predict(PictureNet net, PictureSet set, RunContext run)
    {
        float[] logits = Ask(net, set, run, net.Logits, net.Classes);
        int[] best = new int[set.Count];
        for (int i = 0; i < best.Length; i++)
            for (int c = 1; c < net.Classes; c++)
                if (logits[i * net.Classes + c] > logits[i * net.Classes + best[i]]) best[i] = c;
        return best;
    }

    /// <summary>Part of the pictures whose class is the likeliest.</summary>
    public static double Accuracy(PictureNet net, PictureSet set, RunContext run)
    {
        int[] predicted = Predict(net, set, run);
        return set.Classes.Zip(predicted).Count(p => p.First == p.Second) / (double)set.Count;
    }

    private static float[] Ask(PictureNet net, PictureSet set, RunContext run, Func<Tape, Tensor, Tensor> of, int width)
    {
        if ((set.Width, set.Height, set.Channels) != (net.Width, net.Height, net.Channels))
            throw new ArgumentException($"the network takes {net.Width} x {net.Height} x {net.Channels}", nameof(set));
        const int Block = 64;
        float[] all = new float[set.Count * width];
        Work.For((set.Count + Block - 1) / Block, run, block =>
        {
            using var tape = new Tape(recording: false);
            int from = block * Block, count = Math.Min(Block, set.Count - from);
            var x = tape.New(count * set.Width * set.Height, set.Channels);
            float[] picture = new float[set.Length];
            for (int i = 0; i < count; i++)
            {
                var bytes = set.Picture(from + i);
                for (int s = 0; s < picture.Length; s++) picture[s] = bytes[s];
                PictureNet.Standardise(picture, x.Values.Slice(i * set.Length, set.Length));
            }
            of(tape, net.Features(tape, x)).Values.CopyTo(all.AsSpan(from * width));
        });
        return all;
    }

    private static (Tensor Pictures, int[] Classes) Batch(Tape tape, IReadOnlyList<PictureSet> sets, double[] upTo,
        PictureTrainingOptions options, int step, RandomStream drawn, RandomStream jitter)
    {
        var first = sets[0];
        var x = tape.New(options.Batch * first.Width * first.Height, first.Channels);
        int[] classes = new int[options.Batch];
        float[] picture = new float[first.Length];
        for (int i = 0; i < options.Batch; i++)
        {
            long item = (long)step * options.Batch + i;
            // Shares are kept in every batch, up to rounding.
            int which = Array.FindIndex(upTo, u => (i + 0.5) / options.Batch < u);
            var set = sets[which < 0 ? sets.Count - 1 : which];
            int chosen = drawn.Below(set.Count, item, 0);
            classes[i] = set.Classes[chosen];
            options.Jitter.Apply(set.Picture(chosen), set.Width, set.Height, set.Channels, jitter, item, picture);
            PictureNet.Standardise(picture, x.Values.Slice(i * first.Length, first.Length));
        }
        return (x, classes);
    }

    private static double[] Cumulated(IReadOnlyList<double> shares)
    {
        double whole = shares.Sum(), sum = 0;
        if (shares.Any(s => !(s > 0))) throw new ArgumentException("a share of a batch is above 0", nameof(shares));
        return [.. shares.Select(s => (sum += s) / whole)];
    }
}
