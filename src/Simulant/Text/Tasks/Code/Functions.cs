using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Code;

/// <summary>A function that calls itself.</summary>
internal sealed class RecursiveCalls() : CodeFamily("recursive-calls")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        int less = random.Between(1, 3), start = (level + 1) * less + random.Below(less);
        bool twice = level > 1 && random.Chance(0.3);
        if (twice) (less, start) = (1, level / 2 + 2);
        Expr deeper = new Call("f", Op("n", "-", less));
        Expr value = twice ? Op(deeper, "+", Op(new Call("f", Op("n", "-", 2)), "*", random.Between(1, 3))) : random.Below(4) switch
        {
            0 => Op(deeper, "+", Op("n", "*", random.Between(1, 9))),
            1 => Op(Op("n", "*", random.Between(2, 9)), "-", deeper),
            2 => Op(Op(deeper, "*", 2), "+", random.Between(1, 9)),
            _ => Op(deeper, "+", Op(Op("n", "*", "n"), "%", random.Between(5, 19))),
        };
        return new([new Set("x", start)], Op(new Call("f", "x"), random.Pick(["+", "-"]), random.Between(1, 99)),
            new Function("f", ["n"], new If(Op("n", "<", twice ? 2 : less), new Return(random.Between(1, 99))), new Return(value)));
    }
}

/// <summary>Functions that use each other, called with each other's results.</summary>
internal sealed class FunctionCalls() : CodeFamily("function-calls")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        Expr Simple(string one, string two) => random.Below(4) switch
        {
            0 => Op(Op(one, "*", random.Between(2, 5)), "-", two),
            1 => Op(one, "+", Op(two, "*", random.Between(2, 5))),
            2 => Op(Op(one, "+", two), "*", random.Between(2, 3)),
            _ => Op(Op(one, "-", two), "+", random.Between(5, 25)),
        };
        var f = new Function("f", ["a", "b"], new Return(Simple("a", "b")));
        var g = new Function("g", ["x"], new If(Op("x", ">", random.Between(5, 60)), new Return(Op("x", "-", random.Between(1, 20)))),
            new Return(Op(new Call("f", "x", random.Between(1, 9)), random.Pick(["+", "-"]), random.Between(1, 9))));
        Expr value = random.Between(1, 20);
        for (int i = 0; i < level; i++)
            value = i % 2 == 0 ? new Call("g", value) : random.Chance(0.5) ? new Call("f", value, random.Between(1, 12)) : new Call("f",
                random.Between(1, 12), value);
        return new([new Set("y", value)], Op("y", "+", random.Between(0, 9)), f, g);
    }
}

/// <summary>A chain of conditions, each on what the one before left.</summary>
internal sealed class BranchChain() : CodeFamily("branch-chain")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        List<Stmt> body = [new Set("x", random.Between(1, 60)), new Set("y", random.Between(1, 60))];
        for (int i = 0; i < level; i++)
        {
            Expr one = Op("x", random.Pick(["<", ">", "<=", ">="]), random.Chance(0.5) ? "y" : (Expr)random.Between(10, 60));
            Expr two = Op("y", random.Pick(["<", ">", "=="]), Op("x", "+", random.Between(0, 20)));
            Stmt[] Change() =>
                [new Set(random.Pick(["x", "y"]), Op(random.Pick(["x", "y"]), random.Pick(["+", "-"]), random.Chance(0.4) ? "y"
                    : (Expr)random.Between(1, 30)))];
            body.Add(random.Chance(0.5) ? new If((Op(one, random.Pick(["and", "or"]), two), Change()), (null, Change()))
                : new If((one, Change()), (two, Change()), (null, Change())));
        }
        return new([.. body], Op("x", "+", Op("y", "*", 2)));
    }
}

/// <summary>Single bits shifted, joined and masked.</summary>
internal sealed class BitTricks() : CodeFamily("bit-tricks")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        List<Stmt> body = [new Set("x", random.Between(1, 63)), new Set("y", random.Between(1, 63))];
        for (int i = 0; i < level + 1; i++)
        {
            string to = random.Pick(["x", "y"]), other = to == "x" ? "y" : "x";
            Expr value = random.Below(5) switch
            {
                0 => Op(to, "^", other),
                1 => Op(to, "&", Op(other, "|", random.Between(1, 31))),
                2 => Op(Op(to, "<<", random.Between(1, 2)), "&", 255),
                3 => Op(to, "|", Op(other, ">>", random.Between(1, 3))),
                _ => Op(to, "^", random.Between(1, 63)),
            };
            body.Add(new Set(to, value));
        }
        return new([.. body], Op("x", "+", "y"));
    }
}
