using System.Numerics;
using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Algebra;

/// <summary>All rational roots of a polynomial that has no others: try candidates, divide out, and end with a quadratic.</summary>
internal sealed class PolynomialRoots() : TaskFamily("polynomial-roots", TaskCategories.Algebra)
{
    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int degree = level + 1, tops = degree == 2 ? 60 : degree == 3 ? 20 : 12, bottoms = degree == 2 ? 6 : degree == 3 ? 3 : 2;
        List<BigInteger> polynomial = [draws.Problem.Between(1, 9)];
        var roots = new HashSet<Fraction>();
        while (roots.Count < degree)
        {
            var root = new Fraction(draws.Problem.NonZero(tops), draws.Problem.Between(1, bottoms));
            if (!roots.Add(root)) continue;
            var next = new BigInteger[polynomial.Count + 1];
            for (int i = 0; i < polynomial.Count; i++)
            {
                next[i] -= polynomial[i] * root.Top;
                next[i + 1] += polynomial[i] * root.Bottom;
            }
            polynomial = [.. next];
        }
        string text = Maths.Polynomial(polynomial) + " = 0";
        var work = new StepList();
        var found = Solve(polynomial, work);
        const string How = "List all roots as whole numbers or fractions, separated by commas.";
        string question = draws.Wording.Pick([
            $"Solve {text}. {How}", $"Find all x with {text}. {How}", $"What are the roots of the equation {text}? {How}",
            $"For which numbers x is {text}? {How}"]);
        return new TaskDraft(question, Phrases.Commas(found.Order()), work);
    }

    private static List<Fraction> Solve(List<BigInteger> p, StepList work)
    {
        var roots = new List<Fraction>();
        var content = p.Aggregate(BigInteger.GreatestCommonDivisor);
        if (!content.IsOne) p = [.. p.Select(c => c / content)];
        while (p.Count > 3)
        {
            var root = Candidates(p).First(c => At(p, c).Sign == 0);
            p = Divide(p, root);
            work.Add($"x = {root} is a root; divide by {Maths.Terms((root.Bottom, "x"), (-root.Top, ""))}",
                $"{Maths.Polynomial(p)} = 0 remains");
            roots.Add(root);
        }
        BigInteger a = p[2], b = p[1], c = p[0], d = b * b - 4 * a * c;
        work.Add("the discriminant of the quadratic", $"{Maths.Arg(b)}^2 - 4 * {Maths.Arg(a)} * {Maths.Arg(c)} = {d}");
        var s = Root(d);
        Fraction high = new(-b + s, 2 * a), low = new(-b - s, 2 * a);
        work.Add($"its square root is {s}", $"{s}^2 = {d}");
        work.Add("so the two last roots are", $"({-b} + {s}) / {2 * a} = {high}");
        work.Add("and", $"({-b} - {s}) / {2 * a} = {low}");
        return [.. roots, high, low];
    }

    /// <summary>Every root is a divisor of the last coefficient over one of the first, either sign.</summary>
    private static IEnumerable<Fraction> Candidates(List<BigInteger> p)
    {
        var last = BigInteger.Abs(p[0]);
        var first = BigInteger.Abs(p[^1]);
        for (BigInteger top = 1; top <= last; top++)
        {
            if (!(last % top).IsZero) continue;
            for (BigInteger bottom = 1; bottom <= first; bottom++)
                if ((first % bottom).IsZero && BigInteger.GreatestCommonDivisor(top, bottom).IsOne)
                {
                    yield return new Fraction(top, bottom);
                    yield return new Fraction(-top, bottom);
                }
        }
    }

    private static BigInteger At(List<BigInteger> p, Fraction x)
    {
        // The value times the bottom to the degree, which has the same sign and the same zeros.
        BigInteger value = 0, power = 1;
        for (int i = p.Count - 1; i >= 0; i--)
        {
            value = value * x.Top + p[i] * power;
            power *= x.Bottom;
        }
        return value;
    }

    private static List<BigInteger> Divide(List<BigInteger> p, Fraction root)
    {
        var quotient = new BigInteger[p.Count - 1];
        var carry = BigInteger.Zero;
        for (int i = p.Count - 1; i > 0; i--)
        {
            quotient[i - 1] = (p[i] + carry) / root.Bottom;
            carry = quotient[i - 1] * root.Top;
        }
        return [.. quotient];
    }

    private static BigInteger Root(BigInteger square)
    {
        var root = (BigInteger)Math.Sqrt((double)square);
        while (root * root > square) root--;
        while ((root + 1) * (root + 1) <= square) root++;
        return root;
    }
}

/// <summary>Two polynomials multiplied out.</summary>
internal sealed class PolynomialProduct() : TaskFamily("polynomial-product", TaskCategories.Algebra)
{
    private static readonly (int First, int Second)[] Degrees = [(1, 1), (2, 1), (2, 2), (3, 2), (4, 3)];

    public override AnswerKind Kind => AnswerKind.Expression;

    /// <summary>The right function, multiplied out and collected: no brackets, and no more terms than needed.</summary>
    public override bool Accepts(TaskItem item, string answer) =>
        base.Accepts(item, answer) && !answer.Contains('(') && answer.Count(c => c == 'x') <= item.Answer.Count(c => c == 'x');

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var a = Draw(draws.Problem, Degrees[level - 1].First);
        var b = Draw(draws.Problem, Degrees[level - 1].Second);
        var work = new StepList();
        var product = new BigInteger[a.Length + b.Length - 1];
        for (int i = a.Length - 1; i >= 0; i--)
        {
            var part = new BigInteger[product.Length];
            for (int j = 0; j < b.Length; j++) part[i + j] = a[i] * b[j];
            var term = new BigInteger[i + 1];
            term[i] = a[i];
            work.Add("multiply by one term", $"{Maths.Polynomial(term)} * ({Maths.Polynomial(b)}) = {Maths.Polynomial(part)}");
            for (int k = 0; k < part.Length; k++) product[k] += part[k];
        }
        for (int k = product.Length - 1; k >= 0; k--)
        {
            int power = k;
            var like = Enumerable.Range(0, a.Length).Where(i => power - i >= 0 && power - i < b.Length).Select(i => a[i] * b[power - i]);
            work.Add($"collect the terms in x^{k}", $"{Maths.Sum(like.Select(c => Maths.Arg(c)))} = {product[k]}");
        }
        string text = $"({Maths.Polynomial(a)})({Maths.Polynomial(b)})";
        string question = draws.Wording.Pick([
            $"Expand {text} and collect like terms.", $"Multiply out: {text}. Write the result without brackets, like terms collected.",
            $"Write the product {text} as one polynomial in x, without brackets.",
            $"What polynomial is {text}? Give it expanded, with like terms combined."]);
        return new TaskDraft(question, Maths.Polynomial(product), work);
    }

    private static BigInteger[] Draw(ItemDraws draws, int degree) =>
        [.. Enumerable.Range(0, degree + 1).Select(_ => (BigInteger)draws.NonZero(degree == 1 ? 20 : 9))];
}

/// <summary>Division of a polynomial by x - a in Horner's scheme.</summary>
internal sealed class SyntheticDivision() : TaskFamily("synthetic-division", TaskCategories.Algebra)
{
    private static readonly int[] Degree = [3, 4, 5, 7, 9];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        BigInteger[] p = [.. Enumerable.Range(0, Degree[level - 1] + 1).Select(_ => (BigInteger)draws.Problem.NonZero(15))];
        int a = draws.Problem.NonZero(9);
        var work = new StepList();
        var row = new BigInteger[p.Length];
        row[^1] = p[^1];
        work.Add("bring down the first coefficient", $"{row[^1]}");
        for (int i = p.Length - 2; i >= 0; i--)
        {
            row[i] = p[i] + a * row[i + 1];
            work.Add(i == 0 ? "the last one is the remainder" : $"the coefficient of x^{i - 1}",
                $"{p[i]} + {Maths.Arg(a)} * {Maths.Arg(row[i + 1])} = {row[i]}");
        }
        string divisor = Maths.Terms((1, "x"), (-a, "")), text = Maths.Polynomial(p);
        string how = "Give the coefficients of the quotient, from the highest power down to the constant term (zeros too), and then the "
            + "remainder, all separated by commas.";
        string question = draws.Wording.Pick([
            $"Divide the polynomial {text} by {divisor}. {how}", $"What are quotient and remainder of {text} on division by {divisor}? "
                + how,
            $"Carry out the division of {text} by the linear factor {divisor}. {how}",
            $"The polynomial {text} is split as ({divisor}) times a quotient plus a constant. {how}"]);
        return new TaskDraft(question, Phrases.Commas(row.Reverse()), work);
    }
}

/// <summary>Products and quotients of powers of two letters, brought to one power of each.</summary>
internal sealed class ExponentLaws() : TaskFamily("exponent-laws", TaskCategories.Algebra)
{
    public override AnswerKind Kind => AnswerKind.Expression;

    /// <summary>The right function with each letter once.</summary>
    public override bool Accepts(TaskItem item, string answer) =>
        base.Accepts(item, answer) && answer.Count(c => c == 'x') <= 1 && answer.Count(c => c == 'y') <= 1;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int x = 0, y = 0;
        string text = "";
        var work = new StepList();
        for (int i = 0; i <= level; i++)
        {
            int a = draws.Problem.Between(2, 9), b = draws.Problem.Between(2, 9), power = draws.Problem.Between(2, 7);
            if (draws.Problem.Chance(.3)) power = -power;
            bool over = i > 0 && draws.Problem.Chance(.5);
            text += (i == 0 ? "" : over ? " / " : " * ") + $"(x^{a} y^{b})^{(power < 0 ? $"({power})" : power)}";
            int sign = over ? -1 : 1;
            work.Add($"raise (x^{a} y^{b}) to the power {power}", $"x^({a} * {Maths.Arg(power)}) y^({b} * {Maths.Arg(power)}) = "
                + $"x^({a * power}) y^({b * power})");
            if (i > 0)
            {
                string op = over ? "-" : "+";
                work.Add($"{(over ? "divide: subtract" : "multiply: add")} the exponents of x",
                    $"{x} {op} {Maths.Arg(a * power)} = {x + sign * a * power}");
                work.Add($"{(over ? "subtract" : "add")} those of y", $"{y} {op} {Maths.Arg(b * power)} = {y + sign * b * power}");
            }
            x += sign * a * power;
            y += sign * b * power;
        }
        const string How = "Write it as one power of x times one power of y, such as x^3*y^-5; leave out a letter whose exponent is zero, "
            + "and answer 1 if both are.";
        string question = draws.Wording.Pick([
            $"Simplify {text}. {How}", $"Write {text} with each letter only once. {How}",
                $"Use the laws of exponents to reduce {text}. {How}",
            $"What is {text}, for nonzero x and y, in simplest form? {How}"]);
        string[] factors = [.. new[] { ("x", x), ("y", y) }.Where(f => f.Item2 != 0).Select(f => $"{f.Item1}^{f.Item2}")];
        return new TaskDraft(question, factors.Length == 0 ? "1" : string.Join("*", factors), work);
    }
}
