using System.Diagnostics;
using System.Globalization;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Text.Models;
using Simulant.Text.Recipes;

namespace Simulant.Bench.Speed;

/// <summary>
/// A recipe in a process of its own, so that it can be killed, and its CPU and memory measured apart from the stub's:
/// <c>recipe-client SPEC WANTED SEED CACHE OUT</c> writes the records as JSON lines and their histories, then figures.
/// </summary>
public static class RecipeClient
{
    public static int Run(string[] arguments, TextWriter to)
    {
        var faults = new DiagnosticBag();
        var node = (SpecMap?)YamlNodes.Read(File.ReadAllText(arguments[0]), arguments[0], faults) ?? throw new SpecException(faults.All);
        using var figures = new Figures();
        var sink = new Lines(arguments[4] + ".part");
        RecipeOutcome outcome;
        using (sink)
            outcome = RecipeRun.Execute(ReadRecipe(node), long.Parse(arguments[1], CultureInfo.InvariantCulture),
                ulong.Parse(arguments[2], CultureInfo.InvariantCulture), arguments[3], null, RunContext.Quiet(1, 2),
                new RunOptions { Sink = sink });
        File.Move(arguments[4] + ".part", arguments[4], overwrite: true);
        to.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"accepted={outcome.Account.Accepted} requests={outcome.Account.Asked.Requests} {figures}"));
        to.WriteLine($"torn={outcome.Log.TornBytes} damaged={outcome.Log.DamagedBytes} recorded={outcome.Log.Entries}");
        return outcome.Short is null ? 0 : 1;
    }

    /// <summary>The recipe and the models of a spec that holds both.</summary>
    public static Recipe ReadRecipe(SpecMap spec)
    {
        var faults = new DiagnosticBag();
        var models = ModelTable.Read(spec["models"]!, faults);
        var recipe = Recipe.Read(spec["recipe"]!, models, faults);
        faults.ThrowIfErrors();
        return recipe!;
    }

    private sealed class Figures : IDisposable
    {
        private readonly Process _process = Process.GetCurrentProcess();
        private readonly long _start = Stopwatch.GetTimestamp();
        private readonly TimeSpan _cpu = Process.GetCurrentProcess().TotalProcessorTime;

        public override string ToString()
        {
            _process.Refresh();
            return string.Create(CultureInfo.InvariantCulture, $"wall={Stopwatch.GetElapsedTime(_start).TotalSeconds:0.000} ")
                + string.Create(CultureInfo.InvariantCulture, $"cpu={(_process.TotalProcessorTime - _cpu).TotalSeconds:0.000} ")
                + string.Create(CultureInfo.InvariantCulture,
                    $"peak={_process.PeakWorkingSet64 / 1048576.0:0.0} heap={GC.GetTotalMemory(true) / 1048576.0:0.00}");
        }

        public void Dispose() => _process.Dispose();
    }

    private sealed class Lines(string path) : IRecipeSink, IDisposable
    {
        private readonly StreamWriter _to = new(path) { NewLine = "\n" };

        public void Accept(AcceptedRecord record)
        {
            var history = record.History;
            _to.WriteLine(record.Fields.ToJson());
            _to.WriteLine($"{record.Number} {history.Candidate} {history.Branch} {string.Join(',', history.Parents)} "
                + string.Join(',', history.Calls.Select(c => c.Request)));
        }

        public void Account(Attempt attempt) =>
            _to.WriteLine($"{attempt.Candidate} {attempt.Branch} {attempt.End} {attempt.Step} {attempt.Rule}");

        public void Dispose() => _to.Dispose();
    }
}
