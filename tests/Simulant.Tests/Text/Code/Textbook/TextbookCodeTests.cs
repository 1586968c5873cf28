using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Text.Code;
using Simulant.Text.Code.Exercises;
using Simulant.Text.Code.Textbook;
using Simulant.Text.Records;
using Xunit;

namespace Simulant.Tests.Text.Code.Textbook;

/// <summary>Exercises as records: proved, different, in equal shares, and what is asked for that cannot be is refused.</summary>
public class TextbookCodeTests(CheckFixture fixture) : IClassFixture<CheckFixture>
{
    private const ulong Seed = 9;

    private static readonly TextbookCodeRecipe Recipe = new();

    private static OptionValues Values(string options, DiagnosticBag? faults = null)
    {
        string spec = $"{{ simulant: 1, name: a, kind: text, recipe: {{ name: textbook-code{options} }}, rows: 1 }}";
        var root = SpecReader.Parse(spec, "a.yaml", new DiagnosticBag())!;
        return faults is null ? Recipe.Options.Read(root.Engine.Options) : Recipe.Options.Read(root.Engine.Options, faults);
    }

    private static TextbookSource Source(string options = "", ulong seed = Seed) => new(TextbookOptions.From(Values(options)), seed);

    private static string[][] Records(TextbookSource source, long start, int count) =>
    [
        .. Enumerable.Range(0, count).Select(i =>
        {
            var row = new RecordRow(Recipe.Columns.Count);
            row.Clear();
            source.Write(start + i, row);
            return (string[])[.. Recipe.Columns.Select((c, k) =>
                c.IsNumericStorage ? row.Number(k).ToString(CultureInfo.InvariantCulture) : row.Text(k) ?? "")];
        }),
    ];

    private static int Place(string column) => Recipe.Columns.TakeWhile(c => c.Name != column).Count();

    private static string[] Field(string[][] records, string column) => [.. records.Select(r => r[Place(column)])];

    [Fact]
    public void Every_problem_has_a_kept_proof_of_its_very_text()
    {
        string[] problems = [.. ExerciseGrammar.All.SelectMany(f => ExerciseBank.Of(f, ExerciseBank.Recorded))
            .Select(p => $"{p.Family.Name} {p.Place}")];
        Assert.Equal(problems.Order(), ProofRecord.All.Select(p => $"{p.Family} {p.Place}").Order());
        foreach (var proof in ProofRecord.All)
        {
            var (problem, cases) = ExerciseBank.Read(proof);
            Assert.Equal(proof.Digest, ProofRecord.DigestOf(problem, cases));
            Assert.True(proof is { Passes: true, Score: >= ExerciseProof.LeastScore }, proof.ToString());
            Assert.Equal(proof.ToString(), ProofRecord.Parse(proof.ToString()).ToString());
        }
        Assert.Throws<FormatException>(() => ProofRecord.Parse("rotate 1 passes 3"));
    }

    [Fact]
    public void A_kept_proof_comes_out_again()
    {
        fixture.SkipWithout(CodeLanguage.Python);
        fixture.SkipWithout(CodeLanguage.JavaScript);
        var kept = ProofRecord.All.Where((_, i) => i % 297 == 5).Take(3).ToList();
        Assert.All(kept, proof => Assert.Equal(proof.ToString(), ExerciseBank.Prove(fixture.Check, proof.Family, proof.Place,
            Enum.GetValues<CodeLanguage>(), default).ToString()));
    }

    [Fact, Trait("Suite", "long")]
    public void All_kept_proofs_come_out_again()
    {
        fixture.SkipWithout(CodeLanguage.Python);
        fixture.SkipWithout(CodeLanguage.JavaScript);
        Assert.All(ProofRecord.All, proof => Assert.Equal(proof.ToString(), ExerciseBank.Prove(fixture.Check, proof.Family, proof.Place,
            Enum.GetValues<CodeLanguage>(), default).ToString()));
    }

    [Theory]
    [InlineData(CodeLanguage.CSharp)]
    [InlineData(CodeLanguage.Python)]
    [InlineData(CodeLanguage.JavaScript)]
    public void Solutions_pass_and_starters_do_not(CodeLanguage language)
    {
        fixture.SkipWithout(language);
        int count = language == CodeLanguage.CSharp ? 8 : 30;
        foreach (string[] record in Records(Source($", languages: {TextbookOptions.NameOf(language)}"), 100, count))
        {
            string tests = record[Place("tests")];
            var solved = fixture.Check.Run(language, record[Place("solution")], tests);
            Assert.True(solved.Passed, solved.Message);
            var begun = fixture.Check.Run(language, record[Place("starter")], tests);
            Assert.True(begun is { Outcome: CodeOutcome.Failed, Case: 0 }, $"{begun.Outcome}: {begun.Message}\n{record[Place("starter")]}");
        }
    }

    [Fact]
    public void Records_are_different_and_families_have_equal_shares()
    {
        var source = Source();
        string[][] records = Records(source, 0, 57 * 20);
        Assert.All(Field(records, "family").CountBy(f => f), f => Assert.Equal(20, f.Value));
        Assert.Equal(57, Field(records, "family").Distinct().Count());
        Assert.Equal(records.Length, Field(records, "exercise").Distinct().Count());
        Assert.Equal(3, Field(records, "language").Distinct().Count());
        Assert.All(Recipe.Columns, c => Assert.DoesNotContain("", Field(records, c.Name)));
        Assert.All(records, r => Assert.Contains(r[Place("starter")].Split('\n')[0], r[Place("solution")], StringComparison.Ordinal));
        Assert.All(records, r => Assert.Equal(int.Parse(r[Place("cases")], CultureInfo.InvariantCulture),
            r[Place("tests")].Split("qual(").Length - 1));
    }

    [Fact]
    public void To_the_last_of_them_no_exercise_comes_twice()
    {
        var source = Source(", families: [rotate, spiral, digit-sum], languages: [python, csharp]");
        string[][] records = Records(source, 0, (int)source.Count);
        Assert.Equal(records.Length, records.Select(r => (r[Place("exercise")], r[Place("solution")])).Distinct().Count());
        int problems = ProofRecord.All.Count(p => p.Family is "rotate" or "spiral" or "digit-sum");
        Assert.Equal(problems * 2 * 5 * 2, records.Length);
    }

    [Fact]
    public void Levels_go_by_the_decisions_that_a_parser_counts()
    {
        foreach (var problem in ExerciseGrammar.All.SelectMany(f => ExerciseBank.Of(f, ExerciseBank.Recorded)))
        {
            var text = ExerciseBank.Grammar(problem.Family.Name).Problem(problem.Place);
            int forks = CSharpSyntaxTree.ParseText(SolutionWriter.Write(text, CodeLanguage.CSharp)).GetRoot().DescendantNodes().Count(n =>
                n is IfStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax or WhileStatementSyntax or DoStatementSyntax
                    or CaseSwitchLabelSyntax or ConditionalExpressionSyntax or SwitchExpressionArmSyntax or ArrowExpressionClauseSyntax
                    or LambdaExpressionSyntax
                || n.IsKind(SyntaxKind.LogicalAndExpression) || n.IsKind(SyntaxKind.LogicalOrExpression));
            Assert.True(1 + forks == ExerciseBank.Decisions(text), $"{1 + forks} of {text.CSharp} {text.Types?[0]}");
        }
        var levels = Enumerable.Range(1, 3).Select(l => Records(Source($", levels: {l}, languages: csharp"), 0, 100)).ToList();
        for (int l = 0; l < 3; l++) Assert.All(Field(levels[l], "level"), v => Assert.Equal($"{l + 1}", v));
        double[] lengths = [.. levels.Select(r => Field(r, "solution").Average(s => s.Length))];
        Assert.True(lengths[0] < lengths[1] && lengths[1] < lengths[2], string.Join(' ', lengths));
        Assert.Equal(["2", "3"], Field(Records(Source(", levels: 2-3"), 0, 100), "level").Distinct().Order());
    }

    [Fact]
    public void Lessons_are_of_the_style_and_the_topic()
    {
        Assert.All(Field(Records(Source(", lesson: none"), 0, 20), "lesson"), Assert.Empty);
        Assert.All(Field(Records(Source(", lesson: points, families: dates"), 0, 20), "lesson"),
            l => Assert.StartsWith("Topic: dates, in ", l));
        Assert.All(Field(Records(Source(", lesson: prose"), 0, 60), "lesson"), l =>
        {
            Assert.DoesNotContain("Topic:", l);
            Assert.DoesNotContain("  ", l.Split("gives")[0]);
        });
        string[] mixed = Field(Records(Source(), 0, 200), "lesson");
        Assert.InRange(mixed.Count(l => l.StartsWith("Topic:", StringComparison.Ordinal)), 70, 130);
        foreach (string topic in ExerciseGrammar.All.Select(f => f.Topic).Distinct())
            Assert.NotEmpty(Lessons.Of(topic).Ideas);
    }

    [Theory]
    [InlineData(", families: rotat", "unknown family 'rotat'")]
    [InlineData(", languages: cobol", "language 'cobol'")]
    [InlineData(", levels: 4", "'levels' is '4'")]
    [InlineData(", levels: 2-1", "'levels' is '2-1'")]
    [InlineData(", families: rotate", "different exercises, not 100,000")]
    [InlineData(", families: count-letters, levels: 3", "no problem of these families")]
    public void What_cannot_be_is_refused(string options, string message)
    {
        var faults = new DiagnosticBag();
        Recipe.Check(Values(options), null, 100_000, faults);
        Assert.Contains(message, faults.All[0].Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(", min-killed: 0.5")]
    [InlineData(", problems: 0")]
    [InlineData(", problems: 201")]
    [InlineData(", proof: never")]
    public void Options_out_of_their_range_are_faults(string options)
    {
        var faults = new DiagnosticBag();
        Values(options, faults);
        Assert.True(faults.HasErrors);
    }

    [Fact]
    public void Proofs_made_again_change_no_record_and_stop_when_asked()
    {
        const string Few = ", families: [rotate, count-letters], languages: csharp, problems: 2";
        var again = Source(Few + ", proof: again");
        Assert.True(again.Runs);
        Assert.Throws<InvalidOperationException>(() => Records(again, 0, 1));
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => again.Prepare(new(0, 10), RunContext.Quiet(1) with { Cancel = stop.Token }));
        again.Prepare(new(0, 10), RunContext.Quiet(1));
        Assert.Equal(Records(Source(Few), 0, 10), Records(again, 0, 10));
    }

    [Fact]
    public void Problems_without_a_kept_proof_are_proved_where_they_are_used()
    {
        int more = ExerciseBank.Recorded + 2;
        var family = ExerciseGrammar.All.First(f => ExerciseBank.Of(f, more).Count > ExerciseBank.Of(f, ExerciseBank.Recorded).Count);
        var source = Source($", families: {family.Name}, languages: csharp, problems: {more}");
        Assert.True(source.Runs);
        int known = ExerciseBank.Of(family, ExerciseBank.Recorded).Count, all = (int)source.Count;
        Assert.Equal(ExerciseBank.Of(family, more).Count * 10, all);
        source.Prepare(new(0, all), RunContext.Quiet(1, 2));
        string[] solutions = [.. Field(Records(source, 0, all), "solution").Distinct()];
        Assert.InRange(solutions.Length, known + 1, all / 10);
        Assert.False(Source().Runs);
    }
}
