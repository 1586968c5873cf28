namespace Simulant.Scenes.Worlds.Drawing;

/// <summary>
/// The cells into which a parameter's distribution is cut, so that it can be told which parts of it a set has reached: levels of a choice,
/// whole numbers where they are few, else parts of equal probability.
/// </summary>
public sealed class Cells
{
    private readonly Distribution _distribution;
    private readonly int _most;

    /// <param name="most">Cells at most, of numbers; at least 1.</param>
    public Cells(Law law, int most)
    {
        (_distribution, _most) = (law.Distribution, most);
        Chances = _distribution switch
        {
            Choice choice => [.. choice.Weights.Select(w => w / choice.Weights.Sum())],
            Fixed => [1],
            Whole(var low, var high) when high - low < most => [.. Enumerable.Repeat(1.0 / (high - low + 1), high - low + 1)],
            _ => [.. Enumerable.Repeat(1.0 / most, most)],
        };
    }

    /// <summary>How likely a draw is to fall into each cell; 0 for levels that never come.</summary>
    public IReadOnlyList<double> Chances { get; }

    /// <summary>The cell of a value, of a choice the level's index.</summary>
    public int Of(double value) => _distribution switch
    {
        Choice => (int)value,
        Fixed => 0,
        Whole(var low, var high) when high - low < _most => (int)Math.Clamp(value - low, 0, high - low),
        // The middle of a whole number's share, and a breath below a rounded number's.
        Whole => Math.Min((int)(_most * (_distribution.Below(value) + _distribution.Below(value - 1)) / 2), _most - 1),
        _ => Math.Clamp((int)(_most * _distribution.Below(value)), 0, _most - 1),
    };

    /// <summary>What a cell holds, in a few signs.</summary>
    public string Label(int cell)
    {
        if (_distribution is Choice choice) return choice.Levels[cell];
        if (_distribution is Fixed { Value: var value }) return value.ToString("G4", System.Globalization.CultureInfo.InvariantCulture);
        if (_distribution is Whole(var low, var high) && high - low < _most)
            return (low + cell).ToString(System.Globalization.CultureInfo.InvariantCulture);
        string End(double u) => _distribution.At(u).ToString("G3", System.Globalization.CultureInfo.InvariantCulture);
        return $"{End((double)cell / _most)} to {End(Math.BitDecrement((cell + 1.0) / _most))}";
    }

    /// <summary>Part of the cells that can be reached which are reached by so many independent draws, as expected.</summary>
    public double Expected(long draws)
    {
        var open = Chances.Where(c => c > 0).ToList();
        return open.Sum(c => 1 - Math.Pow(1 - c, draws)) / open.Count;
    }
}
