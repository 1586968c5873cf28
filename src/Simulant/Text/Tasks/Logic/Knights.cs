using System.Numerics;
using Simulant.Text.Tasks.Wording;

namespace Simulant.Text.Tasks.Logic;

/// <summary>Who of some islanders tells the truth.</summary>
internal sealed class KnightsAndKnaves() : TaskFamily("knights-and-knaves", TaskCategories.Logic)
{
    /// <summary>What somebody says: a kind of claim about two people or a number.</summary>
    private readonly record struct Claim(int Kind, int One, int Two)
    {
        public bool Holds(int speaker, int knights) => Kind switch
        {
            0 => (knights >> One & 1) != 0,
            1 => (knights >> One & 1) == 0,
            2 => (knights >> One & 1) == (knights >> Two & 1),
            3 => (knights >> One & 1) != 0 || (knights >> Two & 1) == 0,
            4 => (knights >> One & 1) == 0 && (knights >> Two & 1) == 0,
            5 => (knights >> One & 1) != (knights >> speaker & 1),
            _ => BitOperations.PopCount((uint)knights) == One,
        };

        public int Needs(int speaker, int all) => Kind switch
        {
            0 or 1 => 1 << One,
            2 or 3 or 4 => 1 << One | 1 << Two,
            5 => 1 << One | 1 << speaker,
            _ => all,
        };

        public string Say(string[] names) => Kind switch
        {
            0 => $"{names[One]} is a knight",
            1 => $"{names[One]} is a knave",
            2 => $"{names[One]} and {names[Two]} are of the same kind",
            3 => $"{names[One]} is a knight or {names[Two]} is a knave",
            4 => $"{names[One]} and {names[Two]} are both knaves",
            5 => $"{names[One]} and I are of different kinds",
            _ => $"exactly {One} of us {(One == 1 ? "is a knight" : "are knights")}",
        };
    }

    public override AnswerKind Kind => AnswerKind.Set;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int count = level + 2;
        string[] names = random.Sample(People.All, count);
        var claims = new Claim[count];
        do
        {
            for (int i = 0; i < count; i++)
            {
                int[] others = random.Sample(Enumerable.Range(0, count).Where(j => j != i).ToArray(), 2);
                int kind = random.Below(7);
                claims[i] = new(kind, kind == 6 ? random.Between(1, count - 1) : others[0], kind == 6 ? 0 : others[1]);
            }
        } while (Solutions(claims) != 1 || Faulty(claims, 0, (1 << count) - 1) < 0);
        var work = new StepList();
        int knights = Search(claims, names, 0, 0, work);
        string answer = Phrases.Commas(names.Where((_, i) => (knights >> i & 1) != 0));
        work.Add("the knights are", answer);
        string said = string.Join(" ", names.Select((name, i) => $"{name} says: \"{claims[i].Say(names)}.\""));
        const string form = "Separate the names by commas.";
        return new(draws.Wording.Pick(
        [
            $"On an island knights always tell the truth and knaves always lie. {said} Who are the knights? {form}",
            $"Everybody here is either a knight, who only says true things, or a knave, who only says false things. {said} List the "
                + $"knights. {form}",
            $"You meet {Phrases.And(names)}. Each is a knight (always truthful) or a knave (always lying). {said} Which of them are "
                + $"knights? {form}",
            $"{said} Knights speak the truth, knaves lie, and there is nobody else. Find all knights. {form}",
        ]), answer, work);
    }

    private static int Solutions(Claim[] claims)
    {
        int found = 0;
        for (int knights = 0; knights < 1 << claims.Length; knights++)
            if (Faulty(claims, knights, (1 << claims.Length) - 1) < 0) found++;
        return found;
    }

    // The first speaker whose kind disagrees with a claim about people already decided; -1 where none does.
    private static int Faulty(Claim[] claims, int knights, int decided)
    {
        int all = (1 << claims.Length) - 1;
        for (int i = 0; i < claims.Length; i++)
            if ((decided >> i & 1) != 0 && (claims[i].Needs(i, all) & ~decided) == 0 && claims[i].Holds(i,
                knights) != ((knights >> i & 1) != 0)) return i;
        return -1;
    }

    private static int Search(Claim[] claims, string[] names, int at, int knights, StepList work)
    {
        if (at == claims.Length) return knights;
        for (int kind = 1; kind >= 0; kind--)
        {
            int tried = knights | kind << at, fault = Faulty(claims, tried, (2 << at) - 1);
            string guess = string.Join(", ", names.Take(at + 1).Select((name, i) => $"{name} "
                + $"{((tried >> i & 1) != 0 ? "knight" : "knave")}"));
            work.Add($"suppose {names[at]} is a {(kind == 1 ? "knight" : "knave")}", guess
                + (fault < 0 ? ": possible so far" : $": impossible, what {names[fault]} says would be "
                    + $"{(claims[fault].Holds(fault, tried) ? "true" : "false")}"));
            if (fault >= 0) continue;
            int found = Search(claims, names, at + 1, tried, work);
            if (found >= 0) return found;
        }
        return -1;
    }
}

/// <summary>Who did it, when so many of the statements are true.</summary>
internal sealed class Culprit() : TaskFamily("culprit", TaskCategories.Logic)
{
    private static readonly string[] Deeds = ["broke the window", "ate the cake", "hid the keys", "painted the fence", "let the dog out",
        "took the last ticket"];

    public override AnswerKind Kind => AnswerKind.Word;

    protected internal override TaskDraft Draw(int level, long problem, TaskDraws draws)
    {
        var random = draws.Problem;
        int count = level + 3;
        string[] names = random.Sample(People.All, count);
        string deed = random.Pick(Deeds);
        var claims = new (bool Yes, int[] Whom)[count];
        int culprit, truths;
        int[] counts;
        do
        {
            for (int i = 0; i < count; i++) claims[i] = (random.Chance(0.4), random.Sample(Enumerable.Range(0, count).ToArray(),
                random.Between(1, 2)));
            counts = [.. Enumerable.Range(0, count).Select(who => claims.Count(claim => claim.Whom.Contains(who) == claim.Yes))];
            culprit = random.Below(count);
            truths = counts[culprit];
        } while (counts.Count(c => c == truths) != 1);
        var work = new StepList();
        for (int who = 0; who < count; who++)
            work.Add($"if it was {names[who]}, true is what is said by " + Speakers(names, claims, who), counts[who] == truths
                ? $"{counts[who]} true: it fits" : $"{counts[who]} true, not {truths}");
        work.Add("the only one who fits", names[culprit]);
        string said = string.Join(" ", names.Select((name, i) => $"{name}: \"It was "
            + $"{(claims[i].Yes ? "" : "not ")}{names[claims[i].Whom[0]]}"
            + (claims[i].Whom.Length == 1 ? "" : $"{(claims[i].Yes ? " or " : " and not ")}{names[claims[i].Whom[1]]}") + ".\""));
        string many = truths == 0 ? "None of the statements is true" : $"Exactly {truths} of the statements "
            + $"{(truths == 1 ? "is" : "are")} true";
        return new(draws.Wording.Pick(
        [
            $"Exactly one of {Phrases.And(names)} {deed}. {said} {many}. Who did it?",
            $"One person, and only one, {deed}. They say: {said} {many}. Name the culprit.",
            $"Somebody of this group {deed}, alone. {said} {many}. Who was it?",
            $"{said} One of them alone {deed}. {many}. Find out who.",
        ]), names[culprit], work);
    }

    private static string Speakers(string[] names, (bool Yes, int[] Whom)[] claims, int who)
    {
        string[] right = [.. names.Where((_, i) => claims[i].Whom.Contains(who) == claims[i].Yes)];
        return right.Length == 0 ? "nobody" : Phrases.And(right);
    }
}
