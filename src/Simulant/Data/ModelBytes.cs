using Simulant.Numerics.Tensors;

namespace Simulant.Data;

/// <summary>
/// The bytes of a fitted model while it is saved. It remembers which of them are weights (<see cref="ModelWeights"/>), so that a
/// model file can give these an entry of their own, which other programs read.
/// </summary>
public sealed class ModelBytes : MemoryStream
{
    /// <summary>Where the safetensors stand; null where the model has none.</summary>
    public (int Start, int Length)? Weights { get; private set; }

    internal void Mark(int start, int length)
    {
        if (Weights is not null) throw new InvalidOperationException("a model has one part of weights");
        Weights = (start, length);
    }
}

/// <summary>Weights among a model's other bytes: their length, and a whole file of safetensors.</summary>
public static class ModelWeights
{
    /// <summary>Writes tensors in the order given.</summary>
    public static void Write(BinaryWriter to, IEnumerable<(string Name, IReadOnlyList<long> Shape, ReadOnlyMemory<float> Values)> tensors)
    {
        using var file = new MemoryStream();
        Safetensors.Write(file, tensors);
        Write(to, file);
    }

    /// <summary>Writes a network's weights, in the order of the store.</summary>
    public static void Write(BinaryWriter to, ParameterStore store)
    {
        using var file = new MemoryStream();
        Safetensors.Write(file, store);
        Write(to, file);
    }

    /// <summary>Reads what <see cref="Write(BinaryWriter, ParameterStore)"/> wrote.</summary>
    /// <exception cref="InvalidDataException">The weights are damaged.</exception>
    public static Safetensors Read(BinaryReader from)
    {
        int length = from.ReadInt32();
        if (length < 0) throw new InvalidDataException("the weights have a negative length");
        byte[] bytes = from.ReadBytes(length);
        if (bytes.Length < length) throw new EndOfStreamException();
        try
        {
            return Safetensors.Read(new MemoryStream(bytes, writable: false));
        }
        catch (DataException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>Reads weights straight into a network of the same shapes.</summary>
    /// <inheritdoc cref="Read(BinaryReader)"/>
    public static void Read(BinaryReader from, ParameterStore into)
    {
        try
        {
            Read(from).CopyTo(into);
        }
        catch (DataException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static void Write(BinaryWriter to, MemoryStream file)
    {
        to.Write(checked((int)file.Length));
        to.Flush();
        if (to.BaseStream is ModelBytes model) model.Mark(checked((int)model.Position), (int)file.Length);
        file.WriteTo(to.BaseStream);
    }
}
