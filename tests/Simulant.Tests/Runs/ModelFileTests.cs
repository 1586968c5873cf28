using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Provenance;
using Simulant.Runs;
using Xunit;

namespace Simulant.Tests.Runs;

public class ModelFileTests
{
    private const string Network = "{ name: autoregressive, max_epochs: 3, hidden_scale: 0.2 }";

    private static string Fit(TempFolder folder, string engine)
    {
        folder.Write("people.csv", TestBench.People());
        string spec = folder.Write("spec.yaml", TestBench.Learned(engine));
        TestBench.Corridor().Fit(new MakeRequest(spec) { Output = folder["m.simulant"], Force = true }, Quiet.Instance, default);
        return folder["m.simulant"];
    }

    private static Dictionary<string, byte[]> Entries(string path)
    {
        using var zip = ZipFile.OpenRead(path);
        return zip.Entries.ToDictionary(e => e.FullName, e =>
        {
            using var stream = e.Open();
            var bytes = new MemoryStream();
            stream.CopyTo(bytes);
            return bytes.ToArray();
        });
    }

    private static void Rewrite(string path, IEnumerable<KeyValuePair<string, byte[]>> entries)
    {
        File.Delete(path);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, bytes) in entries)
        {
            using var stream = zip.CreateEntry(name).Open();
            stream.Write(bytes);
        }
    }

    [Fact]
    public void A_networks_weights_are_an_entry_that_other_programs_read()
    {
        using var folder = new TempFolder();
        var entries = Entries(Fit(folder, Network));
        Assert.Equal(["model.json", "spec.yaml", "schema.json", "engine.bin", "weights.safetensors"], entries.Keys);
        var weights = Safetensors.Read(new MemoryStream(entries["weights.safetensors"]));
        Assert.Contains("0.age.embedding", weights.Tensors.Keys);
        Assert.Equal(4, weights.Tensors.Keys.Count(k => k.EndsWith("logits.weight", StringComparison.Ordinal)));
        Assert.All(weights.Tensors.Values, t => Assert.All(t.Values, v => Assert.True(float.IsFinite(v))));
        var header = JsonNode.Parse(entries["model.json"])!;
        Assert.Equal(FileHash.OfBytes(entries["weights.safetensors"]), (string)header["entries"]!["weights.safetensors"]!);
        Assert.DoesNotContain("weights.safetensors", Entries(Fit(folder, "trees")).Keys);
    }

    [Fact]
    public void Elsewhere_the_file_gives_the_same_rows()
    {
        using var folder = new TempFolder();
        using var other = new TempFolder();
        string path = Fit(folder, Network);
        void Sample(string model, string to) => TestBench.Corridor().Sample(new SampleRequest(model, to), Quiet.Instance, default);
        Sample(path, folder["a.csv"]);
        File.Copy(path, other["elsewhere.simulant"]);
        File.Delete(folder["people.csv"]);
        Sample(other["elsewhere.simulant"], other["b.csv"]);
        Assert.Equal(File.ReadAllText(folder["a.csv"]), File.ReadAllText(other["b.csv"]));
        // Written again it is the same file.
        using var again = File.Create(other["again.simulant"]);
        ModelFile.Read(path).Write(again);
        again.Close();
        Assert.Equal(File.ReadAllBytes(path), File.ReadAllBytes(other["again.simulant"]));
    }

    public static TheoryData<string, string> Faults => new()
    {
        { "changed", "weights.safetensors is not what was written" },
        { "missing", "weights.safetensors is missing" },
        { "no place", "model.json does not say where the weights belong" },
        { "no file of weights", "the model cannot be read by the engine 'autoregressive': not a file of weights that can be used" },
        { "another network", "the network's weights do not fit its columns" },
    };

    [Theory, MemberData(nameof(Faults))]
    public void Damaged_or_foreign_weights_are_refused(string fault, string message)
    {
        using var folder = new TempFolder();
        string path = Fit(folder, Network);
        var entries = Entries(path);
        var header = JsonNode.Parse(entries["model.json"])!;
        switch (fault)
        {
            case "changed":
                entries["weights.safetensors"][^1] ^= 1;
                break;
            case "missing":
                entries.Remove("weights.safetensors");
                break;
            case "no place":
                header["weightsAt"] = 1_000_000_000;
                break;
            default:
                byte[] other = fault == "another network" ? Smaller(entries["weights.safetensors"])
                    : Encoding.ASCII.GetBytes(new string('x', entries["weights.safetensors"].Length));
                entries["weights.safetensors"] = other;
                header["entries"]!["weights.safetensors"] = FileHash.OfBytes(other);
                break;
        }
        entries["model.json"] = Encoding.UTF8.GetBytes(header.ToJsonString());
        Rewrite(path, entries);
        var printed = TestBench.Run("sample", path, "-o", folder["x.csv"]);
        Assert.Equal(2, printed.Code);
        Assert.Contains(message, printed.Error, StringComparison.Ordinal);
    }

    /// <summary>The same bytes in number, but one tensor has another name.</summary>
    private static byte[] Smaller(byte[] file)
    {
        string text = Encoding.Latin1.GetString(file);
        return Encoding.Latin1.GetBytes(text.Replace("0.age.embedding", "0.ago.embedding", StringComparison.Ordinal));
    }
}
