using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Parsing;
using System.Globalization;
using Simulant.Cli.Commands;

namespace Simulant.Cli;

/// <summary>The commands and the options they share.</summary>
internal static class CommandLine
{
    public static Command Build(Shell shell)
    {
        // Not a RootCommand, which would call itself by the name of the assembly.
        var root = new Command("simulant", "Makes synthetic data from a real table and proves its quality.")
        {
            new HelpOption { Recursive = true },
            new VersionOption(),
        };
        root.Add(InitCommand.Build(shell));
        root.Add(CheckCommand.Build(shell));
        root.Add(MakeCommand.Build(shell));
        root.Add(VerifyCommand.Build(shell));
        root.Add(FitCommand.Build(shell));
        root.Add(SampleCommand.Build(shell));
        root.Add(ScoreCommand.Build(shell));
        root.Add(FilterCommand.Build(shell));
        root.Add(AugmentCommand.Build(shell));
        root.Add(EvaluateCommand.Build(shell));
        root.Add(AuditCommand.Build(shell));
        root.Add(DriftCommand.Build(shell));
        root.Add(CollapseCommand.Build(shell));
        root.Add(DossierCommand.Build(shell));
        root.Add(ShowCommand.Build(shell));
        return root;
    }

    public static Option<bool> Json() => new("--json") { Description = "print the result as one JSON object" };

    public static Option<bool> Verbose() => new("--verbose") { Description = "print a trace where something fails" };

    public static Option<int> Threads()
    {
        var option = new Option<int>("--threads")
        {
            Description = "threads to use; the result is the same for any number",
            HelpName = "T",
            DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        option.Validators.Add(result => AtLeast(result, 1));
        return option;
    }

    public static Option<ulong?> Seed(string description) => new("--seed") { Description = description, HelpName = "S" };

    public static Option<long?> Rows(string description)
    {
        var option = new Option<long?>("--rows") { Description = description, HelpName = "N" };
        option.Validators.Add(result => AtLeast(result, 0));
        return option;
    }

    public static Option<string?> Output(string name, string description, bool required = false) =>
        new("--output", "-o") { Description = description, HelpName = name, Required = required };

    public static Argument<string> Path(string name, string description) => new(name) { Description = description };

    /// <summary>Adds --json and --verbose, and hands the parsed line and whether JSON is wanted to the action.</summary>
    public static Command Finish(Command command, Func<ParseResult, bool, int> action)
    {
        var json = Json();
        command.Add(json);
        command.Add(Verbose());
        command.SetAction(parsed => action(parsed, parsed.GetValue(json)));
        return command;
    }

    /// <summary>A whole number within limits.</summary>
    public static Option<int> Count(string name, string description, int otherwise, int least, int most)
    {
        var option = new Option<int>(name) { Description = description, HelpName = "N", DefaultValueFactory = _ => otherwise };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && int.TryParse(result.Tokens[0].Value, out int value) && (value < least || value > most))
                result.AddError($"{name} is {value}, and must be from {least} to {most}");
        });
        return option;
    }

    /// <summary>A number strictly between 0 and 1.</summary>
    public static Option<double> Share(string name, double usual, string description)
    {
        var option = new Option<double>(name)
        {
            Description = description, HelpName = "P", DefaultValueFactory = _ => usual,
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture,
                    out double value) && !(value is > 0 and < 1))
                result.AddError($"{name} is {result.Tokens[0].Value}, and must lie between 0 and 1");
        });
        return option;
    }

    /// <summary>A number of at least 0.</summary>
    public static Option<double> FromZero(string name, double usual, string description)
    {
        var option = new Option<double>(name) { Description = description, HelpName = "X", DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && double.TryParse(result.Tokens[0].Value, CultureInfo.InvariantCulture, out double value)
                && !(value >= 0))
                result.AddError($"{name} is {result.Tokens[0].Value}, and must be at least 0");
        });
        return option;
    }

    private static void AtLeast(OptionResult result, long least)
    {
        string? text = result.Tokens.Count == 1 ? result.Tokens[0].Value : null;
        if (long.TryParse(text, out long value) && value < least)
            result.AddError($"{result.Option.Name} is {value}, and must be at least {least}");
    }
}
