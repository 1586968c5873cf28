using Simulant.Tabular.Frame;

namespace Simulant.Tabular.Latent;

/// <summary>
/// A column as a network sees it: a code, and where the code is a mode of a numeric column, a place within the mode in [-1, 1]
/// (mode-specific normalisation: Xu and others, "Modeling tabular data using conditional GAN", 2019, section 4.2).
/// </summary>
/// <remarks>
/// Codes 0 .. Modes - 1 are normals of the mixture. The others stand for values: levels, missing, infinite numbers, and the
/// numbers of a column that may only take what was seen. Values beyond the most frequent share one last code and are told apart by
/// their frequency alone, so that no column has more than <see cref="MostCodes"/> codes.
/// </remarks>
internal sealed class ColumnModes
{
    /// <summary>Codes of a column at most; the rarest levels beyond share one.</summary>
    public const int MostCodes = 256;

    private const int MostModes = 10;

    private readonly ModelColumn _column;
    private readonly double[] _weights, _means, _sigmas;
    private readonly double[] _values;      // by falling frequency
    private readonly int[] _counts;         // of the values
    private readonly Dictionary<double, int> _placeOf = [];

    private ColumnModes(ModelColumn column, double[] weights, double[] means, double[] sigmas, double[] values, int[] counts)
    {
        _column = column;
        (_weights, _means, _sigmas, _values, _counts) = (weights, means, sigmas, values, counts);
        for (int i = 0; i < values.Length; i++) _placeOf[values[i]] = i;
        Codes = Modes + Math.Min(values.Length, MostCodes - Modes);
    }

    /// <summary>Normals of the mixture; 0 for columns without a continuous part.</summary>
    public int Modes => _means.Length;

    public int Codes { get; }

    /// <summary>Whether a condition vector can name its codes: columns of values alone.</summary>
    public bool IsDiscrete => Modes == 0;

    public static ColumnModes Fit(ModelColumn column, double[] values)
    {
        bool continuous = column is { IsNumeric: true, AtomsOnly: false };
        double[] finite = continuous ? Array.FindAll(values, double.IsFinite) : [];
        var counts = new Dictionary<double, int>();
        foreach (double v in values)
            if (!continuous || !double.IsFinite(v)) counts[v] = counts.GetValueOrDefault(v) + 1;
        double[] distinct = [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key).Select(c => c.Key)];
        int[] counted = [.. distinct.Select(v => counts[v])];
        if (finite.Length == 0) return new ColumnModes(column, [], [], [], distinct, counted);
        var mixture = GaussianMixture.Fit(finite, MostModes, column.Step / 8);
        return new ColumnModes(column, mixture.Weights, mixture.Means, mixture.Sigmas, distinct, counted);
    }

    /// <summary>The code of a value and its place in the mode; which of overlapping modes is drawn by their densities.</summary>
    /// <param name="u">In [0, 1).</param>
    public (int Code, float Place) Encode(double value, double u)
    {
        if (_placeOf.TryGetValue(value, out int place)) return (Modes + Math.Min(place, Codes - Modes - 1), 0);
        Span<double> density = stackalloc double[Modes];
        double most = double.NegativeInfinity, total = 0;
        for (int k = 0; k < Modes; k++)
        {
            double d = (value - _means[k]) / _sigmas[k];
            density[k] = Math.Log(_weights[k] / _sigmas[k]) - 0.5 * d * d;
            most = Math.Max(most, density[k]);
        }
        if (!double.IsFinite(most)) return Nearest(value);
        for (int k = 0; k < Modes; k++) total += density[k] = Math.Exp(density[k] - most);
        double rest = u * total;
        int chosen = 0;
        for (; chosen < Modes - 1 && rest >= density[chosen]; chosen++) rest -= density[chosen];
        return (chosen, PlaceIn(value, chosen));
    }

    private (int, float) Nearest(double value)
    {
        int best = Enumerable.Range(0, Modes).MinBy(k => Math.Abs(value / 2 - _means[k] / 2));
        return (best, PlaceIn(value, best));
    }

    private float PlaceIn(double value, int mode) =>
        (float)Math.Clamp((value / 4 - _means[mode] / 4) / _sigmas[mode], -0.99, 0.99);

    /// <summary>The value of a code.</summary>
    /// <param name="place">Within the mode; meaningless for other codes.</param>
    /// <param name="u">In [0, 1), for the code that several values share.</param>
    public double Decode(int code, double place, double u)
    {
        if (code < Modes)
        {
            double value = _means[code] + 4 * _sigmas[code] * Math.Clamp(place, -1, 1);
            if (_column.Step > 0) value = Math.Round(value / _column.Step) * _column.Step;
            return Math.Clamp(value, -double.MaxValue, double.MaxValue);
        }
        int first = code - Modes;
        if (code < Codes - 1 || first == _values.Length - 1) return _values[first];
        return _values[Among(first, _ => true, u)];
    }

    /// <summary>How likely a code's value is one of those allowed; for a mode, whether its value at that place is.</summary>
    public double Share(int code, double place, Allowed allowed)
    {
        if (code < Modes) return allowed.Holds(Decode(code, place, 0)) ? 1 : 0;
        int first = code - Modes;
        if (code < Codes - 1 || first == _values.Length - 1) return allowed.Holds(_values[first]) ? 1 : 0;
        long held = 0, all = 0;
        for (int i = first; i < _values.Length; i++)
        {
            all += _counts[i];
            if (allowed.Holds(_values[i])) held += _counts[i];
        }
        return (double)held / all;
    }

    /// <summary>As <see cref="Decode(int, double, double)"/>, among the allowed values of a code whose share is above 0.</summary>
    public double Decode(int code, double place, double u, Allowed allowed)
    {
        int first = code - Modes;
        return code < Codes - 1 || first == _values.Length - 1
            ? Decode(code, place, u) : _values[Among(first, i => allowed.Holds(_values[i]), u)];
    }

    private int Among(int first, Predicate<int> counts, double u)
    {
        long total = 0;
        for (int i = first; i < _values.Length; i++)
            if (counts(i)) total += _counts[i];
        double rest = u * total;
        int last = first;
        for (int i = first; i < _values.Length; i++)
        {
            if (!counts(i)) continue;
            last = i;
            rest -= _counts[i];
            if (rest < 0) break;
        }
        return last;
    }

    public void Save(BinaryWriter to)
    {
        to.Write(Modes);
        for (int k = 0; k < Modes; k++)
        {
            to.Write(_weights[k]);
            to.Write(_means[k]);
            to.Write(_sigmas[k]);
        }
        to.Write(_values.Length);
        for (int i = 0; i < _values.Length; i++)
        {
            to.Write(_values[i]);
            to.Write(_counts[i]);
        }
    }

    public static ColumnModes Load(BinaryReader from, ModelColumn column)
    {
        int modes = from.ReadInt32();
        if (modes is < 0 or > MostModes) throw new InvalidDataException($"column '{column.Name}' claims {modes} modes");
        double[] weights = new double[modes], means = new double[modes], sigmas = new double[modes];
        for (int k = 0; k < modes; k++) (weights[k], means[k], sigmas[k]) = (from.ReadDouble(), from.ReadDouble(), from.ReadDouble());
        int count = from.ReadInt32();
        if (count < 0 || modes + count == 0) throw new InvalidDataException($"column '{column.Name}' claims {count} values");
        var values = new List<double>(Math.Min(count, 1 << 16));
        var counts = new List<int>(Math.Min(count, 1 << 16));
        for (int i = 0; i < count; i++)
        {
            values.Add(from.ReadDouble());
            counts.Add(from.ReadInt32());
        }
        if (counts.Exists(c => c < 1)) throw new InvalidDataException($"column '{column.Name}' has a value that never was");
        return new ColumnModes(column, weights, means, sigmas, [.. values], [.. counts]);
    }
}
