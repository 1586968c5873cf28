using Xunit;

namespace Simulant.Tests.Architecture;

public class RoomTests
{
    public static TheoryData<string, string> EveryForbiddenPair()
    {
        var pairs = new TheoryData<string, string>();
        foreach (string from in Rooms.MayUse.Keys)
            foreach (string to in Rooms.MayUse.Keys)
                if (from != to && to != "Numerics" && !Rooms.MayUse[from].Contains(to))
                    pairs.Add(from, to);
        return pairs;
    }

    [Fact]
    public void Every_forbidden_use_is_seen()
    {
        Assert.All(EveryForbiddenPair(), pair =>
        {
            var (from, to) = pair.Data;
            Assert.Contains($"{from} may not use {to} (Target)", Messages(from, to));
        });
    }

    [Fact]
    public void Every_allowed_use_passes()
    {
        foreach (var (from, allowed) in Rooms.MayUse)
            foreach (string to in allowed.Append("Numerics").Where(to => to != from))
                Assert.Empty(Messages(from, to));
    }

    [Fact]
    public void A_use_through_an_alias_or_a_static_import_is_seen()
    {
        var model = SourceModel.Of(
            ("src/Simulant/Reports/Target.cs",
                "namespace Simulant.Reports; public static class Target { public static int Value() => 1; }"),
            ("src/Simulant/Data/User.cs",
                "using static Simulant.Reports.Target; using T = Simulant.Reports.Target; namespace Simulant.Data; " +
                "class User { int A() => Value(); int B() => T.Value(); }"));
        Assert.Contains(Rooms.Check(model), v => v.Message == "Data may not use Reports (Target)");
    }

    [Fact]
    public void A_target_typed_new_is_seen()
    {
        var model = SourceModel.Of(
            ("src/Simulant/Data/Frame.cs",
                "namespace Simulant.Data; public class Frame { public static void Take(Simulant.Runs.Target t) { } }"),
            ("src/Simulant/Runs/Target.cs", "namespace Simulant.Runs; public class Target { }"),
            ("src/Simulant/Specs/User.cs",
                "namespace Simulant.Specs; class User { void A() => Simulant.Data.Frame.Take(new()); }"));
        Assert.Contains(Rooms.Check(model), v =>
            v is { File: "src/Simulant/Specs/User.cs", Message: "Specs may not use Runs (Target)" });
    }

    [Fact]
    public void Engines_do_not_know_each_other()
    {
        const string Contract = "namespace Simulant.Data; public interface IGenerator<in T> { }";
        var model = SourceModel.Of(
            ("src/Simulant/Data/Contracts.cs", Contract),
            ("src/Simulant/Tabular/Frame.cs", "namespace Simulant.Tabular; public class Frame { }"),
            ("src/Simulant/Tabular/Trees/E.cs",
                "namespace Simulant.Tabular.Trees; public class A : Simulant.Data.IGenerator<int> { Frame? F; }"),
            ("src/Simulant/Tabular/Copula/E.cs",
                "namespace Simulant.Tabular.Copula; public class B : Simulant.Data.IGenerator<int> { Trees.A? F; }"));
        var violation = Assert.Single(Rooms.Check(model));
        Assert.Equal("src/Simulant/Tabular/Copula/ may not know src/Simulant/Tabular/Trees/ (A)", violation.Message);
    }

    [Theory]
    [InlineData("src/Simulant/Data/Csv/A.cs", "Simulant.Data.Csv", true)]
    [InlineData("src/Simulant/Data/Csv/A.cs", "Simulant.Data", true)]
    [InlineData("src/Simulant/Data/Csv/A.cs", "Simulant", false)]
    [InlineData("src/Simulant/Data/A.cs", "Simulant.Specs", false)]
    [InlineData("src/Simulant.Cli/A.cs", "Simulant.Cli", true)]
    [InlineData("src/Simulant.Numerics/Trees/A.cs", "Simulant.Numerics.Trees", true)]
    [InlineData("src/Simulant.Numerics/Trees/A.cs", "Simulant.NumericsTrees", false)]
    public void A_namespace_is_its_folder(string path, string space, bool passes) =>
        Assert.Equal(passes, !Rooms.Check(SourceModel.Of((path, $"namespace {space}; class A {{ }}"))).Any());

    [Theory]
    [InlineData("src/Simulant/Loose.cs")]
    [InlineData("src/Simulant/Utils/A.cs")]
    [InlineData("src/Simulant.Extras/A.cs")]
    public void A_file_in_no_room_is_seen(string path) =>
        Assert.Contains(Rooms.Check(SourceModel.Of((path, "class A { }"))), v => v.Rule == "room");

    private static IEnumerable<string> Messages(string from, string to)
    {
        var model = SourceModel.Of(
            (PathIn(to), $"namespace {SpaceOf(to)}; public class Target {{ public int Value; }}"),
            (PathIn(from), $"namespace {SpaceOf(from)}; class User {{ int A({SpaceOf(to)}.Target t) => t.Value; }}"));
        Assert.DoesNotContain(model.BindingErrors(), e => !e.Contains("CS5001"));
        return Rooms.Check(model).Select(v => v.Message);
    }

    private static string SpaceOf(string room) => "Simulant." + room;

    private static string PathIn(string room) =>
        room is "Numerics" or "Cli" or "Studio" ? $"src/Simulant.{room}/{room}.cs" : $"src/Simulant/{room}/{room}.cs";
}
