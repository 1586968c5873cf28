using Simulant.Specs;

namespace Simulant.Text.Stories;

/// <summary>What a story shows beside its plot, as the label of the record says.</summary>
[Flags]
public enum StoryFeatures
{
    None = 0,

    /// <summary>Somebody speaks in quotation marks.</summary>
    Dialogue = 1,

    /// <summary>The last sentence says what was learned.</summary>
    Moral = 2,

    /// <summary>Something turns out to be other than it seemed.</summary>
    Twist = 4,

    /// <summary>The hero does not get what was wanted.</summary>
    BadEnding = 8,

    /// <summary>A hint before, and what it meant after.</summary>
    Foreshadowing = 16,

    /// <summary>Two characters are at odds.</summary>
    Conflict = 32,
}

/// <summary>How stories are drawn.</summary>
/// <param name="Required">Features that every story has.</param>
/// <param name="FeatureRate">Probability of each other feature, 0 to 1; .35 by default.</param>
/// <param name="Plots">Names of the plots to draw from; all eleven by default.</param>
public sealed record StoryOptions(StoryFeatures Required, double FeatureRate, IReadOnlyList<string> Plots)
{
    private static readonly string[] Names = ["dialogue", "moral", "twist", "bad-ending", "foreshadowing", "conflict"];

    public static StoryOptions Default { get; } = new(StoryFeatures.None, .35, StoryPlots.Names);

    /// <summary>The options as a spec declares them.</summary>
    public static EngineOptions Declared { get; } = new("stories",
    [
        new("features", OptionKind.Texts, "Features that every story has, of " + string.Join(", ", Names) + "; or none.")
        {
            Default = "none",
        },
        new("feature-rate", OptionKind.Number, "Probability of each feature that is not asked for.")
        {
            Default = "0.35", Minimum = 0, Maximum = 1,
        },
        new("plots", OptionKind.Texts, "Plots to draw from by name, or all.") { Default = "all" },
    ], what: "recipe");

    /// <summary>Reads declared values. Throws <see cref="ArgumentException"/> for a feature or plot that there is not, or for features
    /// that no plot has together.</summary>
    public static StoryOptions From(OptionValues values)
    {
        var required = StoryFeatures.None;
        foreach (string name in List(values.Text("features"), "none"))
        {
            int place = Array.IndexOf(Names, name);
            if (place < 0) throw new ArgumentException($"no feature '{name}'; there are {string.Join(", ", Names)}");
            required |= (StoryFeatures)(1 << place);
        }
        string[] plots = List(values.Text("plots"), "all");
        foreach (string plot in plots)
            if (!StoryPlots.Names.Contains(plot))
                throw new ArgumentException($"no plot '{plot}'; there are {string.Join(", ", StoryPlots.Names)}");
        var options = new StoryOptions(required, values.Number("feature-rate"), plots.Length > 0 ? plots : StoryPlots.Names);
        options.Check();
        return options;
    }

    /// <summary>Names of the features in a set, as labels write them.</summary>
    public static IReadOnlyList<string> Label(StoryFeatures features) =>
        [.. Names.Where((_, i) => features.HasFlag((StoryFeatures)(1 << i)))];

    internal void Check()
    {
        if (!(FeatureRate is >= 0 and <= 1)) throw new ArgumentException("feature-rate lies between 0 and 1");
        if (!Plots.Any(p => StoryPlots.Allows(p, Required)))
            throw new ArgumentException($"no plot has {string.Join(" and ", Label(Required))} together; a twist excludes a bad ending");
    }

    private static string[] List(string text, string nothing) => text == nothing ? []
        : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>A story with its labels.</summary>
/// <param name="Text">Paragraphs separated by blank lines.</param>
/// <param name="Verb">Base form of the verb that the story had to hold.</param>
/// <param name="Noun">The noun that the story had to hold.</param>
/// <param name="Adjective">The adjective that the story had to hold.</param>
/// <param name="Plot">Which plot it follows.</param>
/// <param name="Features">What it shows; a label each, see <see cref="StoryFeatures"/>.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Facts">How things stand at the end.</param>
public sealed record Story(string Text, string Verb, string Noun, string Adjective, string Plot, IReadOnlyList<string> Features,
    string Summary, StoryFacts Facts);

/// <summary>How things stand at the end of a story.</summary>
/// <param name="Hero">Name of the main character.</param>
/// <param name="HeroPlace">Where the hero is: a place, or <c>home</c>.</param>
/// <param name="HeroFeeling">How the hero felt last.</param>
/// <param name="Item">The thing it is about.</param>
/// <param name="ItemHolder">Who has the thing: a name, or what the grown-up is; null when nobody has it.</param>
/// <param name="ItemPlace">Where the thing lies when nobody has it; null when somebody has it, or when it is gone.</param>
public sealed record StoryFacts(string Hero, string HeroPlace, string HeroFeeling, string Item, string? ItemHolder, string? ItemPlace);
