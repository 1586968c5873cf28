using System.Text.RegularExpressions;
using Simulant.Specs;
using Simulant.Specs.Reading;
using Simulant.Text.Recipes.Steps;
using Simulant.Text.Tasks;

namespace Simulant.Text.Recipes;

/// <summary>
/// The recipe <c>distil</c>: a teacher's answers with their reasoning. Where the true answer is known, only reasoning that reaches it is
/// kept (rejection sampling; Yuan et al. 2023), each way of reasoning once; where none of the samples reaches it, the teacher may be
/// told the answer and asked for the way there (rationalisation; Zelikman et al. 2022), and the way must end at it without speaking of
/// the hint.
/// Where it is not known, the answer of most samples stands in (self-consistency; Wang et al. 2022).
/// </summary>
internal static class Distil
{
    private const string Question = "question", Truth = "answer", Traces = "traces", Trace = "trace", Final = "final", Hinted = "hinted",
        Result = "result";

    private static readonly Regex Ends = new(
        @"(?:^|\n)[\s*#]*(?:final\s+)?answer\**\s*[:=]\**\s*(?<a>[^\n]+)|####\s*(?<a>[^\n]+)|\\boxed\{(?<a>[^{}\n]+)\}",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex Equation = new(@"[(\d.][\d.,()\s]*(?:[-+*/^%][\d.,()\s]+)+=\s*-?[\d.,]*\d",
        RegexOptions.CultureInvariant | RegexOptions.NonBacktracking);

    private static readonly Regex Hint = new(@"\b(hint|given (answer|result)|(answer|result) (is|was) given|as stated|was told)\b",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant);

    public static RecipeKind Kind { get; } =
        new("distil", "A teacher's answers with their reasoning, checked against the truth or by vote.",
    [
        new("file", Shape.Text, "Records with `question`, and `answer` where it is known.") { Required = true },
        .. RecipeBuilder.Asking,
        new("samples", Shape.Integer, "Answers asked for each question.") { Minimum = 1, Maximum = 1000, Default = "4" },
        new("keep", Shape.Integer, "Ways of reasoning kept of each question at most.") { Minimum = 1, Maximum = 1000, Default = "1" },
        new("check", Shape.Text, "Against the known answer, by vote among the samples, or not at all.")
            { Values = ["answer", "vote", "none"], Default = "answer where records have one, else vote" },
        new("agree", Shape.Number, "Share of the samples that must agree in a vote.") { Minimum = 0, Maximum = 1, Default = "0.5" },
        new("rationalise", Shape.Boolean, "Whether to ask for the way to the known answer where no sample reached it.") { Default =
            "false" },
        new("answer_kind", Shape.Text, "How a known answer is compared; `auto` takes numbers for numbers and all else for words.")
            { Values = ["auto", .. Enum.GetNames<AnswerKind>().Select(SpecKeys.Snake)], Default = "auto" },
        new("verifier", Shape.Texts, "A program that verifies too: a JSON line with `question`, `trace` and `final` in, `{\"fields\"}` or "
            + "`{\"reject\"}` out.") { Default = "none" },
    ], Build);

    private static Recipe? Build(RecipeBuilder builder)
    {
        var model = builder.Model();
        var rows = builder.Load(builder.Fields.Scalar("file"), RecordFiles.Read);
        bool known = rows?.All(r => r.Find(Truth) is not null) ?? true;
        string check = builder.Fields.Text("check") ?? (known ? "answer" : "vote");
        bool rationalise = builder.Fields.Truth("rationalise") ?? false;
        int samples = (int)(builder.Fields.Integer("samples") ?? 4), keep = (int)(builder.Fields.Integer("keep") ?? 1);
        double agree = builder.Fields.Number("agree") ?? 0.5;
        if (check == "answer" && !known)
            builder.Faults.Error(Codes.Contradiction, builder.Fields.KeyAt("check"),
                "'check: answer' needs an 'answer' in every record; use vote");
        if (rationalise && check != "answer")
            builder.Faults.Error(Codes.Contradiction, builder.Fields.KeyAt("rationalise"),
                "'rationalise' needs the known answer: 'check: answer'");
        if (model is null || rows is null) return builder.Finish(null, [], []);
        var same = Comparison(builder.Fields.Text("answer_kind") ?? "auto");
        var steps = new List<IStep>();
        // Published answers may stand behind their reasoning, as in GSM8K.
        if (check == "answer") steps.Add(new ComputeStep("known", [Truth], [Result], "", d => [FinalOf(d[Truth]) ?? d[Truth]]));
        steps.AddRange(
        [
            new AskStep("reason", builder.Ask(model, $$"""
                {{{Question}}}

                Work it out step by step, then write the result alone on a last line that begins with "Answer:".
                """) with { Samples = samples, Temperature = builder.Fields.Number("temperature") ?? 0.7 }, AnswerForm.Text(Traces)),
            new ComputeStep("choose", check == "answer" ? [Traces, Result] : [Traces], [Traces], check switch
            {
                "answer" => "no sample reached the answer", "vote" => "no answer agreed on", _ => "no answer in it",
            }, d => Choose(d, check, agree * samples, keep, rationalise, same)),
        ]);
        if (rationalise)
        {
            steps.Add(new WhenStep(new AskStep("rationalise", builder.Ask(model, $$"""
                {{{Question}}}

                The result is {{{Result}}}. Write the steps that lead to it as if you had found it yourself, then the result alone on a last
                line that begins with "Answer:".
                """), AnswerForm.Text(Hinted)), [Traces], d => d[Traces] == "[]", 0.3));
            steps.Add(new HintedStep("rationalised", same));
        }
        steps.Add(new SplitStep("split", Traces, Trace, Math.Min(keep, samples)));
        steps.Add(new ComputeStep("final", [Trace], [Final], "no answer in it", d => FinalOf(d[Trace]) is { } final ? [final] : null));
        if (builder.Verifier("verifier", [Question, Trace, Final]) is { } program) steps.Add(program);
        return builder.Finish(new RowSource(rows), steps, [Question, Trace, Final], e => e with { Expected = Math.Min(keep, samples) },
            [Question, Trace]);
    }

    private static IReadOnlyList<string>? Choose(Draft draft, string check, double least, int keep, bool emptyPasses,
        Func<string, string, bool> same)
    {
        var traces = TextList.Read(draft[Traces]) ?? [draft[Traces]];
        var ended = traces.Select(t => (Trace: t, Final: FinalOf(t))).Where(t => t.Final is not null).ToList();
        var chosen = check switch
        {
            "answer" => ended.Where(t => same(draft[Result], t.Final!)),
            "vote" => Most(ended, same) is var most && most.Count >= least ? most : [],
            _ => ended,
        };
        List<string> distinct = [.. chosen.DistinctBy(t => Way(t.Trace)).Take(keep).Select(t => t.Trace)];
        return distinct.Count > 0 || emptyPasses ? [TextList.Write(distinct)] : null;
    }

    // The largest group of equal answers; of equal groups, the one that was given first.
    private static List<(string Trace, string? Final)> Most(List<(string Trace, string? Final)> ended, Func<string, string, bool> same)
    {
        var groups = new List<List<(string Trace, string? Final)>>();
        foreach (var one in ended.Where(t => same(t.Final!, t.Final!)))
        {
            if (groups.Find(g => same(g[0].Final!, one.Final!)) is { } group) group.Add(one);
            else groups.Add([one]);
        }
        return groups.MaxBy(g => g.Count) ?? [];
    }

    /// <summary>
    /// What stands behind the last "Answer:", behind "####" as in GSM8K, or in a box as in MATH; null where none of them does.
    /// </summary>
    internal static string? FinalOf(string trace)
    {
        var marks = Ends.Matches(trace);
        string? found = marks.Count == 0 ? null : marks[^1].Groups["a"].Value.Trim().Trim('*').Trim();
        return found is { Length: > 0 } ? found : null;
    }

    /// <summary>Equal as numbers, or as texts with case, spaces, ends of sentences and marks of currency aside.</summary>
    internal static bool Same(string a, string b) => Normal(a) == Normal(b);

    private static Func<string, string, bool> Comparison(string kind) => kind == "auto" ? Same
        : (truth, final) => AnswerCheck.Same(Enum.GetValues<AnswerKind>().First(k => SpecKeys.Snake(k.ToString()) == kind), truth, final);

    private static string Normal(string answer)
    {
        string text = answer.Trim().TrimEnd('.').ToLowerInvariant();
        string number = Regex.Replace(text, @"[,$€£%\s]", "");
        if (SpecScalar.ParseNumber(number) is { } value) return value.ToString("R", System.Globalization.CultureInfo.InvariantCulture);
        return Regex.Replace(text, @"\s+", " ");
    }

    /// <summary>
    /// Two traces go the same way where they compute the same: their equations in order, marks of currency, thousands and blanks aside; or
    /// all their words where there are none.
    /// </summary>
    internal static string Way(string trace)
    {
        var plain = new System.Text.StringBuilder(trace.Length);
        foreach (char c in trace)
        {
            if (c is '$' or '€' or '£') continue;
            plain.Append(c is '×' or '·' ? '*' : c is '÷' ? '/' : c is '−' or '–' ? '-' : c);
        }
        var equations = Equation.Matches(plain.ToString())
            .Select(m => string.Concat(m.Value.Where(c => c != ',' && !char.IsWhiteSpace(c))));
        string way = string.Join(';', equations);
        return way.Length > 0 ? way : string.Join(' ', trace.ToLowerInvariant().Split((char[]?)null,
            StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Takes the way to a known answer where it ends there and does not say that it was told.</summary>
    private sealed class HintedStep(string name, Func<string, string, bool> same) : LocalStep(name, [Traces, Hinted, Result], [Traces])
    {
        protected override IReadOnlyList<Draft> Do(Draft draft, StepContext context)
        {
            if (draft[Traces] != "[]") return [draft];
            if (FinalOf(draft[Hinted]) is not { } reached) draft.Reject(Name, "no answer in it");
            else if (!same(draft[Result], reached)) draft.Reject(Name, "wrong answer", reached);
            else if (Hint.Match(draft[Hinted]) is { Success: true } told) draft.Reject(Name, "speaks of the hint", told.Value);
            else draft.Set(Traces, TextList.Write([draft[Hinted]]));
            return [draft];
        }
    }
}
