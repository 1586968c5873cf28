using System.Globalization;
using System.Numerics;
using System.Text;
using Simulant.Numerics.Random;
using Simulant.Text.Tasks;
using Simulant.Text.Tasks.Checking;
using Xunit;

namespace Simulant.Tests.Text.Tasks;

public class AnswerCheckTests
{
    [Theory]
    [InlineData(AnswerKind.Integer, "1234567", "1,234,567")]
    [InlineData(AnswerKind.Integer, "12", " +12. ")]
    [InlineData(AnswerKind.Integer, "-12", "− 12")]
    [InlineData(AnswerKind.Integer, "0", "-0")]
    [InlineData(AnswerKind.Integer, "42", "\\boxed{42}")]
    [InlineData(AnswerKind.Rational, "3/4", "6/8")]
    [InlineData(AnswerKind.Rational, "3/4", "0.75")]
    [InlineData(AnswerKind.Rational, "3/4", "75%")]
    [InlineData(AnswerKind.Rational, "3/4", "7.5e-1")]
    [InlineData(AnswerKind.Rational, "3/4", "$\\frac{3}{4}$")]
    [InlineData(AnswerKind.Rational, "-11/4", "-2 3/4")]
    [InlineData(AnswerKind.Rational, "0.125", "1/8")]
    [InlineData(AnswerKind.Decimal, "3.14", "3.14159")]
    [InlineData(AnswerKind.Decimal, "3.14", "22/7")]
    [InlineData(AnswerKind.Decimal, "2.50", "2.5")]
    [InlineData(AnswerKind.Decimal, "0.00", "-0.001")]
    [InlineData(AnswerKind.Quantity, "2.5 km", "2500 m")]
    [InlineData(AnswerKind.Quantity, "90 min", "1 h 30 min")]
    [InlineData(AnswerKind.Quantity, "90 min", "1 hour and 30 minutes")]
    [InlineData(AnswerKind.Quantity, "36 km/h", "10 metres per second")]
    [InlineData(AnswerKind.Quantity, "2 m^2", "20000 square centimetres")]
    [InlineData(AnswerKind.Quantity, "2 m^2", "20,000 cm²")]
    [InlineData(AnswerKind.Quantity, "3 litres", "3000 cm^3")]
    [InlineData(AnswerKind.Quantity, "5 ft", "4 feet 12 inches")]
    [InlineData(AnswerKind.Quantity, "1/2 mile", "880 yards")]
    [InlineData(AnswerKind.Quantity, "100 °C", "212 °F")]
    [InlineData(AnswerKind.Quantity, "$3.50", "3.5 dollars")]
    [InlineData(AnswerKind.Quantity, "3.50 €", "€3.5")]
    [InlineData(AnswerKind.Quantity, "7 apples", "7 apple")]
    [InlineData(AnswerKind.Quantity, "72 km/h", "72 km h^1/h^2")]
    [InlineData(AnswerKind.Word, "New York", "  new   york. ")]
    [InlineData(AnswerKind.Word, "knave", "\"Knave\"")]
    [InlineData(AnswerKind.YesNo, "yes", "True")]
    [InlineData(AnswerKind.YesNo, "no", "No.")]
    [InlineData(AnswerKind.Sequence, "1, 2, 3", "[1,2,3]")]
    [InlineData(AnswerKind.Sequence, "a, b, c", "A, b and c.")]
    [InlineData(AnswerKind.Sequence, "(1, 2), (3, 4)", "[(1,2); (3,4)]")]
    [InlineData(AnswerKind.Sequence, "1/2, 3", "0.5, 3.0")]
    [InlineData(AnswerKind.Set, "1, 2, 3", "{3, 1, 2}")]
    [InlineData(AnswerKind.Set, "none", "{}")]
    [InlineData(AnswerKind.Set, "(5, 5)", "{(5,5)}")]
    [InlineData(AnswerKind.Set, "1, 2", "(2, 1)")]
    [InlineData(AnswerKind.Lines, "ab\nc d", "ab  \r\nc d\n\n")]
    [InlineData(AnswerKind.Expression, "x^2 - 1", "(x+1)(x-1)")]
    [InlineData(AnswerKind.Expression, "2x + 1", "y = 1 + x*2")]
    [InlineData(AnswerKind.Expression, "x + 1", "(x^2 - 1)/(x - 1)")]
    [InlineData(AnswerKind.Expression, "3/4", "0.75")]
    [InlineData(AnswerKind.Expression, "a*b^2", "b a b")]
    [InlineData(AnswerKind.Expression, "x^-2", "1/x**2")]
    [InlineData(AnswerKind.Expression, "(x+y)^9", "(y+x)^5(x+y)^4")]
    public void Other_forms_of_the_same_are_accepted(AnswerKind kind, string canonical, string given) =>
        Assert.True(AnswerCheck.Same(kind, canonical, given));

    [Theory]
    [InlineData(AnswerKind.Integer, "1234567", "1,23,4567")]
    [InlineData(AnswerKind.Integer, "12", "12.0")]
    [InlineData(AnswerKind.Integer, "12", "0x0c")]
    [InlineData(AnswerKind.Integer, "12", "1 2")]
    [InlineData(AnswerKind.Rational, "3/4", "3/0")]
    [InlineData(AnswerKind.Rational, "3/4", "3/4/1")]
    [InlineData(AnswerKind.Rational, "1", "1e9999999999")]
    [InlineData(AnswerKind.Rational, "7/2", "2 6/4")]
    [InlineData(AnswerKind.Rational, "1/3", "0.3333333333")]
    [InlineData(AnswerKind.Decimal, "3.14", "3.1")]
    [InlineData(AnswerKind.Decimal, "3.14", "3.145")]
    [InlineData(AnswerKind.Quantity, "2.5 km", "2.5")]
    [InlineData(AnswerKind.Quantity, "2.5 km", "2.5 kg")]
    [InlineData(AnswerKind.Quantity, "2.5 km", "2.5 m")]
    [InlineData(AnswerKind.Quantity, "2 m^2", "2 m")]
    [InlineData(AnswerKind.Quantity, "90 min", "1 h 30 kg")]
    [InlineData(AnswerKind.Quantity, "7 apples", "7 pears")]
    [InlineData(AnswerKind.Quantity, "$3.50", "€3.50")]
    [InlineData(AnswerKind.Quantity, "100 °C", "100 °F")]
    [InlineData(AnswerKind.Word, "yes", "yes and no")]
    [InlineData(AnswerKind.YesNo, "yes", "no")]
    [InlineData(AnswerKind.YesNo, "no", "I do not know")]
    [InlineData(AnswerKind.Sequence, "1, 2, 3", "3, 2, 1")]
    [InlineData(AnswerKind.Sequence, "1, 2, 3", "1, 2")]
    [InlineData(AnswerKind.Sequence, "1, 2, 3", "1, 2, 3)")]
    [InlineData(AnswerKind.Sequence, "(1, 2), (3, 4)", "(1, 2, 3, 4)")]
    [InlineData(AnswerKind.Set, "1, 2, 3", "1, 2, 3, 3")]
    [InlineData(AnswerKind.Set, "1, 2, 3", "1, 2, 2")]
    [InlineData(AnswerKind.Lines, "ab\ncd", "ab\n cd")]
    [InlineData(AnswerKind.Expression, "x^2 - 1", "(x+1)(x-2)")]
    [InlineData(AnswerKind.Expression, "x", "y")]
    [InlineData(AnswerKind.Expression, "x", "X")]
    [InlineData(AnswerKind.Expression, "x", "x +")]
    [InlineData(AnswerKind.Expression, "1/(2x)", "1/2x")]
    [InlineData(AnswerKind.Expression, "1", "0/0")]
    [InlineData(AnswerKind.Expression, "6", "2 3")]
    public void Another_answer_is_refused(AnswerKind kind, string canonical, string given)
    {
        Assert.False(AnswerCheck.Same(kind, canonical, given));
        Assert.True(AnswerCheck.Same(kind, canonical, canonical));
    }

    [Fact]
    public void Hostile_texts_get_a_verdict_soon()
    {
        string[] seeds = ["(", ")", "-", "9", "1,", "1/", "x^", "x(", "((x)", "{", "\\frac{", "e9", ".", "%", "°", " and ", "1 m ",
            "\ud83d", "\0", "=", "²"];
        var texts = new List<string?> { null, "", new('9', 1 << 21), "x^99999^99999", new string('(', 199) + "x" + new string(')', 199) };
        texts.Add(string.Concat(Enumerable.Repeat("((x+1)^99999", 40)) + new string(')', 40));
        foreach (string seed in seeds)
            foreach (int times in (int[])[1, 7, 150, 2000]) texts.Add(string.Concat(Enumerable.Repeat(seed, times)));
        foreach (var kind in Enum.GetValues<AnswerKind>())
            foreach (string? text in texts)
            {
                Assert.False(AnswerCheck.Same(kind, "no answer", text));
                // A hostile canonical text is no crash either, whatever the verdict.
                _ = AnswerCheck.Same(kind, text, "12");
                _ = AnswerCheck.Same(kind, text, text);
            }
    }

    [Fact]
    public void Random_texts_get_a_verdict()
    {
        var stream = new RandomStream(5, "hostile");
        const string Alphabet = "0123456789xy+-*/^().,%[]{} \\e=°$km/hsinand";
        for (int i = 0; i < 5_000; i++)
        {
            var draws = stream.Draws(i, 0);
            var text = new StringBuilder();
            for (int length = draws.Below(14); length >= 0; length--) text.Append(Alphabet[draws.Below(Alphabet.Length)]);
            foreach (var kind in Enum.GetValues<AnswerKind>()) _ = AnswerCheck.Same(kind, "12 km", text.ToString());
        }
    }

    [Fact]
    public void A_number_built_to_vanish_in_one_field_is_refused()
    {
        // Whatever fixed prime were used, a term with that factor would be zero in its field: here the usual suspects.
        foreach (string prime in (string[])["2305843009213693951", "18446744073709551557", "4611686018427387847", "9223372036854775783"])
        {
            Assert.False(AnswerCheck.Same(AnswerKind.Expression, "x + 5", $"x + 5 + {prime}"));
            Assert.False(AnswerCheck.Same(AnswerKind.Expression, "x + 5", $"x + 5 + {prime}*x^3"));
        }
    }

    [Fact]
    public void Fractions_agree_with_decimal_arithmetic()
    {
        var stream = new RandomStream(6, "fractions");
        for (int i = 0; i < 2_000; i++)
        {
            var draws = stream.Draws(i, 0);
            decimal a = (draws.Below(200_001) - 100_000) / 1000m, b = (draws.Below(200_001) - 100_000) / 100m;
            Fraction x = NumberReader.Exact(a.ToString(CultureInfo.InvariantCulture))!.Value;
            Fraction y = NumberReader.Exact(b.ToString(CultureInfo.InvariantCulture))!.Value;
            Assert.Equal(NumberReader.Exact((a + b).ToString(CultureInfo.InvariantCulture)), x + y);
            Assert.Equal(NumberReader.Exact((a - b).ToString(CultureInfo.InvariantCulture)), x - y);
            Assert.Equal(NumberReader.Exact((a * b).ToString(CultureInfo.InvariantCulture)), x * y);
            Assert.Equal(a.CompareTo(b), x.CompareTo(y));
            Assert.Equal((BigInteger)decimal.Floor(a), x.Floor());
            Assert.Equal(decimal.Round(a, 1, MidpointRounding.AwayFromZero).ToString("0.0", CultureInfo.InvariantCulture)
                .Replace("-0.0", "0.0"), x.Rounded(1));
            Assert.Equal(x, NumberReader.Exact(x.Plain()));
            Assert.Equal(x, NumberReader.Exact(x.ToString()));
            if (b != 0) Assert.Equal(x, x / y * y);
        }
    }

    [Fact]
    public void Primes_are_told_from_composites()
    {
        for (ulong n = 0; n < 3000; n++)
            Assert.Equal(n > 1 && Enumerable.Range(2, (int)Math.Sqrt(n)).All(d => (ulong)d == n || n % (ulong)d != 0),
                PrimeField.IsPrime(n));
        Assert.True(PrimeField.IsPrime(2305843009213693951));
        Assert.False(PrimeField.IsPrime(3215031751));
    }

    [Fact]
    public void The_field_computes_as_big_integers_do()
    {
        var stream = new RandomStream(4, "field");
        for (int i = 0; i < 200; i++)
        {
            var (r0, r1, r2, r3) = stream.Bits(i, 0);
            var field = PrimeField.From((ulong)r0 << 32 | r1);
            Assert.InRange(field.Prime, 1UL << 61, 1UL << 62);
            BigInteger p = field.Prime, a = r2 * (BigInteger)r1 % p, b = r3 * (BigInteger)r0 % p + 1;
            ulong x = field.Of(a)!.Value, y = field.Of(b)!.Value;
            Assert.Equal(field.Of((a + b) % p), field.Plus(x, y));
            Assert.Equal(field.Of((a - b + p) % p), field.Minus(x, y));
            Assert.Equal(field.Of(a * b % p), field.Times(x, y));
            Assert.Equal(field.Of(BigInteger.ModPow(a, r3, p)), field.Power(x, r3));
            Assert.Equal(field.Of(1), field.Times(y, field.Inverse(y)));
            Assert.Equal(field.Of(new Fraction(a, b)), field.Times(x, field.Inverse(y)));
            Assert.Null(field.Of(new Fraction(1, p)));
        }
    }
}
