using System.Collections.ObjectModel;
using System.Text;
using System.Text.Json;
using Simulant.Numerics.Random;
using Simulant.Specs;

namespace Simulant.Text.Stories;

/// <summary>One turn of a dialogue.</summary>
/// <param name="Speaker"><c>user</c> or <c>assistant</c>.</param>
/// <param name="Acts">What the turn does: request, inform, ask, confirm, affirm, correct, question, answer, book, thank, close.</param>
/// <param name="Slots">What the turn states, word for word.</param>
public sealed record DialogueTurn(string Speaker, string Text, IReadOnlyList<string> Acts, IReadOnlyDictionary<string, string> Slots);

/// <summary>A dialogue with its labels.</summary>
/// <param name="Domain">What it is about: restaurant, train, doctor, hotel, cinema, library, parcel or taxi.</param>
/// <param name="Slots">What was settled in the end.</param>
/// <param name="Corrections">How often the user took something back.</param>
public sealed record Dialogue(string Domain, IReadOnlyList<DialogueTurn> Turns, IReadOnlyDictionary<string, string> Slots, int Corrections)
{
    /// <summary>The turns as JSON: a list of objects with speaker, text, acts and slots.</summary>
    public string TurnsJson => JsonSerializer.Serialize(Turns.Select(t => new
    {
        speaker = t.Speaker,
        text = t.Text,
        acts = t.Acts,
        slots = new SortedDictionary<string, string>(t.Slots.ToDictionary(), StringComparer.Ordinal),
    }));
}

/// <summary>How dialogues are drawn.</summary>
/// <param name="Domains">Domains to draw from.</param>
/// <param name="CorrectionRate">Probability that the user takes something back, 0 to 1.</param>
public sealed record DialogueOptions(IReadOnlyList<string> Domains, double CorrectionRate)
{
    private static readonly string[] Known = [.. DialogueDomain.All.Select(d => d.Name)];

    public static DialogueOptions Default { get; } = new(Known, .4);

    /// <summary>The options as a spec declares them.</summary>
    public static EngineOptions Declared { get; } = new("dialogues",
    [
        new("domains", OptionKind.Texts, "Domains to draw from by name, or all.") { Default = "all" },
        new("correction-rate", OptionKind.Number, "Probability that the user takes something back.")
        {
            Default = "0.4", Minimum = 0, Maximum = 1,
        },
    ], what: "recipe");

    /// <summary>Reads declared values. Throws <see cref="ArgumentException"/> for a domain that there is not.</summary>
    public static DialogueOptions From(OptionValues values)
    {
        string text = values.Text("domains");
        string[] domains = text == "all" ? Known
            : text.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var options = new DialogueOptions(domains, values.Number("correction-rate"));
        options.Check();
        return options;
    }

    internal void Check()
    {
        if (Domains.Count == 0) throw new ArgumentException("no domain to draw from");
        foreach (string domain in Domains)
            if (!Known.Contains(domain)) throw new ArgumentException($"no domain '{domain}'; there are {string.Join(", ", Known)}");
        if (!(CorrectionRate is >= 0 and <= 1)) throw new ArgumentException("correction-rate lies between 0 and 1");
    }
}

/// <summary>
/// Dialogues between a user and an assistant that settle something, without a language model: a goal is drawn, part of it is said at
/// once, the assistant asks for the rest, repeats it, the user may correct it, and it is booked. Every turn has its acts and slots.
/// Dialogue i is a pure function of (options, seed, i); any thread may ask.
/// </summary>
public sealed class DialogueEngine
{
    private static readonly PhraseBook Book = new(DialoguePhrases.Common, DialoguePhrases.Domains);

    private readonly DialogueOptions _options;
    private readonly RandomStream _stream;

    /// <exception cref="ArgumentException">A domain that there is not.</exception>
    public DialogueEngine(DialogueOptions options, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Check();
        (_options, _stream) = (options, new RandomStream(seed, "text.dialogues"));
    }

    /// <summary>Dialogue <paramref name="item"/>, at least 0.</summary>
    public Dialogue Make(long item)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(item);
        var draws = _stream.Draws(item, 0);
        string name = _options.Domains[draws.Below(_options.Domains.Count)];
        return new Talk(DialogueDomain.All.First(d => d.Name == name), _options.CorrectionRate, draws, _stream.Draws(item, 1)).Run();
    }

    private sealed class Talk(DialogueDomain domain, double correctionRate, DrawSequence goal, DrawSequence wording)
    {
        private readonly Dictionary<string, string> _goal = new(StringComparer.Ordinal), _known = new(StringComparer.Ordinal);
        private readonly List<DialogueTurn> _turns = [];
        private readonly StringBuilder _text = new();
        private readonly List<string> _acts = [];
        private readonly Dictionary<string, string> _stated = new(StringComparer.Ordinal);
        private DrawSequence _goalDraws = goal, _wording = wording;
        private int _corrections;

        public Dialogue Run()
        {
            foreach (var (slot, kind) in domain.Slots) _goal[slot] = Fresh(kind);
            _goal["reference"] = DialogueValues.Reference(ref _goalDraws);
            _goal["offer"] = DialogueValues.Draw("offer", ref _goalDraws);
            Open();
            AskTheRest();
            Settle();
            Finish();
            return new Dialogue(domain.Name, _turns, new ReadOnlyDictionary<string, string>(_known), _corrections);
        }

        private void Open()
        {
            Say("any.greet", null);
            _text.Append(_goalDraws.Below(2) == 0 ? "." : "!");
            Say(domain.Name + ".open", "request");
            int told = _goalDraws.Below(domain.Slots.Count);
            int first = _goalDraws.Below(domain.Slots.Count);
            for (int i = 0; i < told; i++) Inform(domain.Slots[(first + i) % domain.Slots.Count].Slot);
            Turn("user");
        }

        private void AskTheRest()
        {
            bool welcomed = false;
            foreach (var (slot, _) in domain.Slots)
            {
                if (_known.ContainsKey(slot)) continue;
                Say(welcomed ? "any.noted" : "any.welcome", null);
                welcomed = true;
                Say($"{domain.Name}.{slot}.ask", "ask");
                Turn("assistant");
                Inform(slot);
                if (_goalDraws.Uniform() < correctionRate / 3 && Others(slot) is { Length: > 0 } before)
                    Correct("any.change", before[_goalDraws.Below(before.Length)]);
                Turn("user");
            }
        }

        private void Settle()
        {
            Confirm();
            while (_corrections < 3 && _goalDraws.Uniform() < correctionRate)
            {
                Correct("any.no", domain.Slots[_goalDraws.Below(domain.Slots.Count)].Slot);
                Turn("user");
                Say("any.fixed", null);
                _text.Append('.');
                Confirm();
            }
            Say("any.yes", "affirm");
            if (_text[^1] != '.') _text.Append('.');
            Turn("user");
        }

        private void Finish()
        {
            Say(domain.Name + ".done", "book", "reference");
            Turn("assistant");
            if (_goalDraws.Below(2) == 0)
            {
                Say(domain.Name + ".question", "question");
                Turn("user");
                Say(domain.Name + ".answer", "answer", "offer");
                Turn("assistant");
            }
            Say("any.thank", "thank");
            Turn("user");
            Say("any.close", "close");
            Turn("assistant");
        }

        private string[] Others(string slot) => [.. _known.Keys.Where(k => k != slot).Order(StringComparer.Ordinal)];

        private void Inform(string slot)
        {
            _known[slot] = _goal[slot];
            Say($"{domain.Name}.{slot}.tell", "inform", slot);
        }

        private void Correct(string excuse, string slot)
        {
            _corrections++;
            Say(excuse, "correct");
            _goal[slot] = Fresh(domain.Slots.First(s => s.Slot == slot).Values);
            _known[slot] = _goal[slot];
            Say($"{domain.Name}.{slot}.tell", "inform", slot);
        }

        private void Confirm()
        {
            Say(domain.Name + ".confirm", "confirm", [.. domain.Slots.Select(s => s.Slot)]);
            Turn("assistant");
        }

        // A value that no slot of the kind has or had.
        private string Fresh(string kind)
        {
            while (true)
            {
                string value = DialogueValues.Draw(kind, ref _goalDraws);
                bool small = kind == "class" && domain.Slots.Any(s => _goal.TryGetValue(s.Slot, out string? now) && now == value);
                if (small || (kind != "class" && _goal.ContainsValue(value))) continue;
                return value;
            }
        }

        private void Say(string pool, string? act, params ReadOnlySpan<string> slots)
        {
            var phrases = Book[pool];
            if (_text.Length > 0) _text.Append(' ');
            phrases[_wording.Below(phrases.Length)].Write(_text, (text, gap) => text.Append(_goal[gap]), ref _wording);
            if (act is not null && !_acts.Contains(act)) _acts.Add(act);
            foreach (string slot in slots)
            {
                _stated[slot] = _goal[slot];
                if (slot is "reference" or "offer") _known[slot] = _goal[slot];
            }
        }

        private void Turn(string speaker)
        {
            _turns.Add(new DialogueTurn(speaker, _text.ToString(), [.. _acts],
                new ReadOnlyDictionary<string, string>(_stated.ToDictionary(StringComparer.Ordinal))));
            _text.Clear();
            _acts.Clear();
            _stated.Clear();
        }
    }
}
