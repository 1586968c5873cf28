using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tests.Runs;
using Simulant.Text.Cache;
using Xunit;

namespace Simulant.Tests.Text.Cache;

public class ResponseLogTests
{
    internal static RecordedAnswer Entry(int number, bool whole = true, int asked = 100, int output = 7, string? text = null,
        ulong run = 5) =>
        new((UInt128)(uint)number << 64 | 9, run, whole, false, false, asked, 11, output, 1500, "model", text ?? $"answer {number} — ü");

    private static void Record(ResponseLog log, params RecordedAnswer[] answers) =>
        Task.WhenAll(answers.Select(log.Append)).GetAwaiter().GetResult();

    [Fact]
    public void What_was_appended_is_found_again_after_opening()
    {
        using var folder = new TempFolder();
        RecordedAnswer[] entries = [.. Enumerable.Range(0, 200).Select(i => Entry(i, text: new string('x', i * 37) + i))];
        using (var log = ResponseLog.Open(folder.Path))
            Record(log, entries);
        using (var log = ResponseLog.Open(folder.Path))
        {
            Assert.Equal((200, 0, 0), (log.Report.Entries, log.Report.TornBytes, log.Report.DamagedBytes));
            Assert.Null(log.Report.Note);
            Assert.All(entries, e => Assert.Equal(e, log.Find(e.Key, 100)));
            Assert.Null(log.Find(Entry(200).Key, 100));
            Assert.Equal((2200, 1400, 0.0003m), log.AskedBy(5));
            Assert.Equal((0, 0, 0), log.AskedBy(6));
        }
    }

    /// <summary>An answer that ended by itself serves any limit with room for it; one cut off only the same limit.</summary>
    [Fact]
    public void The_most_tokens_are_no_part_of_the_question()
    {
        using var folder = new TempFolder();
        using var log = ResponseLog.Open(folder.Path);
        var (key, whole) = (Entry(1).Key, Entry(1, whole: true, asked: 100, output: 40, text: "whole"));
        Record(log, Entry(1, whole: false, asked: 10, output: 10, text: "cut at 10"));
        Record(log, Entry(1, whole: false, asked: 20, output: 20, text: "cut at 20"));
        Assert.Null(log.Find(key, 100));
        Assert.Null(log.Find(key, 15));
        Record(log, whole);
        foreach (int most in (int[])[40, 41, 100, 4000]) Assert.Equal("whole", log.Find(key, most)!.Text);
        Assert.Equal("cut at 10", log.Find(key, 10)!.Text);
        Assert.Equal("cut at 20", log.Find(key, 20)!.Text);
        Assert.Null(log.Find(key, 39));
    }

    /// <summary>Cut at every length, the log serves the entries that are whole, says what it cut off, and takes further ones.</summary>
    [Fact]
    public void An_end_that_is_torn_anywhere_is_cut_off()
    {
        using var folder = new TempFolder();
        using (var log = ResponseLog.Open(folder.Path))
            for (int i = 0; i < 3; i++) Record(log, Entry(i));
        byte[] all = File.ReadAllBytes(folder[ResponseLog.FileName]);
        int entry = (all.Length - 8) / 3;
        for (int length = 0; length < all.Length; length++)
        {
            File.WriteAllBytes(folder[ResponseLog.FileName], all[..length]);
            int sound = Math.Max(0, length - 8) / entry;
            using (var log = ResponseLog.Open(folder.Path))
            {
                Assert.Equal((sound, Math.Max(0, length - 8 - sound * entry), 0),
                    (log.Report.Entries, log.Report.TornBytes, log.Report.DamagedBytes));
                for (int i = 0; i < 3; i++) Assert.Equal(i < sound, log.Find(Entry(i).Key, 100) is not null);
                Record(log, Entry(2));
            }
            using var again = ResponseLog.Open(folder.Path);
            Assert.Equal((sound + 1, 0, 0), (again.Report.Entries, again.Report.TornBytes, again.Report.DamagedBytes));
        }
    }

    /// <summary>Each byte changed in turn: never a wrong answer, and entries that are untouched are all served.</summary>
    [Fact]
    public void A_byte_changed_anywhere_is_found_and_never_served()
    {
        using var folder = new TempFolder();
        using (var log = ResponseLog.Open(folder.Path))
            for (int i = 0; i < 3; i++) Record(log, Entry(i));
        byte[] all = File.ReadAllBytes(folder[ResponseLog.FileName]);
        int entry = (all.Length - 8) / 3;
        for (int at = 8; at < all.Length; at++)
        {
            byte[] changed = [.. all];
            changed[at] ^= 0x10;
            File.WriteAllBytes(folder[ResponseLog.FileName], changed);
            int hit = (at - 8) / entry;
            using var log = ResponseLog.Open(folder.Path);
            for (int i = 0; i < 3; i++)
                Assert.Equal(i == hit ? null : Entry(i), log.Find(Entry(i).Key, 100));
            Assert.Equal(hit == 2 ? (entry, 0) : (0, entry), (log.Report.TornBytes, log.Report.DamagedBytes));
            Assert.Equal(hit == 2 ? -1 : 8 + hit * entry, log.Report.FirstDamage);
            Assert.NotNull(log.Report.Note);
        }
    }

    [Fact]
    public void Damage_longer_than_the_readers_buffer_is_passed_over()
    {
        using var folder = new TempFolder();
        using (var log = ResponseLog.Open(folder.Path))
        {
            Record(log, Entry(0));
            Record(log, Entry(1, text: new string('y', 1_500_000)));
            Record(log, Entry(2));
        }
        byte[] all = File.ReadAllBytes(folder[ResponseLog.FileName]);
        var stream = new RandomStream(1, "test.damage");
        for (int i = 200; i < 1_400_000; i++) all[i] = (byte)stream.Below(256, i, 0);
        File.WriteAllBytes(folder[ResponseLog.FileName], all);
        using var opened = ResponseLog.Open(folder.Path);
        Assert.Equal((2, 0), (opened.Report.Entries, opened.Report.TornBytes));
        Assert.InRange(opened.Report.DamagedBytes, 1_500_000, 1_500_200);
        Assert.Equal(Entry(2), opened.Find(Entry(2).Key, 100));
    }

    [Fact]
    public void Damage_that_comes_while_it_is_open_is_not_served()
    {
        using var folder = new TempFolder();
        using var log = ResponseLog.Open(folder.Path);
        Record(log, Entry(0));
        using (var other = new FileStream(folder[ResponseLog.FileName], FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite))
        {
            other.Position = 70;
            other.WriteByte(0xFF);
        }
        Assert.Null(log.Find(Entry(0).Key, 100));
    }

    [Fact]
    public void A_second_process_is_refused()
    {
        using var folder = new TempFolder();
        using (ResponseLog.Open(folder.Path))
        {
            string message = Assert.Throws<DataException>(() => ResponseLog.Open(folder.Path)).Message;
            Assert.EndsWith("another process is recording answers here; wait for it, or give this run a cache of its own", message);
        }
        ResponseLog.Open(folder.Path).Dispose();
    }

    [Fact]
    public void Another_kind_of_file_is_left_alone()
    {
        using var folder = new TempFolder();
        folder.Write(ResponseLog.FileName, "these are my notes");
        Assert.Contains("not a log of answers", Assert.Throws<DataException>(() => ResponseLog.Open(folder.Path)).Message);
        Assert.Equal("these are my notes", File.ReadAllText(folder[ResponseLog.FileName]));
    }

    [Fact]
    public async Task Many_who_append_at_once_share_the_disks_turns_and_lose_nothing()
    {
        using var folder = new TempFolder();
        using (var log = ResponseLog.Open(folder.Path))
            await Task.WhenAll(Enumerable.Range(0, 8).Select(t => Task.Run(async () =>
            {
                for (int i = 0; i < 100; i++)
                {
                    await log.Append(Entry(t * 100 + i));
                    Assert.NotNull(log.Find(Entry(t * 100 + i).Key, 100));
                }
            })));
        using var again = ResponseLog.Open(folder.Path);
        Assert.Equal(800, again.Report.Entries);
    }
}
