using System.Collections.Concurrent;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Text.Code.Exercises;
using Simulant.Text.Records;

namespace Simulant.Text.Code.Textbook;

/// <summary>
/// The records of one seed. Families have equal shares as long as they have exercises left, and no record comes twice: an exercise is a
/// problem of the bank in a language, a style and with a number of examples, and each family's are dealt in an order of the seed.
/// </summary>
internal sealed class TextbookSource : IRecordSource
{
    // Proofs made in this process, by problem and by the languages they hold for, and problems read: the same under every seed.
    private static readonly ConcurrentDictionary<(string Family, int Place, int Languages), ProofRecord> Made = new();
    private static readonly ConcurrentDictionary<(string Family, int Place), (Problem Problem, List<Case> Cases)> Known = new();

    private readonly TextbookOptions _options;
    private readonly RandomStream _words;
    private readonly Rounds _turns;
    private readonly (BankedProblem[] Problems, IndexPermutation Order)[] _families;
    private readonly int _languages;

    public TextbookSource(TextbookOptions options, ulong seed)
    {
        _options = options;
        _words = new RandomStream(seed, "textbook-code/words");
        _languages = options.Languages.Sum(l => 1 << (int)l);
        BankedProblem[][] problems = [.. options.Families.Select(Fitting).Where(p => p.Length > 0)];
        int forms = options.Languages.Count * StatementWriter.Styles * StatementWriter.MostExamples;
        _families = [.. problems.Select(p => (p, new IndexPermutation(new RandomStream(seed, "textbook-code/" + p[0].Family.Name), 0,
            (long)p.Length * forms)))];
        _turns = new Rounds(_families.Select(f => (long?)f.Order.Count), new RandomStream(seed, "textbook-code/families"));
        Runs = options.ProveAgain || problems.Any(p => p.Any(b => ProofRecord.Find(b.Family.Name, b.Place) is null));
    }

    /// <summary>How many different records there are.</summary>
    public long Count => _turns.Count ?? 0;

    /// <summary>Whether programs may have to be run for some record.</summary>
    public bool Runs { get; }

    public void Prepare(ItemRange items, RunContext run)
    {
        if (!Runs) return;
        while (true)
        {
            BankedProblem[] unknown = [.. Enumerable.Range(0, items.Count)
                .Select(i => Settle(Deal(items.Start + i)).Unknown).OfType<BankedProblem>().Distinct()];
            if (unknown.Length == 0) return;
            using var check = new CodeCheck();
            Work.For(unknown.Length, run, i =>
            {
                var proof = ExerciseBank.Prove(check, unknown[i].Family.Name, unknown[i].Place, _options.Languages, run.Cancel);
                if (ProofRecord.Find(proof.Family, proof.Place) is { } kept && kept.ToString() != proof.ToString())
                    throw new InvalidOperationException($"the proof '{kept}' came out as '{proof}'");
                Made.TryAdd((proof.Family, proof.Place, _languages), proof);
            });
        }
    }

    public void Write(long record, RecordRow row)
    {
        var form = Deal(record);
        var settled = Settle(form);
        if (settled is not { Problem: { } banked, Proof: { } proof })
            throw new InvalidOperationException($"record {record} was not prepared");
        var (problem, cases) = Known.GetOrAdd((proof.Family, proof.Place), _ => ExerciseBank.Read(proof));
        row.Set(0, banked.Family.Topic);
        row.Set(1, banked.Family.Name);
        row.Set(2, banked.Level);
        row.Set(3, TextbookOptions.NameOf(form.Language));
        row.Set(4, LessonOf(record, problem, banked.Family.Topic, form.Language, cases));
        row.Set(5, StatementWriter.Write(problem, form.Language, cases, form.Style, form.Examples));
        row.Set(6, SolutionWriter.Starter(problem, form.Language));
        row.Set(7, SolutionWriter.Write(problem, form.Language));
        row.Set(8, TestWriter.Write(problem, form.Language, cases));
        row.Set(9, cases.Count);
        row.Set(10, proof.Mutants);
        row.Set(11, proof.Killed);
        row.Set(12, proof.Equivalent);
    }

    /// <summary>What a record is dealt: a problem by its place among its family's, and the form it takes.</summary>
    private readonly record struct Form(BankedProblem[] Problems, int First, CodeLanguage Language, int Style, int Examples);

    private Form Deal(long record)
    {
        var (family, turn) = _turns[record];
        var (problems, order) = _families[family];
        var (rest, first) = Math.DivRem(order.Map(turn), problems.Length);
        (rest, long language) = Math.DivRem(rest, _options.Languages.Count);
        var (examples, style) = Math.DivRem(rest, StatementWriter.Styles);
        return new(problems, (int)first, _options.Languages[(int)language], (int)style, 1 + (int)examples);
    }

    /// <summary>The problem that a record has in the end: the one it was dealt, or the next of its family that is accepted. Unknown is set
    /// where that hangs on a proof that is not made yet.</summary>
    private (BankedProblem? Problem, ProofRecord? Proof, BankedProblem? Unknown) Settle(Form form)
    {
        for (int i = 0; i < form.Problems.Length; i++)
        {
            var problem = form.Problems[(form.First + i) % form.Problems.Length];
            if (Proof(problem) is not { } proof) return (null, null, problem);
            if (Accepts(proof)) return (problem, proof, null);
        }
        throw new DataException($"no problem of the family '{form.Problems[0].Family.Name}' has tests that kill "
            + $"{_options.MinKilled:P0} of the mutants; leave it out, or lower 'min-killed'");
    }

    private ProofRecord? Proof(BankedProblem problem)
    {
        var kept = _options.ProveAgain ? null : ProofRecord.Find(problem.Family.Name, problem.Place);
        return kept ?? Made.GetValueOrDefault((problem.Family.Name, problem.Place, _languages));
    }

    private bool Accepts(ProofRecord proof) => proof.Passes && proof.Score >= _options.MinKilled;

    // What is recorded as too weak is not dealt; of what is not recorded, that shows when it is proved.
    private BankedProblem[] Fitting(ExerciseFamily family) =>
    [
        .. ExerciseBank.Of(family, _options.Problems).Where(p => p.Level >= _options.LowestLevel && p.Level <= _options.HighestLevel
            && (ProofRecord.Find(family.Name, p.Place) is not { } proof || Accepts(proof))),
    ];

    private string? LessonOf(long record, Problem problem, string topic, CodeLanguage language, IReadOnlyList<Case> cases)
    {
        if (_options.Lesson == TextbookOptions.None) return null;
        var draws = new Draws(_words, record, 0);
        string style = draws.Pick(LessonWriter.Prose, LessonWriter.Points);
        if (_options.Lesson != TextbookOptions.Mixed) style = _options.Lesson;
        return LessonWriter.Write(problem, topic, language, cases, style, draws);
    }
}
