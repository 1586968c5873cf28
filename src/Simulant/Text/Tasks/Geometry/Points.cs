using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Geometry;

/// <summary>A point with whole coordinates.</summary>
internal readonly record struct Spot(int X, int Y)
{
    public override string ToString() => $"({X}, {Y})";

    /// <summary>Twice the signed area of the triangle: positive where a, b, c turn left.</summary>
    public static long Turn(Spot a, Spot b, Spot c) => (long)(b.X - a.X) * (c.Y - a.Y) - (long)(b.Y - a.Y) * (c.X - a.X);

    public static Spot[] Draw(ItemDraws draws, int count, int size)
    {
        var spots = new HashSet<Spot>();
        while (spots.Count < count) spots.Add(new(draws.Between(-size, size), draws.Between(-size, size)));
        return [.. spots];
    }

    /// <summary>Corners of a polygon that does not cross itself: points in order of their direction from one of them, the lowest.</summary>
    public static Spot[] Polygon(ItemDraws draws, int count, int size)
    {
        while (true)
        {
            var spots = Draw(draws, count, size);
            var start = spots.MinBy(s => (s.Y, s.X));
            Spot[] rest = [.. spots.Where(s => s != start)];
            Array.Sort(rest, (a, b) => Math.Sign(-Turn(start, a, b)));
            // Two corners in one direction would make edges overlap.
            if (rest.Zip(rest.Skip(1)).All(p => Turn(start, p.First, p.Second) != 0)) return [start, .. rest];
        }
    }
}

/// <summary>The area of a polygon from its corners (Gauss).</summary>
internal sealed class PolygonArea() : TaskFamily("polygon-area", TaskCategories.Geometry)
{
    private static readonly int[] Corners = [4, 5, 7, 9, 12];

    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var p = Spot.Polygon(draws.Problem, Corners[level - 1], 15);
        var work = new StepList();
        var parts = new List<int>();
        for (int i = 0; i < p.Length; i++)
        {
            Spot a = p[i], b = p[(i + 1) % p.Length];
            parts.Add(a.X * b.Y - b.X * a.Y);
            work.Add($"from {a} to {b}", $"{a.X} * {Maths.Arg(b.Y)} - {Maths.Arg(b.X)} * {Maths.Arg(a.Y)} = {parts[^1]}");
        }
        work.Add("add up", $"{Maths.Sum(parts.Select(v => Maths.Arg(v)))} = {parts.Sum()}");
        var area = new Fraction(Math.Abs(parts.Sum()), 2);
        work.Add("the area is half of that, without a sign", $"{Math.Abs(parts.Sum())} / 2 = {area.Plain()}");
        string corners = Phrases.Commas(p);
        string question = draws.Wording.Pick([
            $"What is the area of the polygon with the corners {corners}, joined in this order?",
            $"A field has its corners at {corners} (going round). Find its area in square units.",
            $"Join {corners} in turn and the last to the first. What area is enclosed?",
            $"Compute the area of the simple polygon {corners}. Answer with the number only."]);
        return new TaskDraft(question, area.Plain(), work);
    }
}

/// <summary>Grid points on the edges of a polygon: greatest common divisors.</summary>
internal sealed class BoundaryPoints() : TaskFamily("boundary-points", TaskCategories.Geometry)
{
    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var p = Spot.Polygon(draws.Problem, level + 2, 40);
        var work = new StepList();
        long sum = 0;
        for (int i = 0; i < p.Length; i++)
        {
            Spot a = p[i], b = p[(i + 1) % p.Length];
            long points = Maths.Gcd(b.X - a.X, b.Y - a.Y);
            work.Add($"the edge from {a} to {b} has gcd({Math.Abs(b.X - a.X)}, {Math.Abs(b.Y - a.Y)}) = {points} grid points, its end "
                + "left out",
                $"{sum} + {points} = {sum + points}");
            sum += points;
        }
        string corners = Phrases.Commas(p);
        string question = draws.Wording.Pick([
            $"How many points with two whole coordinates lie on the edges of the polygon {corners}, corners included?",
            $"The points {corners} are joined by straight lines in this order, and the last with the first. How many grid points (whole "
                + "coordinates) lie on these lines, end points too?",
            $"Count the lattice points on the boundary of the polygon with the corners {corners}.",
            $"A fence runs straight from post to post: {corners}, and back to the first. On how many points with integer coordinates does "
                + "it pass?"]);
        return new TaskDraft(question, sum.ToString(), work);
    }
}

/// <summary>Corners of the convex hull, by a turn along the points from left to right and back.</summary>
internal sealed class ConvexHull() : TaskFamily("convex-hull", TaskCategories.Geometry)
{
    private static readonly int[] Points = [5, 7, 9, 12, 16];

    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var spots = Spot.Draw(draws.Problem, Points[level - 1], 20);
        while (spots.All(s => Spot.Turn(spots[0], spots[1], s) == 0)) spots = Spot.Draw(draws.Problem, Points[level - 1], 20);
        var work = new StepList();
        Spot[] sorted = [.. spots.OrderBy(s => s.X).ThenBy(s => s.Y)];
        work.Add("sort the points from left to right", Phrases.Commas(sorted));
        List<Spot> below = Half(sorted, work), above = Half([.. sorted.Reverse()], work);
        Spot[] hull = [.. below[..^1], .. above[..^1]];
        work.Add($"put the two halves together: {Phrases.Commas(hull)}");
        string list = Phrases.Commas(spots);
        const string How = "List them like this: (1, 2), (3, 4). Points in the middle of an edge are no corners.";
        string question = draws.Wording.Pick([
            $"Which of the points {list} are corners of their convex hull? {How}",
            $"A rubber band is stretched around nails at {list}. At which nails does it bend? {How}",
            $"Find the vertices of the smallest convex polygon that contains {list}. {How}",
            $"Given {list}, name the corners of the convex hull. {How}"]);
        return new TaskDraft(question, Phrases.Commas(hull), work);
    }

    private static List<Spot> Half(Spot[] sorted, StepList work)
    {
        var chain = new List<Spot>();
        foreach (var s in sorted)
        {
            while (chain.Count > 1 && Spot.Turn(chain[^2], chain[^1], s) <= 0)
            {
                work.Add($"from {chain[^2]} by {chain[^1]} to {s} is no left turn, so {chain[^1]} is no corner here");
                chain.RemoveAt(chain.Count - 1);
            }
            work.Add($"go on to {s}");
            chain.Add(s);
        }
        return chain;
    }
}

/// <summary>The two points nearest to each other.</summary>
internal sealed class ClosestPair() : TaskFamily("closest-pair", TaskCategories.Geometry)
{
    private static readonly int[] Points = [4, 5, 6, 8, 10];

    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        Spot[] spots;
        StepList work;
        (int A, int B) best;
        do
        {
            spots = Spot.Draw(draws.Problem, Points[level - 1], 60);
            work = [];
            best = Best(spots, work);
        }
        while (best.A < 0);
        string list = string.Join(", ", spots.Select((s, i) => $"{(char)('A' + i)} {s}"));
        const string How = "Answer with the two letters, separated by a comma.";
        string question = draws.Wording.Pick([
            $"Which two of the points {list} are closest to each other? {How}",
                $"Towns lie at {list}. Which two are nearest as the crow flies? {How}",
            $"Find the pair with the least distance among {list}. {How}", $"Given {list}, which two points have the smallest straight "
                + $"distance? {How}"]);
        return new TaskDraft(question, $"{(char)('A' + best.A)}, {(char)('A' + best.B)}", work);
    }

    /// <summary>(-1, -1) where two pairs are equally close.</summary>
    private static (int A, int B) Best(Spot[] p, StepList work)
    {
        (int A, int B) best = (-1, -1);
        long least = long.MaxValue;
        bool twice = false;
        for (int a = 0; a < p.Length; a++)
            for (int b = a + 1; b < p.Length; b++)
            {
                long dx = p[b].X - p[a].X, dy = p[b].Y - p[a].Y, square = dx * dx + dy * dy;
                work.Add($"the squared distance of {(char)('A' + a)} and {(char)('A' + b)}",
                    $"{Maths.Arg(dx)}^2 + {Maths.Arg(dy)}^2 = {square}");
                twice = square == least || twice && square > least;
                if (square >= least) continue;
                least = square;
                best = (a, b);
            }
        work.Add($"the least is {least}");
        return twice ? (-1, -1) : best;
    }
}

/// <summary>Walks along streets, and the straight way back.</summary>
internal sealed class WalkDistance() : TaskFamily("walk-distance", TaskCategories.Geometry)
{
    private static readonly (string Name, int X, int Y)[] Winds = [("north", 0, 1), ("east", 1, 0), ("south", 0, -1), ("west", -1, 0)];
    private static readonly int[] Legs = [3, 4, 6, 8, 11];

    public override AnswerKind Kind => AnswerKind.Decimal;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int x, y, first;
        var legs = new (int Length, int Turn)[Legs[level - 1]];
        StepList work;
        do
        {
            for (int i = 0; i < legs.Length; i++) legs[i] = (draws.Problem.Between(5, 400), draws.Problem.Chance(.5) ? 1 : 3);
            first = draws.Problem.Below(4);
            work = [];
            (x, y) = (0, 0);
            int wind = first;
            foreach (var (length, turn) in legs)
            {
                if (work.Count > 0) wind = (wind + turn) % 4;
                (x, y) = (x + length * Winds[wind].X, y + length * Winds[wind].Y);
                work.Add($"{length} metres {Winds[wind].Name} lead to ({x}, {y}), east and north of the start");
            }
        }
        while ((x, y) == (0, 0));
        long square = (long)x * x + (long)y * y;
        work.Add("square and add", $"{Maths.Arg(x)}^2 + {Maths.Arg(y)}^2 = {square}");
        string answer = Root(square);
        work.Add($"the square root of {square}, to two places, is {answer}");
        string walk = string.Join(", ", legs.Select((l, i) => i == 0 ? $"{l.Length} metres {Winds[first].Name}"
            : $"then turns {(l.Turn == 1 ? "right" : "left")} and goes {l.Length} metres"));
        string name = draws.Wording.Pick(People.All);
        const string How = "Round to two decimal places and give the number only.";
        string question = draws.Wording.Pick([
            $"{name} goes {walk}. How many metres is {name} from the start, in a straight line? {How}",
            $"A robot goes {walk}. What is its straight distance from where it began, in metres? {How}",
            $"Starting at home, {name} goes {walk}. How long is the direct way home in metres, as the crow flies? {How}",
            $"On a wide plain a hiker goes {walk}. Find the length of the straight line from start to end, in metres. {How}"]);
        return new TaskDraft(question, answer, work);
    }

    /// <summary>The root to two places, halves up, by whole numbers alone.</summary>
    private static string Root(long square)
    {
        // Twice a hundredfold: the last bit decides on rounding.
        var root = (long)Math.Sqrt(40_000.0 * square);
        while ((Int128)root * root > (Int128)square * 40_000) root--;
        while ((Int128)(root + 1) * (root + 1) <= (Int128)square * 40_000) root++;
        return new Fraction((root + 1) / 2, 100).Rounded(2);
    }
}
