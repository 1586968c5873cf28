namespace Simulant.Text.Tasks.Code;

/// <summary>Families that ask what a short program prints.</summary>
public static class CodeFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new LoopTotal(), new NestedLoops(), new WhileBreak(), new SimultaneousAssignment(), new TwoPointers(), new RecursiveCalls(),
        new FunctionCalls(), new BranchChain(), new BitTricks(), new ListUpdates(), new StringBuilding(), new TallyByKey(),
            new MatrixWalk(),
        new ClassState(),
    ];
}
