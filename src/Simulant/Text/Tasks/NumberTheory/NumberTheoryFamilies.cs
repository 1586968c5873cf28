namespace Simulant.Text.Tasks.NumberTheory;

/// <summary>Divisors, primes, remainders and digits.</summary>
public static class NumberTheoryFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new EuclidGcd(), new LcmOfMany(), new PrimeFactors(), new DivisorSum(), new EulerPhi(), new PrimesBetween(), new ModularPower(),
        new ModularInverse(), new ChineseRemainder(), new MultiplicativeOrder(), new FactorialValuation(), new DiophantinePairs(),
        new RuleIteration(), new MissingMultipleDigit(), new EgyptianFraction(),
    ];
}
