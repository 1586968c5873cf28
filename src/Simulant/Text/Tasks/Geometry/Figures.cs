using System.Numerics;
using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Geometry;

/// <summary>How many pairs of segments cross, by turns.</summary>
internal sealed class SegmentCrossings() : TaskFamily("segment-crossings", TaskCategories.Geometry)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        Spot[] ends;
        do ends = Spot.Draw(draws.Problem, 2 * level + 4, 12);
        while (Aligned(ends));
        int n = ends.Length / 2, count = 0;
        var work = new StepList();
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++)
            {
                Spot a = ends[2 * i], b = ends[2 * i + 1], c = ends[2 * j], d = ends[2 * j + 1];
                long one = Spot.Turn(a, b, c), two = Spot.Turn(a, b, d), three = Spot.Turn(c, d, a), four = Spot.Turn(c, d, b);
                bool cross = one > 0 != two > 0 && three > 0 != four > 0;
                if (cross) count++;
                work.Add($"{Letter(i)} and {Letter(j)}: the ends of {Letter(j)} lie "
                    + $"{(one > 0 != two > 0 ? "on both sides" : "on one side")} of "
                    + $"{Letter(i)} "
                    + $"(turns {one} and {two}), those of {Letter(i)} {(three > 0 != four > 0 ? "on both sides" : "on one side")} of "
                    + $"{Letter(j)} (turns {three} and {four}): {(cross ? "they cross" : "no crossing")}");
            }
        work.Add($"the number of crossings is {count}");
        string list = Phrases.And([.. Enumerable.Range(0, n).Select(i => $"{Letter(i)} from {ends[2 * i]} to {ends[2 * i + 1]}")]);
        string question = draws.Wording.Pick([
            $"Straight segments are drawn: {list}. How many pairs of them cross?",
                $"Consider the segments {list}. Count the pairs that intersect.",
            $"Paths run straight: {list}. How many pairs of paths meet?", $"How many of the pairs of segments among {list} have a point "
                + "in common?"]);
        return new TaskDraft(question, count.ToString(), work);
    }

    private static char Letter(int i) => (char)('A' + i);

    /// <summary>Whether an end lies on the line of another segment: a case too fine for a clear question.</summary>
    private static bool Aligned(Spot[] ends)
    {
        for (int i = 0; i < ends.Length; i += 2)
            for (int k = 0; k < ends.Length; k++)
                if (k / 2 != i / 2 && Spot.Turn(ends[i], ends[i + 1], ends[k]) == 0) return true;
        return false;
    }
}

/// <summary>Which circles cut each other: distances against sums and differences of radii.</summary>
internal sealed class CircleOverlaps() : TaskFamily("circle-overlaps", TaskCategories.Geometry)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int n = level + 2, count = 0;
        (Spot Centre, int Radius)[] circles = [.. Spot.Draw(draws.Problem, n, 15).Select(s => (s, draws.Problem.Between(2, 14)))];
        var work = new StepList();
        for (int i = 0; i < n; i++)
            for (int j = i + 1; j < n; j++)
            {
                var ((a, r), (b, s)) = (circles[i], circles[j]);
                int dx = b.X - a.X, dy = b.Y - a.Y, square = dx * dx + dy * dy, far = (r + s) * (r + s), near = (r - s) * (r - s);
                bool cut = near < square && square < far;
                if (cut) count++;
                string verdict = cut ? "between them: two common points" : square == far || square == near
                    ? "equal to one of them: they touch"
                    : square > far ? "beyond: apart" : "below: one inside the other";
                work.Add($"{(char)('A' + i)} and {(char)('A' + j)}: the squared distance, against {near} for the difference of the radii "
                    + $"and {far} for their sum, is {verdict}",
                    $"{Maths.Arg(dx)}^2 + {Maths.Arg(dy)}^2 = {square}");
            }
        work.Add($"pairs with two common points: {count}");
        string list = Phrases.And([.. circles.Select((c, i) => $"{(char)('A' + i)} around {c.Centre} with radius {c.Radius}")]);
        string question = draws.Wording.Pick([
            $"Circles are drawn: {list}. How many pairs of circles meet in exactly two points?",
            $"Given the circles {list}, count the pairs that cut each other in two points (touching does not count).",
            $"How many pairs among the circles {list} have two points in common?",
            $"On a plan there are circular lines {list}. How many pairs of the lines cross, that is, share exactly two points?"]);
        return new TaskDraft(question, count.ToString(), work);
    }
}

/// <summary>The area that rectangles cover together, strip by strip.</summary>
internal sealed class RectangleUnion() : TaskFamily("rectangle-union", TaskCategories.Geometry)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var rectangles = new (Spot Low, Spot High)[level + 1];
        for (int i = 0; i < rectangles.Length; i++)
        {
            int x = draws.Problem.Between(0, 20), y = draws.Problem.Between(0, 20);
            rectangles[i] = (new(x, y), new(x + draws.Problem.Between(2, 15), y + draws.Problem.Between(2, 15)));
        }
        var work = new StepList();
        int[] edges = [.. rectangles.SelectMany(r => new[] { r.Low.X, r.High.X }).Distinct().Order()];
        int area = 0;
        foreach (var (left, right) in edges.Zip(edges.Skip(1)))
        {
            int height = 0, reached = int.MinValue;
            foreach (var r in rectangles.Where(r => r.Low.X <= left && r.High.X >= right).OrderBy(r => r.Low.Y))
            {
                height += Math.Max(0, r.High.Y - Math.Max(reached, r.Low.Y));
                reached = Math.Max(reached, r.High.Y);
            }
            int strip = (right - left) * height;
            work.Add($"between x = {left} and x = {right} the rectangles cover a height of {height}",
                $"{area} + {right - left} * {height} = {area + strip}");
            area += strip;
        }
        string list = Phrases.And([.. rectangles.Select(r => $"{r.Low} to {r.High}")]);
        string question = draws.Wording.Pick([
            $"Rectangles with sides along the axes are given by two opposite corners: {list}. What area do they cover together?",
            $"Posters hang on a wall, lower left to upper right corner: {list}. How large is the area that is covered by at least one?",
            $"Find the area of the union of these rectangles, each from its lower left to its upper right corner: {list}.",
            $"Somebody paints the rectangles {list} (opposite corners, sides parallel to the axes) in the same colour. What is the "
                + "painted area?"]);
        return new TaskDraft(question, area.ToString(), work);
    }
}

/// <summary>A point through turns, mirrors, shifts and stretches.</summary>
internal sealed class PointTransformations() : TaskFamily("point-transformations", TaskCategories.Geometry)
{
    private static readonly int[] Moves = [3, 4, 6, 8, 11];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var start = new Spot(draws.Problem.NonZero(30), draws.Problem.NonZero(30));
        var p = start;
        var work = new StepList();
        var moves = new List<string>();
        for (int i = 0; i < Moves[level - 1]; i++)
        {
            int a = draws.Problem.NonZero(12), b = draws.Problem.NonZero(12);
            (string move, p) = draws.Problem.Below(7) switch
            {
                0 => ("turned by a quarter, counterclockwise, about the origin", new Spot(-p.Y, p.X)),
                1 => ("turned by a quarter, clockwise, about the origin", new Spot(p.Y, -p.X)),
                2 => ("mirrored in the x-axis", p with { Y = -p.Y }),
                3 => ("mirrored in the y-axis", p with { X = -p.X }),
                4 => ("mirrored in the line y = x", new Spot(p.Y, p.X)),
                5 => ($"mirrored in the point {new Spot(a, b)}", new Spot(2 * a - p.X, 2 * b - p.Y)),
                _ => ($"shifted by {new Spot(a, b)}", new Spot(p.X + a, p.Y + b)),
            };
            moves.Add(move);
            work.Add($"{move}, it comes to {p}");
        }
        string list = string.Join("; then ", moves);
        const string How = "Answer like this: (1, 2).";
        string question = draws.Wording.Pick([
            $"The point {start} is {list}. Where does it end? {How}", $"A point starts at {start}. It is {list}. What are its coordinates "
                + $"now? {How}",
            $"Take {start}. It is {list}. Find the image. {How}", $"What becomes of the point {start} if it is {list}? {How}"]);
        return new TaskDraft(question, p.ToString(), work);
    }
}

/// <summary>Triangles by their sides: which are acute, right, obtuse, or impossible.</summary>
internal sealed class TriangleCensus() : TaskFamily("triangle-census", TaskCategories.Geometry)
{
    private static readonly string[] Sorts = ["acute", "right-angled", "obtuse", "impossible"];
    private static readonly (int, int, int)[] Right = [(3, 4, 5), (5, 12, 13), (8, 15, 17), (7, 24, 25), (20, 21, 29)];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[][] triangles = [.. Enumerable.Range(0, level + 2).Select(_ => Sides(draws.Problem))];
        var work = new StepList();
        var counts = new int[4];
        foreach (int[] sides in triangles)
        {
            int[] s = [.. sides.Order()];
            int sort = s[0] + s[1] <= s[2] ? 3 : Math.Sign(s[2] * s[2] - s[0] * s[0] - s[1] * s[1]) + 1;
            counts[sort]++;
            work.Add($"{Phrases.Commas(sides)} is "
                + $"{Sorts[sort]}{(sort == 3 ? ": the two shorter sides do not reach" : $", since {s[2]}^2 = {s[2] * s[2]}")}",
                sort == 3 ? $"{s[0]} + {s[1]} = {s[0] + s[1]}" : $"{s[0]}^2 + {s[1]}^2 = {s[0] * s[0] + s[1] * s[1]}");
        }
        string list = string.Join("; ", triangles.Select(t => Phrases.Commas(t)));
        const string How = "Answer with four numbers, separated by commas: how many are acute, how many right-angled, how many obtuse, "
            + "and how many no triangles at all (flat ones are none).";
        string question = draws.Wording.Pick([
            $"Here are side lengths of would-be triangles: {list}. {How}",
                $"Sort these triples of sides by the triangle they make: {list}. {How}",
            $"Rods are to be joined to triangles in these threes: {list}. {How}", $"Examine the side lengths {list}. {How}"]);
        return new TaskDraft(question, Phrases.Commas(counts), work);
    }

    private static int[] Sides(ItemDraws draws)
    {
        if (!draws.Chance(.25)) return [draws.Between(4, 30), draws.Between(4, 30), draws.Between(4, 30)];
        var (a, b, c) = draws.Pick(Right);
        int times = draws.Between(1, 4);
        return draws.Shuffle([a * times, b * times, c * times]);
    }
}

/// <summary>The surface of towers of unit cubes on a grid.</summary>
internal sealed class BlockSurface() : TaskFamily("block-surface", TaskCategories.Geometry)
{
    private static readonly (int Rows, int Columns)[] Shapes = [(2, 2), (2, 3), (3, 3), (3, 4), (4, 4)];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var (rows, columns) = Shapes[level - 1];
        int[][] h = [.. Enumerable.Range(0, rows).Select(_ => Enumerable.Range(0, columns)
            .Select(_ => draws.Problem.Between(1, level < 3 ? 60 : 9)).ToArray())];
        var work = new StepList();
        int area = 2 * rows * columns;
        work.Add("top and bottom of all towers", $"2 * {rows * columns} = {area}");
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
            {
                int own = h[r][c];
                int[] around = [r > 0 ? h[r - 1][c] : 0, r < rows - 1 ? h[r + 1][c] : 0, c > 0 ? h[r][c - 1] : 0, c < columns - 1
                    ? h[r][c + 1] : 0];
                int[] free = [.. around.Select(n => Math.Max(0, own - n))];
                work.Add($"walls of the tower of {own} in row {r + 1}, column {c + 1} above its neighbours",
                    $"{area} + {Maths.Sum(free)} = {area + free.Sum()}");
                area += free.Sum();
            }
        string grid = string.Join("\n", h.Select(row => string.Join(' ', row)));
        string question = draws.Wording.Pick([
            $"Towers of unit cubes stand side by side on a grid. Their heights, seen from above, are\n{grid}\nWhat is the surface of the "
                + "whole solid, the bottom included?",
            $"The numbers say how many unit cubes are stacked on each square:\n{grid}\nFind the total surface area of the solid, "
                + "underside too.",
            $"Cubes of side one are glued together in stacks of these heights:\n{grid}\nHow many unit squares make up the outer surface, "
                + "including the base?",
            $"A model of a city consists of unit cubes, in towers as high as shown:\n{grid}\nCompute the area of its surface, counting "
                + "the bottom."]);
        return new TaskDraft(question, area.ToString(), work);
    }
}

/// <summary>Volumes of round solids, as a multiple of pi.</summary>
internal sealed class SolidsInPi() : TaskFamily("solids-in-pi", TaskCategories.Geometry)
{
    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var work = new StepList();
        var parts = new List<string>();
        Fraction sum = 0;
        for (int i = 0; i <= level; i++)
        {
            int r = draws.Problem.Between(2, 30), h = draws.Problem.Between(2, 60), top = draws.Problem.Between(1, 20);
            (string part, string formula, Fraction volume) = draws.Problem.Below(4) switch
            {
                0 => ($"a cylinder of radius {r} and height {h}", $"{r}^2 * {h}", (Fraction)((BigInteger)r * r * h)),
                1 => ($"a cone of radius {r} and height {h}", $"1/3 * {r}^2 * {h}", new Fraction((BigInteger)r * r * h, 3)),
                2 => ($"a ball of radius {r}", $"4/3 * {r}^3", new Fraction(4 * (BigInteger)r * r * r, 3)),
                _ => ($"a truncated cone of radii {r} and {top} and height {h}", $"1/3 * {h} * ({r}^2 + {r} * {top} + {top}^2)",
                    new Fraction((BigInteger)h * (r * r + r * top + top * top), 3)),
            };
            parts.Add(part);
            work.Add($"{part}, over pi", $"{formula} = {volume}");
            if (i > 0) work.Add("add it", $"{sum} + {volume} = {sum + volume}");
            sum += volume;
        }
        string list = Phrases.And(parts);
        const string How = "Answer with the whole number or fraction that is to be multiplied by pi.";
        string question = draws.Wording.Pick([
            $"A sculpture consists of {list}. What is its volume, divided by pi? {How}",
            $"Find the total volume of {list} as a multiple of pi. {How}",
            $"How much metal, in cubic units over pi, goes into {list}, all solid? {How}",
            $"The volume of {list} together is q times pi. What is q? {How}"]);
        return new TaskDraft(question, sum.ToString(), work);
    }
}
