using System.Text;

namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises over texts.</summary>
internal static class TextFamilies
{
    private const string Small = "abcdefghijklmnopqrstuvwxyz";

    public static readonly ExerciseFamily[] All =
    [
        new("count-letters", "strings", CountLetters), new("shift-letters", "strings", ShiftLetters),
        new("run-lengths", "strings", RunLengths), new("mirror-length", "strings", MirrorLength),
        new("word-filter", "strings", WordFilter), new("initials", "strings", Initials), new("every-nth", "strings", EveryNth),
    ];

    private static Problem CountLetters(Draws d)
    {
        string set = new([.. d.Text(9, 12, Small).Distinct().Take(d.Between(3, 6)).Order()]);
        bool distinct = d.Coin();
        string shown = string.Join(", ", set.Select(c => $"'{c}'"));
        return new()
        {
            Name = distinct ? d.Pick("different letters", "kinds of letters") : d.Pick("count letters", "letter count"),
            Takes = [new("text", Ty.Text, "a text of ASCII characters")],
            Gives = Ty.Int,
            Goal = distinct ? $"how many different ones of the letters {shown} occur in `text`"
                : $"how many characters of `text` are one of the letters {shown}",
            Rules = ["Capital and small letters count as the same."],
            Setting = d.Pick("", "A printer sorts the type of an old press.", "A word game gives points for some letters."),
            CSharp = distinct ? $$"""
                var found = new HashSet<char>();
                foreach (char letter in text.ToLowerInvariant())
                {
                    if ("{{set}}".Contains(letter)) found.Add(letter);
                }
                return found.Count;
                """ : $$"""
                int count = 0;
                foreach (char letter in text.ToLowerInvariant())
                {
                    if ("{{set}}".Contains(letter)) count++;
                }
                return count;
                """,
            Python = distinct ? $"return len(set(text.lower()) & set(\"{set}\"))" : $"return sum(c in \"{set}\" for c in text.lower())",
            JavaScript = distinct
                ? $"const found = new Set([...text.toLowerCase()].filter(c => \"{set}\".includes(c)));\nreturn found.size;"
                : $"return [...text.toLowerCase()].filter(c => \"{set}\".includes(c)).length;",
            Oracle = a => distinct
                ? set.Count(c => ((string)a[0]).Contains(c, StringComparison.OrdinalIgnoreCase))
                : set.Sum(c => ((string)a[0]).Split(c).Length - 1 + ((string)a[0]).Split(char.ToUpperInvariant(c)).Length - 1),
            Draw = r => [r.Text(1, 14, set + set.ToUpperInvariant() + "xyz !")],
            Edges = [[""], [set], [set.ToUpperInvariant() + set], [$"{set[0]}{set[0]}{char.ToUpperInvariant(set[^1])}"], ["!? 123"]],
        };
    }

    private static Problem ShiftLetters(Draws d)
    {
        int by = d.Between(1, 25);
        bool digits = d.Coin();
        int tens = d.Between(1, 9);
        string digit = digits ? $"else if (c >= '0' && c <= '9') result.Append((char)('0' + (c - '0' + {tens}) % 10));\n    " : "";
        string digitScript = digits ? $"\n  .replace(/[0-9]/g, c => move(c, '0', 10, {tens}))" : "";
        string rule = digits ? $"Digits move on by {tens}, from 9 on to 0." : "Digits stay as they are.";
        return new()
        {
            Name = d.Pick("encode", "shift letters", "secret text"),
            Takes = [new("text", Ty.Text, "a text of ASCII characters")],
            Gives = Ty.Text,
            Goal = $"`text` with every small letter and every capital moved on by {by} places in the alphabet, from the end back to "
                + $"its start",
            Rules = [rule, "Every other character stays as it is."],
            Setting = d.Pick("", "Two friends write notes that others should not read.", "An old cipher machine has one dial."),
            CSharp = $$"""
                var result = new StringBuilder();
                foreach (char c in text)
                {
                    if (c >= 'a' && c <= 'z') result.Append((char)('a' + (c - 'a' + {{by}}) % 26));
                    else if (c >= 'A' && c <= 'Z') result.Append((char)('A' + (c - 'A' + {{by}}) % 26));
                    {{digit}}else result.Append(c);
                }
                return result.ToString();
                """,
            Python = $$"""
                def move(c, first, size, by):
                    return chr((ord(c) - ord(first) + by) % size + ord(first))

                result = []
                for c in text:
                    if "a" <= c <= "z":
                        c = move(c, "a", 26, {{by}})
                    elif "A" <= c <= "Z":
                        c = move(c, "A", 26, {{by}})
                    {{(digits ? $"elif \"0\" <= c <= \"9\":\n        c = move(c, \"0\", 10, {tens})\n    " : "")}}result.append(c)
                return "".join(result)
                """,
            JavaScript = $$"""
                const move = (c, first, size, by) =>
                  String.fromCharCode((c.charCodeAt(0) - first.charCodeAt(0) + by) % size + first.charCodeAt(0));
                return text
                  .replace(/[a-z]/g, c => move(c, 'a', 26, {{by}}))
                  .replace(/[A-Z]/g, c => move(c, 'A', 26, {{by}})){{digitScript}};
                """,
            // By tables: the alphabet twice over.
            Oracle = a => string.Concat(((string)a[0]).Select(c => Moved(c, Small, by) ?? Moved(c, Small.ToUpperInvariant(), by)
                ?? Moved(c, "0123456789", digits ? tens : 0) ?? c)),
            Draw = r => [r.Text(1, 12, Small + Small.ToUpperInvariant() + "0123456789 .-@[`{")],
            Edges = [[""], ["abcxyz"], ["ABCXYZ"], ["0123456789"], ["@[`{/:"], ["Az aZ 19"]],
        };

        static char? Moved(char c, string letters, int by) =>
            letters.IndexOf(c) is >= 0 and var at ? (letters + letters)[at + by] : null;
    }

    private static Problem RunLengths(Draws d)
    {
        int least = d.Between(1, 4);
        bool before = d.Coin();
        string rule = least == 1 ? "Every run is written with its count, even where that is 1."
            : $"Runs of fewer than {least} are written out letter by letter, without a count.";
        return new()
        {
            Name = d.Pick("squeeze", "run lengths", "pack text"),
            Takes = [new("text", Ty.Text, "a text of small letters")],
            Gives = Ty.Text,
            Goal = $"`text` with each run of equal letters written as "
                + $"{(before ? "its length and then the letter" : "the letter and then its length")}",
            Rules = [rule],
            Setting = d.Pick("", "A fax sends long runs of one colour.", "A knitting pattern repeats its stitches."),
            CSharp = $$"""
                var result = new StringBuilder();
                int start = 0;
                while (start < text.Length)
                {
                    int end = start + 1;
                    while (end < text.Length && text[end] == text[start]) end++;
                    int length = end - start;
                    if (length >= {{least}}) result.Append({{(before ? "length).Append(text[start]" : "text[start]).Append(length")}});
                    else result.Append(text, start, length);
                    start = end;
                }
                return result.ToString();
                """,
            Python = $$"""
                result = ""
                start = 0
                while start < len(text):
                    end = start
                    while end < len(text) and text[end] == text[start]:
                        end += 1
                    length = end - start
                    if length >= {{least}}:
                        result += {{(before ? "str(length) + text[start]" : "text[start] + str(length)")}}
                    else:
                        result += text[start:end]
                    start = end
                return result
                """,
            JavaScript = $$"""
                return text.replace(/(.)\1*/g, (run, letter) =>
                  run.length >= {{least}} ? {{(before ? "`${run.length}${letter}`" : "`${letter}${run.length}`")}} : run);
                """,
            // One letter at a time, from the end.
            Oracle = a =>
            {
                var runs = new List<(char Letter, int Length)>();
                foreach (char c in ((string)a[0]).Reverse())
                    if (runs.Count > 0 && runs[^1].Letter == c) runs[^1] = (c, runs[^1].Length + 1);
                    else runs.Add((c, 1));
                runs.Reverse();
                return string.Concat(runs.Select(r => r.Length < least ? new string(r.Letter, r.Length)
                    : before ? $"{r.Length}{r.Letter}" : $"{r.Letter}{r.Length}"));
            },
            Draw = r => [string.Concat(Enumerable.Range(0, r.Between(1, 5)).Select(_ => new string((char)('a' + r.Between(0, 2)),
                r.Between(1, least + 2))))],
            Edges = [[""], ["a"], ["aaaaaaaaaaaa"], ["abc"], ["aabbbbccccc"]],
        };
    }

    private static Problem MirrorLength(Draws d)
    {
        bool odd = d.Coin(), ignore = d.Coin();
        int least = d.Between(2, 5);
        string even = odd ? "" : "\n    best = Math.Max(best, Widest(text, middle, middle + 1));";
        return new()
        {
            Name = d.Pick("longest mirror", "longest palindrome", "mirror length"),
            Takes = [new("text", Ty.Text, "a text of letters")],
            Gives = Ty.Int,
            Goal = $"the length of the longest piece of `text` of {(odd ? "odd length " : "")}that reads the same forwards and "
                + $"backwards, or 0 where none has at least {least} letters",
            Rules = [ignore ? "Capital and small letters count as the same." : "Capital and small letters are different."],
            Setting = d.Pick("", "A biologist looks for mirrored stretches in a sequence.",
                "A sign writer likes words that read both ways."),
            CSharp = $$"""
                {{(ignore ? "text = text.ToLowerInvariant();\n" : "")}}int best = 0;
                for (int middle = 0; middle < text.Length; middle++)
                {
                    best = Math.Max(best, Widest(text, middle, middle));{{even}}
                }
                return best >= {{least}} ? best : 0;

                static int Widest(string text, int left, int right)
                {
                    while (left >= 0 && right < text.Length && text[left] == text[right])
                    {
                        left--;
                        right++;
                    }
                    return right - left - 1;
                }
                """,
            Python = $$"""
                {{(ignore ? "text = text.lower()\n" : "")}}best = 0
                for start in range(len(text)):
                    for end in range(start + {{least}}, len(text) + 1):
                        piece = text[start:end]
                        if piece == piece[::-1]{{(odd ? " and len(piece) % 2 == 1" : "")}}:
                            best = max(best, end - start)
                return best
                """,
            JavaScript = $$"""
                const letters = [...text{{(ignore ? ".toLowerCase()" : "")}}];
                let best = 0;
                for (let start = 0; start < letters.length; start++) {
                  for (let end = start + {{least}}; end <= letters.length; end++) {
                    const piece = letters.slice(start, end);
                    const mirrored = piece.every((c, i) => c === piece[piece.length - 1 - i]);
                    if (mirrored{{(odd ? " && piece.length % 2 === 1" : "")}}) best = Math.max(best, piece.length);
                  }
                }
                return best;
                """,
            Oracle = a => MirrorTable(ignore ? ((string)a[0]).ToUpperInvariant() : (string)a[0], odd, least),
            Draw = r => [r.Text(2, 11, "abAB"[..r.Between(2, 4)])],
            Edges = [[""], ["a"], ["aaaaaa"], ["AaAaAa"], ["abcdcba"], ["xabbay"], ["abba"], ["aba"], ["aa"], ["racecarx"], ["xyzzyab"]],
        };
    }

    // A table of which pieces are mirrors, by length.
    private static int MirrorTable(string t, bool odd, int least)
    {
        bool[,] mirror = new bool[t.Length + 1, t.Length + 1];
        int best = 0;
        for (int length = 1; length <= t.Length; length++)
            for (int i = 0; i + length <= t.Length; i++)
            {
                mirror[i, length] = length == 1 || t[i] == t[i + length - 1] && (length == 2 || mirror[i + 1, length - 2]);
                if (mirror[i, length] && length >= least && (!odd || (length & 1) == 1)) best = length;
            }
        return best;
    }

    private static Problem WordFilter(Draws d)
    {
        int length = d.Between(2, 6);
        bool longer = d.Coin(), reverse = d.Coin();
        string joint = d.Pick("-", "+", "/", "_", ".");
        string sign = longer ? ">=" : "<=";
        return new()
        {
            Name = d.Pick("filter words", "chosen words", "pick words"),
            Takes = [new("sentence", Ty.Text, "words of small letters with one blank between two of them; it may be empty")],
            Gives = Ty.Text,
            Goal = $"the words of `sentence` with {(longer ? "at least" : "at most")} {length} letters, joined by "
                + $"'{joint}'{(reverse ? ", each written backwards" : "")}",
            Rules = ["The words keep their order.", "Where no word is left, the result is the empty text."],
            Setting = d.Pick("", "A headline has no room for every word.", "A search index leaves words out."),
            CSharp = $$"""
                var kept = new List<string>();
                foreach (string word in sentence.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                {
                    if (word.Length {{sign}} {{length}}) kept.Add({{(reverse ? "new string(word.Reverse().ToArray())" : "word")}});
                }
                return string.Join("{{joint}}", kept);
                """,
            Python = $"return \"{joint}\".join(word{(reverse ? "[::-1]" : "")} for word in sentence.split() if len(word) {sign} {length})",
            JavaScript = $$"""
                return sentence.split(" ")
                  .filter(word => word !== "" && word.length {{sign}} {{length}})
                  .map(word => {{(reverse ? "[...word].reverse().join(\"\")" : "word")}})
                  .join("{{joint}}");
                """,
            Oracle = a => Scanned((string)a[0]),
            Draw = r => [string.Join(' ', r.Words(1, 5, "abcdefg", length + 2))],
            Edges = [[""], [new string('a', length)], [$"{new string('b', length + 1)} {new string('a', length - 1)}c "
                + $"{new string('d', Math.Max(1, length - 1))}"]],
        };

        // Letter by letter, as one pass over the text.
        string Scanned(string sentence)
        {
            var (result, word) = (new StringBuilder(), "");
            foreach (char c in sentence + " ")
            {
                if (c != ' ') word = reverse ? c + word : word + c;
                else
                {
                    if (word.Length > 0 && (longer ? word.Length > length - 1 : word.Length < length + 1))
                        result.Append(result.Length > 0 ? joint : "").Append(word);
                    word = "";
                }
            }
            return result.ToString();
        }
    }

    private static Problem Initials(Draws d)
    {
        string after = d.Pick(".", "-", "", ":");
        bool last = d.Coin();
        int skip = d.Between(1, 3);
        string append = after == "" ? "" : $".Append(\"{after}\")", plus = after == "" ? "" : $" + \"{after}\"";
        return new()
        {
            Name = d.Pick("initials", "acronym", "short form"),
            Takes = [new("name", Ty.Text, "words of letters with one blank between two of them; it may be empty")],
            Gives = Ty.Text,
            Goal = $"the {(last ? "last" : "first")} letter of each word of `name` as a capital, each followed by "
                + $"{(after == "" ? "nothing" : $"'{after}'")}",
            Rules = [skip == 1 ? "Words of one letter are left out." : $"Words of {skip} letters or fewer are left out."],
            Setting = d.Pick("", "A society wants a short form of its long name.", "Monograms are stitched on towels."),
            CSharp = $$"""
                var result = new StringBuilder();
                foreach (string word in name.Split(' '))
                {
                    if (word.Length > {{skip}}) result.Append(char.ToUpperInvariant(word[{{(last ? "^1" : "0")}}])){{append}};
                }
                return result.ToString();
                """,
            Python = $"return \"\".join(word[{(last ? "-1" : "0")}].upper(){plus} for word in name.split() if len(word) > {skip})",
            JavaScript = $$"""
                let result = "";
                for (const word of name.split(" ")) {
                  if (word.length > {{skip}}) result += word[{{(last ? "word.length - 1" : "0")}}].toUpperCase(){{plus}};
                }
                return result;
                """,
            Oracle = a =>
            {
                string t = " " + (string)a[0] + " ", made = "";
                for (int i = 1; i < t.Length; i++)
                    if (t[i] == ' ' && t.LastIndexOf(' ', i - 1) is var from && i - from - 1 > skip)
                        made += char.ToUpperInvariant(last ? t[i - 1] : t[from + 1]) + after;
                return made;
            },
            Draw = r => [string.Join(' ', r.Words(1, 5, "abcXYZ", skip + 3))],
            Edges = [[""], ["a"], ["ab cde f ghij"], ["of the Society for Old Maps"], ["Abcd"]],
        };
    }

    private static Problem EveryNth(Draws d)
    {
        int n = d.Between(2, 7), offset = d.Between(0, n - 1);
        char mark = d.Pick('*', '#', '_', '?');
        bool drop = d.Coin();
        return new()
        {
            Name = drop ? d.Pick("drop letters", "leave out") : d.Pick("mask text", "hide letters"),
            Takes = [new("text", Ty.Text, "a text of letters and digits")],
            Gives = Ty.Text,
            Goal = drop ? $"`text` without the characters at the places {offset}, {offset + n}, {offset + 2 * n} and so on"
                : $"`text` with the characters at the places {offset}, {offset + n}, {offset + 2 * n} and so on replaced by '{mark}'",
            Rules = ["Places are counted from 0."],
            Setting = d.Pick("", "A card number is not shown in full.", "A puzzle hides some letters."),
            CSharp = $$"""
                var result = new StringBuilder();
                for (int i = 0; i < text.Length; i++)
                {
                    bool chosen = i % {{n}} == {{offset}};
                    {{(drop ? "if (!chosen) result.Append(text[i]);" : $"result.Append(chosen ? '{mark}' : text[i]);")}}
                }
                return result.ToString();
                """,
            Python = drop ? $"return \"\".join(c for i, c in enumerate(text) if i % {n} != {offset})"
                : $"return \"\".join(\"{mark}\" if i % {n} == {offset} else c for i, c in enumerate(text))",
            JavaScript = drop ? $"return [...text].filter((c, i) => i % {n} !== {offset}).join(\"\");"
                : $"return [...text].map((c, i) => i % {n} === {offset} ? \"{mark}\" : c).join(\"\");",
            Oracle = a =>
            {
                var letters = ((string)a[0]).ToList();
                var places = new List<int>();
                for (int i = offset; i < letters.Count; i += n) places.Add(i);
                foreach (int i in Enumerable.Reverse(places))
                    if (drop) letters.RemoveAt(i);
                    else letters[i] = mark;
                return new string([.. letters]);
            },
            Draw = r => [r.Text(n, 3 * n + 2, Small + "0123456789")],
            Edges = [[""], ["a"], ["abcdefgh"], [Small]],
        };
    }
}
