using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Algebra;

/// <summary>The product of two matrices, row by column.</summary>
internal sealed class MatrixProduct() : TaskFamily("matrix-product", TaskCategories.Algebra)
{
    private static readonly (int Rows, int Inner, int Columns)[] Shapes = [(2, 2, 2), (2, 3, 3), (3, 3, 3), (3, 4, 4), (4, 4, 4)];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var (rows, inner, columns) = Shapes[level - 1];
        int[][] a = Draw(draws.Problem, rows, inner, 12), b = Draw(draws.Problem, inner, columns, 12);
        var work = new StepList();
        int[][] product = [.. a.Select(_ => new int[columns])];
        for (int r = 0; r < rows; r++)
            for (int c = 0; c < columns; c++)
            {
                int column = c;
                product[r][c] = a[r].Select((x, k) => x * b[k][column]).Sum();
                work.Add($"row {r + 1} times column {c + 1}",
                    Maths.Sum(a[r].Select((x, k) => $"{Maths.Arg(x)} * {Maths.Arg(b[k][column])}")) + " = " + product[r][c]);
            }
        string left = Write(a), right = Write(b);
        const string How = "Write the result as a list of rows, in the same notation.";
        string question = draws.Wording.Pick([
            $"Multiply the matrices {left} and {right}, in this order. {How}", $"What is the matrix product {left} * {right}? {How}",
            $"Let A = {left} and B = {right}. Compute AB. {How}", $"A matrix {left} is multiplied from the right by {right}. {How}"]);
        return new TaskDraft(question, Write(product), work);
    }

    internal static int[][] Draw(ItemDraws draws, int rows, int columns, int size) => [.. Enumerable.Range(0, rows)
        .Select(_ => Enumerable.Range(0, columns).Select(_ => draws.Between(-size, size)).ToArray())];

    internal static string Write(int[][] matrix) => Phrases.List(matrix.Select(row => Phrases.List(row)));
}

/// <summary>A determinant by expansion along the first row, down to two by two.</summary>
internal sealed class Determinant() : TaskFamily("determinant", TaskCategories.Algebra)
{
    public override int Levels => 3;

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[][] matrix = MatrixProduct.Draw(draws.Problem, level + 1, level + 1, level == 1 ? 30 : 9);
        var work = new StepList();
        var value = Expand(matrix, work);
        string text = MatrixProduct.Write(matrix);
        string question = draws.Wording.Pick([
            $"Compute the determinant of {text}.", $"What is the determinant of the matrix with the rows {text}?",
            $"The rows of a matrix are {text}. Find its determinant; answer with the number only.", $"Evaluate det {text}."]);
        return new TaskDraft(question, value.ToString(), work);
    }

    private static BigInteger Expand(int[][] m, StepList work)
    {
        if (m.Length == 2)
        {
            var value = (BigInteger)m[0][0] * m[1][1] - (BigInteger)m[0][1] * m[1][0];
            work.Add($"the two by two determinant of {MatrixProduct.Write(m)}",
                $"{m[0][0]} * {Maths.Arg(m[1][1])} - {Maths.Arg(m[0][1])} * {Maths.Arg(m[1][0])} = {value}");
            return value;
        }
        BigInteger sum = 0;
        var parts = new List<string>();
        for (int c = 0; c < m.Length; c++)
        {
            if (m[0][c] == 0) continue;
            int column = c;
            int[][] minor = [.. m.Skip(1).Select(row => row.Where((_, k) => k != column).ToArray())];
            var value = Expand(minor, work);
            int signed = c % 2 == 0 ? m[0][c] : -m[0][c];
            parts.Add($"{Maths.Arg(signed)} * {Maths.Arg(value)}");
            sum += signed * value;
        }
        work.Add("put the expansion along the first row together", (parts.Count == 0 ? "0" : Maths.Sum(parts)) + " = " + sum);
        return sum;
    }
}

/// <summary>A product of complex numbers, one factor after the other.</summary>
internal sealed class ComplexProduct() : TaskFamily("complex-product", TaskCategories.Algebra)
{
    public override AnswerKind Kind => AnswerKind.Expression;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        (int Re, int Im)[] factors = [.. Enumerable.Range(0, level + 1).Select(_ => (draws.Problem.NonZero(20),
            draws.Problem.NonZero(20)))];
        var work = new StepList();
        BigInteger re = factors[0].Re, im = factors[0].Im;
        foreach (var (c, d) in factors[1..])
        {
            work.Add($"the real part of ({Write(re, im)})({Write(c, d)})",
                $"{re} * {Maths.Arg(c)} - {Maths.Arg(im)} * {Maths.Arg(d)} = {re * c - im * d}");
            work.Add("its imaginary part", $"{re} * {Maths.Arg(d)} + {Maths.Arg(im)} * {Maths.Arg(c)} = {re * d + im * c}");
            (re, im) = (re * c - im * d, re * d + im * c);
        }
        string text = string.Concat(factors.Select(f => $"({Write(f.Re, f.Im)})"));
        string question = draws.Wording.Pick([
            $"Multiply the complex numbers {text}. Answer in the form a + bi.", $"With i^2 = -1, what is {text}? Write it as a + bi.",
            $"Write {text} as a single complex number a + bi.", $"Work out the product {text}, where i is the imaginary unit, as a + bi."]);
        return new TaskDraft(question, Write(re, im), work);
    }

    private static string Write(BigInteger re, BigInteger im) => Maths.Terms((re, ""), (im, "i"));
}
