using System.Numerics;

namespace Simulant.Text.Code.Exercises.Families;

/// <summary>Exercises over the bits of whole numbers.</summary>
internal static class BitFamilies
{
    public static readonly ExerciseFamily[] All =
    [
        new("bit-count", "bits", BitCount), new("mirror-bits", "bits", MirrorBits), new("checksum", "bits", Checksum),
    ];

    private static Problem BitCount(Draws d)
    {
        int k = d.Between(1, 4), low = d.Between(0, 3);
        bool exactly = d.Coin();
        string shift = low == 0 ? "n" : $"(n >> {low})";
        return new()
        {
            Name = d.Pick("count by bits", "numbers by bits", "bit tally"),
            Takes = [new("limit", Ty.Int, "a whole number of at least 0")],
            Gives = Ty.Int,
            Goal = $"how many whole numbers from 0 up to and including `limit` have {(exactly ? "exactly" : "at least")} {k} bits "
                + $"that are 1"
                + (low == 0 ? "" : $", where the {low} lowest bits are not counted"),
            Rules = ["The bits of 0 are all 0."],
            Setting = d.Pick("", "Switches in a row are on or off.", "A set is kept as the bits of a number."),
            CSharp = $$"""
                int found = 0;
                for (int n = 0; n <= limit; n++)
                {
                    int bits = 0;
                    for (int rest = n >> {{low}}; rest > 0; rest >>= 1) bits += rest & 1;
                    if (bits {{(exactly ? "==" : ">=")}} {{k}}) found++;
                }
                return found;
                """.Replace("n >> 0", "n"),
            Python = $"return sum(bin({shift.Replace("(", "").Replace(")", "")}).count(\"1\") {(exactly ? "==" : ">=")} {k} for n in "
                + "range(limit + 1))",
            JavaScript = $$"""
                let found = 0;
                for (let n = 0; n <= limit; n++) {
                  const bits = [...{{(low == 0 ? "n" : shift)}}.toString(2)].filter(bit => bit === "1").length;
                  if (bits {{(exactly ? "===" : ">=")}} {{k}}) found++;
                }
                return found;
                """,
            Oracle = a => Enumerable.Range(0, (int)a[0] + 1).Select(n => BitOperations.PopCount((uint)(n / (1 << low))))
                .Count(bits => exactly ? bits == k : bits > k - 1),
            Draw = r => [r.Between(0, 40 << low)],
            Edges = [[0], [1], [2], [3], [7], [8], [15 << low], [16 << low], [31], [63]],
        };
    }

    private static Problem MirrorBits(Draws d)
    {
        int width = d.Between(3, 12);
        bool invert = d.Coin();
        return new()
        {
            Name = d.Pick("mirror bits", "reverse bits", "turn bits"),
            Takes = [new("number", Ty.Int, $"a whole number from 0 to {(1 << width) - 1}")],
            Gives = Ty.Int,
            Goal = $"the number whose {width} bits are those of `number` in the opposite order" + (invert
                ? ", each one turned over (0 to 1, 1 to 0)" : ""),
            Rules = [$"All {width} bits take part, zeros in front as well."],
            Setting = d.Pick("", "A display was soldered on the wrong way round.", "Two machines disagree on which bit comes first."),
            CSharp = $$"""
                int result = 0;
                for (int i = 0; i < {{width}}; i++)
                {
                    int bit = (number >> i) & 1;
                    result = (result << 1) | {{(invert ? "(1 - bit)" : "bit")}};
                }
                return result;
                """,
            Python = $"""
                bits = format(number, "0{width}b")[::-1]
                {(invert ? "bits = \"\".join(\"1\" if bit == \"0\" else \"0\" for bit in bits)\n" : "")}return int(bits, 2)
                """,
            JavaScript = $$"""
                const bits = [...number.toString(2).padStart({{width}}, "0")].reverse();
                return parseInt(bits{{(invert ? ".map(bit => 1 - bit)" : "")}}.join(""), 2);
                """,
            Oracle = a => Enumerable.Range(0, width).Where(i => ((int)a[0] / (1 << i) % 2 == 1) != invert).Sum(i => 1 << (width - 1 - i)),
            Draw = r => [r.Between(0, (1 << width) - 1)],
            Edges = [[0], [1], [(1 << width) - 1], [1 << (width - 1)], [5]],
        };
    }

    private static Problem Checksum(Draws d)
    {
        int factor = d.Pick(3, 5, 7, 11, 13, 31), modulus = d.Between(50, 251), start = d.Between(0, 9);
        bool xor = d.Coin();
        string mix = xor ? "^" : "+";
        return new()
        {
            Name = d.Pick("checksum", "fingerprint", "hash of list"),
            Takes = [new("values", Ty.Ints, "a list of whole numbers from 0 to 255")],
            Gives = Ty.Int,
            Goal = $"a checksum of `values`: it starts at {start}, and each value in turn takes the sum s to (s * {factor} {mix} "
                + $"value) mod {modulus}",
            Rules = [xor ? "`^` is the exclusive or of the bits, done after the multiplication."
                : "The multiplication is done before the addition.", $"For an empty list it is {start}."],
            Setting = d.Pick("", "Blocks of a message carry a number that tells of damage.",
                "Two long lists are compared by short numbers."),
            CSharp = $$"""
                int s = {{start}};
                foreach (int value in values)
                {
                    s = ((s * {{factor}}) {{mix}} value) % {{modulus}};
                }
                return s;
                """,
            Python = $"""
                s = {start}
                for value in values:
                    s = ((s * {factor}) {mix} value) % {modulus}
                return s
                """,
            JavaScript = $"return values.reduce((s, value) => ((s * {factor}) {mix} value) % {modulus}, {start});",
            // In arithmetic of any size; the exclusive or as a sum less what is common.
            Oracle = a => (int)((int[])a[0]).Aggregate(new BigInteger(start), (s, v) =>
                BigInteger.Remainder(xor ? s * factor + v - 2 * (s * factor & v) : BigInteger.Add(s * factor, v), modulus)),
            Draw = r => [r.Ints(1, 8, 0, 255)],
            Edges = [[Array.Empty<int>()], [new[] { 0 }], [new[] { 1, 2, 3 }], [new[] { 255, 255, 255 }]],
        };
    }
}
