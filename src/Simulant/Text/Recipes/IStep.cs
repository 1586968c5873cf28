using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Text.Cache;

namespace Simulant.Text.Recipes;

/// <summary>What a step is given beside the draft.</summary>
/// <param name="Models">Whom to ask.</param>
/// <param name="Pool">As it stood when the draft's round began.</param>
/// <param name="Seed">For addressed draws: item is the candidate's index.</param>
/// <param name="Cancel">Looked at before anything long.</param>
public sealed record StepContext(RecordedModels Models, PoolView Pool, ulong Seed, CancellationToken Cancel)
{
    /// <summary>The random stream of a step.</summary>
    public RandomStream Stream(string step) => new(Seed, "text.step." + step);
}

/// <summary>What a step needs to be foreseen before anything is asked: about how many tokens each field has.</summary>
public sealed class Forecast
{
    private readonly Dictionary<string, double> _tokens = new(StringComparer.Ordinal);

    /// <summary>Records that one candidate has become by now.</summary>
    public double Records { get; set; } = 1;

    /// <summary>Requests, tokens and cost of one candidate so far.</summary>
    public double Requests { get; private set; }

    /// <inheritdoc cref="Requests"/>
    public double Input { get; private set; }

    /// <inheritdoc cref="Requests"/>
    public double Output { get; private set; }

    /// <inheritdoc cref="Requests"/>
    public double Cost { get; private set; }

    public double this[string field]
    {
        get => _tokens.GetValueOrDefault(field);
        set => _tokens[field] = value;
    }

    internal void Ask(Models.ModelSpec model, double times, double input, double output)
    {
        Requests += times;
        Input += times * input;
        Output += times * output;
        Cost += times * ((double)model.Price.Input * input + (double)model.Price.Output * output) / 1e6;
    }
}

/// <summary>
/// One step of a recipe: reads fields, writes fields, or ends a draft's way. Which fields is said beforehand, so that a recipe is
/// checked before anything runs. What a step does is a function of the draft, the pool it sees, the seed and recorded answers.
/// </summary>
public interface IStep
{
    /// <summary>Distinct within a recipe; accounts and random streams go by it.</summary>
    string Name { get; }

    IReadOnlyList<string> Reads { get; }
    IReadOnlyList<string> Writes { get; }

    /// <summary>Whether it looks at the pool, so that rounds must end before the next begins.</summary>
    bool SeesPool { get; }

    /// <summary>Returns the drafts that go on or were rejected: the same one, or its forks.</summary>
    ValueTask<IReadOnlyList<Draft>> Apply(Draft draft, StepContext context);

    /// <summary>Adds what this step will ask, and sets the tokens of the fields it writes.</summary>
    void Foresee(Forecast forecast);

    /// <summary>What it says to models; the card shows it.</summary>
    IReadOnlyList<AskedPrompt> Prompts => [];
}

/// <summary>A step that asks nobody and decides at once.</summary>
public abstract class LocalStep(string name, IReadOnlyList<string> reads, IReadOnlyList<string> writes) : IStep
{
    public string Name { get; } = name;
    public IReadOnlyList<string> Reads { get; } = reads;
    public IReadOnlyList<string> Writes { get; } = writes;
    public virtual bool SeesPool => false;

    public ValueTask<IReadOnlyList<Draft>> Apply(Draft draft, StepContext context) => ValueTask.FromResult(Do(draft, context));

    public virtual void Foresee(Forecast forecast)
    {
        double most = Reads.Select(r => forecast[r]).DefaultIfEmpty(16).Max();
        foreach (string field in Writes) forecast[field] = most;
    }

    protected abstract IReadOnlyList<Draft> Do(Draft draft, StepContext context);
}

/// <summary>
/// A rule that a record must pass to be accepted, after all steps: applied in index order, one record at a time, so it may remember
/// what was accepted before.
/// </summary>
public interface IAcceptance
{
    string Name { get; }
    IReadOnlyList<string> Reads { get; }

    /// <summary>Begins a run; nothing is remembered of another.</summary>
    IAcceptanceRun Start();
}

/// <summary>One run's memory of an <see cref="IAcceptance"/>.</summary>
public interface IAcceptanceRun
{
    /// <summary>Null where the record passes.</summary>
    /// <param name="pool">As it stands, with all that was accepted so far.</param>
    /// <param name="seen">How many of its members the record's steps have seen.</param>
    Rejection? Judge(TextRecord record, Pool pool, int seen);

    /// <summary>The record passed every rule.</summary>
    void Accepted(TextRecord record);
}
