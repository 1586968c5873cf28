namespace Simulant.Tabular.Rules;

/// <summary>
/// How busy time is: constant within each hour, by hour of the day, day of the week and month. Either over a window, or
/// repeated week by week without end.
/// </summary>
/// <remarks>Instants are microseconds since 1970-01-01 UTC; 1970-01-01 was a Thursday.</remarks>
internal sealed class Intensity
{
    public const double Hour = 3.6e9, Day = 24 * Hour, Week = 7 * Day;

    private readonly double _start;
    private readonly double _end;

    // Edges of the pieces of constant intensity, and the share of the whole before each edge.
    private readonly double[] _edges;
    private readonly double[] _cumulative;

    /// <param name="hourly">24 weights or empty; <paramref name="weekly"/> 7 from Monday; <paramref name="monthly"/> 12.</param>
    public Intensity(double start, double end, double[] hourly, double[] weekly, double[] monthly)
    {
        (_start, _end) = (start, end);
        bool plain = hourly.Length == 0 && weekly.Length == 0 && monthly.Length == 0;
        var edges = new List<double> { start };
        if (!plain)
            for (double edge = (Math.Floor(start / Hour) + 1) * Hour; edge < end; edge += Hour) edges.Add(edge);
        edges.Add(end);
        _edges = [.. edges];
        _cumulative = new double[_edges.Length];
        for (int i = 0; i + 1 < _edges.Length; i++)
        {
            double weight = Weight(_edges[i], hourly, weekly, monthly);
            _cumulative[i + 1] = _cumulative[i] + weight * ((_edges[i + 1] - _edges[i]) / Hour);
        }
        Total = _cumulative[^1];
        for (int i = 0; i < _cumulative.Length; i++) _cumulative[i] /= Total;
    }

    /// <summary>Weighted hours of the window.</summary>
    public double Total { get; }

    public double Start => _start;
    public double Length => _end - _start;

    /// <summary>The instant before which the share <paramref name="u"/> in [0, 1] of all events falls.</summary>
    public double Inverse(double u)
    {
        int above = Array.BinarySearch(_cumulative, u);
        if (above < 0) above = ~above;
        else
            while (above + 1 < _cumulative.Length && _cumulative[above + 1] <= u) above++;
        if (above >= 0 && above < _cumulative.Length && _cumulative[above] == u) return above == _edges.Length - 1
            ? _end : _edges[above];
        above = Math.Clamp(above, 1, _edges.Length - 1);
        double share = (u - _cumulative[above - 1]) / (_cumulative[above] - _cumulative[above - 1]);
        return Math.Min(_edges[above - 1] + share * (_edges[above] - _edges[above - 1]), Math.BitDecrement(_end));
    }

    /// <summary>The share of all events before an instant.</summary>
    public double Cumulative(double instant)
    {
        if (instant <= _start) return 0;
        if (instant >= _end) return 1;
        int above = Array.BinarySearch(_edges, instant);
        if (above >= 0) return _cumulative[above];
        above = ~above;
        double share = (instant - _edges[above - 1]) / (_edges[above] - _edges[above - 1]);
        return _cumulative[above - 1] + share * (_cumulative[above] - _cumulative[above - 1]);
    }

    private static double Weight(double instant, double[] hourly, double[] weekly, double[] monthly)
    {
        double weight = 1;
        double day = Math.Floor(instant / Day);
        if (hourly.Length > 0) weight *= hourly[(int)((instant - day * Day) / Hour)];
        if (weekly.Length > 0) weight *= weekly[(int)(((day + 3) % 7 + 7) % 7)];
        if (monthly.Length > 0) weight *= monthly[DateTime.UnixEpoch.AddDays(day).Month - 1];
        return weight;
    }
}
