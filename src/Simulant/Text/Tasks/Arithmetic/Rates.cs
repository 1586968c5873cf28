using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Arithmetic;

/// <summary>A price that rises and falls by percentages, each of the price before it.</summary>
internal sealed class PercentChain() : TaskFamily("percent-chain", TaskCategories.Arithmetic)
{
    private static readonly string[] Goods = ["bicycle", "coat", "camera", "sofa", "tent", "violin", "kettle", "desk"];

    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int price = draws.Problem.Between(20, 2000);
        int[] changes = [.. Enumerable.Range(0, level + 2).Select(_ => draws.Problem.NonZero(12) * 5)];
        var work = new StepList();
        Fraction value = price;
        foreach (int change in changes)
        {
            var next = value * new Fraction(100 + change, 100);
            work.Add($"{(change < 0 ? "take off" : "put on")} {Math.Abs(change)}%",
                $"{value.Plain()} * {new Fraction(100 + change, 100).Plain()} = {next.Plain()}");
            value = next;
        }
        string thing = draws.Wording.Pick(Goods);
        string list = Phrases.And([.. changes.Select(c => $"{(c < 0 ? "falls" : "rises")} by {Math.Abs(c)}%")]);
        const string How = "Give the exact number, not rounded";
        string question = draws.Wording.Pick([
            $"A {thing} costs {price} euros. Its price {list}, each time by a percentage of the price just before. What does it cost now, "
                + $"in euros? {How}.",
            $"The price of a {thing} starts at {price} euros and then {list}; every percentage is of the price at that moment. {How}: how "
                + "many euros is it in the end?",
            $"Start with {price}. The value {list}, one change after the other, each of the current value. What is the final value? {How}.",
            $"In a shop the price of a {thing}, first {price} euros, {list}, in that order and each reckoned from the price before it. "
                + $"Find the final price in euros. {How}."]);
        return new TaskDraft(question, value.Plain(), work);
    }
}

/// <summary>Taps that fill a tank together, some of them drains: rates add.</summary>
internal sealed class WorkRates() : TaskFamily("work-rates", TaskCategories.Arithmetic)
{
    public override AnswerKind Kind => AnswerKind.Rational;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int[] fill = [.. Enumerable.Range(0, level + 2).Select(_ => draws.Problem.Between(12, 240))];
        // The drain is slower than the fastest tap alone, so the tank does fill.
        int drain = fill.Min() + draws.Problem.Between(5, 200);
        var work = new StepList();
        Fraction rate = 0;
        foreach (int minutes in fill)
        {
            var sum = rate + new Fraction(1, minutes);
            work.Add($"a tap of {minutes} minutes fills 1/{minutes} of the tank a minute", $"{rate} + 1/{minutes} = {sum}");
            rate = sum;
        }
        work.Add($"the drain takes 1/{drain} away", $"{rate} - 1/{drain} = {rate - new Fraction(1, drain)}");
        rate -= new Fraction(1, drain);
        var time = 1 / rate;
        work.Add("one tank divided by the rate is the time", $"1 / ({rate}) = {time}");
        string list = Phrases.And([.. fill.Select(m => m.ToString())]);
        const string How = "Answer in minutes, as a whole number or an exact fraction.";
        string question = draws.Wording.Pick([
            $"Taps fill a tank in {list} minutes, each alone; an open drain empties a full tank in {drain} minutes. All taps run and the "
                + $"drain is open. How long does the empty tank take to fill? {How}",
            $"Alone, the pumps need {list} minutes to fill a basin. A leak would empty it in {drain} minutes. How long do all pumps "
                + $"together need, with the leak, to fill it from empty? {How}",
            $"A vat can be filled by separate pipes in {list} minutes respectively, and its outlet empties it in {drain} minutes. With "
                + $"every pipe and the outlet open, when is the empty vat full? {How}",
            $"{list} minutes: that is what each of the inlets of a pool takes alone to fill it. The outlet drains the full "
                + $"pool in {drain} minutes. How long from empty to full with everything open? {How}"]);
        return new TaskDraft(question, time.ToString(), work);
    }
}
