using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Simulant.Data;

/// <summary>
/// A column of texts while it is being read: each distinct text once, in UTF-8, and a code per row (-1 missing). Reading
/// costs one hash a cell; typing a column afterwards costs one parse a distinct value instead of one a row.
/// </summary>
internal sealed class TextStore
{
    private const int FirstBlock = 1 << 10, LastBlock = 1 << 20, CodeBlock = 1 << 16;

    private readonly List<byte[]> _blocks = [];
    private readonly List<int[]> _codes = [];
    private Entry[] _entries = new Entry[16];
    private int[] _slots = new int[32];                                    // entry + 1; 0 is free
    private int _blockUsed;

    private struct Entry
    {
        public int Block, Offset, Length, Count;
        public uint Hash;
    }

    /// <summary>Rows so far.</summary>
    public int Count { get; private set; }

    /// <summary>Rows that are missing.</summary>
    public int Missing { get; private set; }

    /// <summary>Distinct texts so far; their codes are 0 to Distinct - 1 in order of first appearance.</summary>
    public int Distinct { get; private set; }

    public ReadOnlySpan<byte> this[int code]
    {
        get
        {
            ref Entry entry = ref _entries[code];
            return _blocks[entry.Block].AsSpan(entry.Offset, entry.Length);
        }
    }

    /// <summary>The text as a string.</summary>
    public string Text(int code) => Encoding.UTF8.GetString(this[code]);

    /// <summary>Rows that hold the text.</summary>
    public int CountOf(int code) => _entries[code].Count;

    public void AddMissing()
    {
        AddCode(-1);
        Missing++;
    }

    /// <summary>Adds a row; true where the text was not seen before.</summary>
    public bool Add(ReadOnlySpan<byte> text)
    {
        uint hash = Hash(text);
        int mask = _slots.Length - 1;
        int slot = (int)hash & mask;
        while (_slots[slot] is int held && held != 0)
        {
            ref Entry entry = ref _entries[held - 1];
            if (entry.Hash == hash && entry.Length == text.Length
                && _blocks[entry.Block].AsSpan(entry.Offset, entry.Length).SequenceEqual(text))
            {
                entry.Count++;
                AddCode(held - 1);
                return false;
            }
            slot = (slot + 1) & mask;
        }
        AddEntry(text, hash, slot);
        return true;
    }

    /// <summary>The code of every row, -1 where missing; a new array.</summary>
    public int[] ToCodes()
    {
        int[] all = new int[Count];
        for (int b = 0, at = 0; at < Count; b++)
        {
            int take = Math.Min(CodeBlock, Count - at);
            _codes[b].AsSpan(0, take).CopyTo(all.AsSpan(at));
            at += take;
        }
        return all;
    }

    private void AddCode(int code)
    {
        int at = Count & (CodeBlock - 1);
        int block = Count / CodeBlock;
        if (at == 0) _codes.Add(new int[block == 0 ? 64 : CodeBlock]);
        int[] codes = _codes[block];
        if (at == codes.Length)
        {
            // Only the first block grows, so that a thousand short columns stay small.
            Array.Resize(ref codes, Math.Min(CodeBlock, codes.Length * 4));
            _codes[block] = codes;
        }
        codes[at] = code;
        Count++;
    }

    private void AddEntry(ReadOnlySpan<byte> text, uint hash, int slot)
    {
        if (_blocks.Count == 0 || _blocks[^1].Length - _blockUsed < text.Length)
        {
            int wanted = _blocks.Count == 0 ? FirstBlock : Math.Min(LastBlock, _blocks[^1].Length * 2);
            _blocks.Add(new byte[Math.Max(Math.Min(wanted, LastBlock), text.Length)]);
            _blockUsed = 0;
        }
        text.CopyTo(_blocks[^1].AsSpan(_blockUsed));
        if (Distinct == _entries.Length) Array.Resize(ref _entries, Distinct * 2);
        _entries[Distinct] = new Entry
        {
            Block = _blocks.Count - 1, Offset = _blockUsed, Length = text.Length, Count = 1, Hash = hash,
        };
        _blockUsed += text.Length;
        _slots[slot] = ++Distinct;
        AddCode(Distinct - 1);
        if (Distinct * 2 > _slots.Length) Rehash();
    }

    private void Rehash()
    {
        int[] slots = new int[_slots.Length * 2];
        int mask = slots.Length - 1;
        for (int i = 0; i < Distinct; i++)
        {
            int slot = (int)_entries[i].Hash & mask;
            while (slots[slot] != 0) slot = (slot + 1) & mask;
            slots[slot] = i + 1;
        }
        _slots = slots;
    }

    // Multiply and fold, eight bytes at a time; the order of codes never depends on it.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Hash(ReadOnlySpan<byte> text)
    {
        ulong state = 0x9E3779B97F4A7C15UL ^ (ulong)text.Length;
        while (text.Length >= 8)
        {
            state = Mix(state, MemoryMarshal.Read<ulong>(text));
            text = text[8..];
        }
        ulong tail = 0;
        for (int i = 0; i < text.Length; i++) tail |= (ulong)text[i] << (8 * i);
        state = Mix(state, tail);
        return (uint)(state ^ (state >> 32));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mix(ulong state, ulong word)
    {
        ulong high = Math.BigMul(state ^ word, 0xD6E8FEB86659FD93UL, out ulong low);
        return BitOperations.RotateLeft(high ^ low, 29) + 0x2545F4914F6CDD1DUL;
    }
}
