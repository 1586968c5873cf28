namespace Simulant.Validation.Attacks;

/// <summary>
/// Somebody who bets, row by row in the order of suspicion, that it was a training row, at the odds that random labels make fair. His
/// wealth is then a martingale: it ever reaches w with probability 1/w at most (Ville 1939; testing by betting: Shafer 2021). A quarter
/// of the money each bets as if the odds were e^.25, e, e^2 and e^4 times the fair ones: for a little of many rows, and for much of few.
/// </summary>
/// <param name="leak">Fair are e^leak times the odds of random labels: a bound of the leak in place of none at all.</param>
internal sealed class Bettor(double leak)
{
    /// <summary>A purse with less is empty: it could not be felt again, and products so small are slow.</summary>
    private const double Ruin = 1e-30;

    private static readonly double[] Stakes = [Math.Exp(0.25), Math.E, Math.Exp(2), Math.Exp(4)];

    private readonly double _allowed = Math.Exp(leak);
    private readonly double[] _purses = [0.25, 0.25, 0.25, 0.25];

    /// <summary>What he has, beginning with 1.</summary>
    public double Wealth { get; private set; } = 1;

    /// <summary>The most he ever had.</summary>
    public double Most { get; private set; } = 1;

    /// <summary>Bets on the next row.</summary>
    /// <param name="members">Training rows among those that are left, this one included; likewise <paramref name="others"/>.</param>
    /// <returns>Whether he never had so much.</returns>
    public bool Bet(double members, double others, bool member)
    {
        double fair = _allowed * members + others;
        Wealth = 0;
        for (int i = 0; i < _purses.Length; i++)
        {
            if (_purses[i] == 0) continue;
            double purse = _purses[i] * fair / (Stakes[i] * _allowed * members + others);
            if (member) purse *= Stakes[i];
            _purses[i] = purse < Ruin ? 0 : purse;
            Wealth += purse;
        }
        if (Wealth <= Most) return false;
        Most = Wealth;
        return true;
    }
}
