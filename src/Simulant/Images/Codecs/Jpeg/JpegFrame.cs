namespace Simulant.Images.Codecs.Jpeg;

/// <summary>One component of a frame, and its coefficients.</summary>
internal sealed class JpegComponent(byte id, int across, int down, int quantiser)
{
    public byte Id => id;

    /// <summary>Sampling factors, 1 to 4.</summary>
    public int Across => across;

    /// <inheritdoc cref="Across"/>
    public int Down => down;

    /// <summary>Which quantisation table, 0 to 3.</summary>
    public int Quantiser => quantiser;

    /// <summary>Samples that mean something.</summary>
    public int Width { get; private set; }

    /// <inheritdoc cref="Width"/>
    public int Height { get; private set; }

    /// <summary>Blocks of a row, those that only fill up interleaved units among them.</summary>
    public int BlocksAcross { get; private set; }

    public int BlocksDown { get; private set; }

    /// <summary>64 for each block, row after row, as stored (not multiplied by the quantiser).</summary>
    public short[] Coefficients { get; private set; } = [];

    /// <summary>Quantiser of each coefficient, row after row, as it stood when the component's first scan began.</summary>
    public ushort[]? Steps { get; set; }

    /// <summary>The last DC value in this scan.</summary>
    public int Predicted { get; set; }

    public HuffmanTable? Dc { get; set; }
    public HuffmanTable? Ac { get; set; }

    public void Measure(int width, int height, int most, int mostDown)
    {
        Width = (width * Across + most - 1) / most;
        Height = (height * Down + mostDown - 1) / mostDown;
        BlocksAcross = (width + 8 * most - 1) / (8 * most) * Across;
        BlocksDown = (height + 8 * mostDown - 1) / (8 * mostDown) * Down;
    }

    public void Allocate() => Coefficients = new short[checked(BlocksAcross * BlocksDown * 64)];
}
