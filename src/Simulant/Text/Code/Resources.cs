namespace Simulant.Text.Code;

/// <summary>Texts that travel inside the assembly: what runs in children, and what is compiled beside checked programs.</summary>
internal static class Resources
{
    /// <summary>The text of a file under Text/Code, by its name.</summary>
    public static string Text(string name)
    {
        using var stream = typeof(Resources).Assembly.GetManifestResourceStream("Code." + name)
            ?? throw new InvalidOperationException($"the assembly lacks Code.{name}");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
