namespace Simulant.Data.Inference;

/// <summary>A small list of common first and last names of several languages; enough to notice a column of persons, no more.</summary>
internal static class PersonNames
{
    private static readonly HashSet<string> First = Words(
        """
        james mary robert patricia john jennifer michael linda david elizabeth william barbara richard susan joseph jessica thomas sarah
        charles karen christopher lisa daniel nancy matthew betty anthony margaret mark sandra donald ashley steven kimberly paul emily
        andrew donna joshua michelle kenneth carol kevin amanda brian dorothy george melissa timothy deborah ronald stephanie edward
        rebecca jason sharon jeffrey laura ryan cynthia jacob kathleen gary amy nicholas angela eric shirley jonathan anna stephen brenda
        larry pamela justin emma scott nicole brandon helen benjamin samantha samuel katherine gregory christine alexander debra patrick
        rachel frank carolyn raymond janet jack catherine dennis maria jerry heather tyler diane aaron ruth jose julie adam olivia nathan
        joyce henry virginia zachary victoria douglas kelly peter lauren kyle christina noah joan ethan evelyn jeremy judith walter megan
        christian andrea keith cheryl roger hannah terry jacqueline austin martha sean gloria gerald teresa carl ann harold sara dylan
        madison arthur frances lawrence kathryn jordan janice jesse jean bryan abigail billy alice bruce julia gabriel judy joe sophia
        logan grace alan denise juan amber willie doris albert marilyn elijah danielle wayne beverly randy isabella vincent theresa mason
        diana roy natalie ralph brittany bobby charlotte russell marie bradley kayla philip alexis eugene lori
        hans peter wolfgang klaus jürgen dieter manfred uwe ursula monika petra sabine renate helga karin brigitte ingrid erika stefan
        andreas thomas lukas leon finn jonas felix lena mia anke katrin heike jan piet kees johannes willem maria anna sanne lotte daan
        sem bram thijs lars sven emil astrid ingrid björn karl erik nils
        pierre jean michel andré philippe alain jacques bernard marcel daniel louis marie monique catherine nathalie isabelle sylvie
        camille chloé léa manon antoine julien nicolas françois
        antonio josé manuel francisco juan david javier carlos miguel pedro luis ángel sergio pablo jorge alberto diego carmen josefa
        isabel dolores pilar teresa ana francisca laura cristina marta lucía elena paula sofia valentina mateo santiago
        giuseppe giovanni antonio mario luigi francesco angelo vincenzo marco luca alessandro giulia chiara francesca sara martina
        ivan sergei dmitri alexei olga tatiana natalia svetlana anastasia vladimir igor nikolai piotr krzysztof andrzej katarzyna
        agnieszka joanna małgorzata tomasz paweł marcin
        wei li jing yan min hui xin yuki haruto sakura hiroshi kenji akira mei chen ming jun ji hyun seo yeon
        mohammed muhammad ahmed ali omar hassan fatima aisha khadija ibrahim yusuf mustafa mehmet ayşe fatma emine zeynep hüseyin
        raj amit priya sunita anil sanjay rahul pooja anita vijay ravi neha deepak arjun ananya aarav
        oliver liam ava amelia harper lucas levi theodore ella scarlett aria chloe layla mila nora hazel zoe lily eleanor
        """);

    private static readonly HashSet<string> Last = Words(
        """
        smith johnson williams brown jones garcia miller davis rodriguez martinez hernandez lopez gonzalez wilson anderson thomas taylor
        moore jackson martin lee perez thompson white harris sanchez clark ramirez lewis robinson walker young allen king wright scott
        torres nguyen hill flores green adams nelson baker hall rivera campbell mitchell carter roberts gomez phillips evans turner diaz
        parker cruz edwards collins reyes stewart morris morales murphy cook rogers gutierrez ortiz morgan cooper peterson bailey reed
        kelly howard ramos kim cox ward richardson watson brooks chavez wood james bennett gray mendoza ruiz hughes price alvarez
        castillo sanders patel myers long ross foster jimenez powell jenkins perry russell sullivan bell coleman butler henderson barnes
        fisher vasquez simmons romero jordan patterson alexander hamilton graham reynolds griffin wallace moreno west cole hayes bryant
        müller schmidt schneider fischer weber meyer wagner becker schulz hoffmann schäfer koch bauer richter klein wolf schröder neumann
        schwarz zimmermann braun krüger hofmann hartmann lange jansen devries vries bakker visser smit meijer mulder bos vos peters
        hendriks dijkstra andersson johansson karlsson nilsson eriksson larsson olsson hansen nielsen jensen pedersen andersen
        bernard dubois durand leroy moreau simon laurent lefebvre michel roux fournier girard bonnet dupont lambert fontaine
        fernandez rodríguez garcía lópez martínez sánchez pérez gómez jiménez hernández muñoz álvarez romero navarro domínguez gil
        rossi russo ferrari esposito bianchi romano colombo ricci marino greco bruno gallo conti costa giordano mancini rizzo lombardi
        ivanov smirnov kuznetsov popov petrov sokolov nowak kowalski wiśniewski wójcik kamiński lewandowski zieliński
        wang zhang liu chen yang zhao huang zhou wu xu sun sato suzuki takahashi tanaka watanabe yamamoto nakamura kobayashi park choi
        singh kumar sharma gupta khan ahmed ali hussain silva santos oliveira souza pereira lima ferreira yılmaz kaya demir
        """);

    public static bool IsFirst(string text) => First.Contains(text.ToLowerInvariant());

    public static bool IsLast(string text) => Last.Contains(text.ToLowerInvariant());

    /// <summary>Two to five capitalised words, one of them a common first or last name.</summary>
    public static bool IsFull(string text)
    {
        string[] words = text.Split([' ', ',', '.'], StringSplitOptions.RemoveEmptyEntries);
        return words.Length is >= 2 and <= 5 && words.All(w => char.IsUpper(w[0]) || w.Length <= 3)
            && words.Any(w => IsFirst(w)) && words.All(w => w.All(c => char.IsLetter(c) || c is '\'' or '-' or '(' or ')'));
    }

    private static HashSet<string> Words(string text) =>
        new(text.Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries), StringComparer.Ordinal);
}
