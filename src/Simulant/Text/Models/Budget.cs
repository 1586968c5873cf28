using System.Globalization;

namespace Simulant.Text.Models;

/// <summary>The most a run may spend, on every request it makes; null is no limit.</summary>
/// <param name="Tokens">Of questions and answers together.</param>
/// <param name="Cost">In the units of the models' prices.</param>
public sealed record Budget(long? Tokens, decimal? Cost)
{
    public static Budget None { get; } = new(null, null);
}

/// <summary>The budget is spent; nothing further is asked.</summary>
public sealed class BudgetReachedException(string message) : Exception(message);

/// <summary>
/// Counts what was spent. A request is admitted only while the budget is not yet reached, so a run passes it by no more than the
/// requests that were in flight when it was reached.
/// </summary>
public sealed class BudgetMeter(Budget budget)
{
    private readonly Lock _gate = new();
    private long _input, _output;
    private decimal _cost;

    public (long Input, long Output, decimal Cost) Spent
    {
        get
        {
            lock (_gate) return (_input, _output, _cost);
        }
    }

    /// <exception cref="BudgetReachedException">As it says.</exception>
    public void Admit()
    {
        lock (_gate)
        {
            if (budget.Tokens is { } tokens && _input + _output >= tokens)
                throw new BudgetReachedException(string.Create(CultureInfo.InvariantCulture,
                    $"the budget of {tokens:N0} tokens is spent ({_input + _output:N0} used)"));
            if (budget.Cost is { } cost && _cost >= cost)
                throw new BudgetReachedException(string.Create(CultureInfo.InvariantCulture,
                    $"the budget of {cost:0.####} is spent ({_cost:0.####} used)"));
        }
    }

    public void Charge(long input, long output, decimal cost)
    {
        lock (_gate)
        {
            _input += input;
            _output += output;
            _cost += cost;
        }
    }
}
