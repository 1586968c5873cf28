using Xunit;

namespace Simulant.Tests.Architecture;

/// <summary>The rules hold for the sources; RoomTests and BanTests show that each rule can fail.</summary>
public class ArchitectureTests
{
    [Fact]
    public void Every_name_in_the_sources_is_understood() => Assert.Empty(SourceModel.OfSources().UnknownNames);

    [Fact]
    public void Names_that_a_generator_writes_are_understood()
    {
        const string Text = """
            using System.Text.Json.Serialization;
            using System.Text.RegularExpressions;
            _ = Written.Default.Point;
            _ = Pattern.Digits().IsMatch("1");
            record Point(int X);
            [JsonSerializable(typeof(Point))] partial class Written : JsonSerializerContext;
            static partial class Pattern { [GeneratedRegex("[0-9]+")] public static partial Regex Digits(); }
            """;
        Assert.NotEmpty(SourceModel.Of(("src/Simulant/Data/A.cs", Text)).UnknownNames);
        Assert.Empty(SourceModel.OfGenerated(("src/Simulant/Data/A.cs", Text)).UnknownNames);
        Assert.Empty(SourceModel.OfGenerated(("src/Simulant/Data/A.cs", Text)).BindingErrors());
    }

    [Fact]
    public void Rooms_use_only_whom_the_table_allows() => AssertNone(Rooms.Check(SourceModel.OfSources()));

    [Fact]
    public void Bans_are_kept() => AssertNone(Bans.Check(SourceModel.OfSources()));

    internal static void AssertNone(IEnumerable<Violation> violations) =>
        Assert.True(!violations.Any(), string.Join(Environment.NewLine, violations));
}
