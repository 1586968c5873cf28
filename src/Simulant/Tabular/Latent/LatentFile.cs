using Simulant.Data;
using Simulant.Numerics.Tensors;
using Simulant.Tabular.Learning;

namespace Simulant.Tabular.Latent;

/// <summary>The end of a model's bytes: the training curve, then a length and the weights as safetensors.</summary>
internal static class LatentFile
{
    public static void Write(BinaryWriter to, ParameterStore store, TrainingCurve? training)
    {
        to.Write(training is not null);
        if (training is not null) TrainingCurves.Write(training, to);
        using var buffer = new MemoryStream();
        Safetensors.Write(buffer, store);
        to.Write(checked((int)buffer.Length));
        to.Write(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    public static TrainingCurve? ReadCurve(BinaryReader from) => from.ReadBoolean() ? TrainingCurves.Read(from) : null;

    /// <exception cref="InvalidDataException">The bytes are not the store's weights.</exception>
    public static void Read(BinaryReader from, ParameterStore into)
    {
        int length = from.ReadInt32();
        if (length < 0) throw new InvalidDataException("the weights have no length");
        byte[] bytes = from.ReadBytes(length);
        if (bytes.Length < length) throw new InvalidDataException("the weights end early");
        try
        {
            Safetensors.Read(new MemoryStream(bytes, writable: false)).CopyTo(into);
        }
        catch (DataException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }
}
