using System.Text;
using Simulant.Numerics.Text;
using Simulant.Specs;

namespace Simulant.Text.Filters.Rules;

/// <summary>
/// Which language a text is in, by its script and, where several languages share one, by their commonest function words. It needs no
/// model, and it says so where it cannot tell: a text of few words, names and numbers, a language that is not in the list. Danish and
/// Norwegian share their function words and count as one, <c>da</c>; so do close relatives of a listed language, which pass for it.
/// </summary>
internal static class LanguageGuess
{
    /// <summary>No language could be told.</summary>
    public const string Unknown = "unknown";

    private const double LeastShare = 0.06, LeastLead = 1.25;

    private static readonly (string Code, string Words)[] FunctionWords =
    [
        ("en", "the of and to in is that it was for on are with as his they be at this have from or had by not but what all were when we "
            + "there can an your which their if will how does each about many she he you has would her who than then them into out do"),
        ("de", "der die und das den von zu mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach "
            + "wird "
            + "bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch ich wir wenn"),
        ("fr", "le la les de des et à en un une du est que qui dans pour pas sur au par il ne se plus ce avec sont cette ou mais son nous "
            + "vous être aux elle ont fait été comme leur ses ces tout si où je était"),
        ("es", "el la los las de y que en un una es por con para del se no al lo como más su sus pero este esta fue ha son entre está "
            + "cuando muy "
            + "sin sobre también me hasta hay donde quien desde todo nos durante ser yo él ella"),
        ("it", "il lo la gli le di e che un una è per non con del della dei delle si da nel nella sono al alla come più ma anche ha "
            + "questo questa "
            + "era suo sua dal essere ho se ci io degli quando molto tra"),
        ("pt", "o a os as de e que do da em um uma para com não no na por mais dos das se como mas foi ao ele ela seu sua ou ser quando "
            + "muito há nos já está eu também só pelo pela até isso entre era são você à às num"),
        ("nl", "de het een en van ik te dat die in is niet op aan met als voor er maar om hem dan zou of wat mijn men dit zo door over "
            + "ze zich "
            + "bij ook tot je mij uit der daar haar naar heb hoe heeft hebben deze want nog wordt zijn werd geen"),
        ("sv", "och att det som en på är av för med den till inte om ett han men var jag sig från vi så kan när de hon där under eller nu "
            + "också efter ut hade över mycket bara mot har skulle vid sin"),
        ("da", "og i at det som en på er af for med den til ikke om et han men var jeg sig fra vi så kan når de hun der under eller nu "
            + "også "
            + "efter ud havde over meget kun mod har skulle ved sin av ble hva noe etter"),
        ("fi", "ja on ei se että hän oli mutta ovat kun niin myös olla joka mitä tai sen kuin voi jos vain nyt minä sitä ole tämä hänen "
            + "minun "
            + "sinä me he siitä jo vielä kanssa mukaan sekä"),
        ("pl", "i w na z że się nie do to jest o jak po co tak za od ale czy dla jego przez już tylko był ma może być go jej ich są tym "
            + "które "
            + "który która przy też oraz było bardzo mnie ten ta"),
        ("cs", "a v se na je že to s z do o k i jako by za ve jsem ale si po jeho co od pro tak jsou byl při než jen už není jak nebo "
            + "také má "
            + "který která které může podle až být bylo když"),
        ("hu", "a az és hogy nem is egy ez volt de meg csak már mint ha még el van vagy azt ki kell aki lehet minden nagyon sem majd "
            + "után lesz "
            + "mert ezt én úgy között pedig amely amit neki"),
        ("ro", "și de a în la cu nu pe o că din un mai este care să pentru sunt prin au ca fi sau dar după fost lui ale cel cea însă "
            + "foarte "
            + "dacă când mult își ce acest această într nici"),
        ("tr", "ve bir bu için ile da de çok daha gibi olarak en ne kadar olan var ama o sonra her ben ise değil ki mi mı diye yok göre "
            + "oldu olduğu tarafından şey ya biz sen onun nasıl"),
        ("ru", "и в не на я что он с как это по но она к у из за от то все так его же вы бы ты мы для они был было мне только её меня о "
            + "или "
            + "ещё нет когда если уже чтобы был были который при до"),
        ("uk", "і в не на я що він з як це по але вона до у із за від та все так його же ви би ти ми для вони був було мені тільки її "
            + "мене про "
            + "або ще немає коли якщо вже щоб були який під є й"),
        ("bg", "и в не на да е се за от че по са с като това но до при който тя той ще има още само или които със през беше към много бяха "
            + "най след без така те ни"),
    ];

    private static readonly Dictionary<ulong, int[]> Speakers = Index();

    /// <summary>The codes it can tell, in ordinal order.</summary>
    public static IReadOnlyList<string> Known { get; } =
    [
        .. FunctionWords.Select(f => f.Code).Concat(["ar", "el", "he", "hi", "hy", "ja", "ka", "ko", "th", "zh"])
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The code of the text's language, or <see cref="Unknown"/>.</summary>
    public static string Of(string text)
    {
        string? script = ByScript(text);
        if (script is not null) return script;
        var votes = new double[FunctionWords.Length];
        int words = 0;
        var scan = new WordScanner(text);
        while (scan.Next())
        {
            words++;
            if (!Speakers.TryGetValue(scan.Hash, out int[]? speakers)) continue;
            // A word that many languages share says little.
            foreach (int speaker in speakers) votes[speaker] += 1.0 / speakers.Length;
        }
        int best = 0;
        for (int i = 1; i < votes.Length; i++)
            if (votes[i] > votes[best]) best = i;
        double second = votes.Where((_, i) => i != best).Max();
        bool told = votes[best] >= Math.Max(1, LeastShare * words) && votes[best] >= LeastLead * second;
        return told ? FunctionWords[best].Code : Unknown;
    }

    /// <summary>The rule <c>language</c>.</summary>
    public static TextRule Rule { get; } = new("language", "language", "Texts in another language than the one named.",
        [
            new("is", OptionKind.Text, "The language's code.") { Default = "en", Values = Known },
            new("strict", OptionKind.Boolean, "Whether texts whose language cannot be told fall too.") { Default = "false" },
        ], options =>
        {
            string wanted = options.Text("is");
            bool strict = options.Truth("strict");
            return facts => Of(facts.Text) is var found && found == wanted ? null
                : found == Unknown ? strict ? "the language cannot be told" : null : $"the language is {found}, not {wanted}";
        });

    /// <summary>The one language of the list that is written in most of the text's letters, where there is one.</summary>
    private static string? ByScript(string text)
    {
        int letters = 0, kana = 0, han = 0, hangul = 0;
        var others = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var rune in text.EnumerateRunes())
        {
            if (!Rune.IsLetter(rune)) continue;
            letters++;
            int c = rune.Value;
            if (c < 0x370) continue;
            if (c is >= 0x3041 and <= 0x30FF) kana++;
            else if (c is >= 0x3400 and <= 0x9FFF or >= 0xF900 and <= 0xFAFF or >= 0x20000 and <= 0x323AF) han++;
            else if (c is >= 0xAC00 and <= 0xD7A3 or >= 0x1100 and <= 0x11FF) hangul++;
            else if (Script(c) is { } code) others[code] = others.GetValueOrDefault(code) + 1;
        }
        if (2 * (kana + han) > letters) return kana * 20 > han ? "ja" : "zh";
        if (2 * hangul > letters) return "ko";
        foreach (var (code, count) in others)
            if (2 * count > letters) return code;
        return null;
    }

    private static string? Script(int c) => c switch
    {
        >= 0x370 and <= 0x3FF or >= 0x1F00 and <= 0x1FFF => "el",
        >= 0x530 and <= 0x58F => "hy",
        >= 0x590 and <= 0x5FF => "he",
        >= 0x600 and <= 0x6FF or >= 0x750 and <= 0x77F => "ar",
        >= 0x900 and <= 0x97F => "hi",
        >= 0xE00 and <= 0xE7F => "th",
        >= 0x10A0 and <= 0x10FF => "ka",
        _ => null,
    };

    private static Dictionary<ulong, int[]> Index()
    {
        var index = new Dictionary<ulong, int[]>();
        for (int language = 0; language < FunctionWords.Length; language++)
        {
            var scan = new WordScanner(FunctionWords[language].Words);
            while (scan.Next())
            {
                int[] before = index.GetValueOrDefault(scan.Hash) ?? [];
                if (!before.Contains(language)) index[scan.Hash] = [.. before, language];
            }
        }
        return index;
    }
}
