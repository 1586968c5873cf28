using System.Runtime.InteropServices;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Tabular.Rules;

namespace Simulant.Bench.Quality;

/// <summary>Every distribution that a rule can declare, against its law: p-values of Kolmogorov-Smirnov or chi-square; mark 1e-4.</summary>
internal static class RulesBench
{
    private const double Mark = 1e-4;

    public static readonly Benchmark Benchmark = new("rules", "100,000 rows of every declared distribution against its law", Run);

    private static void Run(BenchContext context)
    {
        int rows = context.Tiny ? 2_000 : 100_000;
        ulong seed = (ulong)context.Option("seed", 1);
        foreach (string name in DistributionReader.Names)
            context.Check(DeclaredLaw.All.Any(law => law.Rule.Contains($"distribution: {name},", StringComparison.Ordinal)),
                $"{name} is tried");
        // All in one table: each column draws numbers of its own.
        var columns = string.Join(", ", DeclaredLaw.All.Select((law, i) => $"x{i}: {{ {law.Rule} }}"));
        var table = Sample(columns, rows, seed);
        double least = 1;
        for (int i = 0; i < DeclaredLaw.All.Count; i++)
        {
            var law = DeclaredLaw.All[i];
            double[] values = Values(table.Columns[i]);
            double p = law.PValue(values);
            context.Result(MemoryMarshal.AsBytes<double>(values));
            context.Figure(law.Rule.Replace("distribution: ", ""), p, law is ContinuousLaw ? "p, Kolmogorov-Smirnov" : "p, chi-square");
            least = Math.Min(least, p);
        }
        context.Figure($"least of {DeclaredLaw.All.Count}", least, $"(mark: above {Mark})");
        context.Check(least > Mark, "every distribution passes");
    }

    private static Table Sample(string columns, int rows, ulong seed)
    {
        var faults = new DiagnosticBag();
        string text = $"simulant: 1\nname: laws\nkind: table\nengine: rules\nrows: {rows}\ncolumns: {{ {columns} }}\n";
        var spec = SpecReader.Parse(text, "laws.yaml", faults);
        faults.ThrowIfErrors();
        return RulesEngine.Build(spec!).Sample(new ItemRange(0, rows), RunContext.Quiet(seed)).Single;
    }

    /// <summary>Numbers as they are; categories by the places of their levels.</summary>
    private static double[] Values(Column column) => column is NumericColumn numbers
        ? numbers.Values.ToArray()
        : Array.ConvertAll(((CodedColumn)column).Codes.ToArray(), code => (double)code);
}
