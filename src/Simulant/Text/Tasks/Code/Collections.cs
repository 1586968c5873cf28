using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Code;

/// <summary>Elements of a list replaced, joined and exchanged.</summary>
internal sealed class ListUpdates() : CodeFamily("list-updates")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        int n = random.Between(3, 5);
        List<Stmt> body = [new Set("xs", new ListOf([.. random.Numbers(n, 1, 20).Select(number => (Expr)number)]))];
        for (int i = 0; i < level + 1; i++)
        {
            int one = random.Below(n), two = random.Below(n), which = random.Below(4);
            if (which == 0) n++;
            body.Add(which switch
            {
                0 => new Append("xs", Op(new At("xs", one), "+", random.Between(1, 9))),
                1 => new SetAt("xs", one, Op(new At("xs", one), random.Pick(["+", "*"]), random.Between(2, 5))),
                2 => new SetAt("xs", one, Op(new At("xs", two), "-", new At("xs", one))),
                _ => new SetAt("xs", Op(new Length("xs"), "-", random.Between(1, 3)), new At("xs", two)),
            });
        }
        body.Add(new Set("total", 0));
        body.Add(new For("i", 0, new Length("xs"), new Set("total", Op("total", "+", Op(new At("xs", "i"), "*", Op("i", "+", 1))))));
        return new([.. body], "total");
    }
}

/// <summary>A text built letter by letter.</summary>
internal sealed class StringBuilding() : CodeFamily("string-building")
{
    public override AnswerKind Kind => AnswerKind.Word;

    protected override Listing Listing(int level, ItemDraws random)
    {
        string text = random.Syllables(level + 2)[..(2 * level + 3)], letters = string.Concat(random.Sample<char>([.. "bdfgklmnprstvz"], 5)
            .Order());
        Expr front = Op("c", "+", "made"), back = Op("made", "+", "c"), twice = Op(Op("made", "+", "c"), "+", "c");
        Expr[] three = random.Shuffle([front, back, twice]);
        Stmt body = random.Chance(0.5)
            ? new If((new Among("c", "aeiou"), [new Set("made", three[0])]), (null, [new Set("made", three[1])]))
            : new If((new Among("c", "aeiou"), [new Set("made", three[0])]), (new Among("c", letters), [new Set("made", three[1])]),
                (null, [new Set("made", three[2])]));
        return new([new Set("word", new Literal(text)), new Set("made", new Literal("")), new Each("c", "word", body)], "made");
    }
}

/// <summary>Numbers counted by a key.</summary>
internal sealed class TallyByKey() : CodeFamily("tally-by-key")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        int[] numbers = random.Numbers(level + 3, 1, 60);
        int modulus = random.Between(2, 4);
        Expr by = random.Chance(0.5) ? 1 : "n";
        int asked = numbers[random.Below(numbers.Length)] % modulus;
        return new(
        [
            new Set("numbers", new ListOf([.. numbers.Select(number => (Expr)number)])), new NoCounts("counts"),
            new Each("n", "numbers", new Tally("counts", Op("n", "%", modulus), by)),
        ], new CountOf("counts", asked));
    }

    /// <summary>What a dictionary holds for a key that it has.</summary>
    private sealed record CountOf(string Counts, int Key) : Expr
    {
        public override (object Value, string Shown) Eval(Machine machine)
        {
            long count = ((SortedDictionary<long, long>)machine[Counts])[Key];
            return (count, $"{count}");
        }

        public override string Write(Syntax syntax) => $"{Counts}[{Key}]";
    }
}

/// <summary>A table of numbers, gone through by rows and columns.</summary>
internal sealed class MatrixWalk() : CodeFamily("matrix-walk")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        int rows = 2 + level / 3, columns = 2 + level / 2 + level / 5;
        Expr[] lines = [.. Enumerable.Range(0, rows).Select(_ => (Expr)new ListOf([.. random.Numbers(columns, 0, 9).Select(number =>
            (Expr)number)]))];
        Expr cell = new At(new At("grid", "r"), "c");
        Expr when = random.Below(3) switch
        {
            0 => Op(Op(Op("r", "+", "c"), "%", 2), "==", random.Below(2)),
            1 => Op(cell, random.Pick([">", "<="]), random.Between(2, 6)),
            _ => Op("c", random.Pick([">=", "!="]), "r"),
        };
        Expr weight = random.Chance(0.5) ? cell : Op(cell, "*", Op("r", "+", random.Between(1, 3)));
        return new(
        [
            new Set("grid", new ListOf(lines)), new Set("s", random.Between(0, 9)),
            new For("r", 0, rows, new For("c", 0, columns, new If(when, new Set("s", Op("s", "+", weight))))),
        ], "s");
    }
}
