namespace Simulant.Images.Codecs.Jpeg;

/// <summary>One scan: coefficients of its components out of entropy-coded data (ITU-T T.81, F.2 and G.2).</summary>
internal sealed class JpegScan(ReadOnlyMemory<byte> file, string name, JpegComponent[] components, int restart)
{
    private int _endOfBand;

    public required bool Progressive { get; init; }

    /// <summary>First and last coefficient in zigzag order.</summary>
    public required int First { get; init; }

    /// <inheritdoc cref="First"/>
    public required int Last { get; init; }

    /// <summary>Bit position of the scan before (0 for a first one) and of this one.</summary>
    public required int High { get; init; }

    /// <inheritdoc cref="High"/>
    public required int Low { get; init; }

    public void Check(int at)
    {
        bool sound = Progressive
            ? First <= Last && Last < 64 && Low <= 13 && (High == 0 || High == Low + 1) && (First > 0 ? components.Length == 1 : Last == 0)
            : First == 0 && Last == 63 && High == 0 && Low == 0;
        if (!sound) throw Fault.At(name, at,
            $"a scan of coefficients {First} to {Last}, bits {High} to {Low}, is impossible; the file is damaged");
        if (components.Length > 1 && components.Sum(c => c.Across * c.Down) > 10)
            throw Fault.At(name, at, "a scan of more than 10 blocks a unit; the file is damaged");
        bool dc = First == 0 && High == 0, ac = Last > 0;
        foreach (var component in components)
            if ((dc && component.Dc is null) || (ac && component.Ac is null))
                throw Fault.At(name, at, "a scan by a table of codes that is not there; the file is damaged");
    }

    /// <summary>Where the marker behind the scan stands.</summary>
    public int Read(int at)
    {
        var bits = new BitReader(file.Span, at);
        var only = components.Length == 1 ? components[0] : null;
        int across = only is null ? components[0].BlocksAcross / components[0].Across : (only.Width + 7) / 8;
        int down = only is null ? components[0].BlocksDown / components[0].Down : (only.Height + 7) / 8;
        Reset();
        int left = restart, number = 0;
        for (int row = 0; row < down; row++)
            for (int column = 0; column < across; column++)
            {
                if (restart > 0 && left-- == 0)
                {
                    bits = new BitReader(file.Span, Restart(ref bits, number++ & 7));
                    left = restart - 1;
                }
                if (only is null) Unit(ref bits, row, column);
                else Block(ref bits, only, row, column);
                if (bits.Beyond) throw Fault.At(name, bits.Offset, "the picture's data ends early; the file is cut off or damaged");
            }
        return SkipToMarker(bits.Offset);
    }

    private void Reset()
    {
        _endOfBand = 0;
        foreach (var component in components) component.Predicted = 0;
    }

    private int Restart(ref BitReader bits, int number)
    {
        var bytes = file.Span;
        int at = SkipToMarker(bits.Offset);
        if (at + 1 >= bytes.Length || bytes[at + 1] != 0xD0 + number)
            throw Fault.At(name, at, $"restart marker {number} is missing; the file is damaged");
        Reset();
        return at + 2;
    }

    private int SkipToMarker(int at)
    {
        var bytes = file.Span;
        while (at + 1 < bytes.Length && (bytes[at] != 0xFF || bytes[at + 1] is 0 or 0xFF)) at++;
        return at;
    }

    private void Unit(ref BitReader bits, int row, int column)
    {
        foreach (var component in components)
            for (int v = 0; v < component.Down; v++)
                for (int h = 0; h < component.Across; h++)
                    Block(ref bits, component, row * component.Down + v, column * component.Across + h);
    }

    private void Block(ref BitReader bits, JpegComponent component, int row, int column)
    {
        var block = component.Coefficients.AsSpan((row * component.BlocksAcross + column) * 64, 64);
        if (!Progressive)
        {
            block[0] = (short)Dc(ref bits, component);
            Sequential(ref bits, component.Ac!, block);
        }
        else if (First == 0)
        {
            if (High == 0) block[0] = (short)(Dc(ref bits, component) << Low);
            else if (bits.Take(1) != 0) block[0] |= (short)(1 << Low);
        }
        else if (High == 0) FirstBand(ref bits, component.Ac!, block);
        else RefinedBand(ref bits, component.Ac!, block);
    }

    private int Dc(ref BitReader bits, JpegComponent component)
    {
        int size = component.Dc!.Next(ref bits);
        if (size is < 0 or > 15) throw Bad(bits.Offset);
        return component.Predicted = (short)(component.Predicted + bits.TakeSigned(size));
    }

    private void Sequential(ref BitReader bits, HuffmanTable codes, Span<short> block)
    {
        for (int k = 1; k < 64; k++)
        {
            int code = codes.Next(ref bits);
            if (code < 0) throw Bad(bits.Offset);
            int zeros = code >> 4, size = code & 15;
            if (size == 0 && zeros != 15) return;
            k += zeros;
            if (k > 63) throw Bad(bits.Offset);
            block[JpegTables.Zigzag[k]] = (short)bits.TakeSigned(size);
        }
    }

    private void FirstBand(ref BitReader bits, HuffmanTable codes, Span<short> block)
    {
        if (_endOfBand > 0)
        {
            _endOfBand--;
            return;
        }
        for (int k = First; k <= Last; k++)
        {
            int code = codes.Next(ref bits);
            if (code < 0) throw Bad(bits.Offset);
            int zeros = code >> 4, size = code & 15;
            if (size == 0 && zeros != 15)
            {
                _endOfBand = (1 << zeros) - 1 + bits.Take(zeros);
                return;
            }
            k += zeros;
            if (k > Last) throw Bad(bits.Offset);
            block[JpegTables.Zigzag[k]] = (short)(bits.TakeSigned(size) << Low);
        }
    }

    private void RefinedBand(ref BitReader bits, HuffmanTable codes, Span<short> block)
    {
        int k = First;
        short step = (short)(1 << Low);
        if (_endOfBand == 0)
        {
            for (; k <= Last; k++)
            {
                int code = codes.Next(ref bits);
                if (code < 0 || (code & 15) > 1) throw Bad(bits.Offset);
                int zeros = code >> 4;
                short value = 0;
                if ((code & 15) == 1) value = bits.Take(1) != 0 ? step : (short)-step;
                else if (zeros != 15)
                {
                    _endOfBand = (1 << zeros) + bits.Take(zeros);
                    break;
                }
                for (; k <= Last; k++)
                {
                    ref short there = ref block[JpegTables.Zigzag[k]];
                    if (there != 0) Correct(ref bits, ref there, step);
                    else if (zeros-- == 0)
                    {
                        there = value;
                        break;
                    }
                }
            }
        }
        if (_endOfBand == 0) return;
        for (; k <= Last; k++)
        {
            ref short there = ref block[JpegTables.Zigzag[k]];
            if (there != 0) Correct(ref bits, ref there, step);
        }
        _endOfBand--;
    }

    private static void Correct(ref BitReader bits, ref short there, short step)
    {
        if (bits.Take(1) != 0 && (there & step) == 0) there += there > 0 ? step : (short)-step;
    }

    private Simulant.Data.DataException Bad(int at) => Fault.At(name, at, "a code that its table does not have; the file is damaged");
}
