using Simulant.Numerics.Random;
using Simulant.Reports;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

public class CollapseTests
{
    private static readonly (int Values, int Each)[] Groups = [(300, 1), (100, 5), (100, 12), (4, 4000)];

    [Fact]
    public void Rows_drawn_again_lose_rare_values_as_the_exact_law_says()
    {
        using var folder = Source();
        var course = Run(new CollapseRequest(folder["spec.yaml"]) { Generations = 10, Resample = true });
        Assert.Equal(10, course.Generations.Count);
        foreach (var g in course.Generations)
            foreach (var band in g.Bands.Where(b => b.Values > 0 && b.From <= 10))
                // Four standard errors of a share of so many values, which are drawn together.
                Assert.Equal(band.Law, band.Recall, 4 * Math.Sqrt(band.Law * (1 - band.Law) / band.Values) + 0.01);
        Assert.Equal(1, course.Generations[^1].Bands[^1].Recall);
    }

    [Fact]
    public void With_the_real_rows_kept_what_five_rows_have_stays()
    {
        using var folder = Source();
        var kept = Run(new CollapseRequest(folder["spec.yaml"]) { Generations = 6, Mode = "accumulate", Resample = true });
        var gone = Run(new CollapseRequest(folder["spec.yaml"]) { Generations = 6, Mode = "replace", Resample = true });
        double Recall(CollapseCourse c, int band) => c.Generations[^1].Bands[band].Recall;
        Assert.InRange(Recall(kept, 2), 0.93, 1);
        Assert.InRange(Recall(kept, 3), 0.98, 1);
        Assert.InRange(Recall(gone, 2), 0.55, 0.9);
    }

    [Fact]
    public void An_engine_walks_the_generations_and_leaves_a_page()
    {
        using var folder = Source();
        var request = new CollapseRequest(folder["spec.yaml"]) { Generations = 2, Mode = "anchor:0.5", Output = folder["page.html"] };
        var course = Run(request);
        Assert.Equal(("trees", 2), (course.Engine, course.Generations.Count));
        Assert.All(course.Generations, g => Assert.InRange(g.Shapes, 0.8, 1));
        string page = File.ReadAllText(folder["page.html"]);
        Assert.Contains("Do rare values survive?", page, StringComparison.Ordinal);
        System.Xml.Linq.XDocument.Parse(page["<!DOCTYPE html>".Length..]);
        Assert.Throws<UsageException>(() => Run(request));
    }

    [Fact]
    public void What_cannot_collapse_is_refused()
    {
        using var folder = Source();
        Assert.Contains("no mode", Assert.Throws<UsageException>(() =>
            Run(new CollapseRequest(folder["spec.yaml"]) { Mode = "anchor:1" })).Message, StringComparison.Ordinal);
        folder.Write("rules.yaml", TestBench.Rules);
        Assert.Throws<UsageException>(() => Run(new CollapseRequest(folder["rules.yaml"])));
    }

    private static CollapseCourse Run(CollapseRequest request) => TestBench.Corridor().Collapse(request, Quiet.Instance, default);

    /// <summary>A column of values of so many rows each, and a number beside it; rows are held out in a file of their own.</summary>
    private static TempFolder Source()
    {
        var folder = new TempFolder();
        var lines = new List<string>();
        var random = new RandomStream(8, "collapse");
        int value = 0;
        foreach (var (values, each) in Groups)
            for (int v = 0; v < values; v++, value++)
                for (int r = 0; r < each; r++) lines.Add($"v{value:000},{random.Normal(lines.Count, 0):F2}");
        folder.Write("train.csv", "level,n\n" + string.Join('\n', lines) + "\n");
        folder.Write("holdout.csv", "level,n\n" + string.Join('\n', lines.Where((_, i) => i % 7 == 0)) + "\n");
        folder.Write("spec.yaml", "simulant: 1\nname: rare\nkind: table\nsource: { train: train.csv, holdout: holdout.csv }\n"
            + "columns: { level: { type: category }, n: { type: decimal } }\nengine: trees\n");
        return folder;
    }
}
