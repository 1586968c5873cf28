namespace Simulant.Text.Tasks.Logic;

/// <summary>Families of deduction: formulas, liars, orders, sets.</summary>
public static class LogicFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new TruthTableCount(), new FormulaValue(), new ClauseEntailment(), new RuleChaining(), new GateCircuit(), new KnightsAndKnaves(),
        new Culprit(), new SyllogismChain(), new QuantifiedStatement(), new FinishingOrder(), new RelativeHeights(), new ZebraPuzzle(),
        new SetExpression(), new VennCounts(),
    ];
}
