using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Logic;

/// <summary>Whether a literal follows from clauses: the opposite is supposed, and units are propagated, with cases where none is
/// left.</summary>
internal sealed class ClauseEntailment() : TaskFamily("clause-entailment", TaskCategories.Logic)
{
    public override AnswerKind Kind => AnswerKind.YesNo;

    /// <summary>Letters that stand unnegated and negated in a clause, as bits.</summary>
    private readonly record struct Clause(int For, int Against);

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int count = level + 2;
        string letters = string.Concat(random.Sample<char>([.. "ABCDEFGHIJKLMNOPQRSTUVWXYZ"], count).Order());
        bool wanted = random.Chance(0.5);
        for (int attempt = 0; ; attempt++)
        {
            var clauses = new Clause[2 * level + 3];
            for (int c = 0; c < clauses.Length; c++)
            {
                int[] used = random.Sample(Enumerable.Range(0, count).ToArray(), random.Between(2, 3));
                foreach (int letter in used)
                    clauses[c] = random.Chance(0.5) ? clauses[c] with { For = clauses[c].For | 1 << letter }
                        : clauses[c] with { Against = clauses[c].Against | 1 << letter };
            }
            int goal = random.Below(count);
            bool sign = random.Chance(0.5);
            if (!Satisfiable(clauses, 0, 0, letters, null)) continue;
            var work = new StepList();
            string literal = Literal(letters, goal, sign);
            work.Add($"suppose that {literal} does not hold", Literal(letters, goal, !sign));
            bool follows = !Satisfiable(clauses, sign ? 0 : 1 << goal, sign ? 1 << goal : 0, letters, work);
            if (attempt < 30 && (follows != wanted || work.Count < level + 2)) continue;
            string answer = Phrases.YesNo(follows);
            work.Add(follows ? "every case is contradictory, so it follows" : "the premises can hold without it, so it does not follow",
                answer);
            string known = string.Join("; ", clauses.Select(clause => Show(letters, clause)));
            return new(draws.Wording.Pick(
            [
                $"These statements are all true: {known}. Does it follow that {literal}? Answer yes or no.",
                $"Premises: {known}. Must the conclusion \"{literal}\" be true whenever the premises are? Answer yes or no.",
                $"Suppose all of this holds: {known}. Can one conclude {literal}? Answer yes or no.",
                $"Is \"{literal}\" a logical consequence of the following? {known}. Answer yes or no.",
            ]), answer, work);
        }
    }

    // By bits: letters known to be true and to be false.
    private static bool Satisfiable(Clause[] clauses, int yes, int no, string letters, StepList? work)
    {
        for (bool moved = true; moved;)
        {
            moved = false;
            foreach (var clause in clauses)
            {
                if ((clause.For & yes) != 0 || (clause.Against & no) != 0) continue;
                int left = clause.For & ~no, against = clause.Against & ~yes, open = BitOperations.PopCount((uint)left)
                    + BitOperations.PopCount((uint)against);
                if (open == 0)
                {
                    work?.Add($"no part of \"{Show(letters, clause)}\" is left", "contradiction");
                    return false;
                }
                if (open > 1) continue;
                yes |= left;
                no |= against;
                moved = true;
                work?.Add($"\"{Show(letters, clause)}\" leaves only", Literal(letters, BitOperations.Log2((uint)(left | against)),
                    left != 0));
            }
        }
        int free = ((1 << letters.Length) - 1) & ~(yes | no);
        if (!clauses.Any(clause => (clause.For & yes) == 0 && (clause.Against & no) == 0))
        {
            work?.Add("everything is satisfied", Phrases.Commas(Enumerable.Range(0, letters.Length).Where(i => ((yes | no) >> i & 1) != 0)
                .Select(i => Literal(letters, i, (yes >> i & 1) != 0)).DefaultIfEmpty("whatever the letters are")));
            return true;
        }
        int next = free & -free;
        string name = Literal(letters, BitOperations.Log2((uint)next), true);
        work?.Add($"try {name}");
        if (Satisfiable(clauses, yes | next, no, letters, work)) return true;
        work?.Add($"so try not {name}");
        return Satisfiable(clauses, yes, no | next, letters, work);
    }

    private static string Literal(string letters, int letter, bool sign) => (sign ? "" : "not ") + letters[letter];

    private static string Show(string letters, Clause clause) => string.Join(" or ", Enumerable.Range(0, letters.Length)
        .Where(i => ((clause.For | clause.Against) >> i & 1) != 0).Select(i => Literal(letters, i, (clause.For >> i & 1) != 0)));
}

/// <summary>What facts and if-then rules lead to.</summary>
internal sealed class RuleChaining() : TaskFamily("rule-chaining", TaskCategories.Logic)
{
    private static readonly string[] Facts =
    [
        "the lamp is on", "the door is open", "the alarm rings", "the pump runs", "the tank is full", "the valve is shut", "the fan spins",
        "the heater works", "the gate is locked", "the bell sounds", "the screen is dark", "the motor turns", "the fuse is blown",
            "the light is green",
        "the belt moves", "the oven is hot", "the filter is clean", "the pipe leaks", "the battery is low", "the key is in the lock",
            "the siren howls",
        "the radio plays", "the curtain is drawn", "the water boils",
    ];

    public override AnswerKind Kind => AnswerKind.YesNo;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        string[] facts = random.Sample(Facts, 2 * level + 4);
        bool wanted = random.Chance(0.5);
        for (int attempt = 0; ; attempt++)
        {
            var rules = new List<(int[] If, int Then)>();
            for (int r = 0; r < 2 * level + 3; r++)
            {
                int[] used = random.Sample(Enumerable.Range(0, facts.Length).ToArray(), random.Between(2, 3));
                rules.Add((used[1..], used[0]));
            }
            var known = random.Sample(Enumerable.Range(0, facts.Length).ToArray(), 3 + level / 2).ToHashSet();
            int[] start = [.. known];
            var work = new StepList();
            for (bool moved = true; moved;)
            {
                moved = false;
                foreach (var (needs, then) in rules)
                {
                    if (known.Contains(then) || !needs.All(known.Contains)) continue;
                    known.Add(then);
                    moved = true;
                    work.Add($"{Phrases.And([.. needs.Select(f => facts[f])])}, so {facts[then]}");
                }
            }
            int[] goals = [.. Enumerable.Range(0, facts.Length).Where(f => known.Contains(f) == wanted && !start.Contains(f))];
            if (goals.Length == 0 || (work.Count < level && attempt < 40)) continue;
            int goal = wanted ? goals.MaxBy(g => work.FindIndex(s => s.Say.EndsWith("so " + facts[g], StringComparison.Ordinal)))
                : random.Pick(goals);
            if (!wanted && !rules.Any(rule => rule.Then == goal) && attempt < 40) continue;
            work.Add(wanted ? "the statement asked for was reached" : "no other rule applies, and the statement was not reached",
                Phrases.YesNo(wanted));
            string given = string.Join("; ", start.Select(f => facts[f]));
            string list = string.Join(" ", rules.Select(rule => $"If {Phrases.And([.. rule.If.Select(f => facts[f])])}, then "
                + $"{facts[rule.Then]}."));
            return new(draws.Wording.Pick(
            [
                $"Rules: {list} Facts: {given}. Can \"{facts[goal]}\" be derived? Answer yes or no.",
                $"It is known that the following hold: {given}. These rules apply: {list} Does it follow that \"{facts[goal]}\"? Answer "
                    + "yes or no.",
                $"A control system knows these facts: {given}. It follows the rules: {list} Will it conclude \"{facts[goal]}\"? Answer "
                    + "yes or no.",
                $"{list} At the start {given}. Using the rules as often as needed, is \"{facts[goal]}\" reached? Answer yes or no.",
            ]), Phrases.YesNo(wanted), work);
        }
    }
}

/// <summary>Signals through gates that are listed in no particular order.</summary>
internal sealed class GateCircuit() : TaskFamily("gate-circuit", TaskCategories.Logic)
{
    private static readonly string[] Kinds = ["AND", "OR", "XOR", "NAND", "NOR"];

    public override AnswerKind Kind => AnswerKind.Integer;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int inputs = level + 2, gates = 2 * level + 3;
        var names = Enumerable.Range(0, inputs).Select(i => $"x{i + 1}").ToList();
        var values = names.ToDictionary(name => name, _ => random.Below(2));
        string given = Phrases.Commas(names.Select(name => $"{name} = {values[name]}"));
        string[] labels = random.Sample<string>([.. "abcdefghijklmnopqrstuvw".Select(c => $"{c}")], gates);
        var lines = new List<(string Out, string Kind, string One, string Two)>();
        for (int g = 0; g < gates; g++)
        {
            string one = g > 0 && random.Chance(0.6) ? names[^1] : random.Pick(names), two = random.Pick(names);
            if (one == two)
            {
                g--;
                continue;
            }
            lines.Add((labels[g], random.Pick(Kinds), one, two));
            names.Add(labels[g]);
        }
        string goal = lines[^1].Out, list = string.Join("; ", random.Shuffle(lines).Select(l => $"{l.Out} = {l.One} {l.Kind} {l.Two}"));
        var work = new StepList();
        foreach (var (to, kind, one, two) in lines)
        {
            int a = values[one], b = values[two];
            values[to] = kind switch { "AND" => a & b, "OR" => a | b, "XOR" => a ^ b, "NAND" => 1 - (a & b), _ => 1 - (a | b) };
            work.Add($"{to} is {one} {kind} {two}", $"{a} {kind} {b} = {values[to]}");
        }
        return new(draws.Wording.Pick(
        [
            $"A circuit has the inputs {given} and the gates {list}. What is the output {goal}? Answer 0 or 1.",
            $"Gates (in no particular order): {list}. With {given}, which value, 0 or 1, appears at {goal}?",
            $"Inputs: {given}. Wiring: {list}. Compute the signal {goal} (0 or 1).",
            $"Given {given} and the logic gates {list}, is {goal} equal to 0 or to 1?",
        ]), $"{values[goal]}", work);
    }
}
