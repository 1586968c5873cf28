using Simulant.Numerics.Random;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Modules;

namespace Simulant.Tabular.Diffusion;

/// <summary>
/// The network F: a residual perceptron over the noisy row, waves of its scores, the given columns and the noise level.
/// </summary>
internal sealed class Denoiser
{
    /// <summary>Waves of a score: sines and cosines of its posterior mean, of angular frequency 1/2, 1, 2, ...</summary>
    public const int Waves = 9;

    /// <summary>Waves of each of the uncorrelated numbers behind the scores.</summary>
    public const int OwnWaves = 6;

    private const float FirstWave = 0.5f;

    /// <summary>Waves of the noise level.</summary>
    private const int LevelWaves = 8;
    public const int LevelWidth = 2 * LevelWaves;

    private const int DropoutSlot = -10;

    private readonly RowLayout _layout;
    private readonly Mixing _mixing;
    private readonly LinearLayer _in, _out;
    private readonly float[] _logShare; // of each number of a choice
    private readonly (LinearLayer In, LinearLayer Level, LinearLayer Out)[] _blocks;

    /// <param name="width">Hidden units.</param>
    /// <param name="depth">Residual blocks of two layers.</param>
    public Denoiser(RowLayout layout, Mixing mixing, int width, int depth, ulong seed)
    {
        (_layout, _mixing, Width, Depth) = (layout, mixing, width, depth);
        Store = new ParameterStore(new RandomStream(seed, "diffusion weights"));
        _in = new LinearLayer(Store, "in", Inputs, width);
        _blocks = [.. Enumerable.Range(0, depth).Select(b => (
            new LinearLayer(Store, $"block{b}.in", width, width),
            new LinearLayer(Store, $"block{b}.level", LevelWidth, width, Initialisers.Normal(0.1)),
            new LinearLayer(Store, $"block{b}.out", width, width)))];
        _out = new LinearLayer(Store, "out", width, Math.Max(1, layout.Width), Initialisers.Zeros, Initialisers.Zeros);
        // Before training every column follows its own distribution.
        _logShare = new float[layout.Width];
        foreach (var block in layout.Blocks)
        {
            double[] counts = layout.Plans[block.Column].DigitCounts(block.Choice);
            double total = counts.Sum();
            for (int k = 0; k < counts.Length; k++) _logShare[block.Start + k] = (float)Math.Log(Math.Max(counts[k], 1e-4) / total);
        }
        _logShare.CopyTo(_out.Bias.Values);
    }

    public ParameterStore Store { get; }
    public int Width { get; }
    public int Depth { get; }

    /// <summary>Numbers that <see cref="Inputs"/> has for a row.</summary>
    public int Inputs => 2 * _layout.Width + _layout.Columns + 2 * (Waves + OwnWaves) * _layout.Scores + LevelWidth;

    /// <summary>
    /// A row's inputs: c_in x of the scores, and of the choices what they alone make likely; the given columns' numbers and which
    /// they are; waves of the scores, each by its mean under the posterior of the score alone (N(x / (1 + sigma^2), sigma^2 /
    /// (1 + sigma^2))), so that waves too short to be seen through the noise fade. What is given has no noise: its waves do not
    /// fade, and its choice is certain.
    /// </summary>
    /// <param name="given">Clean numbers of the given columns, 0 elsewhere; empty for none.</param>
    /// <param name="mask">By column, 1 where it is given; empty for none.</param>
    public void Describe(ReadOnlySpan<float> x, float sigma, ReadOnlySpan<float> given, ReadOnlySpan<float> mask, Span<float> into,
        Span<float> level)
    {
        int width = _layout.Width;
        float cIn = Preconditioning.CIn(sigma), cSkip = Preconditioning.CSkip(sigma);
        for (int i = 0; i < _layout.Scores; i++) into[i] = cIn * x[i];
        foreach (var block in _layout.Blocks)
        {
            if (given.IsEmpty || mask[block.Column] == 0) Posterior(block, x, sigma, into);
            else given.Slice(block.Start, block.Size).CopyTo(into[block.Start..]);
        }
        var rest = into[width..];
        if (given.IsEmpty) rest[..(width + _layout.Columns)].Clear();
        else
        {
            given.CopyTo(rest);
            mask.CopyTo(rest[width..]);
        }
        rest = rest[(width + _layout.Columns)..];
        Span<float> fade = stackalloc float[Waves];
        float frequency = FirstWave;
        for (int k = 0; k < Waves; k++, frequency *= 2) fade[k] = MathF.Exp(-0.5f * frequency * frequency * (1 - cSkip));
        Span<float> joined = _layout.Scores <= 256 ? stackalloc float[_layout.Scores] : new float[_layout.Scores];
        _mixing.Join(x, joined);
        for (int s = 0; s < _layout.Scores; s++, rest = rest[(2 * Waves)..])
        {
            bool known = !given.IsEmpty && mask[_layout.ColumnOf(s)] > 0;
            Wave(FirstWave * (known ? given[s] : cSkip * joined[s]), known ? [] : fade, rest[..(2 * Waves)]);
        }
        for (int s = 0; s < _layout.Scores; s++, rest = rest[(2 * OwnWaves)..])
            Wave(FirstWave * cSkip * x[s], fade, rest[..(2 * OwnWaves)]);
        Wave(0.5f * Preconditioning.CNoise(sigma), [], level);
        level.CopyTo(rest);
    }

    /// <summary>A choice's probabilities by its shares and its own noisy numbers.</summary>
    private void Posterior(RowLayout.Block block, ReadOnlySpan<float> x, float sigma, Span<float> into)
    {
        int end = block.Start + block.Size;
        float most = float.NegativeInfinity, sum = 0;
        for (int k = block.Start; k < end; k++)
        {
            into[k] = _logShare[k] + Preconditioning.OwnLogit(sigma, x[k]);
            most = MathF.Max(most, into[k]);
        }
        for (int k = block.Start; k < end; k++) sum += into[k] = MathF.Exp(into[k] - most);
        for (int k = block.Start; k < end; k++) into[k] *= RowLayout.Height / sum;
    }

    /// <summary>Sines and cosines of an angle, of twice it, of four times it, ..., each by its factor; none is 1.</summary>
    private static void Wave(float angle, ReadOnlySpan<float> factors, Span<float> into)
    {
        var (sin, cos) = MathF.SinCos(angle);
        for (int k = 0; 2 * k < into.Length; k++)
        {
            float factor = factors.IsEmpty ? 1 : factors[k];
            (into[2 * k], into[2 * k + 1]) = (factor * sin, factor * cos);
            (sin, cos) = (2 * sin * cos, cos * cos - sin * sin);
        }
    }

    /// <summary>F of each row.</summary>
    /// <param name="inputs">[rows, <see cref="Inputs"/>]</param>
    /// <param name="level">[rows, <see cref="LevelWidth"/>]</param>
    /// <param name="dropout">Share of the hidden values left out, at addresses from <paramref name="item"/> on.</param>
    /// <returns>[rows, numbers of a row]</returns>
    public Tensor Apply(
        Tape tape, Tensor inputs, Tensor level, float dropout = 0, RandomStream random = default, long item = 0)
    {
        var h = _in.Apply(tape, inputs);
        for (int b = 0; b < _blocks.Length; b++)
        {
            var block = _blocks[b];
            var inner = tape.Add(block.In.Apply(tape, tape.Standardise(h)), block.Level.Apply(tape, level));
            h = tape.Add(h, block.Out.Apply(tape, tape.Dropout(tape.Silu(inner), dropout, random, item, DropoutSlot - b)));
        }
        return _out.Apply(tape, tape.Silu(tape.Standardise(h)));
    }
}
