using Simulant.Text.Code;
using Xunit;

namespace Simulant.Tests.Text.Code;

/// <summary>One checker for the tests of a class, so that its children stay warm.</summary>
public sealed class CheckFixture : IDisposable
{
    public CodeCheck Check { get; } = new();

    /// <summary>Skips where the machine cannot run the language; the reason is the checker's own.</summary>
    public void SkipWithout(CodeLanguage language)
    {
        string? why = Check.RefusalOf(language);
        Assert.SkipWhen(why is not null, why ?? "");
    }

    public void SkipWithoutLayer(string name)
    {
        var layer = Check.Layers.First(l => l.Name == name);
        Assert.SkipWhen(!layer.Holds, layer.What);
    }

    public void Dispose() => Check.Dispose();
}
