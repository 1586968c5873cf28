using System.Text.Json;
using Simulant.Tests.Data;
using Simulant.Text.Filters.Rules;
using Xunit;

namespace Simulant.Tests.Text.Filters;

public class LanguageGuessTests
{
    /// <summary>Three sentences a language, written for this test.</summary>
    private static readonly (string Code, string[] Sentences)[] Samples =
    [
        ("en", ["The train to the coast was late, and we had to wait for an hour at the station.",
            "She wrote a letter to her brother about the house that they had sold.",
            "If you mix the two colours, what will you get?"]),
        ("de", ["Der Zug an die Küste hatte Verspätung, und wir mussten am Bahnhof eine Stunde warten.",
            "Sie schrieb ihrem Bruder einen Brief über das Haus, das sie verkauft hatten.",
            "Wenn man die beiden Farben mischt, was bekommt man dann?"]),
        ("fr", ["Le train pour la côte était en retard et nous avons dû attendre une heure à la gare.",
            "Elle a écrit une lettre à son frère sur la maison qu'ils avaient vendue.",
            "Si on mélange les deux couleurs, que va-t-on obtenir dans le verre ?"]),
        ("es", ["El tren a la costa llegó tarde y tuvimos que esperar una hora en la estación.",
            "Ella escribió una carta a su hermano sobre la casa que habían vendido.",
            "Si se mezclan los dos colores, ¿qué se obtiene?"]),
        ("it", ["Il treno per la costa era in ritardo e abbiamo dovuto aspettare un'ora alla stazione.",
            "Lei ha scritto una lettera a suo fratello sulla casa che avevano venduto.",
            "Se si mescolano i due colori, che cosa si ottiene?"]),
        ("pt", ["O comboio para a costa estava atrasado e tivemos de esperar uma hora na estação.",
            "Ela escreveu uma carta ao seu irmão sobre a casa que eles tinham vendido.",
            "Se misturarmos as duas cores, o que é que se obtém?"]),
        ("nl", ["De trein naar de kust had vertraging en we moesten een uur op het station wachten.",
            "Zij schreef haar broer een brief over het huis dat ze hadden verkocht.",
            "Als je de twee kleuren mengt, wat krijg je dan?"]),
        ("sv", ["Tåget till kusten var försenat och vi fick vänta en timme på stationen.",
            "Hon skrev ett brev till sin bror om huset som de hade sålt.",
            "Om man blandar de två färgerna, vad får man då?"]),
        ("da", ["Toget til kysten var forsinket, og vi måtte vente en time på stationen.",
            "Hun skrev et brev til sin bror om det hus, som de havde solgt.",
            "Hvis man blander de to farver, hvad får man så ud af det?"]),
        ("fi", ["Juna rannikolle oli myöhässä, ja meidän oli odotettava asemalla tunti.",
            "Hän kirjoitti veljelleen kirjeen talosta, jonka he olivat myyneet, mutta se ei ollut pitkä.",
            "Jos sekoitat nämä kaksi väriä, mitä sinä saat?"]),
        ("pl", ["Pociąg na wybrzeże był spóźniony i musieliśmy czekać godzinę na stacji.",
            "Napisała do brata list o domu, który już sprzedali, ale nie był on długi.",
            "Jeśli się zmiesza te dwa kolory, to co z tego będzie?"]),
        ("cs", ["Vlak na pobřeží měl zpoždění a museli jsme na nádraží čekat hodinu, než přijel.",
            "Napsala svému bratrovi dopis o domě, který už prodali, ale nebyl dlouhý.",
            "Když se ty dvě barvy smíchají, co z toho bude?"]),
        ("hu", ["A tengerpartra tartó vonat késett, és egy órát kellett várni az állomáson.",
            "Levelet írt a testvérének arról a házról, amit már eladtak, de nem volt hosszú.",
            "Ha összekevered a két színt, mi lesz az eredmény?"]),
        ("ro", ["Trenul spre coastă a întârziat și a trebuit să așteptăm o oră la gară.",
            "Ea i-a scris fratelui ei o scrisoare despre casa pe care o vânduseră.",
            "Dacă amesteci cele două culori, ce obții din asta?"]),
        ("tr", ["Sahile giden tren gecikti ve biz istasyonda bir saat bekledik.",
            "Kardeşine sattıkları ev için bir mektup yazdı ama çok uzun değil.",
            "Bu iki rengi bir kapta karıştırırsan ne olur, ve ne kadar sürer?"]),
        ("ru", ["Поезд на побережье опоздал, и мы ждали на станции целый час.",
            "Она написала брату письмо о доме, который они уже продали, но оно было коротким.",
            "Что будет, если смешать эти два цвета?"]),
        ("uk", ["Потяг на узбережжя запізнився, і ми чекали на станції цілу годину.",
            "Вона написала братові листа про будинок, який вони вже продали, але він був короткий.",
            "Що буде, якщо змішати ці два кольори?"]),
        ("bg", ["Влакът за крайбрежието закъсня и ние чакахме един час на гарата.",
            "Тя написа писмо на брат си за къщата, която те са продали, но то не беше дълго.",
            "Какво ще се получи, ако се смесят двата цвята?"]),
        ("el", ["Το τρένο για την ακτή άργησε.", "Έγραψε ένα γράμμα.", "Τι θα γίνει;"]),
        ("he", ["הרכבת לחוף איחרה.", "היא כתבה מכתב לאחיה.", "מה יקרה?"]),
        ("ar", ["تأخر القطار إلى الساحل.", "كتبت رسالة إلى أخيها.", "ماذا سيحدث؟"]),
        ("hi", ["तट की ओर जाने वाली ट्रेन देर से आई।", "उसने अपने भाई को पत्र लिखा।", "क्या होगा?"]),
        ("th", ["รถไฟไปชายฝั่งมาสาย", "เธอเขียนจดหมายถึงพี่ชาย", "จะเกิดอะไรขึ้น"]),
        ("ka", ["მატარებელი დაგვიანდა.", "მან წერილი დაწერა.", "რა მოხდება?"]),
        ("hy", ["Գնացքը ուշացավ։", "Նա նամակ գրեց եղբորը։", "Ի՞նչ կլինի։"]),
        ("ko", ["해안으로 가는 기차가 늦었다.", "그녀는 동생에게 편지를 썼다.", "무슨 일이 일어날까?"]),
        ("ja", ["海岸行きの電車が遅れた。", "彼女は弟に手紙を書いた。", "何が起こるでしょうか。"]),
        ("zh", ["开往海边的火车晚点了。", "她给弟弟写了一封信。", "会发生什么？"]),
    ];

    [Fact]
    public void Sentences_are_told_and_none_is_taken_for_another()
    {
        Assert.Equal(LanguageGuess.Known, Samples.Select(s => s.Code).Order(StringComparer.Ordinal));
        var told = Samples.SelectMany(s => s.Sentences.Select(text => (s.Code, text, Found: LanguageGuess.Of(text)))).ToArray();
        var wrong = told.Where(t => t.Found != t.Code && t.Found != LanguageGuess.Unknown).ToArray();
        Assert.True(wrong.Length <= 1, string.Join('\n', wrong));
        int unknown = told.Count(t => t.Found == LanguageGuess.Unknown);
        Assert.True(unknown <= told.Length / 20, string.Join('\n', told.Where(t => t.Found == LanguageGuess.Unknown)));
        // Three sentences together leave no doubt.
        Assert.All(Samples, s => Assert.Equal(s.Code, LanguageGuess.Of(string.Join(' ', s.Sentences))));
    }

    [Theory]
    [InlineData("")]
    [InlineData("42 17 3.14")]
    [InlineData("Berlin Paris Roma")]
    [InlineData("\uD800\0")]
    [InlineData("xqzt brrp flkj wvvn kkkl pppo")]
    public void What_cannot_be_told_is_said_to_be_unknown(string text) => Assert.Equal(LanguageGuess.Unknown, LanguageGuess.Of(text));

    [Fact]
    public void Real_English_is_English()
    {
        string[] questions = [.. File.ReadLines(SharedData.Text("gsm8k_test.jsonl"))
            .Select(line => JsonDocument.Parse(line).RootElement.GetProperty("question").GetString()!)];
        var found = questions.GroupBy(LanguageGuess.Of).ToDictionary(g => g.Key, g => g.Count());
        Assert.InRange((double)found["en"] / questions.Length, 0.99, 1);
        Assert.DoesNotContain(found.Keys, code => code is not ("en" or LanguageGuess.Unknown));
    }
}
