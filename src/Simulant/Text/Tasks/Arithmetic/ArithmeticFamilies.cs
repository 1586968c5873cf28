namespace Simulant.Text.Tasks.Arithmetic;

/// <summary>Calculating with given numbers.</summary>
public static class ArithmeticFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new LongAddition(), new LongSubtraction(), new LongMultiplication(), new LongDivision(), new OperatorPrecedence(),
        new FractionSum(), new DecimalExpansion(), new NumberOrdering(), new NumberWords(), new RomanSum(), new BaseConversion(),
        new IntegerRoot(), new MissingDigits(), new PercentChain(), new WorkRates(),
    ];
}
