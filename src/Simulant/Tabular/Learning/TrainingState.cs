using System.Runtime.InteropServices;
using Simulant.Numerics.Tensors;
using Simulant.Numerics.Tensors.Training;

namespace Simulant.Tabular.Learning;

/// <summary>
/// Everything that the next epoch depends on, by name: buffers of numbers (weights, averages, an optimiser's memory) and single
/// numbers (steps done, learning rate). Randomness is addressed by epoch and step, so it has no state.
/// </summary>
public sealed class TrainingState
{
    private readonly List<(string Name, BufferView View, bool Outcome)> _buffers = [];
    private readonly List<(string Name, Func<double> Get, Action<double> Set)> _numbers = [];

    /// <summary>A buffer as it now is; its length never changes.</summary>
    public delegate Span<float> BufferView();

    /// <param name="outcome">Whether it is part of what training is for, and goes back to its best state in the end.</param>
    public TrainingState Add(string name, BufferView view, bool outcome = false)
    {
        _buffers.Add((name, view, outcome));
        return this;
    }

    /// <inheritdoc cref="Add(string, BufferView, bool)"/>
    public TrainingState Add(string name, float[] values, bool outcome = false) => Add(name, () => values, outcome);

    /// <inheritdoc cref="Add(string, BufferView, bool)"/>
    public TrainingState Add(string name, ParameterStore store, bool outcome = false) => Add(name, () => store.Values, outcome);

    /// <summary>An optimiser's memory and its count of steps.</summary>
    public TrainingState Add(string name, Optimizer optimizer)
    {
        foreach (var (part, values) in optimizer.Memory) Add($"{name}.{part}", values);
        return Add($"{name}.steps", () => optimizer.Steps, steps => optimizer.Steps = (long)steps);
    }

    /// <summary>A number that is kept exactly as a double.</summary>
    public TrainingState Add(string name, Func<double> get, Action<double> set)
    {
        _numbers.Add((name, get, set));
        return this;
    }

    internal bool OutcomeIsFinite
    {
        get
        {
            foreach (var (_, view, outcome) in _buffers)
            {
                if (!outcome) continue;
                foreach (float value in view())
                    if (!float.IsFinite(value)) return false;
            }
            return true;
        }
    }

    /// <summary>A copy of the buffers that are the outcome.</summary>
    internal float[][] CopyOutcome() => [.. _buffers.Where(b => b.Outcome).Select(b => b.View().ToArray())];

    internal void CopyOutcome(float[][] into)
    {
        int k = 0;
        foreach (var (_, view, outcome) in _buffers)
            if (outcome) view().CopyTo(into[k++]);
    }

    internal void RestoreOutcome(float[][] from)
    {
        int k = 0;
        foreach (var (_, view, outcome) in _buffers)
            if (outcome) from[k++].CopyTo(view());
    }

    internal void Write(BinaryWriter to)
    {
        to.Write(_buffers.Count);
        foreach (var (name, view, _) in _buffers)
        {
            to.Write(name);
            WriteFloats(to, view());
        }
        to.Write(_numbers.Count);
        foreach (var (name, get, _) in _numbers)
        {
            to.Write(name);
            to.Write(get());
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote; nothing is changed before <see cref="Restorable.Apply"/>.</summary>
    /// <exception cref="InvalidDataException">It is the state of something else.</exception>
    internal Restorable Read(BinaryReader from)
    {
        if (from.ReadInt32() != _buffers.Count) throw new InvalidDataException("another number of buffers");
        float[][] buffers = new float[_buffers.Count][];
        for (int b = 0; b < buffers.Length; b++)
        {
            var (name, view, _) = _buffers[b];
            if (from.ReadString() != name) throw new InvalidDataException($"there is no buffer '{name}'");
            buffers[b] = ReadFloats(from, view().Length);
        }
        if (from.ReadInt32() != _numbers.Count) throw new InvalidDataException("another number of numbers");
        double[] numbers = new double[_numbers.Count];
        for (int n = 0; n < numbers.Length; n++)
        {
            if (from.ReadString() != _numbers[n].Name) throw new InvalidDataException($"there is no number '{_numbers[n].Name}'");
            numbers[n] = from.ReadDouble();
        }
        return new Restorable(this, buffers, numbers);
    }

    internal static void WriteFloats(BinaryWriter to, ReadOnlySpan<float> values)
    {
        to.Write(values.Length);
        to.Write(MemoryMarshal.AsBytes(values));
    }

    internal static float[] ReadFloats(BinaryReader from, int length)
    {
        if (from.ReadInt32() != length) throw new InvalidDataException("a buffer has another length");
        float[] values = new float[length];
        from.ReadExactly(MemoryMarshal.AsBytes(values.AsSpan()));
        return values;
    }

    internal sealed class Restorable(TrainingState state, float[][] buffers, double[] numbers)
    {
        public void Apply()
        {
            for (int b = 0; b < buffers.Length; b++) buffers[b].CopyTo(state._buffers[b].View());
            for (int n = 0; n < numbers.Length; n++) state._numbers[n].Set(numbers[n]);
        }
    }
}
