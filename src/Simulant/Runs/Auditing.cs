using System.Globalization;
using Simulant.Data;
using Simulant.Privacy.Ledger;
using Simulant.Reports;
using Simulant.Validation;
using Simulant.Validation.Attacks;

namespace Simulant.Runs;

/// <param name="Train">The rows that the synthetic ones were learned from.</param>
/// <param name="Holdout">Rows of the same population that they were not; with <see cref="Ledger"/> null takes those that the run held
/// back itself.</param>
/// <param name="Synthetic">A file; with <see cref="Ledger"/> a published folder.</param>
public sealed record AuditRequest(string Train, string? Holdout, string Synthetic)
{
    /// <summary>The ledger that the folder's run paid from: with a passed audit the set has earned the word.</summary>
    public string? Ledger { get; init; }

    /// <summary>The column whose value an attacker would most like to know.</summary>
    public string? Target { get; init; }

    /// <summary>Probability of a false alarm over all attacks together, in (0, 1).</summary>
    public double Alpha { get; init; } = 0.05;

    /// <summary>The largest epsilon that is told of and does not count as a leak, at least 0.</summary>
    public double Tolerance { get; init; } = new AuditOptions().Tolerance;

    /// <summary>A model file, a published folder or a spec: the engine that made the data, to be fitted again; null for none.</summary>
    public string? Model { get; init; }

    /// <summary>How often, at least 2.</summary>
    public int Shadows { get; init; } = 8;

    /// <summary>The page or the JSON to write, by its ending; null for none.</summary>
    public string? Output { get; init; }

    public bool Force { get; init; }
    public ulong Seed { get; init; } = 1;
    public int Threads { get; init; } = Environment.ProcessorCount;
}

/// <summary>One attack; shares in [0, 1], NaN where there is none.</summary>
/// <param name="Success">What counts as success.</param>
/// <param name="Main">On training rows; its interval is Wilson's, 95%.</param>
/// <param name="Control">On held-out rows.</param>
/// <param name="Baseline">Without the synthetic data.</param>
/// <param name="P">Adjusted for the number of attacks.</param>
/// <param name="Found">Whether something surely leaks, of whatever size.</param>
/// <param name="IsLeak">Whether it does, and surely more than is tolerated.</param>
public sealed record AttackLine(
    string Name, string Success, RateLine Main, RateLine Control, double Baseline, double P, bool Found, bool IsLeak)
{
    /// <summary>(main - control) / (1 - control), with its 95% interval.</summary>
    public required RateLine Risk { get; init; }

    public double Auc { get; init; } = double.NaN;

    /// <summary>Lower bound of epsilon, for all attacks together (1 - alpha); 0 where nothing is proven.</summary>
    public double Epsilon { get; init; }

    /// <summary>Training rows among the best attacked ones, and how many those are; 0 of 0 where rows have no score.</summary>
    public int TopHits { get; init; }

    /// <inheritdoc cref="TopHits"/>
    public int TopRows { get; init; }

    /// <summary>Where it does not, that nothing was found by it says nothing.</summary>
    public bool BeatsBaseline { get; init; }
}

/// <summary>A rate with its interval.</summary>
public sealed record RateLine(double Value, double Low, double High);

/// <param name="Advantage">Least 2 AUC - 1 that would most likely have been found.</param>
/// <param name="LeastRows">Least number of wholly leaked rows that would have been found.</param>
/// <param name="MostEpsilon">The most that any attack could have shown.</param>
public sealed record AuditOutcome(IReadOnlyList<AttackLine> Attacks, double Advantage, int LeastRows, double MostEpsilon)
{
    public bool LeakFound => Attacks.Any(a => a.IsLeak);

    /// <summary>Whether something surely leaks, and nothing surely more than is tolerated.</summary>
    public bool TraceFound => !LeakFound && Attacks.Any(a => a.Found);

    public required double Tolerance { get; init; }
    public required int TrainingRows { get; init; }
    public required int HoldoutRows { get; init; }
    public required int SyntheticRows { get; init; }
    public IReadOnlyList<string> NotChecked { get; init; } = [];

    /// <summary>What a passed audit is evidence of; null where a leak was found.</summary>
    public AuditPass? Pass { get; init; }

    /// <summary>What the set may be called; null without a ledger, and where a leak was found.</summary>
    public string? Word { get; init; }
}

/// <summary><c>simulant audit</c>: attacks on synthetic rows of any origin.</summary>
internal sealed class Auditing(Corridor corridor, AuditRequest request, IProgress<StageProgress> progress, CancellationToken cancel)
{
    public AuditOutcome Run()
    {
        if (request.Output is { } output)
        {
            if (Path.GetExtension(output).ToLowerInvariant() is not (".html" or ".json"))
                throw new UsageException($"'{output}': the name must end in .html or .json, which says what to write");
            SingleFile.Refuse(output, request.Force);
        }
        if (request.Ledger is not { } ledger) return Attack(Files());
        var (evaluation, proof) = new Earning(corridor, request, progress, cancel).Read(ledger);
        var outcome = Attack(evaluation);
        return outcome with { Word = outcome.Pass is { } pass ? new EarnedWord(proof, pass).Text : null };
    }

    private Evaluation Files()
    {
        if (request.Holdout is not { } holdout)
            throw new UsageException("--holdout is missing: name real rows that the data was not learned from");
        Table Read(string path, Func<Table> read)
        {
            progress.Report(new StageProgress($"reading {Path.GetFileName(path)}", 0, 0, "rows"));
            var table = read();
            if (table.RowCount < Audit.LeastRows)
                throw new DataException($"{path}: {table.RowCount} rows; an audit needs at least {Audit.LeastRows}", path);
            return table;
        }
        var options = new ReadOptions
        {
            MaxThreads = request.Threads,
            Overrides = request.Target is { } target ? [new ColumnOverride(target) { Role = ColumnRole.Target }] : [],
        };
        var training = Read(request.Train, () => TableReader.Read(request.Train, options, cancel).Table);
        Table Like(string path) => Read(path,
            () => TableReader.ReadAs(path, training, new ReadOptions { MaxThreads = request.Threads }, cancel));
        return new Evaluation(Dataset.Of(training), Dataset.Of(Like(holdout)), Dataset.Of(Like(request.Synthetic)));
    }

    private AuditOutcome Attack(Evaluation evaluation)
    {
        var refitting = request.Model is { } model ? Refitting.Of(corridor, model) : null;
        if (Validation.Comparison.ComparedTables.Of(evaluation).Columns.Count == 0)
            throw new DataException($"{request.Train}: no column can be attacked: all are identifiers, personal data or text",
                request.Train);
        var asked = new AuditOptions { Target = request.Target, Alpha = request.Alpha, Tolerance = request.Tolerance };
        if (refitting is not null)
            asked = asked with { Shadows = refitting.Shadows(evaluation, request.Shadows, new RunContext(request.Seed, request.Threads,
                new Hushed(progress), cancel)) };
        var result = Audit.Run(evaluation, asked,
            new RunContext(request.Seed, request.Threads, progress, cancel));
        IReadOnlyList<string> open = [.. result.NotChecked.Select(n => $"{n.What}: {n.Reason}"), .. Sampled(result, evaluation)];
        Write(new AuditPage(Path.GetFileName(request.Synthetic), Command(), ProgramVersion.Number, result, open));
        return new AuditOutcome([.. result.Attacks.Select(Line)], result.Power.Advantage, result.Power.Rows, result.Power.Epsilon)
        {
            Tolerance = result.Tolerance,
            TrainingRows = result.Audited.Training,
            HoldoutRows = result.Audited.Holdout,
            SyntheticRows = result.Audited.Synthetic,
            NotChecked = open,
            Pass = result.Pass,
        };
    }

    private void Write(AuditPage page)
    {
        if (request.Output is not { } path) return;
        bool json = Path.GetExtension(path).Equals(".json", StringComparison.OrdinalIgnoreCase);
        SingleFile.Write(corridor.Files, path, to => to.Write(json ? page.Json() : page.Html()));
    }

    private string Command()
    {
        string command = $"simulant audit --train {CommandText.File(request.Train)}";
        if (request.Holdout is { } holdout) command += $" --holdout {CommandText.File(holdout)}";
        command += $" --synthetic {CommandText.File(request.Synthetic)}";
        if (request.Ledger is { } ledger) command += $" --ledger {CommandText.File(ledger)}";
        if (request.Target is { } target) command += $" --target {CommandText.Word(target)}";
        if (request.Model is { } model) command += $" --model {CommandText.File(model)} --shadows {request.Shadows}";
        return string.Create(CultureInfo.InvariantCulture,
            $"{command} --alpha {request.Alpha} --tolerance {request.Tolerance} --seed {request.Seed}");
    }

    private static IEnumerable<string> Sampled(AuditResult result, Evaluation data)
    {
        string? Part(string name, int audited, int all) => audited == all ? null : $"{name} rows: {audited:N0} of {all:N0} were audited";
        return new[]
        {
            Part("training", result.Audited.Training, data.Training.Single.RowCount),
            Part("holdout", result.Audited.Holdout, data.Holdout.Single.RowCount),
            Part("synthetic", result.Audited.Synthetic, data.Synthetic.Single.RowCount),
        }.OfType<string>();
    }

    private static AttackLine Line(AttackResult attack)
    {
        static RateLine Rate(Share share) => new(share.Value, share.Low, share.High);
        var (low, high) = attack.RiskInterval;
        return new AttackLine(attack.Name, attack.Success, Rate(attack.Main), Rate(attack.Control), attack.Baseline, attack.Adjusted,
            attack.Found, attack.IsLeak)
        {
            Risk = new RateLine(attack.Risk, low, high),
            Auc = attack.Auc,
            Epsilon = attack.Epsilon,
            TopHits = attack.Top.Hits,
            TopRows = attack.Top.Trials,
            BeatsBaseline = attack.BeatsBaseline,
        };
    }
}
