using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Code;

/// <summary>A total over a counting loop.</summary>
internal sealed class LoopTotal() : CodeFamily("loop-total")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        int from = random.Between(0, 12), step = random.Between(1, 3), rounds = level + 2;
        Expr term = random.Below(3) switch
        {
            0 => Op("i", "*", random.Between(2, 9)),
            1 => Op(Op("i", "*", "i"), "+", random.Between(1, 20)),
            _ => Op(Op("i", "*", random.Between(3, 11)), "%", random.Between(5, 13)),
        };
        Stmt update = new Set("total", Op("total", random.Pick(["+", "-"]), term));
        if (random.Chance(0.5)) update = new If(Op(Op("i", "%", random.Between(2, 3)), "==", random.Below(2)), update);
        return new([new Set("total", random.Between(0, 250)), new For("i", from, from + rounds * step, update) { Step = step }], "total");
    }
}

/// <summary>Pairs that meet a condition, counted by a loop in a loop.</summary>
internal sealed class NestedLoops() : CodeFamily("nested-loops")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        int a = random.Between(1, 30), b = random.Between(1, 30), outer = 1 + (level + 1) / 2, inner = 2 + level / 2;
        Expr mixed = Op(Op(Op("i", "*", random.Between(2, 9)), "+", Op("j", "*", random.Between(2, 9))), "%", random.Between(3, 7));
        Stmt[] body = random.Chance(0.5)
            ? [new If(Op(mixed, random.Pick(["<", ">=", "=="]), random.Between(1, 2)), new Set("count", Op("count", "+", random.Between(1,
                3))))]
            : [new Set("count", Op("count", "+", mixed))];
        Expr to = random.Chance(0.4) ? Op("i", "+", inner - outer / 2 - a + b) : (Expr)(b + inner);
        if (to is Binary { Right: Literal { Value: <= 0L } }) to = b + inner;
        return new([new Set("count", random.Between(0, 9)), new For("i", a, a + outer, new For("j", b, to, body))], "count");
    }
}

/// <summary>A loop left by a break.</summary>
internal sealed class WhileBreak() : CodeFamily("while-break")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        int start = random.Between(10, 99), add = random.Between(3, 17), factor = random.Between(2, 3);
        int divisor = random.Between(2, 4);
        Stmt[] body =
        [
            new If((Op(Op("n", "%", divisor), "==", random.Below(divisor)), [new Set("n", Op("n", "+", add))]),
                (null, [new Set("n", random.Chance(0.5) ? Op(Op("n", "*", factor), "%", random.Between(101, 199)) : Op("n", "+",
                    random.Between(1, 9)))])),
            new Set("steps", Op("steps", "+", 1)),
            new If(Op(Op("n", ">", random.Between(180, 400)), "or", Op("steps", "==", level + random.Between(1, 2))), new Break()),
        ];
        return new([new Set("n", start), new Set("steps", 0), new While(Op("n", ">=", 0), body)], Op(Op("n", "*", 10), "+", "steps"));
    }
}

/// <summary>Two variables that change at the same time.</summary>
internal sealed class SimultaneousAssignment() : CodeFamily("simultaneous-assignment")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        var change = random.Below(3) switch
        {
            0 => new Set(("a", "b"), ("b", Op(Op("a", "+", "b"), "%", random.Between(50, 99)))),
            1 => new Set(("a", Op("b", "+", random.Between(1, 9))), ("b", "a")),
            _ => new Set(("a", Op("a", "+", "b")), ("b", Op("a", "-", random.Pick<Expr>(["b", 1, 2, 3])))),
        };
        return new([new Set("a", random.Between(1, 60)), new Set("b", random.Between(1, 60)), new For("k", 0, level + 1, change)],
            random.Pick<Expr>(["a", "b", Op("a", "+", "b"), Op(Op("a", "*", 3), "-", "b")]));
    }
}

/// <summary>Two indices that walk towards each other through a list.</summary>
internal sealed class TwoPointers() : CodeFamily("two-pointers")
{
    protected override Listing Listing(int level, ItemDraws random)
    {
        int n = level + 3, target = random.Between(20, 60);
        Expr[] list = [.. random.Distinct(n, 1, 40).Order().Select(number => (Expr)number)];
        Expr sum = Op(new At("xs", "lo"), "+", new At("xs", "hi"));
        Stmt up = new Set("lo", Op("lo", "+", 1)), down = new Set("hi", Op("hi", "-", 1)), better = new Set("best", sum);
        return new(
        [
            new Set("xs", new ListOf(list)), new Set("lo", 0), new Set("hi", n - 1), new Set("best", 0),
            new While(Op("lo", "<", "hi"), new If((Op(sum, ">", target), [down]), (null, [better, up]))),
        ], random.Chance(0.5) ? "best" : Op(Op("best", "*", 10), "+", "lo"));
    }
}
