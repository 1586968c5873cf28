using System.Diagnostics;
using Xunit;

namespace Simulant.Tests.Text.Models;

/// <summary>
/// A real language model behind a server on loopback: node-llama-cpp with a model of 260,000 parameters. Tests skip, saying so, where
/// Node.js, the package or the model is absent.
/// </summary>
internal sealed class LocalModelServer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly Lock Installing = new();

    private readonly Process _process;
    private bool _stopped;

    private LocalModelServer(Process process, int port) => (_process, Port) = (process, port);

    public int Port { get; }

    public static LocalModelServer Start()
    {
        string? data = Environment.GetEnvironmentVariable("SIMULANT_DATA");
        string model = Path.Combine(data ?? "", "models", "stories260K.gguf");
        Assert.SkipUnless(data is not null && File.Exists(model), "SIMULANT_DATA/models/stories260K.gguf is not here");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "the package that is installed is Linux's");
        string folder = Repository.PathOf("tests/model-server");
        lock (Installing)
        {
            if (!Directory.Exists(Path.Combine(folder, "node_modules")))
                Assert.SkipUnless(Ran("npm", folder, "install", "--no-save", "--omit=optional", "--ignore-scripts",
                    "--no-progress"),
                    "npm cannot install node-llama-cpp here");
        }
        var process = Begin("node", folder, "server.mjs", model) ?? throw new InvalidOperationException("node cannot be started");
        string? line = process.StandardOutput.ReadLineAsync().WaitAsync(Patience).GetAwaiter().GetResult();
        if (line?.Split(' ') is ["listening", var port]) return new LocalModelServer(process, int.Parse(port, null));
        string said = process.StandardError.ReadToEnd();
        process.Dispose();
        throw new InvalidOperationException($"the model server did not start: {line} {said}");
    }

    public void Dispose()
    {
        if (_stopped) return;
        _stopped = true;
        _process.StandardInput.Close(); // it ends when nobody holds its input
        if (!_process.WaitForExit(5000)) _process.Kill();
        _process.Dispose();
    }

    private static bool Ran(string program, string folder, params string[] arguments)
    {
        using var process = Begin(program, folder, arguments);
        if (process is null) return false;
        process.StandardInput.Close();
        _ = process.StandardOutput.ReadToEndAsync();
        _ = process.StandardError.ReadToEndAsync();
        if (process.WaitForExit(180_000)) return process.ExitCode == 0;
        process.Kill(entireProcessTree: true);
        return false;
    }

    private static Process? Begin(string program, string folder, params string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo(program, arguments)
            {
                WorkingDirectory = folder,
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            });
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return null; // the program is not installed
        }
    }
}
