using System.Globalization;
using System.Text.RegularExpressions;

namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises of reading structured text.</summary>
internal static class ParsingFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("evaluate-sum", "parsing", EvaluateSum), new("settings-sum", "parsing", SettingsSum),
        new("duration", "parsing", Duration), new("bracket-fault", "parsing", BracketFault),
        new("roman-number", "parsing", RomanNumber),
    ];

    private static Problem EvaluateSum(Draws d)
    {
        bool times = d.Coin();
        int unit = d.Between(1, 9);
        string step = times
            ? "if (before == '*') term *= number;\n    else\n    {\n        sum += term;\n        term = before == '-' ? -number : "
                + "number;\n    }"
            : "term = before == '-' ? -number : number;\n    sum += term;";
        string product = unit == 1 ? "" : $"{unit} times ";
        return new()
        {
            Name = d.Pick("evaluate", "read sum", "work out"),
            Takes = [new("text", Ty.Text, $"whole numbers of at least 0 joined by {(times ? "+, - and *" : "+ and -")}, without blanks")],
            Gives = Ty.Int,
            Goal = $"{product}the value of the expression in `text`",
            Rules = [times ? "Multiplication binds more tightly; otherwise it is worked out from left to right."
                : "It is worked out from left to right.", "The text begins and ends with a number."],
            Setting = d.Pick("", "A till prints how it came to its sum.", "A spreadsheet understands simple formulas."),
            CSharp = $$"""
                int sum = 0, term = 0, number = 0;
                char before = '+';
                for (int i = 0; i <= text.Length; i++)
                {
                    if (i < text.Length && char.IsDigit(text[i]))
                    {
                        number = number * 10 + (text[i] - '0');
                        continue;
                    }
                    {{step}}
                    number = 0;
                    if (i < text.Length) before = text[i];
                }
                return {{(unit == 1 ? "" : $"{unit} * ")}}{{(times ? "(sum + term)" : "sum")}};
                """,
            Python = $$"""
                import re
                total = 0
                for sign, term in re.findall(r"([+-]?)([0-9*]+)", text):
                    value = 1
                    for factor in term.split("*"):
                        value *= int(factor)
                    total += -value if sign == "-" else value
                return {{(unit == 1 ? "" : $"{unit} * ")}}total
                """,
            JavaScript = $$"""
                const terms = text.replace(/-/g, "+-").split("+");
                const value = term => term.split("*").reduce((a, b) => a * (b.startsWith("-") ? -Number(b.slice(1)) : Number(b)), 1);
                return {{(unit == 1 ? "" : $"{unit} * ")}}terms.reduce((sum, term) => sum + value(term), 0);
                """,
            // By descent over the rules of the expression, from its right end.
            Oracle = a => unit * Sum((string)a[0]),
            Draw = r => [string.Concat(Enumerable.Range(0, r.Between(1, 5)).Select(i => (i == 0 ? "" : times ? r.Pick("+", "-",
                "*") : r.Pick("+", "-")) + r.Between(0, r.Pick(9, 40))))],
            Edges = [["0"], ["12"], ["1+2"], ["7-10"], ["1-2-3"], ["10-2+30"], [times ? "2*3*4-5*6" : "9-8-7+6"],
                [times ? "8-2*3" : "100-99"], [times ? "0*5+7*2-1" : "5+0-0"]],
        };

        static int Sum(string t)
        {
            int at = t.LastIndexOfAny(['+', '-']);
            if (at < 0) return t.Split('*').Aggregate(1, (p, x) => p * int.Parse(x, CultureInfo.InvariantCulture));
            return Sum(t[..at]) + (t[at] == '+' ? 1 : -1) * Sum(t[(at + 1)..]);
        }
    }

    private static Problem SettingsSum(Draws d)
    {
        var (equals, ends) = d.Pick(("=", ";"), (":", ","), ("=", "&"), ("->", "|"));
        bool last = d.Coin();
        int otherwise = d.Between(-1, 5);
        return new()
        {
            Name = d.Pick("read setting", "find setting", "value of key"),
            Takes = [new("text", Ty.Text, $"settings such as a{equals}1{ends}b{equals}20, in which the values are whole numbers; it "
                + $"may be empty"), new("key", Ty.Text, "the name of a setting")],
            Gives = Ty.Int,
            Goal = $"the value that `text` gives to `key`, or {otherwise} where it gives none",
            Rules = [$"Settings are divided by '{ends}', and a name from its value by '{equals}'.",
                $"Where a name is set more than once, the {(last ? "last" : "first")} value holds.",
                "Capital and small letters are different."],
            Setting = d.Pick("", "A program reads how it is to behave.", "An address of the web carries parameters."),
            CSharp = $$"""
                int result = {{otherwise}};
                foreach (string part in text.Split("{{ends}}", StringSplitOptions.RemoveEmptyEntries))
                {
                    string[] sides = part.Split("{{equals}}");
                    if (sides[0] == key) {{(last ? "result =" : "return")}} int.Parse(sides[1], CultureInfo.InvariantCulture);
                }
                return result;
                """,
            Python = $$"""
                settings = {}
                for part in text.split("{{ends}}") if text else []:
                    name, value = part.split("{{equals}}")
                    {{(last ? "settings[name] = int(value)" : "settings.setdefault(name, int(value))")}}
                return settings.get(key, {{otherwise}})
                """,
            JavaScript = $$"""
                const pairs = text.split("{{ends}}").map(part => part.split("{{equals}}"));
                const pair = pairs{{(last ? ".reverse()" : "")}}.find(([name]) => name === key);
                return pair === undefined ? {{otherwise}} : Number(pair[1]);
                """,
            Oracle = a =>
            {
                var found = Regex.Matches((string)a[0],
                    $"(?:^|{Regex.Escape(ends)}){Regex.Escape((string)a[1])}{Regex.Escape(equals)}(-?[0-9]+)");
                return found.Count == 0 ? otherwise : int.Parse(found[last ? ^1 : 0].Groups[1].Value, CultureInfo.InvariantCulture);
            },
            Draw = r => [string.Join(ends, r.Words(1, 5, "ab", 2).Select(w => $"{w}{equals}{r.Between(-9, 99)}")), r.Pick("a", "b", "ab",
                "aa")],
            Edges = [["", "a"], [$"a{equals}7", "a"], [$"a{equals}7", "b"], [$"a{equals}1{ends}b{equals}2{ends}a{equals}3", "a"],
                [$"ab{equals}1{ends}b{equals}-2", "b"], [$"A{equals}4{ends}a{equals}6", "a"]],
        };
    }

    private static Problem Duration(Draws d)
    {
        int hours = d.Pick(24, 8, 10), minutes = d.Pick(60, 50, 100);
        bool round = d.Coin();
        return new()
        {
            Name = d.Pick("duration in minutes", "read duration", "total minutes"),
            Takes = [new("text", Ty.Text, "a duration such as 2d5h30m: numbers followed by d, h or m, in any order, each perhaps "
                + "more than once; it may be empty")],
            Gives = Ty.Int,
            Goal = round ? "the number of hours in the duration `text`, a begun hour counted as a whole one"
                : "the number of minutes in the duration `text`",
            Rules = [$"Here a day (d) has {hours} hours, and an hour (h) has {minutes} minutes (m)."],
            Setting = d.Pick("", "A workshop books its hours.", "On another planet the clocks differ from ours."),
            CSharp = $$"""
                int total = 0, number = 0;
                foreach (char c in text)
                {
                    if (char.IsDigit(c)) number = number * 10 + (c - '0');
                    else
                    {
                        total += number * (c == 'd' ? {{hours * minutes}} : c == 'h' ? {{minutes}} : 1);
                        number = 0;
                    }
                }
                return {{(round ? $"(total + {minutes - 1}) / {minutes}" : "total")}};
                """,
            Python = $$"""
                import re
                units = {"d": {{hours}} * {{minutes}}, "h": {{minutes}}, "m": 1}
                total = sum(int(n) * units[unit] for n, unit in re.findall(r"(\d+)([dhm])", text))
                return {{(round ? $"-(-total // {minutes})" : "total")}}
                """,
            JavaScript = $$"""
                const units = { d: {{hours * minutes}}, h: {{minutes}}, m: 1 };
                let total = 0;
                for (const [, n, unit] of text.matchAll(/(\d+)([dhm])/g)) total += Number(n) * units[unit];
                return {{(round ? $"Math.ceil(total / {minutes})" : "total")}};
                """,
            // Each unit by itself, by cutting the text at its letter.
            Oracle = a =>
            {
                int Of(char unit) => ((string)a[0]).Split(unit)[..^1].Sum(p => int.Parse(Regex.Match(p, "[0-9]+$").Value,
                    CultureInfo.InvariantCulture));
                int whole = Of('d') * hours * minutes + Of('h') * minutes + Of('m');
                return round ? (int)decimal.Ceiling(whole / (decimal)minutes) : whole;
            },
            Draw = r => [string.Concat(Enumerable.Range(0, r.Between(1, 4)).Select(_ =>
                $"{r.Between(0, r.Pick(5, 130))}{r.Pick("d", "h", "m")}"))],
            Edges = [[""], ["1d"], ["1h"], ["1m"], ["90m"], ["2d5h30m"], [$"{minutes}m"], [$"{minutes + 1}m"], ["10h3m10d"], ["1h1h1h"]],
        };
    }

    private static Problem BracketFault(Draws d)
    {
        string pairs = d.Pick("()[]", "[]{}", "()<>", "()[]{}", "<>{}");
        int fine = d.Pick(-1, -2);
        string shown = string.Join(" ", pairs.Chunk(2).Select(p => $"{p[0]}{p[1]}"));
        string opens = string.Concat(pairs.Where((_, i) => i % 2 == 0)), closes = string.Concat(pairs.Where((_, i) => i % 2 == 1));
        return new()
        {
            Name = d.Pick("bracket fault", "first fault", "check brackets"),
            Takes = [new("text", Ty.Text, "a text")],
            Gives = Ty.Int,
            Goal = $"the first place in `text` that holds a closing bracket which does not fit, its length where brackets are left "
                + $"open at the end, and {fine} where all is well",
            Rules = [$"The kinds of brackets are {shown}; every other character is of no account.",
                "A closing bracket fits where it closes the bracket that was opened last and is still open.", "Places are counted from 0."],
            Setting = d.Pick("", "An editor underlines what does not fit.", "A compiler reports where a program goes wrong."),
            CSharp = $$"""
                var open = new Stack<char>();
                for (int i = 0; i < text.Length; i++)
                {
                    if ("{{opens}}".Contains(text[i])) open.Push(text[i]);
                    int kind = "{{closes}}".IndexOf(text[i]);
                    if (kind < 0) continue;
                    if (open.Count == 0 || open.Pop() != "{{opens}}"[kind]) return i;
                }
                return open.Count > 0 ? text.Length : {{fine}};
                """,
            Python = $$"""
                partner = dict(zip("{{closes}}", "{{opens}}"))
                stack = []
                for place, c in enumerate(text):
                    if c in partner.values():
                        stack.append(c)
                    elif c in partner and (not stack or stack.pop() != partner[c]):
                        return place
                return len(text) if stack else {{fine}}
                """,
            JavaScript = $$"""
                const wanted = [];
                for (let i = 0; i < text.length; i++) {
                  const opened = "{{opens}}".indexOf(text[i]);
                  if (opened >= 0) wanted.push("{{closes}}"[opened]);
                  else if ("{{closes}}".includes(text[i]) && wanted.pop() !== text[i]) return i;
                }
                return wanted.length > 0 ? text.length : {{fine}};
                """,
            // Shorter and shorter beginnings, each judged by taking pairs away.
            Oracle = a =>
            {
                string t = (string)a[0];
                for (int i = 0; i < t.Length; i++)
                    if (closes.Contains(t[i]) && Rest(t[..(i + 1)]).Any(closes.Contains)) return i;
                return Rest(t).Length > 0 ? t.Length : fine;
            },
            Draw = r => [r.Text(1, 6, pairs + pairs + "x") + r.Pick("", $"{opens[0]}{closes[0]}", $"{opens[1]}x{closes[1]}",
                $"{opens[0]}{opens[1]}{closes[1]}{closes[0]}")],
            Edges = [[""], ["abc"], [$"{opens[0]}{closes[0]}"], [$"{opens[0]}{closes[1]}"], [$"{closes[0]}"], [$"{opens[0]}"],
                [$"{opens[0]}{opens[1]}{closes[1]}{closes[0]}x"],
                [$"{opens[0]}{opens[1]}{closes[0]}{closes[1]}"], [$"x{opens[1]}{closes[1]}{closes[1]}"],
                    [string.Concat(opens) + string.Concat(closes.Reverse())]],
        };

        string Rest(string t)
        {
            string left = string.Concat(t.Where(pairs.Contains));
            for (string before = ""; before != left;)
                foreach (char[] pair in (before = left) is var _ ? pairs.Chunk(2) : []) left = left.Replace(new string(pair), "");
            return left;
        }
    }

    private static Problem RomanNumber(Draws d)
    {
        bool sum = d.Coin();
        int add = d.Between(1, 50);
        string also = sum ? $", plus {add}" : "";
        return new()
        {
            Name = d.Pick("read roman", "from roman", "roman value"),
            Takes = [new("text", Ty.Text, "a Roman number from I to MMMCMXCIX in capitals" + (sum ? ""
                : "; small letters may be among them"))],
            Gives = Ty.Int,
            Goal = $"the value of the Roman number `text`{also}",
            Rules = ["I is 1, V 5, X 10, L 50, C 100, D 500, M 1000.", "A smaller sign before a larger one is taken away; otherwise "
                + "all are added."],
            Setting = d.Pick("", "A date is carved above a door.", "The chapters of an old book are numbered."),
            CSharp = $$"""
                var values = new Dictionary<char, int>
                {
                    ['I'] = 1, ['V'] = 5, ['X'] = 10, ['L'] = 50, ['C'] = 100, ['D'] = 500, ['M'] = 1000,
                };
                int total = {{(sum ? add : 0)}}, larger = 0;
                foreach (char c in text{{(sum ? "" : ".ToUpperInvariant()")}}.Reverse())
                {
                    int value = values[c];
                    if (value < larger) total -= value;
                    else
                    {
                        total += value;
                        larger = value;
                    }
                }
                return total;
                """,
            Python = $$"""
                values = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
                numbers = [values[c] for c in text{{(sum ? "" : ".upper()")}}]
                total = {{(sum ? add : 0)}}
                for value, after in zip(numbers, numbers[1:] + [0]):
                    total += -value if value < after else value
                return total
                """,
            JavaScript = $$"""
                const values = { I: 1, V: 5, X: 10, L: 50, C: 100, D: 500, M: 1000 };
                const numbers = [...text{{(sum ? "" : ".toUpperCase()")}}].map(c => values[c]);
                return numbers.reduce((total, value, i) => total + (value < (numbers[i + 1] ?? 0) ? -value : value), {{(sum ? add : 0)}});
                """,
            // All numbers are written, and the text looked up.
            Oracle = a => Enumerable.Range(1, 3999).First(n =>
                string.Equals(Roman(n), (string)a[0], StringComparison.OrdinalIgnoreCase)) + (sum ? add : 0),
            Draw = r => r.Between(1, 3999) is var n && r.Coin() && !sum ? [Roman(n).ToLowerInvariant()] : [Roman(n)],
            Edges = [["I"], ["IV"], ["IX"], ["XL"], ["XC"], ["CD"], ["CM"], ["MCMXCIV"], ["MMDCLXVI"], ["VIII"], [sum ? "XLIX" : "xlIX"]],
        };

        static string Roman(int n)
        {
            string[] units = ["", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX"];
            string Shift(int digit, string from, string to) => string.Concat(units[digit].Select(c => to[from.IndexOf(c)]));
            return new string('M', n / 1000) + Shift(n / 100 % 10, "IVX", "CDM") + Shift(n / 10 % 10, "IVX", "XLC") + units[n % 10];
        }
    }
}
