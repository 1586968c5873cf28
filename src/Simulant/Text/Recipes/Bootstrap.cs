using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>bootstrap</c>: a pool of solved tasks that grows by its weak spots. In rounds of fixed size tasks are asked for on the
/// topics that the pool has least of, in the manner of its members; each is verified (by a model, a program, or both), compared with the
/// pool, and kept. One accepted record in <see cref="HeldOutOf"/> is never shown in a prompt: how unlike each other these are is the
/// diversity that the run watches, since members that are shown draw others to them. It ends when diversity or yield falls too far.
/// After Self-Instruct (Wang et al. 2023) and the observation that filtered self-training saturates (Singh et al. 2024).
/// </summary>
internal static class Bootstrap
{
    /// <summary>Every so many accepted records the last is held out.</summary>
    public const int HeldOutOf = 5;

    private const string Topic = "topic", Examples = "examples", Instruction = "instruction", Output = "output", Verdict = "verdict";

    public static RecipeKind Kind { get; } = new("bootstrap",
        "A pool that grows where it is weakest, verified, until diversity or yield falls.",
    [
        new("topics", Shape.Texts, "What tasks are about; the pool is kept even over them.") { Required = true },
        new("seeds", Shape.Text, "A file of tasks with `instruction` and `output`, and `topic` where it is known.") { Required = true },
        .. RecipeBuilder.Asking,
        new("shown", Shape.Integer, "Tasks of the pool shown with the question.") { Minimum = 1, Maximum = 20, Default = "3" },
        new("verify", Shape.Boolean, "Whether a model is asked if the answer is right.") { Default = "true" },
        new("judge", Shape.Text, "The model that verifies.") { Default = "the one that is asked" },
        new("votes", Shape.Integer, "How often it is asked; more than half must say yes.") { Minimum = 1, Maximum = 25, Default = "1" },
        new("verifier", Shape.Texts, "A program that verifies too: a JSON line in, `{\"fields\"}` or `{\"reject\"}` out.")
            { Default = "none" },
        new("max_similarity", Shape.Number, "Greatest ROUGE-L with a task of the pool.") { Minimum = 0, Maximum = 1, Default = "0.7" },
        new("min_yield", Shape.Number, "Least share of a round's attempts that must be accepted.")
            { Minimum = 0, Maximum = 1, Default = "0.05" },
        new("min_diversity", Shape.Number, "Least part of the first held-out diversity that must be left.")
            { Minimum = 0, Maximum = 1, Default = "0.7" },
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var model = builder.Model();
        var judge = builder.Map["judge"] is null ? model : builder.Model("judge");
        var seeds = builder.Load(builder.Fields.Scalar("seeds"), Seeds);
        var topics = builder.Fields.Texts("topics")?.Select(t => t.Text).Distinct(StringComparer.Ordinal).ToList() ?? [];
        int shown = (int)(builder.Fields.Integer("shown") ?? 3), votes = (int)(builder.Fields.Integer("votes") ?? 1);
        if (topics.Count == 0 && builder.Map["topics"] is not null)
            builder.Faults.Error(Codes.BadValue, builder.Fields.KeyAt("topics"), "'topics' names none");
        if (model is null || judge is null || seeds is null || topics.Count == 0) return builder.Finish(null, [], []);
        var novel = new NovelTexts(Instruction, builder.Fields.Number("max_similarity") ?? 0.7);
        var steps = new List<IStep>
        {
            new WeakSpotStep("weak-spot", topics, shown),
            new AskStep("task", builder.Ask(model, """
                Tasks that people gave to an assistant, with good answers:

                {examples}

                Write one more, unlike these, about this topic: {topic}. Write the task after "Task:" and a complete, correct answer after
                "Answer:", and nothing else.
                """), AnswerForm.Labelled([(Instruction, "Task"), (Output, "Answer")])),
            new CheckStep("heuristics", Instruction, [TextRules.AtLeastWords(4), TextRules.AtMostWords(150), TextRules.StartsPlainly]),
            new NovelStep("novelty", Instruction, novel),
        };
        if (builder.Fields.Truth("verify") ?? true)
        {
            steps.Add(new AskStep("verify", builder.Ask(judge, """
                Task: {instruction}

                Answer: {output}

                Is the answer right, and does it do all that the task asks? Reply yes or no.
                """) with { Samples = votes, MaxTokens = 16, Temperature = votes > 1 ? 1 : 0 }, AnswerForm.Choice(Verdict, ["yes", "no"])));
            var refuted = new TextRule("judged wrong", t => Yes(t) * 2 <= votes ? t : null);
            steps.Add(new CheckStep("verified", Verdict, [refuted]));
        }
        if (builder.Verifier("verifier", [Topic, Instruction, Output]) is { } program) steps.Add(program);
        var rule = new PoolHealth(builder.Fields.Number("min_yield") ?? 0.05, builder.Fields.Number("min_diversity") ?? 0.7);
        return builder.Finish(null, steps, [Topic, Instruction, Output], e => e with
        {
            Acceptance = [new NovelAcceptance("novelty", Instruction, novel)],
            Seeds = [.. seeds.Select((s, i) => new PoolMember(FormattableString.Invariant($"seed:{i}"), s, Seed: true))],
            PoolFields = [Topic, Instruction, Output],
            Rule = rule,
        }, [Instruction]);
    }

    /// <summary>Whether the accepted record of this number is kept from prompts.</summary>
    public static bool IsHeldOut(long number) => number % HeldOutOf == HeldOutOf - 1;

    private static int Yes(string verdicts) => (TextList.Read(verdicts) ?? [verdicts]).Count(v => v == "yes");

    private static IReadOnlyList<TextRecord> Seeds(string path)
    {
        var rows = RecordFiles.Read(path);
        for (int i = 0; i < rows.Count; i++)
            if (rows[i].Find(Instruction) is not { Length: > 0 } || rows[i].Find(Output) is not { Length: > 0 })
                throw new Data.DataException($"{path}: record {i + 1} has no '{Instruction}' or no '{Output}'");
        return rows;
    }

    /// <summary>
    /// Draws a topic, each as likely as the pool is short of it, and members to show: of that topic as far as there are any, then of
    /// others.
    /// </summary>
    private sealed class WeakSpotStep(string name, IReadOnlyList<string> topics, int shown) : LocalStep(name, [], [Topic, Examples])
    {
        private const int TopicSlot = 0, OwnSlot = 1, OtherSlot = 2;

        private readonly Dictionary<string, int> _places =
            topics.Select((t, i) => (t, i)).ToDictionary(p => p.t, p => p.i, StringComparer.Ordinal);
        private readonly Lock _gate = new();
        private Spots? _spots;

        public override bool SeesPool => true;

        public override void Foresee(Forecast forecast)
        {
            forecast[Topic] = 4;
            forecast[Examples] = 80.0 * shown;
        }

        protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
        {
            var spots = Of(context.Pool);
            var stream = context.Stream(Name);
            int topic = Weak(spots, stream.Uniform(draft.Index, TopicSlot));
            var members = Drawn(stream.Draws(draft.Index, OwnSlot), spots.Shown[topic], shown);
            if (members.Count < shown) members.AddRange(Drawn(stream.Draws(draft.Index, OtherSlot),
                [.. spots.All.Except(members)], shown - members.Count));
            foreach (int member in members) draft.AddParent(context.Pool[member].Id);
            draft.Set(Topic, topics[topic]);
            draft.Set(Examples, string.Join("\n\n", members.Select(m => context.Pool[m].Fields)
                .Select(f => $"Task: {f[Instruction].Trim()}\nAnswer: {f[Output].Trim()}")));
            return [draft];
        }

        /// <summary>A pool of one length has one answer; a round asks it many times.</summary>
        private Spots Of(PoolView pool)
        {
            lock (_gate)
            {
                if (_spots is { } known && known.Of == pool.Whole && known.Length == pool.Count) return known;
                var spots = new Spots(pool.Whole, pool.Count, new long[topics.Count], [.. topics.Select(_ => new List<int>())], []);
                for (int i = 0; i < pool.Count; i++)
                {
                    int topic = pool[i].Fields.Find(Topic) is { } said ? _places.GetValueOrDefault(said, -1) : -1;
                    if (topic >= 0) spots.Counts[topic]++;
                    if (i >= pool.Seeds && IsHeldOut(i - pool.Seeds)) continue;
                    spots.All.Add(i);
                    if (topic >= 0) spots.Shown[topic].Add(i);
                }
                return _spots = spots;
            }
        }

        // A topic is weak by what it lacks to the fullest one; even ones are drawn alike.
        private static int Weak(Spots spots, double uniform)
        {
            long fullest = spots.Counts.Max();
            double[] lacks = [.. spots.Counts.Select(c => fullest - c + 1.0)];
            double at = uniform * lacks.Sum(), sum = 0;
            for (int t = 0; t < lacks.Length; t++)
                if (at < (sum += lacks[t])) return t;
            return lacks.Length - 1;
        }

        private static List<int> Drawn(Numerics.Random.DrawSequence draws, IReadOnlyList<int> of, int count)
        {
            if (of.Count <= count) return [.. of];
            var chosen = new List<int>();
            while (chosen.Count < count)
                if (of[draws.Below(of.Count)] is var drawn && !chosen.Contains(drawn)) chosen.Add(drawn);
            return chosen;
        }

        /// <param name="Length">Of the pool, as it was seen.</param>
        /// <param name="Counts">Members by topic, held-out ones too.</param>
        /// <param name="Shown">Members by topic that may be shown.</param>
        /// <param name="All">Members that may be shown.</param>
        private sealed record Spots(Pool Of, int Length, long[] Counts, List<int>[] Shown, List<int> All);
    }
}

/// <summary>
/// Ends a run whose rounds yield too little, or whose held-out members grow alike: each <see cref="Window"/> of them, in order, has as its
/// diversity the mean over its members of 1 minus the greatest ROUGE-L with another of the window. Windows are of one size, since among
/// more members the nearest is nearer.
/// </summary>
internal sealed class PoolHealth(double minYield, double minDiversity) : IRoundRule
{
    /// <summary>Held-out members that a measurement takes; what a round leaves over is measured with the next.</summary>
    public const int Window = 16;

    public IRoundRun Start() => new Run(minYield, minDiversity);

    /// <summary>Of one window.</summary>
    internal static double Diversity(IReadOnlyList<string> texts) => texts.Select((text, i) =>
        1 - texts.Where((_, j) => j != i).Max(other => RougeL.Score(text, other))).Average();

    private sealed class Run(double minYield, double minDiversity) : IRoundRun
    {
        private readonly List<string> _window = [];
        private int _looked;
        private double _first = double.NaN;

        public string? After(long attempts, long accepted, PoolView pool)
        {
            double yield = attempts == 0 ? 1 : (double)accepted / attempts;
            if (yield < minYield)
                return FormattableString.Invariant($"a round yielded {accepted} of {attempts} attempts, less than min_yield {minYield}");
            for (int accepts = pool.Count - pool.Seeds; _looked < accepts; _looked++)
            {
                if (!Bootstrap.IsHeldOut(_looked)) continue;
                _window.Add(pool[pool.Seeds + _looked].Fields["instruction"]);
                if (_window.Count < Window) continue;
                double diversity = Diversity(_window);
                _window.Clear();
                if (double.IsNaN(_first)) _first = diversity;
                if (diversity < minDiversity * _first)
                    return FormattableString.Invariant($"diversity of held-out records fell to {diversity:0.00} from {_first:0.00}, ")
                        + FormattableString.Invariant($"below min_diversity {minDiversity} of it");
            }
            return null;
        }
    }
}
