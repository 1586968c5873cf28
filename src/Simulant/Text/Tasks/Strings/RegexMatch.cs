using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Strings;

/// <summary>Which strings a pattern describes as a whole.</summary>
internal sealed class RegexMatch() : TaskFamily("regex-match", TaskCategories.Strings)
{
    public override AnswerKind Kind => AnswerKind.Set;

    /// <summary>What may stand at a place (null: any letter) and how often.</summary>
    private sealed record Piece(string? Letters, char Times)
    {
        public bool Takes(char letter) => Letters is null || Letters.Contains(letter);

        public override string ToString() => (Letters is null ? "." : Letters.Length == 1 ? Letters : $"[{Letters}]")
            + (Times == '1' ? "" : $"{Times}");
    }

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string alphabet = string.Concat(random.Sample<char>([.. "abcdefghijklmnopqrstuvwxyz"], 3));
        var pieces = new Piece[level + 2];
        for (int i = 0; i < pieces.Length; i++)
        {
            string? letters = random.Below(5) switch { 0 => null, 1 or 2 => string.Concat(random.Sample<char>([.. alphabet], 2).Order()),
                _ => $"{random.Pick<char>([.. alphabet])}" };
            pieces[i] = new(letters, random.Pick<char>(['1', '1', '*', '+', '?']));
        }
        string pattern = string.Concat<Piece>(pieces);
        var strings = new List<string>();
        while (strings.Count < level + 3)
        {
            string made = Made(pieces, alphabet, random);
            if (strings.Count > 0 && random.Chance(0.6)) made = Spoiled(made, alphabet, random);
            if (made.Length > 0 && !strings.Contains(made)) strings.Add(made);
            else if (made.Length == 0 || random.Chance(0.3)) alphabet += random.Letters(1);
        }
        string[] asked = random.Shuffle(strings);
        var work = new StepList();
        var right = new List<string>();
        foreach (string text in asked)
        {
            string reached = Reach(pieces, text, out bool whole);
            if (whole) right.Add(text);
            work.Add(whole ? $"{text} fits the pattern to its end" : $"{text} does not fit", reached);
        }
        string answer = right.Count == 0 ? "none" : Phrases.Commas(right), shown = Phrases.List(asked);
        work.Add("what fits", answer);
        const string key = "(. is any one letter, [ab] a or b, * any number of times, + at least once, ? at most once)";
        const string form = "Separate them by commas, or write none.";
        return new(draws.Wording.Pick(
        [
            $"Which of the strings {shown} are matched completely by the regular expression \"{pattern}\" {key}? {form}",
            $"The regular expression \"{pattern}\" {key} must describe a string from beginning to end. Which of {shown} does it "
                + $"describe? {form}",
            $"Give those among {shown} that match \"{pattern}\" as a whole {key}. {form}",
            $"Test each of {shown} against the pattern \"{pattern}\", which has to cover the whole string {key}. Which pass? {form}",
        ]), answer, work);
    }

    private static string Made(Piece[] pieces, string alphabet, ItemDraws random)
    {
        string made = "";
        foreach (var piece in pieces)
        {
            int times = piece.Times switch { '1' => 1, '?' => random.Below(2), '*' => random.Below(3), _ => random.Between(1, 3) };
            made += random.Letters(times, piece.Letters ?? alphabet);
        }
        return made;
    }

    private static string Spoiled(string text, string alphabet, ItemDraws random)
    {
        if (text.Length == 0) return random.Letters(2, alphabet);
        int at = random.Below(text.Length);
        return random.Below(3) switch
        {
            0 => text[..at] + text[(at + 1)..],
            1 => text[..at] + random.Letters(1, alphabet) + text[at..],
            _ => text[..at] + random.Letters(1, alphabet) + text[(at + 1)..],
        };
    }

    // All places of the pattern that can be reached after each letter; bit p stands for "before piece p".
    private static string Reach(Piece[] pieces, string text, out bool whole)
    {
        int states = Skip(pieces, 1);
        string trail = Show(states);
        foreach (char letter in text)
        {
            int next = 0;
            for (int p = 0; p < pieces.Length; p++)
            {
                if ((states >> p & 1) == 0 || !pieces[p].Takes(letter)) continue;
                if (pieces[p].Times != '*') next |= 2 << p;
                if (pieces[p].Times is '*' or '+') next |= 1 << p;
            }
            states = Skip(pieces, next);
            trail += $" {letter}: {Show(states)}";
            if (states == 0) break;
        }
        whole = states >> pieces.Length != 0;
        return "pieces done " + trail;
    }

    // What may be left out is passed by.
    private static int Skip(Piece[] pieces, int states)
    {
        for (int p = 0; p < pieces.Length; p++)
            if (pieces[p].Times is '*' or '?') states |= (states >> p & 1) << (p + 1);
        return states;
    }

    private static string Show(int states) =>
        states == 0 ? "nowhere" : string.Join('/', Enumerable.Range(0, 16).Where(p => (states >> p & 1) != 0));
}
