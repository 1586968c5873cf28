using System.Text;

namespace Simulant.Text.Embeddings;

/// <summary>
/// The part of Unicode's NFKC that ordinary English text needs, the same on every machine (this program runs without a system's Unicode
/// library): blanks, full-width and mathematical letters and digits, ligatures, fractions, raised digits, and Latin letters
/// followed by one of eight combining marks. Other characters stay as they are.
/// </summary>
internal static class CompatibilityForm
{
    private const string Singles = "\u00b2=2 \u00b3=3 \u00b9=1 \u2070=0 \u2074=4 \u2075=5 \u2076=6 \u2077=7 \u2078=8 \u2079=9 \u00aa=a " +
        "\u00ba=o \u00b5=\u03bc \u017f=s \u2026=... \u2025=.. \u2122=TM \u2116=No \u2100=a/c \u2103=\u00b0C \u2109=\u00b0F \u212a=K " +
        "\u212b=\u00c5 \u2121=TEL \u00bc=1\u20444 \u00bd=1\u20442 \u00be=3\u20444 \u2153=1\u20443 \u2154=2\u20443 \u215b=1\u20448 " +
        "\ufb00=ff \ufb01=fi \ufb02=fl \ufb03=ffi \ufb04=ffl \ufb05=st \ufb06=st \u0132=IJ \u0133=ij \u01c4=D\u017d \u203c=!! " +
        "\u2047=?? \u2048=?! \u2049=!? \u2033=\u2032\u2032 \u33a5=m3 \u33a1=m2 \u338f=kg \u339d=cm \u339e=km \u339c=mm";

    // Letter and what it becomes under the mark, pair by pair.
    private static readonly (char Mark, string Pairs)[] Marks =
    [
        ('\u0300', "aàeèiìnǹoòuùwẁyỳAÀEÈIÌNǸOÒUÙWẀYỲ"),
        ('\u0301', "aácćeégǵiíkḱlĺmḿnńoópṕrŕsśuúwẃyýzźAÁCĆEÉGǴIÍKḰLĹMḾNŃOÓPṔRŔSŚUÚWẂYÝZŹ"),
        ('\u0302', "aâcĉeêgĝhĥiîjĵoôsŝuûwŵyŷzẑAÂCĈEÊGĜHĤIÎJĴOÔSŜUÛWŴYŶZẐ"),
        ('\u0303', "aãeẽiĩnñoõuũvṽyỹAÃEẼIĨNÑOÕUŨVṼYỸ"),
        ('\u0308', "aäeëhḧiïoötẗuüwẅxẍyÿAÄEËHḦIÏOÖUÜWẄXẌYŸ"),
        ('\u030a', "aåuůwẘyẙAÅUŮ"),
        ('\u0327', "cçdḑeȩgģhḩkķlļnņrŗsştţCÇDḐEȨGĢHḨKĶLĻNŅRŖSŞTŢ"),
        ('\u030c', "aǎcčdďeěgǧhȟiǐjǰkǩlľnňoǒrřsštťuǔzžAǍCČDĎEĚGǦHȞIǏKǨLĽNŇOǑRŘSŠTŤUǓZŽ"),
    ];

    private static readonly Dictionary<int, string> Instead = Singles.Split(' ')
        .ToDictionary(pair => (int)pair[0], pair => pair[2..]);

    private static readonly Dictionary<(char, char), char> Composed = Marks
        .SelectMany(m => Enumerable.Range(0, m.Pairs.Length / 2).Select(i => (m.Mark, m.Pairs[2 * i], m.Pairs[2 * i + 1])))
        .ToDictionary(t => (t.Item2, t.Mark), t => t.Item3);

    public static string Of(string text)
    {
        if (System.Text.Ascii.IsValid(text)) return text;
        var into = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            if (into.Length > 0 && rune.IsBmp && Composed.TryGetValue((into[^1], (char)rune.Value), out char composed)) into[^1] = composed;
            else if (Instead.TryGetValue(rune.Value, out string? instead)) into.Append(instead);
            else into.Append(Plain(rune));
        }
        return into.ToString();
    }

    private static Rune Plain(Rune rune)
    {
        int value = rune.Value;
        return value switch
        {
            0xa0 or 0x202f or 0x205f or 0x3000 or (>= 0x2000 and <= 0x200a) => new Rune(' '),
            0x2011 => new Rune(0x2010),
            >= 0xff01 and <= 0xff5e => new Rune(value - 0xff01 + '!'),
            >= 0x1d7ce and <= 0x1d7ff => new Rune('0' + (value - 0x1d7ce) % 10),
            >= 0x1d400 and < 0x1d6a4 => Letter((value - 0x1d400) % 52),
            >= 0x24b6 and <= 0x24e9 => Letter(value - 0x24b6),
            _ => rune,
        };
    }

    private static Rune Letter(int place) => new(place < 26 ? 'A' + place : 'a' + place - 26);
}
