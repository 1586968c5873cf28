using Simulant.Specs;

namespace Simulant.Runs;

/// <summary>Texts in the language of specs that lie in files of their own.</summary>
internal static class RuleFile
{
    /// <summary>The file's text; where it cannot be read that is a fault, and <paramref name="otherwise"/> stands for it.</summary>
    public static string Read(string file, DiagnosticBag faults, string otherwise)
    {
        try
        {
            return File.ReadAllText(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults.Error(Codes.Unreadable, new SourcePosition(file, 0, 0), File.Exists(file) ? "cannot be read" : "there is no such file");
            return otherwise;
        }
    }
}
