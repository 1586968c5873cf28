using System.Text.Json;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Tests.Data;
using Simulant.Text.Filters;
using Simulant.Text.Filters.Rules;
using Xunit;

namespace Simulant.Tests.Text.Filters;

public class RuleTests
{
    private static readonly string Words60 = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"word{i}"));

    private static string? Judge(string list, string text, string? input = null, string? output = null)
    {
        var faults = new DiagnosticBag();
        var rules = RuleTable.Read((SpecList)YamlNodes.Read($"[{list}]", "test", faults)!, faults, out _);
        faults.ThrowIfErrors();
        return new RuleFilter(rules).Judge(new TextItem(text, input, output)) is { } found ? $"{found.Rule}: {found.Evidence}" : null;
    }

    [Theory]
    [InlineData("one two three", "instruction-length: 3 words, fewer than 4")]
    [InlineData("one two three four", null)]
    [InlineData("Describe the image in a few words", "instruction-words: names 'image'")]
    [InlineData("Describe the imagery in a few words", null)]
    [InlineData("Please GO  to the shop today", "instruction-words: names 'go to'")]
    [InlineData("Let us go, and to the shop", null)]
    [InlineData("write a program that adds two numbers", "instruction-program: begins with 'Write a program'")]
    [InlineData("Explain how to write a program", null)]
    [InlineData("\"Translate this into English\" he said", "instruction-start: begins with '\"'")]
    [InlineData("+ plus is a symbol here", "instruction-start: begins with '+'")]
    [InlineData("Überlege dir ein gutes Beispiel", "instruction-start: begins with U+00DC, which is not ASCII")]
    [InlineData("7 is a number, is it prime?", null)]
    public void Instructions_as_Self_Instruct_judges_them(string text, string? expected) =>
        Assert.Equal(expected, Judge("self-instruct", text));

    [Theory]
    [InlineData("a b c", "a b c ", "instance-copy: the output equals the input")]
    [InlineData("", "", "instance-empty: the output is empty")]
    [InlineData("x", " \n", "instance-empty: the output is empty")]
    [InlineData("x", "The answer is: ", "instance-colon: the output ends with ':'")]
    [InlineData("List:", "one", "instance-colon: the input ends with ':'")]
    [InlineData("x", "y", null)]
    [InlineData(null, null, null)]
    public void Instances_as_Self_Instruct_judges_them(string? input, string? output, string? expected) =>
        Assert.Equal(expected, Judge("self-instruct", "Repeat what the user says", input, output));

    [Fact]
    public void Too_many_words_fall_at_the_published_limit()
    {
        Assert.Null(Judge("instruction-length", string.Join(' ', Enumerable.Repeat("w", 150))));
        Assert.Equal("instruction-length: 151 words, more than 150", Judge("instruction-length", string.Join(' ', Enumerable.Repeat("w",
            151))));
    }

    [Theory]
    [InlineData("word-count", 49, "word-count: 49 words, fewer than 50")]
    [InlineData("word-count", 50, null)]
    [InlineData("word-count: { min: 3, max: 40 }", 49, "word-count: 49 words, more than 40")]
    public void Documents_have_so_many_words(string rule, int words, string? expected) =>
        Assert.Equal(expected, Judge(rule, string.Join(' ', Words60.Split(' ')[..words])));

    [Theory]
    [InlineData("mean-word-length", "ab cd ef", "mean-word-length: mean word length 2, less than 3")]
    [InlineData("mean-word-length", "abc", null)]
    [InlineData("mean-word-length", "abcdefghijk", "mean-word-length: mean word length 11, more than 10")]
    [InlineData("symbol-ratio", "a # b # c d e f g h i j", "symbol-ratio: 0.2 hashes a word, more than 0.1")]
    [InlineData("symbol-ratio", "a b c d e f g h... i… j", "symbol-ratio: 0.2 ellipses a word, more than 0.1")]
    [InlineData("symbol-ratio", "a b c d e f g h i j # ", null)]
    [InlineData("bullet-lines", "- a\n\n* b\n• c", "bullet-lines: share of bullet lines 1, more than 0.9")]
    [InlineData("bullet-lines", "- a\nb", null)]
    [InlineData("ellipsis-lines", "a...\nb…\nc\n", "ellipsis-lines: share of lines that end in an ellipsis 0.667, more than 0.3")]
    [InlineData("letter-words", "a 1 2 3", "letter-words: share of words with a letter 0.25, less than 0.8")]
    [InlineData("letter-words", "a b c d 5", null)]
    [InlineData("stop-words", "a cat with a hat", "stop-words: 1 of the stop words, fewer than 2")]
    [InlineData("stop-words", "the cat with a hat", null)]
    [InlineData("stop-words: { min: 1, words: [der, die] }", "Die Katze", null)]
    [InlineData("duplicate-lines", "a\nb\na\na\n", "duplicate-lines: share of repeated lines 0.5, more than 0.3")]
    [InlineData("duplicate-paragraphs", "a\nb\n\nc\n \na\nb", "duplicate-paragraphs: share of repeated paragraphs 0.333, more than 0.3")]
    [InlineData("duplicate-line-characters", "aaaa\nbbbbbb\naaaa",
        "duplicate-line-characters: share of characters in repeated lines 0.286, more than 0.2")]
    [InlineData("top-2-gram", "ab cd ab cd efgh ij", "top-2-gram: share of characters in the commonest 2-gram 0.571, more than 0.2")]
    [InlineData("duplicate-5-grams", "a b c d e a b c d e f f",
        "duplicate-5-grams: share of characters in repeated 5-grams 0.417, more than 0.15")]
    [InlineData("lorem-ipsum", "Then Lorem Ipsum dolor", "lorem-ipsum: holds 'lorem ipsum'")]
    [InlineData("curly-brace", "if (x) { y }", "curly-brace: a curly brace at character 8")]
    [InlineData("javascript", "Please enable JavaScript.", "javascript: names Javascript")]
    [InlineData("sentences", "One. Two! Three? Four... and 3.5 more", "sentences: 4 sentences, fewer than 5")]
    [InlineData("sentences", "One. Two! Three? \"Four.\" Five.", null)]
    [InlineData("terminal-punctuation", "a\nb\nc\nd\ne\nf\ng\nh\ni",
        "terminal-punctuation: share of lines with terminal punctuation 0, less than 0.12")]
    [InlineData("terminal-punctuation", "a\nb.\"", null)]
    [InlineData("short-lines", "a\nb\nc", "short-lines: share of short lines 1, more than 0.67")]
    [InlineData("repeated-line-characters", "aaaa\nbbbbbb\nbbbbbbbbbbb\naaaa",
        "repeated-line-characters: share of characters in repeated lines 0.16, more than 0.1")]
    [InlineData("language", "Der Hund und die Katze sind nicht im Haus", "language: the language is de, not en")]
    [InlineData("language: { is: de }", "Der Hund und die Katze sind nicht im Haus", null)]
    [InlineData("language", "42 17", null)]
    [InlineData("language: { strict: true }", "42 17", "language: the language cannot be told")]
    [InlineData("gopher, gopher-repetition, c4, fineweb", "", "word-count: 0 words, fewer than 50")]
    public void Documents_as_the_published_lists_judge_them(string rules, string text, string? expected) =>
        Assert.Equal(expected, Judge(rules, text));

    /// <summary>Shares of repeated n-grams, against every window looked at on its own.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public void Repetition_is_what_the_windows_say(int n)
    {
        for (int item = 0; item < 60; item++)
        {
            string[] words = Sentences.Of(item, 80, 8).Split(' ');
            var facts = new TextFacts(new TextItem(string.Join(' ', words)));
            string[] grams = [.. Enumerable.Range(0, words.Length - n + 1).Select(i => string.Join(' ', words[i..(i + n)]))];
            double all = words.Sum(w => w.Length);
            var again = new bool[words.Length];
            for (int i = 0; i < grams.Length; i++)
                if (Array.IndexOf(grams, grams[i]) < i) Array.Fill(again, true, i, n);
            Assert.Equal(words.Where((_, i) => again[i]).Sum(w => w.Length) / all, Repetition.Duplicate(facts, n), 1e-12);
            double top = grams.Distinct().Where(g => grams.Count(x => x == g) > 1).Select(g =>
            {
                var covered = new bool[words.Length];
                for (int i = 0; i < grams.Length; i++)
                    if (grams[i] == g) Array.Fill(covered, true, i, n);
                return words.Where((_, i) => covered[i]).Sum(w => w.Length) / all;
            }).DefaultIfEmpty(0).Max();
            Assert.Equal(top, Repetition.Top(facts, n), 1e-12);
        }
    }

    [Theory]
    [InlineData("word-cuont", "there is no rule 'word-cuont'; did you mean 'word-count'?")]
    [InlineData("gopher: { min: 3 }", "'gopher' is a group of rules and takes no options")]
    [InlineData("word-count: 5", "a rule is a name, or a name with a map of options")]
    [InlineData("word-count: { mim: 5 }", "mim")]
    [InlineData("short-lines: { max: 1.5 }", "1.5")]
    [InlineData("language: { is: klingon }", "klingon")]
    [InlineData("[word-count]", "a rule is a name")]
    public void Lists_that_say_nothing_sensible_are_refused(string list, string message)
    {
        var e = Assert.Throws<SpecException>(() => Judge(list, "x"));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_are_distinct_and_every_rule_says_what_it_does()
    {
        string[] names = [.. RuleTable.All.Select(r => r.Name), .. RuleTable.Groups.Where(g => g != "language"), ConflictFilter.Name];
        Assert.Equal(names.Length, names.Distinct().Count());
        Assert.All(RuleTable.All, rule =>
        {
            Assert.EndsWith(".", rule.About, StringComparison.Ordinal);
            Assert.NotNull(rule.Bind(rule.Declared.Read(null))); // its defaults are values of its own
        });
    }

    [Fact]
    public void Real_instructions_pass_as_their_authors_say()
    {
        // The seeds were written by people for this very filter; the few that fall name a file, a map or a program.
        string[] seeds = [.. File.ReadLines(SharedData.Text("self_instruct_seeds.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("instruction").GetString()!)];
        int passed = seeds.Count(seed => Judge("instruction-length, instruction-start, instruction-program", seed) is null);
        Assert.InRange((double)passed / seeds.Length, 0.95, 1);
    }
}
