using Simulant.Text.Tasks.Checking;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Units;

/// <summary>A sum of measures in different units of one kind.</summary>
internal sealed class MixedUnitsSum() : TaskFamily("mixed-units-sum", TaskCategories.Units)
{
    private static readonly (string Unit, long Size)[][] Kinds =
    [
        [("mm", 1), ("cm", 10), ("m", 1000), ("km", 1_000_000)], [("g", 1), ("kg", 1000), ("t", 1_000_000)],
        [("s", 1), ("min", 60), ("h", 3600), ("d", 86_400)], [("ml", 1), ("cl", 10), ("l", 1000)],
        [("mm^2", 1), ("cm^2", 100), ("m^2", 1_000_000)], [("in", 1), ("ft", 12), ("yd", 36)],
    ];

    public override AnswerKind Kind => AnswerKind.Quantity;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var kind = draws.Problem.Pick(Kinds);
        var parts = new (int Amount, (string Unit, long Size) In)[level + 2];
        for (int i = 0; i < parts.Length; i++) parts[i] = (draws.Problem.Between(2, 600), draws.Problem.Pick(kind));
        var (wanted, size) = draws.Problem.Pick(kind);
        var work = new StepList();
        Fraction sum = 0;
        foreach (var (amount, unit) in parts)
        {
            var converted = new Fraction(amount * unit.Size, size);
            work.Add($"{amount} {unit.Unit} in {wanted}", $"{amount} * {new Fraction(unit.Size, size)} = {converted}");
            if (sum.Sign > 0) work.Add("add it", $"{sum} + {converted} = {sum + converted}");
            sum += converted;
        }
        string answer = $"{sum.Plain()} {wanted}";
        work.Add($"with its unit: {answer}");
        string list = Phrases.And([.. parts.Select(p => $"{p.Amount} {p.In.Unit}")]);
        string how = $"Answer exactly, in {wanted}.";
        string question = draws.Wording.Pick([
            $"Add {list}. {how}", $"What is the sum of {list}? {how}", $"How much are {list} together? {how}",
            $"Somebody notes {list} and needs the total. {how}"]);
        return new TaskDraft(question, answer, work);
    }
}

/// <summary>The cheapest of several packs, by price for the same amount.</summary>
internal sealed class BestOffer() : TaskFamily("best-offer", TaskCategories.Units)
{
    private static readonly string[] Goods = ["rice", "flour", "oats", "sugar", "salt", "lentils", "coffee", "tea"];
    private static readonly int[] Packs = [3, 4, 5, 7, 9];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        (int Grams, int Cents)[] packs;
        do
        {
            packs = [.. Enumerable.Range(0, Packs[level - 1]).Select(_ => draws.Problem.Between(4, 60) * 25)
                .Select(grams => (grams, Math.Max(5, grams * draws.Problem.Between(80, 125) / 100)))];
        }
        while (packs.Select(p => new Fraction(p.Cents, p.Grams)).Distinct().Count() < packs.Length);
        var work = new StepList();
        int best = 0;
        for (int i = 0; i < packs.Length; i++)
        {
            Fraction kilograms = new(packs[i].Grams, 1000), price = packs[i].Cents / kilograms;
            work.Add($"pack {(char)('A' + i)}, cents for one kilogram", $"{packs[i].Cents} / {Maths.Arg(kilograms)} = {price}");
            if (packs[i].Cents * packs[best].Grams < packs[best].Cents * packs[i].Grams) best = i;
        }
        work.Add($"the least is that of pack {(char)('A' + best)}");
        string list = string.Join("; ", packs.Select((p, i) => $"{(char)('A' + i)}: {Weight(p.Grams)} for "
            + $"{new Fraction(p.Cents, 100).Rounded(2)} euros"));
        string thing = draws.Wording.Pick(Goods);
        const string How = "Answer with its letter.";
        string question = draws.Wording.Pick([
            $"Which of these packs of {thing} is the cheapest by weight? {list}. {How}",
                $"A shop sells {thing} in packs, {list}. Which has the lowest price per kilogram? {How}",
            $"For {thing} there are these offers: {list}. Where is a gram cheapest? {How}",
                $"Compare the packs of {thing}: {list}. Which one gives the most for a euro? {How}"]);
        return new TaskDraft(question, ((char)('A' + best)).ToString(), work);
    }

    private static string Weight(int grams) => grams % 1000 == 0 ? $"{grams / 1000} kg" : $"{grams} g";
}

/// <summary>A recipe for other numbers of people.</summary>
internal sealed class RecipeScaling() : TaskFamily("recipe-scaling", TaskCategories.Units)
{
    private static readonly string[] Things = ["flour", "sugar", "butter", "milk", "oats", "raisins", "nuts", "honey"];

    public override AnswerKind Kind => AnswerKind.Sequence;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        int people = draws.Problem.Between(2, 12), guests = draws.Problem.Between(2, 40);
        if (guests == people) guests++;
        var amounts = new Fraction[level + 1];
        for (int i = 0; i < amounts.Length; i++) amounts[i] = new(draws.Problem.Between(1, 60), draws.Problem.Between(1, 8));
        string[] things = draws.Wording.Sample(Things, amounts.Length);
        var work = new StepList();
        var factor = new Fraction(guests, people);
        work.Add("the factor for all amounts", $"{guests}/{people} = {factor}");
        var scaled = amounts.Select(a => a * factor).ToArray();
        for (int i = 0; i < amounts.Length; i++) work.Add($"cups of {things[i]}", $"{amounts[i]} * ({factor}) = {scaled[i]}");
        string list = Phrases.And([.. amounts.Select((a, i) => $"{Mixed(a)} {(a == 1 ? "cup" : "cups")} of {things[i]}")]);
        string how = $"Give the cups of {Phrases.And(things)} in this order, as whole numbers or fractions, separated by commas.";
        string question = draws.Wording.Pick([
            $"A recipe for {people} people takes {list}. How much is needed for {guests} people? {how}",
            $"For {people} portions one uses {list}. Scale the recipe to {guests} portions. {how}",
            $"{list} make {people} servings. What do {guests} servings need? {how}",
            $"A cook wants {guests} helpings of a dish whose recipe, for {people} helpings, lists {list}. {how}"]);
        return new TaskDraft(question, Phrases.Commas(scaled), work);
    }

    private static string Mixed(Fraction a) => a.IsWhole || a < 1 ? a.ToString() : $"{a.Floor()} {a - a.Floor()}";
}

/// <summary>The average speed over legs of different speed: all distance over all time.</summary>
internal sealed class AverageSpeed() : TaskFamily("average-speed", TaskCategories.Units)
{
    public override AnswerKind Kind => AnswerKind.Quantity;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var legs = new (int Km, int Speed)[level + 1];
        for (int i = 0; i < legs.Length; i++) legs[i] = (draws.Problem.Between(3, 240), draws.Problem.Between(8, 130));
        int pause = draws.Problem.Between(0, 11) * 5;
        var work = new StepList();
        Fraction time = 0;
        foreach (var (km, speed) in legs)
        {
            var hours = new Fraction(km, speed);
            work.Add($"hours for {km} km", $"{km}/{speed} = {hours}");
            if (time.Sign > 0) work.Add("all hours so far", $"{time} + {hours} = {time + hours}");
            time += hours;
        }
        if (pause > 0) work.Add($"and {pause} minutes of rest", $"{time} + {pause}/60 = {time + new Fraction(pause, 60)}");
        time += new Fraction(pause, 60);
        int all = legs.Sum(l => l.Km);
        work.Add("all kilometres", $"{Maths.Sum(legs.Select(l => l.Km))} = {all}");
        var average = all / time;
        work.Add("kilometres over hours", $"{all} / ({time}) = {average}");
        string list = Phrases.And([.. legs.Select(l => $"{l.Km} km at {l.Speed} km/h")]);
        string rest = pause > 0 ? $", with a rest of {pause} minutes on the way" : ", without a rest";
        const string How = "Give an exact number (a fraction if need be) with the unit km/h.";
        string question = draws.Wording.Pick([
            $"A cyclist rides {list}{rest}. What is the average speed over the whole time? {How}",
            $"A trip consists of {list}{rest}. Find its average speed, all time counted. {How}",
            $"Someone covers {list}{rest}. How fast is that on average, from start to end? {How}",
            $"A bus travels {list}{rest}. Compute total distance over total time. {How}"]);
        return new TaskDraft(question, $"{average} km/h", work);
    }
}
