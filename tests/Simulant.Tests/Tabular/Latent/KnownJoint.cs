using Simulant.Numerics.Random;
using Simulant.Specs;
using Simulant.Tabular.Frame;
using Simulant.Tests.Specs;

namespace Simulant.Tests.Tabular.Latent;

/// <summary>A joint that is known: b is a in four of five rows, and the mean of n hangs on a.</summary>
internal static class KnownJoint
{
    private const int Rows = 3000;

    public static double Share(int a) => a switch { 0 => 0.5, 1 => 0.3, _ => 0.2 };

    public static double MeanOf(int a) => a * 30;

    public static ModelTable Table()
    {
        var stream = new RandomStream(7, "known joint");
        double[] a = new double[Rows], b = new double[Rows], n = new double[Rows];
        for (int r = 0; r < Rows; r++)
        {
            double u = stream.Uniform(r, 0);
            a[r] = u < Share(0) ? 0 : u < Share(0) + Share(1) ? 1 : 2;
            b[r] = stream.Uniform(r, 1) < 0.8 ? a[r] : stream.Below(3, r, 2);
            n[r] = Math.Round(MeanOf((int)a[r]) + 4 * stream.Normal(r, 3));
        }
        return new ModelTable(
            [new("a", 3, false, 0, false), new("b", 3, false, 0, false), new("n", 0, false, 1, false)], [a, b, n], Rows, []);
    }

    public static DrawBatch Draw(ITableModel model, int count, params Allowed[] allowed)
    {
        long[] items = [.. Enumerable.Range(0, count).Select(i => (long)i)];
        var batch = new DrawBatch(new RandomStream(3, "table"), items, new int[count], 3, allowed);
        model.Draw(batch, default);
        return batch;
    }

    /// <summary>An engine's options from the inside of a YAML map.</summary>
    public static SpecMap Options(string yaml) => (SpecMap)YamlNodesTests.Read("{ " + yaml + " }").Item1!;
}
