using System.Numerics;
using System.Text.RegularExpressions;
using Simulant.Text.Tasks.Checking;

namespace Simulant.Tests.Text.Tasks.Algebra;

/// <summary>The difference of the sides is a straight line: two of its values give its zero.</summary>
internal sealed class LinearEquationSecond() : Second("linear-equation", question =>
{
    string[] sides = Asked.All(question, @"([-\d(][-+\dx() ]*) = ([-+\dx() ]*[\dx)])")[0];
    Fraction Gap(int x) => Figures.Value(sides[0], ('x', x))!.Value - Figures.Value(sides[1], ('x', x))!.Value;
    return (Gap(0) / (Gap(0) - Gap(1))).ToString();
});

/// <summary>Cramer's rule, with determinants summed over permutations.</summary>
internal sealed class LinearSystemSecond() : Second("linear-system", question =>
{
    string[][] equations = Asked.All(question, @"(-?\d*[xyztu](?: [-+] \d*[xyztu])+) = (-?\d+)");
    int n = equations.Length;
    string letters = "xyztu"[..n];
    Fraction Part(string side, int letter) =>
        Figures.Value(side, [.. letters.Select((l, i) => (l, (Fraction)(i == letter ? 1 : 0)))])!.Value;
    BigInteger[][] rows = [.. equations.Select(e => letters.Select((_, i) => Part(e[0], i).Top).ToArray())];
    BigInteger[] right = [.. equations.Select(e => BigInteger.Parse(e[1]))];
    var below = Leibniz(rows);
    return string.Join(", ", Enumerable.Range(0, n).Select(c =>
        new Fraction(Leibniz([.. rows.Select((row, r) => row.Select((a, k) => k == c ? right[r] : a).ToArray())]), below)));
})
{
    public static BigInteger Leibniz(BigInteger[][] m)
    {
        BigInteger Sum(int row, int used, int sign)
        {
            if (row == m.Length) return sign;
            BigInteger sum = 0;
            for (int c = 0; c < m.Length; c++)
                if ((used >> c & 1) == 0)
                    sum += m[row][c] * Sum(row + 1, used | 1 << c, BitOperations.PopCount((uint)used >> c) % 2 == 0 ? sign : -sign);
            return sum;
        }
        return Sum(0, 0, 1);
    }
}

/// <summary>Tries every fraction that the family could have drawn.</summary>
internal sealed class PolynomialRootsSecond() : Second("polynomial-roots", question =>
{
    var p = Polynomials.Read(Asked.First(question, @"([-\d x^+]*x\^[-\d x^+]*) = 0").Trim());
    var roots = new HashSet<Fraction>();
    for (int bottom = 1; bottom <= 6; bottom++)
        for (int top = -60; top <= 60; top++)
        {
            BigInteger value = 0, power = 1;
            for (int i = p.Length - 1; i >= 0; i--, power *= bottom) value = value * top + p[i] * power;
            if (value.IsZero) roots.Add(new Fraction(top, bottom));
        }
    return string.Join(", ", roots);
});

/// <summary>Newton's divided differences through values of the product.</summary>
internal sealed class PolynomialProductSecond() : Second("polynomial-product", question =>
{
    string text = Asked.First(question, @"(\([^()]*\)\([^()]*\))");
    const int Points = 8;
    Fraction[] d = [.. Enumerable.Range(0, Points).Select(x => Figures.Value(text, ('x', x))!.Value)];
    for (int order = 1; order < Points; order++)
        for (int i = Points - 1; i >= order; i--) d[i] = (d[i] - d[i - 1]) / order;
    Fraction[] p = [d[^1]];
    for (int k = Points - 2; k >= 0; k--)
    {
        var next = new Fraction[p.Length + 1];
        for (int i = 0; i < p.Length; i++)
        {
            next[i + 1] += p[i];
            next[i] -= k * p[i];
        }
        next[0] += d[k];
        p = next;
    }
    var terms = p.Select((c, i) => (Factor: c, Letter: i == 0 ? "" : "x^" + i)).Where(t => t.Factor.Sign != 0);
    return "0" + string.Concat(terms.Select(t => (t.Factor.Sign < 0 ? " - " : " + ") + Fraction.Abs(t.Factor) + t.Letter));
});

/// <summary>The remainder is the value at a; the quotient follows from the constant term upwards.</summary>
internal sealed class SyntheticDivisionSecond() : Second("synthetic-division", question =>
{
    string text = Asked.First(question, @"(-?\d*x\^\d[-\d x^+]*[\dx])");
    int a = -int.Parse(Asked.First(question, @"(?<![\dx^+-] )\bx ([-+] \d+)").Replace(" ", ""));
    var p = Polynomials.Read(text);
    var rest = Figures.Value(text, ('x', a))!.Value;
    var quotient = new Fraction[p.Length - 1];
    for (int i = 0; i < quotient.Length; i++) quotient[i] = ((i == 0 ? rest : quotient[i - 1]) - p[i]) / a;
    return string.Join(", ", quotient.Reverse().Append(rest));
});

internal static class Polynomials
{
    /// <summary>Coefficients, lowest first, from a text such as <c>-3x^2 + x - 7</c>.</summary>
    public static BigInteger[] Read(string text)
    {
        var terms = Regex.Matches(text.Replace(" ", ""), @"([-+]?)(\d*)(x?)(?:\^(\d+))?").Where(m => m.Length > 0).ToList();
        var p = new BigInteger[10];
        foreach (var m in terms)
        {
            int power = m.Groups[4].Success ? int.Parse(m.Groups[4].Value) : m.Groups[3].Length;
            p[power] += (m.Groups[2].Length > 0 ? BigInteger.Parse(m.Groups[2].Value) : 1) * (m.Groups[1].Value == "-" ? -1 : 1);
        }
        int length = p.Length;
        while (p[length - 1].IsZero) length--;
        return p[..length];
    }
}

/// <summary>At x = 2, y = 1 and the other way round the value is a power of two, whose logarithm is the exponent.</summary>
internal sealed class ExponentLawsSecond() : Second("exponent-laws", question =>
{
    string text = Asked.First(question, @"(\(x\^[-\d x y^()*/]*\)\^\(?-?\d+\)?)(?! [*/])");
    int Log(int x, int y) => Figures.Value(text, ('x', x), ('y', y))!.Value is var v && v.Top.IsOne
        ? -(int)(v.Bottom.GetBitLength() - 1) : (int)(v.Top.GetBitLength() - 1);
    int a = Log(2, 1), b = Log(1, 2);
    return a == 0 && b == 0 ? "1" : b == 0 ? $"x^{a}" : a == 0 ? $"y^{b}" : $"x^{a}*y^{b}";
});

/// <summary>Composes the polynomials first, and puts the number in at the end.</summary>
internal sealed class FunctionCompositionSecond() : Second("function-composition", question =>
{
    var functions = "fgh".Select(f => Polynomials.Read(Asked.First(question, f + @"\(x\) = ([-\dx^ +]*[\dx])"))).ToArray();
    string call = Asked.First(question, @"([fgh]\((?:[fgh]\()*-?\d+\)+)");
    BigInteger[] composed = [0, 1];
    foreach (char c in call.Where("fgh".Contains))
    {
        // composed(f(x)), by Horner's rule on polynomials.
        var f = functions["fgh".IndexOf(c)];
        BigInteger[] next = [0];
        foreach (var coefficient in composed.Reverse())
        {
            var product = new BigInteger[next.Length + f.Length - 1];
            for (int i = 0; i < next.Length; i++)
                for (int j = 0; j < f.Length; j++) product[i + j] += next[i] * f[j];
            product[0] += coefficient;
            next = product;
        }
        composed = next;
    }
    var start = BigInteger.Parse(Regex.Match(call, @"-?\d+").Value);
    return composed.Reverse().Aggregate(BigInteger.Zero, (value, coefficient) => value * start + coefficient).ToString();
});

/// <summary>One formula: m values of a polynomial of degree below m give the next by binomial coefficients.</summary>
internal sealed class SequenceNextSecond() : Second("sequence-next", question =>
{
    BigInteger[] a = [.. Asked.Ints(question).Select(v => (BigInteger)v)];
    BigInteger next = 0, binomial = 1;
    for (int i = a.Length - 1, k = 1; i >= 0; i--, k++)
    {
        binomial = binomial * (a.Length - k + 1) / k;
        next += (k % 2 == 1 ? 1 : -1) * binomial * a[i];
    }
    return next.ToString();
});

/// <summary>The matrix of the recurrence, raised by squaring.</summary>
internal sealed class LinearRecurrenceSecond() : Second("linear-recurrence", question =>
{
    var rule = Regex.Match(question, @"a\(n\) = (-?)(\d*)a\(n-1\) ([-+]) (\d*)a\(n-2\) ([-+]) (\d+)").Groups;
    BigInteger One(int sign, int digits) => (rule[digits].Length == 0 ? 1
        : BigInteger.Parse(rule[digits].Value)) * (rule[sign].Value == "-" ? -1 : 1);
    BigInteger first = BigInteger.Parse(Asked.First(question, @"a\(1\) = (-?\d+)")),
        second = BigInteger.Parse(Asked.First(question, @"a\(2\) = (-?\d+)"));
    int n = Asked.All(question, @"a\((\d+)\)").Max(m => int.Parse(m[0]));
    BigInteger[][] step = [[One(1, 2), One(3, 4), One(5, 6)], [1, 0, 0], [0, 0, 1]], power = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];
    for (int e = n - 2; e > 0; e >>= 1, step = Times(step, step))
        if ((e & 1) == 1) power = Times(power, step);
    return (power[0][0] * second + power[0][1] * first + power[0][2]).ToString();
})
{
    public static BigInteger[][] Times(BigInteger[][] a, BigInteger[][] b) => [.. a.Select(row =>
        Enumerable.Range(0, b[0].Length).Select(c => row.Select((x, k) => x * b[k][c]).Aggregate((x, y) => x + y)).ToArray())];
}

/// <summary>Tries every whole number in a wide range.</summary>
internal sealed class InequalityCountSecond() : Second("inequality-count", question =>
{
    var conditions = Asked.All(question, @"(-?\d*)x ([-+]) (\d+) (<=|>=|<|>) (-?\d+)").Select(m => (
        A: m[0] is "" ? 1 : m[0] is "-" ? -1 : int.Parse(m[0]), B: int.Parse(m[1] + m[2]), Sign: m[3], C: int.Parse(m[4]))).ToArray();
    return Enumerable.Range(-1000, 2001).Count(x => conditions.All(c => (c.A * x + c.B - c.C) is var gap && c.Sign switch
    {
        "<" => gap < 0,
        "<=" => gap <= 0,
        ">" => gap > 0,
        _ => gap >= 0,
    })).ToString();
});

/// <summary>Tries every age of the first of the chain.</summary>
internal sealed class AgePuzzleSecond() : Second("age-puzzle", question =>
{
    string[][] clues = Asked.All(question,
        @"([A-Z][a-z]+) is (\d+) (times as old as|years? younger than|years? older than) ([A-Z][a-z]+)\.");
    int years = int.Parse(Asked.First(question, @"(?<!is )(\d+) years(?! (?:older|younger|old))"));
    int sum = int.Parse(Regex.Match(question, @"(?:will be (\d+) years old|add up to (\d+)|sum to (\d+)|you get (\d+))")
        .Groups.Values.Skip(1).First(g => g.Success).Value);
    string asked = Regex.Match(question,
        @"(?:How old is|the age of|years old is|present age of) ([A-Z][a-z]+)(?: now| today| at present|\.|\?)").Groups[1].Value;
    for (int age = 1; ; age++)
    {
        var ages = new Dictionary<string, int> { [clues[0][3]] = age };
        foreach (string[] c in clues)
            ages[c[0]] = c[2].StartsWith("times") ? ages[c[3]] * int.Parse(c[1]) : ages[c[3]]
                + int.Parse(c[1]) * (c[2].Contains("older") ? 1 : -1);
        if (ages.Values.Sum() + years * ages.Count == sum) return ages[asked].ToString();
    }
});

/// <summary>As a sum of outer products, columns by rows.</summary>
internal sealed class MatrixProductSecond() : Second("matrix-product", question =>
{
    int[][][] matrices = [.. Asked.All(question, @"\[(\[[^a-zA-Z]*?\])\]").Select(m => Asked.Lists(m[0])
        .Select(row => row.Select(int.Parse).ToArray()).ToArray())];
    int[][] a = matrices[0], b = matrices[1], sum = [.. a.Select(_ => new int[b[0].Length])];
    for (int k = 0; k < b.Length; k++)
        for (int r = 0; r < a.Length; r++)
            for (int c = 0; c < b[0].Length; c++) sum[r][c] += a[r][k] * b[k][c];
    return "[" + string.Join(", ", sum.Select(row => "[" + string.Join(", ", row) + "]")) + "]";
});

/// <summary>Leibniz's sum over permutations.</summary>
internal sealed class DeterminantSecond() : Second("determinant", question =>
    LinearSystemSecond.Leibniz([.. Asked.Lists(question[(question.IndexOf("[[") + 1)..])
        .Select(row => row.Select(BigInteger.Parse).ToArray())]).ToString());

/// <summary>Complex numbers as two by two matrices of real ones.</summary>
internal sealed class ComplexProductSecond() : Second("complex-product", question =>
{
    BigInteger[][] product = [[1, 0], [0, 1]];
    foreach (string[] f in Asked.All(question, @"\((-?\d+) ([-+]) (\d*)i\)"))
    {
        BigInteger re = BigInteger.Parse(f[0]), im = BigInteger.Parse(f[1] + (f[2].Length == 0 ? "1" : f[2]));
        product = LinearRecurrenceSecond.Times(product, [[re, -im], [im, re]]);
    }
    return $"{product[1][0]}i + {product[0][0]}".Replace("+ -", "- ");
});

/// <summary>Every fraction with the slope as bottom, over the range in which solutions can lie.</summary>
internal sealed class NestedAbsoluteSecond() : Second("nested-absolute", question =>
{
    string text = Asked.First(question, @"(\|+[^=]*= \d+)");
    var inner = Regex.Match(text, @"(\d+)x ([-+] \d+)\|").Groups;
    int slope = int.Parse(inner[1].Value), shift = int.Parse(inner[2].Value.Replace(" ", ""));
    int[] taken = [.. Regex.Matches(text, @"\| - (\d+)").Select(m => int.Parse(m.Groups[1].Value))];
    int right = int.Parse(Regex.Match(text, @"= (\d+)").Groups[1].Value), reach = taken.Sum() + right;
    var found = new List<string>();
    for (int top = -reach - shift; top <= reach - shift; top++)
    {
        int value = Math.Abs(top + shift);
        foreach (int t in taken) value = Math.Abs(value - t);
        if (value == right) found.Add(new Fraction(top, slope).ToString());
    }
    return string.Join(", ", found);
});
