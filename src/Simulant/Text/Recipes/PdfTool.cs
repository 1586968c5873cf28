using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Simulant.Data;

namespace Simulant.Text.Recipes;

/// <summary>
/// The user's program for PDF: run without a shell, once a file, with <c>{file}</c> in its arguments standing for the path; what it
/// writes to its output is the document's text, as UTF-8.
/// </summary>
internal sealed class PdfTool(IReadOnlyList<string> command)
{
    /// <summary>Longest text that is taken.</summary>
    private const int MostCharacters = 64 << 20;

    private const string Place = "{file}";
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    /// <exception cref="DataException">It cannot be started, fails, is too slow, or writes too much.</exception>
    public string Read(string path)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1).Select(a => a.Replace(Place, path, StringComparison.Ordinal)))
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var said = Bounded(process.StandardOutput);
            var errors = Bounded(process.StandardError);
            if (!Task.WhenAll(said, errors).Wait(Limit) || !process.WaitForExit(Limit) || said.Result.Length > MostCharacters)
            {
                process.Kill(entireProcessTree: true);
                throw new DataException($"{path}: {command[0]} wrote too much, or did not end within {Limit.TotalSeconds:0} s");
            }
            if (process.ExitCode == 0) return said.Result;
            throw new DataException($"{path}: {command[0]} ended with exit code {process.ExitCode}: "
                + Specs.Nearest.Printable(errors.Result.Trim()));
        }
        catch (Win32Exception e)
        {
            throw new DataException($"{path}: {command[0]} cannot be started: {e.Message}");
        }
    }

    private static async Task<string> Bounded(StreamReader from)
    {
        var text = new StringBuilder();
        char[] buffer = new char[1 << 16];
        while (text.Length <= MostCharacters && await from.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            text.Append(buffer, 0, read);
        return text.ToString();
    }
}
