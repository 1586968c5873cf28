using System.Globalization;
using System.Text.Json;
using Simulant.Numerics.Random;

namespace Simulant.Bench.Speed;

/// <summary>Replies that a stub gives: chat completions whose text follows from the question, and faults among them.</summary>
public static class StubAnswers
{
    private static readonly string[] Words =
        ["river", "stone", "lamp", "walk", "green", "seven", "quiet", "market", "letter", "window", "bread", "cloud", "hill", "paper"];

    /// <summary>A chat completion.</summary>
    public static string Chat(string text, string finish = "stop", int input = 20, int? output = null) =>
        "{\"id\":\"x\",\"object\":\"chat.completion\",\"model\":\"stub\",\"choices\":[{\"index\":0,"
        + $"\"message\":{{\"role\":\"assistant\",\"content\":{JsonSerializer.Serialize(text)}}},\"finish_reason\":\"{finish}\"}}],"
        + string.Create(CultureInfo.InvariantCulture,
            $"\"usage\":{{\"prompt_tokens\":{input},\"completion_tokens\":{output ?? text.Split(' ').Length}}}}}");

    /// <summary>The seed that the request carries: a function of its question and sample.</summary>
    public static ulong SeedOf(string body)
    {
        int at = body.LastIndexOf("\"seed\":", StringComparison.Ordinal) + 7;
        int end = at;
        while (end < body.Length && char.IsAsciiDigit(body[end])) end++;
        return ulong.Parse(body.AsSpan(at, end - at), CultureInfo.InvariantCulture);
    }

    /// <summary>A text of so many words that the seed decides.</summary>
    public static string Text(ulong seed, int words)
    {
        var draws = new RandomStream(seed, "stub.text").Draws(0, 0);
        string[] drawn = new string[words];
        for (int i = 0; i < words; i++) drawn[i] = Words[draws.Below(Words.Length)];
        return $"{string.Join(' ', drawn)} {seed.ToString(CultureInfo.InvariantCulture)}";
    }

    /// <summary>Answers after a delay, always.</summary>
    public static Func<StubRequest, StubReply> Steady(TimeSpan delay, int words = 40) =>
        request => new StubReply(200, Chat(Text(SeedOf(request.Body), words))) { Delay = delay };

    /// <summary>
    /// As <see cref="Steady"/>, but a share of requests, by their number, meets one of: 429 with and without Retry-After, 500, no reply, a
    /// broken connection, broken JSON, an empty answer, one that is cut off.
    /// </summary>
    public static Func<StubRequest, StubReply> Faulty(TimeSpan delay, double share, ulong seed, int words = 40)
    {
        var stream = new RandomStream(seed, "stub.faults");
        var well = Steady(delay, words);
        return request =>
        {
            if (stream.Uniform(request.Number, 0) >= share) return well(request);
            string text = Text(SeedOf(request.Body), words);
            return stream.Below(8, request.Number, 1) switch
            {
                0 => new StubReply(429, """{"error":{"message":"slow down"}}"""),
                1 => new StubReply(429, """{"error":{"message":"slow down"}}""") { Headers = ["Retry-After: 0"] },
                2 => new StubReply(500, "oops") { Delay = delay },
                3 => new StubReply(-1, ""),
                4 => new StubReply(0, ""),
                5 => new StubReply(200, Chat(text)[..60]) { Delay = delay },
                6 => new StubReply(200, Chat("")) { Delay = delay },
                _ => new StubReply(200, Chat(text[..(text.Length / 2)], "length")) { Delay = delay },
            };
        };
    }
}
