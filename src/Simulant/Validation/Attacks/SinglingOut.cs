using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Validation.Comparison;

namespace Simulant.Validation.Attacks;

/// <summary>
/// Singling out (Article 29 Working Party, Opinion 05/2014): conditions read off the synthetic rows that hold for exactly one
/// training row, against how often they hold for exactly one of equally many held-out rows. One column: a value that one synthetic
/// row has, or beyond the least or the greatest. Several: columns of a synthetic row, added in random order until it alone meets
/// them, a number as at least its value where that is above the median and at most its value otherwise. Attack and risk as published by
/// Giomi and others (2023).
/// </summary>
internal sealed class SinglingOut(AttackedRows rows)
{
    private const int Most = 20_000, Predicates = 1_000, MostColumns = 8, MostMatches = 40, Draws = 4_999;

    /// <summary>What a condition asks of one column.</summary>
    private enum Asks { Same, AtLeast, AtMost }

    private readonly record struct Term(int Column, Asks Asks, double Value);

    private readonly int[] _attacked = rows.Equal(Most, "singling");

    /// <summary>Numbers of each column; categories as their codes.</summary>
    private readonly double[][] _real = [.. rows.Tables.Columns.Select(c => Values(c, Part.Training))];
    private readonly double[][] _made = [.. rows.Tables.Columns.Select(c => Values(c, Part.Synthetic))];

    private int Each => _attacked.Length / 2;

    private static double[] Values(ComparedColumn column, Part part) =>
        column.IsNumeric ? column.Values(part) : Array.ConvertAll(column.Codes(part), c => (double)c);

    public AttackResult OneColumn()
    {
        var random = new RandomStream(rows.Run.Seed, "audit/singling/one");
        var terms = new List<Term[]>();
        int columns = rows.Tables.Columns.Count;
        for (int c = 0; c < columns; c++)
        {
            var unique = _made[c].Where(v => !double.IsNaN(v)).GroupBy(v => v).Where(g => g.Count() == 1).Select(g => g.Key).Order()
                .ToArray();
            var of = unique.Select(v => new Term(c, Asks.Same, v)).ToList();
            double[] finite = [.. _made[c].Where(double.IsFinite)];
            if (rows.Tables.Columns[c].IsNumeric && finite.Length > 0)
                of.InsertRange(0, [new Term(c, Asks.AtMost, finite.Min()), new Term(c, Asks.AtLeast, finite.Max())]);
            int most = Math.Max(2, Predicates / columns);
            int[] order = random.Permutation(of.Count, c);
            terms.AddRange(order.Take(most).Select(i => new[] { of[i] }));
        }
        return Judge("singling out: one column", terms, random);
    }

    public AttackResult ManyColumns()
    {
        var random = new RandomStream(rows.Run.Seed, "audit/singling/many");
        double[] medians = [.. _made.Select(v => v.Where(double.IsFinite).Order().ToArray())
            .Select(s => s.Length == 0 ? 0 : s[s.Length / 2])];
        var found = new Term[]?[Predicates];
        Work.For(Predicates, rows.Run, p =>
        {
            int row = random.Below(rows.Synthetic, p, 0);
            int[] order = random.Permutation(_made.Length, Predicates + p);
            var terms = new List<Term>();
            int[] left = rows.AllSynthetic;
            foreach (int c in order.Take(MostColumns))
            {
                double value = _made[c][row];
                var asks = !rows.Tables.Columns[c].IsNumeric || double.IsNaN(value) ? Asks.Same
                    : value >= medians[c] ? Asks.AtLeast : Asks.AtMost;
                var term = new Term(c, asks, value);
                terms.Add(term);
                left = Array.FindAll(left, r => Meets(_made[c][r], term));
                if (left.Length == 1) break;
            }
            if (left.Length == 1) found[p] = [.. terms];
        });
        return Judge("singling out: many columns", [.. found.OfType<Term[]>()], random);
    }

    private static bool Meets(double value, Term term) => term.Asks switch
    {
        Asks.AtLeast => value >= term.Value,
        Asks.AtMost => value <= term.Value,
        _ => value.Equals(term.Value), // missing equals missing
    };

    /// <summary>How many of the attacked rows meet a condition, training rows and others, and which, where they are few.</summary>
    private (int Members, int Others, int[] Few) Matches(Term[] terms)
    {
        var found = new List<int>();
        int members = 0, others = 0;
        for (int i = 0; i < _attacked.Length; i++)
        {
            bool meets = true;
            foreach (var term in terms) meets = meets && Meets(_real[term.Column][_attacked[i]], term);
            if (!meets) continue;
            if (found.Count <= MostMatches) found.Add(i);
            if (i < Each) members++;
            else others++;
        }
        return (members, others, found.Count > MostMatches ? [] : [.. found]);
    }

    private AttackResult Judge(string name, List<Term[]> predicates, RandomStream random)
    {
        var matches = new (int Members, int Others, int[] Few)[predicates.Count];
        bool[] blind = new bool[predicates.Count];
        Work.For(predicates.Count, rows.Run, p =>
        {
            matches[p] = Matches(predicates[p]);
            // The same question with values of other rows: what one learns without knowing which values go together.
            var guess = predicates[p].Select((t, k) => t with { Value = _made[t.Column][random.Below(rows.Synthetic, p, 7, k)] });
            blind[p] = Matches([.. guess]).Members == 1;
        });
        return new AttackResult(name, new Share(matches.Count(m => m.Members == 1), matches.Length),
            new Share(matches.Count(m => m.Others == 1), matches.Length),
            matches.Length == 0 ? double.NaN : blind.Count(b => b) / (double)matches.Length, P([.. matches.Select(m => m.Few)], random))
        {
            Success = "a condition holds for exactly one row",
        };
    }

    /// <summary>
    /// P-value of the difference in rows singled out, by labels drawn anew: conditions that name the same rows are as dependent there as
    /// they are here.
    /// </summary>
    private double P(int[][] few, RandomStream random)
    {
        int[] named = [.. few.SelectMany(m => m).Distinct().Order()];
        int[][] at = [.. few.Where(m => m.Length > 0).Select(m => Array.ConvertAll(m, i => Array.BinarySearch(named, i)))];
        int Difference(bool[] member)
        {
            int difference = 0;
            foreach (int[] match in at)
            {
                int members = 0;
                foreach (int i in match) members += member[i] ? 1 : 0;
                if (members == 1) difference++;
                if (match.Length - members == 1) difference--;
            }
            return difference;
        }
        int observed = Difference(Array.ConvertAll(named, i => i < Each));
        int[] drawn = new int[Draws];
        Work.For(Draws, rows.Run, draw =>
        {
            bool[] member = new bool[named.Length];
            int left = 2 * Each, members = Each;
            for (int i = 0; i < member.Length; i++, left--)
                if (member[i] = random.Uniform(draw, 9, i) * left < members) members--;
            drawn[draw] = Difference(member);
        });
        return (1.0 + drawn.Count(d => d >= observed)) / (Draws + 1);
    }
}
