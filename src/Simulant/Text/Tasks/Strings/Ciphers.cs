using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Strings;

/// <summary>A message moved along the alphabet, to be read again.</summary>
internal sealed class CaesarShift() : TaskFamily("caesar-shift", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string[] plain = draws.Problem.Sample(WordBank.All, level + 1);
        int shift = draws.Problem.Between(1, 25);
        string[] coded = [.. plain.Select(word => Move(word, shift))];
        string message = string.Join(' ', coded);
        var work = new StepList();
        foreach (string word in coded) work.Add($"move every letter of {word} back by {shift}", $"{word} -> {Move(word, -shift)}");
        string answer = string.Join(' ', coded.Select(word => Move(word, -shift)));
        work.Add("put the words together", answer);
        return new(draws.Wording.Pick(
        [
            $"A message was written with a Caesar cipher that moves every letter {shift} places forward in the alphabet (z is followed "
                + "by a). "
                + $"It reads \"{message}\". What was the message? Answer with the words alone.",
            $"Each letter of a text was replaced by the letter {shift} places later in the alphabet, going round from z to a. The result "
                + "is "
                + $"\"{message}\". Give the original text.",
            $"Decode \"{message}\". It was encoded by shifting each letter forward by {shift}, wrapping round after z. "
                + "Write only the decoded words.",
            $"\"{message}\" is what became of a text when its letters were shifted {shift} steps forward along a to z, in a circle. "
                + "Undo the shift and write the text.",
        ]), answer, work);
    }

    private static string Move(string word, int shift) =>
        string.Concat(word.Select(letter => (char)('a' + (letter - 'a' + shift + 26) % 26)));
}

/// <summary>A message under a repeated key word, a shift a letter.</summary>
internal sealed class VigenereCipher() : TaskFamily("vigenere-cipher", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string text = string.Concat(draws.Problem.Sample(WordBank.All, (level + 2) / 2));
        text = text[..Math.Min(text.Length, 3 * level + 2)];
        string key = draws.Problem.Letters(draws.Problem.Between(3, 5));
        var work = new StepList();
        var coded = new char[text.Length];
        for (int i = 0; i < text.Length; i++)
        {
            int letter = text[i] - 'a', shift = key[i % key.Length] - 'a', sum = (letter + shift) % 26;
            coded[i] = (char)('a' + sum);
            work.Add($"{text[i]} under the key letter {key[i % key.Length]}", $"({letter} + {shift}) mod 26 = {sum}: {coded[i]}");
        }
        string answer = new(coded);
        work.Add("join the letters", answer);
        const string rule = "Number the letters a = 0 to z = 25; repeat the key along the text; add the numbers of text and key letter "
            + "by letter, "
            + "modulo 26, and write the sums as letters.";
        return new(draws.Wording.Pick(
        [
            $"Encrypt \"{text}\" with the Vigenère cipher and the key \"{key}\". {rule}",
            $"{rule} What does the text \"{text}\" become under the key \"{key}\"?",
            $"A Vigenère cipher works like this. {rule} Give the cipher text of \"{text}\" for the key \"{key}\".",
            $"The word to hide is \"{text}\" and the key is \"{key}\". {rule} Write the result.",
        ]), answer, work);
    }
}

/// <summary>A text written in a zigzag over rails and read rail by rail.</summary>
internal sealed class RailFence() : TaskFamily("rail-fence", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        string text = string.Concat(draws.Problem.Sample(WordBank.All, 3 + level / 3));
        int rails = level + 1;
        var rows = new string[rails];
        for (int i = 0, row = 0, step = 1; i < text.Length; i++, row += step)
        {
            rows[row] += text[i];
            if (row + step < 0 || row + step >= rails) step = -step;
        }
        var work = new StepList();
        for (int r = 0; r < rails; r++) work.Add($"letters on rail {r + 1}", rows[r]);
        string answer = string.Concat(rows);
        work.Add("read the rails one after another", answer);
        const string zigzag = "letters go down rail by rail, then up again, in a zigzag";
        return new(draws.Wording.Pick(
        [
            $"Encode \"{text}\" with a rail fence of {rails} rails: {zigzag}; then the rails are read from the top. Write the code.",
            $"Write \"{text}\" on {rails} rails ({zigzag}, starting on the top rail) and read the rails from top to bottom. What do you "
                + "get?",
            $"In a rail fence cipher {zigzag}, starting at the top. Using {rails} rails, what is the code for \"{text}\"?",
            $"A rail fence cipher has {rails} rails; {zigzag}, beginning with the first. Each rail is then read from left to right, "
                + $"the first rail first. Give the code of \"{text}\".",
        ]), answer, work);
    }
}

/// <summary>Bits read letter by letter with a prefix code.</summary>
internal sealed class PrefixCode() : TaskFamily("prefix-code", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var codes = new List<string> { "0", "1" };
        while (codes.Count < level + 3)
        {
            int split = draws.Problem.Below(codes.Count);
            string longer = codes[split];
            codes[split] = longer + "0";
            codes.Add(longer + "1");
        }
        string letters = string.Concat(draws.Problem.Sample<char>([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"], codes.Count).Order());
        var order = draws.Problem.Shuffle(codes);
        int length = 3 * level + 4;
        string bits = string.Concat(draws.Problem.Numbers(length, 0, codes.Count - 1).Select(i => order[i]));
        string table = Phrases.Commas(order.Select((code, i) => $"{letters[i]} = {code}"));
        var work = new StepList();
        string decoded = "";
        for (int at = 0; at < bits.Length;)
        {
            int which = Array.FindIndex(order, code => bits.AsSpan(at).StartsWith(code));
            decoded += letters[which];
            at += order[which].Length;
            work.Add($"the next bits are {order[which]}", $"{order[which]} -> {letters[which]}, so far {decoded}");
        }
        return new(draws.Wording.Pick(
        [
            $"A prefix code is {table}. Decode the bits \"{bits}\" and write the letters without spaces.",
            $"Letters were stored as bits: {table}. What letters does \"{bits}\" stand for? Write them as one word.",
            $"Using the code table {table}, read the bit string \"{bits}\" from left to right and give the letters as one word.",
            $"Each letter has its own bit pattern, none the beginning of another: {table}. Turn \"{bits}\" back into letters, "
                + "written together.",
        ]), decoded, work);
    }
}
