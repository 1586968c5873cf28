namespace Simulant.Text.Tasks.Strings;

/// <summary>Families over strings, lists and classic algorithms.</summary>
public static class StringsFamilies
{
    public static IReadOnlyList<TaskFamily> All { get; } =
    [
        new CaesarShift(), new VigenereCipher(), new RailFence(), new PrefixCode(), new RunLength(), new LongestPalindrome(),
        new SubstringCount(), new BracketCompletion(), new EditDistance(), new CommonSubsequence(), new RisingSubsequence(),
        new BubbleSwaps(), new InsertionRounds(), new BinaryProbes(), new MergedIntervals(), new StackContents(),
        new CircleElimination(), new PostfixValue(), new LinearProbing(), new CacheMisses(), new SearchTreeOrder(), new BestStretch(),
        new Knapsack(), new LuhnDigit(), new RegexMatch(),
    ];
}
