namespace Simulant.Text.Tasks.Wording;

/// <summary>First names for the people of a problem; no two begin with the same three letters.</summary>
internal static class People
{
    public static IReadOnlyList<string> All { get; } =
    [
        "Ada", "Bella", "Carl", "Dora", "Edgar", "Fiona", "Gareth", "Hanna", "Ivan", "Jonas", "Kira", "Liam", "Mona", "Nadia",
        "Oscar", "Paula", "Quentin", "Rosa", "Simon", "Tara", "Ugo", "Vera", "Walter", "Xenia", "Yusuf", "Zoe", "Amir", "Bruno",
        "Chloe", "Dmitri", "Elena", "Felix", "Greta", "Hugo", "Irene", "Jasper", "Klara", "Lena", "Marcus", "Nora", "Olga", "Pedro",
        "Ravi", "Sofia", "Tomas", "Ursula", "Viktor", "Wanda", "Yara", "Zeno", "Aisha", "Boris", "Celia", "Diego", "Emil", "Farah",
        "Gita", "Henrik", "Ines", "Jamal", "Kofi", "Lucia",
    ];
}
