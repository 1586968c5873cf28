using System.Globalization;

namespace Simulant.Reports.Markup;

/// <summary>Maps values to coordinates, linearly, or by logarithm where the values span decades.</summary>
internal readonly struct Scale
{
    private readonly double _low, _high, _from, _to;
    private readonly bool _log;

    /// <param name="from">Coordinate of <paramref name="low"/>.</param>
    /// <param name="to">Coordinate of <paramref name="high"/>; may be less than <paramref name="from"/> (y grows downward).</param>
    public Scale(double low, double high, double from, double to, bool log = false)
    {
        _log = log;
        _low = log ? Math.Log10(low) : low;
        _high = log ? Math.Log10(high) : high;
        if (!(_high > _low)) _high = _low + 1;
        _from = from;
        _to = to;
    }

    /// <summary>The coordinate, kept inside the chart.</summary>
    public double this[double value]
    {
        get
        {
            double t = ((_log ? Math.Log10(value) : value) - _low) / (_high - _low);
            return _from + (double.IsNaN(t) ? 0 : Math.Clamp(t, 0, 1)) * (_to - _from);
        }
    }

    /// <summary>Round values inside [low, high], about <paramref name="count"/> of them, in steps of 1, 2 or 5 times a power of
    /// ten.</summary>
    public static IReadOnlyList<double> Ticks(double low, double high, int count = 4)
    {
        if (!double.IsFinite(low) || !double.IsFinite(high) || !(high > low)) return [];
        double raw = (high - low) / count, power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        if (!double.IsFinite(power) || power == 0) return [];
        double unit = raw / power, step = (unit < 1.5 ? 1 : unit < 3.5 ? 2 : unit < 7.5 ? 5 : 10) * power;
        var ticks = new List<double>();
        for (double k = Math.Ceiling(low / step); k * step <= high + step * 1e-9 && ticks.Count < 20; k++) ticks.Add(k * step);
        return ticks;
    }

    /// <summary>A short label of a tick: 1200 as 1.2k, 0.05 as it is.</summary>
    public static string Label(double value)
    {
        return Size(value + 0.0).Replace('-', '−');
    }

    private static string Size(double value)
    {
        double size = Math.Abs(value);
        if (size >= 1e15 || (size < 1e-4 && size > 0)) return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        (double, string)[] units = [(1e12, "T"), (1e9, "G"), (1e6, "M"), (1e4, "k")];
        foreach (var (unit, name) in units)
        {
            double by = name == "k" ? 1e3 : unit;
            if (size >= unit) return (value / by).ToString("0.###", CultureInfo.InvariantCulture) + name;
        }
        return value.ToString(size >= 100 ? "0.#" : size >= 1 ? "0.###" : "0.####", CultureInfo.InvariantCulture);
    }
}
