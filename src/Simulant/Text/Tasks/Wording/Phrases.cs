namespace Simulant.Text.Tasks.Wording;

/// <summary>Small pieces of sentences that many families need, and draws of letters and numbers.</summary>
internal static class Phrases
{
    /// <summary>a, b and c.</summary>
    public static string And(IReadOnlyList<string> parts) => parts.Count switch
    {
        0 => "",
        1 => parts[0],
        _ => string.Join(", ", parts.Take(parts.Count - 1)) + " and " + parts[^1],
    };

    /// <summary>a, b, c.</summary>
    public static string Commas<T>(IEnumerable<T> parts) => string.Join(", ", parts);

    /// <summary>[a, b, c].</summary>
    public static string List<T>(IEnumerable<T> parts) => "[" + string.Join(", ", parts) + "]";

    /// <summary>1st, 2nd, 3rd, 4th ... 11th.</summary>
    public static string Ordinal(int n) => n + ((n / 10 % 10, n % 10) switch
    {
        (1, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    });

    /// <summary>1 step, 2 steps.</summary>
    public static string Count(int n, string noun) => n == 1 ? "1 " + noun : $"{n} {noun}s";

    public static string YesNo(bool value) => value ? "yes" : "no";

    /// <summary>So many letters of the alphabet, each as likely.</summary>
    public static string Letters(this ItemDraws draws, int count, string alphabet = "abcdefghijklmnopqrstuvwxyz")
    {
        var letters = new char[count];
        for (int i = 0; i < count; i++) letters[i] = alphabet[draws.Below(alphabet.Length)];
        return new string(letters);
    }

    /// <summary>So many integers in [low, high].</summary>
    public static int[] Numbers(this ItemDraws draws, int count, int low, int high)
    {
        var numbers = new int[count];
        for (int i = 0; i < count; i++) numbers[i] = draws.Between(low, high);
        return numbers;
    }

    /// <summary>So many different integers in [low, high], in random order.</summary>
    public static int[] Distinct(this ItemDraws draws, int count, int low, int high)
    {
        var numbers = new int[count];
        for (int i = 0; i < count;)
        {
            int drawn = draws.Between(low, high);
            if (Array.IndexOf(numbers, drawn, 0, i) < 0) numbers[i++] = drawn;
        }
        return numbers;
    }

    /// <summary>A made-up word of so many syllables, each a consonant and a vowel.</summary>
    public static string Syllables(this ItemDraws draws, int count) =>
        string.Concat(Enumerable.Range(0, count).Select(_ => draws.Letters(1, "bdfgklmnprstvz") + draws.Letters(1, "aeiou")));
}
