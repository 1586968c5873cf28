using Simulant.Data;

namespace Simulant.Tabular.Personal;

/// <summary>How letters are cased.</summary>
public enum LetterCase { AsIs, Upper, Lower }

/// <summary>How a full name is put together.</summary>
public enum NameStyle { FirstLast, LastCommaFirst, FirstInitialLast, LastCommaFirstInitial }

/// <summary>
/// How a column of personal data is written, so that generated values look alike: shapes with their shares (phone, postal
/// code, card, account and national numbers), letter case, order of names, and whether a check digit holds. It keeps no value.
/// </summary>
public sealed class PersonalFormat
{
    /// <summary>A shape enters only with this many examples, so that a rare one does not give its only bearer away.</summary>
    public const int MinimumShapeCount = 5;

    private const int MaximumShapes = 16;

    public PersonalFormat(IReadOnlyList<KeyValuePair<TextShape, double>> shapes, LetterCase letters, NameStyle style, bool luhn)
    {
        Shapes = shapes;
        Letters = letters;
        Style = style;
        Luhn = luhn;
    }

    /// <summary>Nothing imitated: each kind's own way of writing.</summary>
    public static PersonalFormat Default { get; } = new([], LetterCase.AsIs, NameStyle.FirstLast, false);

    /// <summary>Shapes and their shares, which sum to 1, most frequent first; empty where none is imitated.</summary>
    public IReadOnlyList<KeyValuePair<TextShape, double>> Shapes { get; }

    public LetterCase Letters { get; }
    public NameStyle Style { get; }

    /// <summary>Whether the last digit is a Luhn check digit (national numbers of several countries).</summary>
    public bool Luhn { get; }

    /// <summary>Reads the way of writing off examples (missing values left out).</summary>
    public static PersonalFormat Learn(PersonalData kind, IEnumerable<string> examples)
    {
        string[] texts = [.. examples.Where(text => text.Length > 0)];
        if (texts.Length == 0) return Default;
        bool shaped = kind is PersonalData.Phone or PersonalData.PostalCode or PersonalData.CardNumber
            or PersonalData.BankAccount or PersonalData.NationalNumber or PersonalData.IpAddress;
        bool luhn = kind == PersonalData.NationalNumber && texts.Length >= MinimumShapeCount
            && texts.Count(text => Checksums.PassesLuhn(text)) > 0.9 * texts.Length;
        return new PersonalFormat(
            shaped ? LearnShapes(kind, texts) : [], LearnCase(texts),
            kind == PersonalData.FullName ? LearnStyle(texts) : default, luhn);
    }

    public void Write(BinaryWriter to)
    {
        to.Write(Shapes.Count);
        foreach (var (shape, share) in Shapes)
        {
            to.Write(shape.Pattern);
            to.Write(share);
        }
        to.Write((byte)Letters);
        to.Write((byte)Style);
        to.Write(Luhn);
    }

    public static PersonalFormat Read(BinaryReader from)
    {
        var shapes = new KeyValuePair<TextShape, double>[from.ReadInt32()];
        for (int i = 0; i < shapes.Length; i++) shapes[i] = new(new TextShape(from.ReadString()), from.ReadDouble());
        return new PersonalFormat(shapes, (LetterCase)from.ReadByte(), (NameStyle)from.ReadByte(), from.ReadBoolean());
    }

    private static KeyValuePair<TextShape, double>[] LearnShapes(PersonalData kind, string[] texts)
    {
        // An IBAN's country is part of its shape: length and account structure follow from it.
        static string Key(PersonalData kind, string text) =>
            (kind == PersonalData.BankAccount && text.Length > 2 ? text[..2] : "") + TextShape.Of(text).Pattern;
        var groups = texts.Where(text => text.Length <= 64).GroupBy(text => Key(kind, text))
            .Select(group => (group.Key, Texts: group.ToList()))
            .Where(group => group.Texts.Count >= MinimumShapeCount)
            .OrderByDescending(group => group.Texts.Count).ThenBy(group => group.Key, StringComparer.Ordinal)
            .Take(MaximumShapes).ToList();
        double total = groups.Sum(group => group.Texts.Count);
        return [.. groups.Select(group => KeyValuePair.Create(Shape(kind, group.Texts), group.Texts.Count / total))];
    }

    private static TextShape Shape(PersonalData kind, List<string> texts)
    {
        var shape = TextShape.OfAll(texts);
        if (kind != PersonalData.BankAccount || texts[0].Length < 5 || !char.IsAsciiLetter(texts[0][0])) return shape;
        return new TextShape($"\\{texts[0][0]}\\{texts[0][1]}" + TextShape.Of(texts[0][2..]).Pattern);
    }

    private static LetterCase LearnCase(string[] texts)
    {
        int upper = 0, lower = 0;
        foreach (string text in texts)
        {
            if (!text.Any(char.IsLetter)) continue;
            if (!text.Any(char.IsLower)) upper++;
            else if (!text.Any(char.IsUpper)) lower++;
        }
        return 2 * upper > texts.Length ? LetterCase.Upper : 2 * lower > texts.Length ? LetterCase.Lower : LetterCase.AsIs;
    }

    private static NameStyle LearnStyle(string[] texts)
    {
        if (2 * texts.Count(text => text.Contains(", ", StringComparison.Ordinal)) > texts.Length)
        {
            int initials = texts.Count(text => text is [.., ' ', _] or [.., ' ', _, '.']);
            return 2 * initials > texts.Length ? NameStyle.LastCommaFirstInitial : NameStyle.LastCommaFirst;
        }
        static bool Initial(string text) =>
            text.Split(' ') is { Length: 3 } parts && (parts[1].Length == 1 || parts[1] is [_, '.']);
        return 2 * texts.Count(Initial) > texts.Length ? NameStyle.FirstInitialLast : NameStyle.FirstLast;
    }
}
