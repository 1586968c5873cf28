using System.Diagnostics;

namespace Simulant.Text.Code.Children;

/// <summary>Finds programs of this machine and tries them out.</summary>
internal static class Tools
{
    private static readonly string[] Usual = ["/usr/local/bin", "/usr/bin", "/bin", "/usr/sbin", "/sbin"];

    /// <summary>Every place a program of the name lies at, those of PATH first.</summary>
    public static IEnumerable<string> Find(string name)
    {
        string[] path = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries);
        string file = OperatingSystem.IsWindows() ? name + ".exe" : name;
        return path.Concat(OperatingSystem.IsWindows() ? [] : Usual).Distinct(StringComparer.Ordinal)
            .Where(Path.IsPathRooted).Select(folder => Path.Combine(folder, file)).Where(File.Exists);
    }

    /// <summary>Exit code and standard output of a short program; -1 where it cannot be started or takes longer than 5 s.</summary>
    public static (int Code, string Output) Try(IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment.Clear();
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync();
            var errors = process.StandardError.ReadToEndAsync();
            if (process.WaitForExit(5_000))
            {
                errors.GetAwaiter().GetResult();
                return (process.ExitCode, output.GetAwaiter().GetResult());
            }
            process.Kill(entireProcessTree: true);
            return (-1, "");
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or InvalidOperationException or IOException)
        {
            return (-1, "");
        }
    }
}
