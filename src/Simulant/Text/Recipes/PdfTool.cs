using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Simulant.Data;

namespace Simulant.Text.Recipes;

/// <summary>
/// The user's program for PDF: run without a shell, once a file, with <c>{file}</c> in its arguments standing for the path; what it
/// writes to its output is the document's text, as UTF-8.
/// </summary>
/// <param name="most">Longest text that is taken, characters.</param>
/// <param name="seconds">Longest time that a file may take.</param>
internal sealed class PdfTool(IReadOnlyList<string> command, int most = 64 << 20, int seconds = 60)
{
    private const string Place = "{file}";

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
            var limit = TimeSpan.FromSeconds(seconds);
            // What is too long is read no further, and would hold the program up.
            bool ended = said.Wait(limit) && said.Result.Length <= most && errors.Wait(limit) && process.WaitForExit(limit);
            if (!ended)
            {
                process.Kill(entireProcessTree: true);
                throw new DataException(FormattableString.Invariant(
                    $"{path}: {command[0]} wrote more than {most} characters, or did not end within {seconds} s"));
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

    private async Task<string> Bounded(StreamReader from)
    {
        var text = new StringBuilder();
        char[] buffer = new char[1 << 16];
        while (text.Length <= most && await from.ReadAsync(buffer).ConfigureAwait(false) is > 0 and var read)
            text.Append(buffer, 0, read);
        return text.ToString();
    }
}
