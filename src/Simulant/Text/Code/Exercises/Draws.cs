using Simulant.Numerics.Random;

namespace Simulant.Text.Code.Exercises;

/// <summary>Draws at one address, in the forms that exercises need.</summary>
internal sealed class Draws(RandomStream stream, long item, int slot)
{
    private DrawSequence _sequence = stream.Draws(item, slot);

    /// <summary>A whole number from low to high, both included.</summary>
    public int Between(int low, int high) => low + _sequence.Below(high - low + 1);

    public bool Coin() => _sequence.Below(2) == 1;

    public T Pick<T>(params ReadOnlySpan<T> of) => of[_sequence.Below(of.Length)];

    /// <summary>Numbers, as many as from least to most.</summary>
    public int[] Ints(int least, int most, int low, int high)
    {
        int[] numbers = new int[Between(least, most)];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = Between(low, high);
        return numbers;
    }

    /// <summary>Numbers in ascending order.</summary>
    public int[] Ascending(int least, int most, int low, int high)
    {
        int[] numbers = Ints(least, most, low, high);
        Array.Sort(numbers);
        return numbers;
    }

    /// <summary>A text of letters of the alphabet.</summary>
    public string Text(int least, int most, string alphabet)
    {
        char[] letters = new char[Between(least, most)];
        for (int i = 0; i < letters.Length; i++) letters[i] = alphabet[_sequence.Below(alphabet.Length)];
        return new string(letters);
    }

    /// <summary>Short words of a few letters, so that some meet again.</summary>
    public string[] Words(int least, int most, string alphabet = "abc", int longest = 3)
    {
        string[] words = new string[Between(least, most)];
        for (int i = 0; i < words.Length; i++) words[i] = Text(1, longest, alphabet);
        return words;
    }

    /// <summary>A grid of numbers with equal rows.</summary>
    public int[][] Grid(int rows, int columns, int low, int high)
    {
        int[][] grid = new int[rows][];
        for (int i = 0; i < rows; i++) grid[i] = Ints(columns, columns, low, high);
        return grid;
    }
}
