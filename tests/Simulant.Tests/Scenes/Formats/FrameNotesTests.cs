using System.Text;
using System.Text.Json.Nodes;
using Simulant.Data;
using Simulant.Images.Sets;
using Simulant.Scenes.Formats;
using Xunit;

namespace Simulant.Tests.Scenes.Formats;

/// <summary>Notes hold what the frame holds, read back to the same bytes, and refuse what is not theirs.</summary>
public class FrameNotesTests
{
    [Fact]
    public void Masks_are_those_of_the_frame()
    {
        var (frame, notes) = (Noted.Frame, Noted.Notes);
        Assert.Equal(frame.Actors.Count, notes.Actors.Count);
        foreach (var (labels, actor) in frame.Actors.Zip(notes.Actors))
        {
            bool[] seen = [.. frame.Pixels.Instance.Select(i => i == labels.Instance)];
            Assert.Equal(seen, actor.VisibleMask.Pixels());
            Assert.Equal(seen, RunLengths.Of(notes.Width, notes.Height, actor.Polygons!).Pixels());
            bool[] amodal = actor.AmodalMask.Pixels();
            for (int i = 0; i < amodal.Length; i++) Assert.Equal(labels.Amodal.At(i % notes.Width, i / notes.Width), amodal[i]);
            Assert.Equal((labels.VisiblePixels, labels.AmodalPixels), ((int)actor.VisibleMask.Area, (int)actor.AmodalMask.Area));
            Assert.Equal(labels.Visibility, actor.Visibility);
        }
        Assert.Contains(notes.Actors, a => a.HiddenBy.Count > 0);
    }

    [Fact]
    public void Notes_read_back_to_the_same_bytes()
    {
        byte[] json = Noted.Notes.ToJson();
        var back = FrameNotes.Read(json, "a.json");
        Assert.Equal(json, back.ToJson());
        Assert.Equal("labels/000042.json", back.Path);
        Assert.Equal(Noted.Notes.Camera, back.Camera);
        Assert.Equal(Noted.Parameters.OrderBy(p => p.Key, StringComparer.Ordinal), back.Parameters);
        Assert.Equal(Noted.Notes.Actors[1].Box, back.Actors[1].Box);
        Assert.Null(FrameNotes.Read(FrameNotes.Of(Noted.Frame, 0, "a.png", Noted.Parameters).ToJson(), "a.json").Actors[0].Polygons);
    }

    [Fact]
    public void A_place_that_is_none_reads_back_as_none()
    {
        var notes = Noted.Notes;
        var box = notes.Actors[1] with { Keypoints = [notes.Actors[1].Keypoints[0] with { Place = new(float.NaN) }] };
        byte[] json = (notes with { Actors = [box] }).ToJson();
        Assert.Contains("\"place\":null", Encoding.UTF8.GetString(json), StringComparison.Ordinal);
        Assert.Equal(json, FrameNotes.Read(json, "a").ToJson());
    }

    [Theory]
    [InlineData("frame", "-1", "frame: -1 is not from 0")]
    [InlineData("width", "\"96\"", "width: a whole number was expected, and a text was found")]
    [InlineData("camera.fx", "[]", "camera.fx: a number was expected, and a list was found")]
    [InlineData("camera.toWorld.rotation", "[1,2]", "camera.toWorld.rotation: 2 numbers, and 9 were expected")]
    [InlineData("actors.1.tight", "[0,0,97,1]", "actors[1].tight[2]: 97 is not from 0 to 96")]
    [InlineData("actors.1.visibleMask", "\"11\"", "actors[1].visibleMask: runs of 2 pixels in all")]
    [InlineData("actors.1.keypoints.0.seen", "\"maybe\"", "actors[1].keypoints[0].seen: visible, hidden or outside")]
    [InlineData("actors.0.polygons", "[[1,2,3]]", "actors[0].polygons[0]: pairs of x and y")]
    [InlineData("actors", "null", "'actors' is missing")]
    [InlineData("parameters", "{\"a\":true}", "parameters.a: a number was expected, and true or false was found")]
    public void What_is_no_note_is_refused_with_its_place(string path, string value, string message)
    {
        var root = JsonNode.Parse(Noted.Notes.ToJson())!;
        string[] parts = path.Split('.');
        var at = parts[..^1].Aggregate(root, (node, part) => int.TryParse(part, out int i) ? node[i]! : node[part]!);
        at[parts[^1]] = JsonNode.Parse(value);
        var fault = Assert.Throws<DataException>(() => FrameNotes.Read(Encoding.UTF8.GetBytes(root.ToJsonString()), "n.json"));
        Assert.Equal("n.json", fault.File);
        Assert.StartsWith(message, fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_no_JSON_is_refused_with_its_line()
    {
        var fault = Assert.Throws<DataException>(() => FrameNotes.Read("{\n  \"frame\": 1,,\n}"u8.ToArray(), "n.json"));
        Assert.Equal(2, fault.Row);
        byte[] json = Noted.Notes.ToJson();
        for (int length = 0; length < json.Length - 2; length += 37)
            Assert.Throws<DataException>(() => FrameNotes.Read(json.AsMemory(0, length), "n.json"));
    }
}
