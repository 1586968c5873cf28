using System.CommandLine;
using Simulant.Runs;

namespace Simulant.Cli.Commands;

/// <summary><c>simulant show</c>: what a published folder, a model, a report or a data file is.</summary>
internal static class ShowCommand
{
    public static Command Build(Shell shell)
    {
        var path = CommandLine.Path("DIR|FILE", "a published folder, a model file, or a data file");
        var threads = CommandLine.Threads();
        var command = new Command("show", "Say what a folder or file is, in the terminal") { path, threads };
        return CommandLine.Finish(command, (parsed, json) =>
        {
            Overview overview;
            using (var progress = shell.Progress())
                overview = shell.Corridor.Show(parsed.GetRequiredValue(path), parsed.GetValue(threads), progress, shell.Cancel);
            if (json) shell.Print(Showing.Describe(overview));
            else Showing.Print(overview, shell);
            return ExitCode.Done;
        });
    }
}
