using System.Text.Json;
using System.Text.Json.Nodes;
using Simulant.Numerics.Random;
using Simulant.Tests.Runs;

namespace Simulant.Tests.Text.Recipes;

/// <summary>A small run of every recipe: options, files, and a stand-in that answers its questions.</summary>
internal static class RecipeCases
{
    private static readonly string[] Words = ["river", "stone", "lamp", "walk", "green", "quiet", "market", "letter", "window", "bread",
        "cloud", "hill", "paper", "engine", "candle", "ladder", "copper", "garden", "winter", "honey"];

    /// <summary>Options of each recipe beside its name, and the layout that its fields allow.</summary>
    public static readonly Dictionary<string, (string Options, string Shape)> All = new(StringComparer.Ordinal)
    {
        ["steps"] = ("steps: [{ ask: { prompt: Say something., writes: answer } }, { set: { field: question, text: What? } }]", "chat"),
        ["self-instruct"] = ("seeds: seeds.jsonl, tasks: 6", "alpaca"),
        ["evolve"] = ("file: tasks.jsonl, generations: 2", "alpaca"),
        ["distil"] = ("file: questions.jsonl, samples: 3", "chat"),
        ["persona"] = ("personas: [A baker, A sailor], tasks: [Write a note., Ask a question.]", "sharegpt"),
        ["qa-from-documents"] = ("documents: docs, words: 20, questions: 2", "chat"),
        ["preference"] = ("file: prompts.jsonl, samples: 3, margin: 1", "preference"),
        ["judge"] = ("file: tasks.jsonl, min: 2", "plain"),
        ["dialogue"] = ("topics: [bread, rain, clocks], turns: 2", "sharegpt"),
        ["translate-back"] = ("file: texts.jsonl", "plain"),
        ["parallel"] = ("file: texts.jsonl, language: English, from: French", "chat"),
        ["flan-mix"] = ("file: questions.jsonl", "alpaca"),
        ["bootstrap"] = ("seeds: tasks.jsonl, topics: [bread, rain], round: 8", "alpaca"),
    };

    /// <summary>Writes the files that the options name.</summary>
    public static void Furnish(TempFolder folder)
    {
        folder.Write("seeds.jsonl", SelfInstructTests.Seeds(20));
        string Lines(Func<int, object> row) =>
            string.Join('\n', Enumerable.Range(0, 30).Select(i => JsonSerializer.Serialize(row(i)))) + "\n";
        folder.Write("tasks.jsonl", Lines(i => new { instruction = $"Tell of {Text((ulong)i, 6)}.", output = Text((ulong)i + 90, 5) }));
        folder.Write("questions.jsonl", Lines(i => new { question = $"What is {i} + 3?", answer = $"{i + 3}" }));
        folder.Write("prompts.jsonl", Lines(i => new { prompt = $"Speak of {Text((ulong)i, 4)}." }));
        folder.Write("texts.jsonl", Lines(i => new { text = Text((ulong)i, 9), label = i % 2 == 0 ? "even" : "odd" }));
        folder.Write("docs/a.md", "# Stones\n\n" + string.Join("\n\n", Enumerable.Range(0, 8).Select(i => Text((ulong)i, 15) + ".")));
        folder.Write("docs/b.html", "<h1>Lamps</h1><p>" + Text(77, 16) + ".</p>");
    }

    private static string Text(ulong seed, int words)
    {
        var draws = new RandomStream(seed, "test.conformance").Draws(0, 0);
        return string.Join(' ', Enumerable.Range(0, words).Select(_ => Words[draws.Below(Words.Length)]));
    }

    /// <summary>A stand-in that every recipe's questions get usable answers from, and some unusable ones.</summary>
    public static string Answer(string body, ulong seed)
    {
        var messages = JsonNode.Parse(body)!["messages"]!.AsArray();
        string asked = string.Join('\n', messages.Select(m => (string)m!["content"]!));
        bool Asks(string words) => asked.Contains(words, StringComparison.Ordinal);
        if (Asks("Think of 6 further ones") || Asks("fixed answers") || Asks("few possible answers") || Asks("Input:"))
            return SelfInstructTests.Answer(body);
        if (Asks("Change it in this way")) return $"Tell at length of {Text(seed, 7)}.";
        if (Asks("Do the two ask for the same")) return seed % 3 == 0 ? "yes" : "no";
        if (Asks("Work it out step by step"))
        {
            int first = int.Parse(asked.Split("What is ")[1].Split(' ')[0], null);
            return $"We add: {first} + 3 = {first + 3}.\nAnswer: {(seed % 4 == 0 ? first : first + 3)}";
        }
        if (Asks("as a numbered list and nothing else")) return $"1. What is {Text(seed, 4)}?\n2. Where is {Text(seed + 1, 4)}?";
        if (Asks("Does the passage say so?") || Asks("Is the answer right")) return seed % 5 == 0 ? "no" : "yes";
        if (Asks("How good is it?")) return $"It is so.\n{seed % 10 + 1}";
        if (Asks("Write one more, unlike these")) return $"Task: Tell of {Text(seed, 7)}.\nAnswer: {Text(seed + 1, 5)}.";
        if (Asks("Translate this from English into French")) return "vers " + asked.Split("\n\n")[^1];
        if (Asks("Translate this from French into English")) return asked.Split("\n\n")[^1].Replace("vers ", "") + " indeed";
        return Text(seed, 9);
    }
}
