namespace Simulant.Text.Tasks.Algebra;

/// <summary>Unknowns, functions, sequences and matrices.</summary>
public static class AlgebraFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new LinearEquation(), new LinearSystem(), new PolynomialRoots(), new PolynomialProduct(), new SyntheticDivision(),
        new FunctionComposition(), new SequenceNext(), new LinearRecurrence(), new InequalityCount(), new AgePuzzle(), new ExponentLaws(),
        new MatrixProduct(), new Determinant(), new ComplexProduct(), new NestedAbsolute(),
    ];
}
