using System.Globalization;
using System.Text;
using Simulant.Text.Code.CSharp;

namespace Simulant.Text.Code.Children;

/// <summary>How a child of each language is started: its command, its environment, or why there can be none.</summary>
/// <param name="Command">Program and arguments inside every layer; empty where refused.</param>
/// <param name="Refusal">Why the language cannot be run here; null where it can.</param>
/// <param name="Environment">All the variables it has.</param>
internal sealed record Launch(IReadOnlyList<string> Command, string? Refusal, IReadOnlyDictionary<string, string> Environment)
{
    /// <summary>Processor seconds after which a child is put away; its limit lies one program's worth above.</summary>
    public const int ChildCpuSeconds = 60;

    private static readonly Lazy<string?> Python = new(() => Interpreter("python3",
        ["-s", "-S", "-c", "import sys; print(sys.version_info[0])"], text => text.Trim() == "3"));

    private static readonly Lazy<string?> Node = new(() => Interpreter("node", ["-p", "process.versions.node.split('.')[0]"],
        text => int.TryParse(text.Trim(), CultureInfo.InvariantCulture, out int major) && major >= 20));

    public static Launch Of(CodeLanguage language, CodeLimits limits, Confinement around) => language switch
    {
        CodeLanguage.CSharp => CSharp(limits, around),
        CodeLanguage.Python => OfPython(limits, around),
        _ => OfJavaScript(limits, around),
    };

    private static Launch CSharp(CodeLimits limits, Confinement around)
    {
        string runtime = System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory();
        string host = Path.GetFullPath(Path.Combine(runtime, "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        if (!File.Exists(host)) return Refused($"'{host}', the program that starts .NET programs, is missing");
        var folder = WorkFolder.OfThisProcess;
        string config = folder.Place($"host-{limits.MemoryMb}.json", () => Encoding.UTF8.GetBytes(Config(limits)));
        string program = folder.Place("host.dll", () => CSharpCompiler.HostProgram);
        return new(around.Around(
            [host, "exec", "--runtimeconfig", config, program, limits.OutputCharacters.ToString(CultureInfo.InvariantCulture)],
            ChildCpuSeconds + limits.CpuSeconds, limits.MemoryMb * 2 + 1024, 64), null, new Dictionary<string, string>
            {
                ["DOTNET_EnableDiagnostics"] = "0", // no socket in the temporary folder
                ["DOTNET_EnableWriteXorExecute"] = "0", // no file behind compiled code: none may be written
                ["DOTNET_TieredPGO"] = "0",
            });
    }

    private static string Config(CodeLimits limits) => $$"""
        {
          "runtimeOptions": {
            "framework": { "name": "Microsoft.NETCore.App", "version": "{{System.Environment.Version}}" },
            "rollForward": "LatestPatch",
            "configProperties": {
              "System.GC.HeapHardLimit": {{((long)limits.MemoryMb << 20).ToString(CultureInfo.InvariantCulture)}},
              "System.GC.Concurrent": false,
              "System.GC.Server": false,
              "System.Globalization.Invariant": true
            }
          }
        }
        """;

    private static Launch OfPython(CodeLimits limits, Confinement around)
    {
        if (Missing(around) is { } missing) return Refused($"Python is not run: {missing}");
        if (Python.Value is not { } python)
            return Refused("Python is not run: no python3 that other users may run was found");
        string host = WorkFolder.OfThisProcess.Place("host.py", () => Encoding.UTF8.GetBytes(Resources.Text("host.py")));
        // The host sets each program's own limits in the process it forks for it. Not -I, which would be deaf to the one variable
        // there is: without it, the order of sets of strings would change from child to child.
        return new(around.Around([python, "-s", "-S", "-B", host, limits.OutputCharacters.ToString(CultureInfo.InvariantCulture),
            limits.CpuSeconds.ToString(CultureInfo.InvariantCulture), limits.MemoryMb.ToString(CultureInfo.InvariantCulture)],
            ChildCpuSeconds + limits.CpuSeconds, limits.MemoryMb + 128, 8), null,
            new Dictionary<string, string> { ["PYTHONHASHSEED"] = "0" });
    }

    private static Launch OfJavaScript(CodeLimits limits, Confinement around)
    {
        if (Missing(around) is { } missing) return Refused($"JavaScript is not run: {missing}");
        if (Node.Value is not { } node)
            return Refused("JavaScript is not run: no Node.js 20 or later that other users may run was found");
        string host = WorkFolder.OfThisProcess.Place("host.js", () => Encoding.UTF8.GetBytes(Resources.Text("host.js")));
        return new(around.Around([node, "--experimental-permission", $"--allow-fs-read={host}", "--no-warnings",
            "--disallow-code-generation-from-strings",
            string.Create(CultureInfo.InvariantCulture, $"--max-old-space-size={limits.MemoryMb}"),
            host, limits.OutputCharacters.ToString(CultureInfo.InvariantCulture), limits.WallMs.ToString(CultureInfo.InvariantCulture)],
            ChildCpuSeconds + limits.CpuSeconds, limits.MemoryMb + 512, 64), null, new Dictionary<string, string>());
    }

    // C# is held by its compiler; these are held by the operating system, or not at all.
    private static string? Missing(Confinement around) =>
        around.Layers.FirstOrDefault(l => l.Name is "limits" or "network" && !l.Holds)?.What;

    private static Launch Refused(string why) => new([], why, new Dictionary<string, string>());

    // The interpreter must answer inside the layers: one in a home folder cannot be run by a user without rights.
    private static string? Interpreter(string name, IReadOnlyList<string> question, Func<string, bool> fits) =>
        Tools.Find(name).FirstOrDefault(path =>
            Tools.Try(Confinement.OfThisMachine.Around([path, .. question], 10, 2048, 64)) is (0, var answer) && fits(answer));
}
