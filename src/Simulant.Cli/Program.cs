using System.CommandLine;
using System.CommandLine.Invocation;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using Simulant.Cli.Commands;

namespace Simulant.Cli;

/// <summary>The program: one command a file under Commands, one exit code for every ending.</summary>
internal static class Program
{
    /// <summary>After a stop is asked for, work has this long to end of itself; what was finished is kept either way.</summary>
    private const int GraceMs = 700;

    private static Timer? _deadline;

    public static int Main(string[] args)
    {
        Console.OutputEncoding = new UTF8Encoding(false);
        using var stop = new CancellationTokenSource();
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, signal => Stop(signal, stop));
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal => Stop(signal, stop));
        var shell = new Shell(Console.Out, Console.Error, stop.Token)
        {
            ErrorIsTerminal = !Console.IsErrorRedirected,
            OutIsTerminal = !Console.IsOutputRedirected,
            Width = Width(),
        };
        return Run(args, shell);
    }

    /// <summary>The whole program but for the process around it.</summary>
    public static int Run(IReadOnlyList<string> args, Shell shell)
    {
        bool json = args.Contains("--json"), verbose = args.Contains("--verbose");
        try
        {
            if (args.Count == 0)
            {
                Run(["--help"], shell);
                return ExitCode.Usage;
            }
            var parsed = CommandLine.Build(shell).Parse(args);
            if (parsed.Errors.Count > 0 && parsed.Action is null or ParseErrorAction) return Misused(parsed, shell, json);
            int code = parsed.Invoke(new InvocationConfiguration
            {
                Output = shell.Out,
                Error = shell.Error,
                EnableDefaultExceptionHandler = false,
                ProcessTerminationTimeout = null,
            });
            shell.Out.Flush();
            return code;
        }
        catch (Exception failure)
        {
            return Failures.Tell(failure, shell, json, verbose);
        }
    }

    private static int Misused(ParseResult parsed, Shell shell, bool json)
    {
        var command = parsed.CommandResult.Command;
        string help = !command.Parents.Any() ? "simulant --help" : $"simulant {command.Name} --help";
        string[] lines = [.. parsed.Errors.Select(e => $"error: {Plain(e.Message)}; see {help}")];
        return Failures.Tell(ExitCode.Usage, lines, shell, json);
    }

    /// <summary>The parser's words, but for those that name types of the runtime.</summary>
    private static string Plain(string message)
    {
        var types = Regex.Match(message, "^Cannot parse argument '(.*)' for option '(.*)' as expected type");
        return types.Success
            ? $"{types.Groups[2].Value} is '{types.Groups[1].Value}', and must be a whole number"
            : message.TrimEnd('.');
    }

    private static void Stop(PosixSignalContext signal, CancellationTokenSource stop)
    {
        bool again = stop.IsCancellationRequested;
        signal.Cancel = true;
        if (again) Environment.Exit(ExitCode.Cancelled);
        stop.Cancel();
        // A library may be in the middle of a call that cannot be stopped; what is on the disk is whole at any moment.
        _deadline = new Timer(_ => Environment.Exit(ExitCode.Cancelled), null, GraceMs, Timeout.Infinite);
    }

    private static int Width()
    {
        try
        {
            return Console.IsOutputRedirected || Console.WindowWidth <= 0 ? 100 : Console.WindowWidth;
        }
        catch (IOException)
        {
            return 100; // no terminal to ask
        }
    }
}
