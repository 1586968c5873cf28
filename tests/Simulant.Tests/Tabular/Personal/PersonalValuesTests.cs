using System.Text.RegularExpressions;
using Simulant.Data;
using Simulant.Numerics.Random;
using Simulant.Tabular.Personal;
using Xunit;

namespace Simulant.Tests.Tabular.Personal;

public class PersonalValuesTests
{
    private static readonly RandomStream Stream = new(7, "personal");

    public static TheoryData<PersonalData> Kinds =>
        [.. Enum.GetValues<PersonalData>().Where(kind => kind != PersonalData.None)];

    [Theory, MemberData(nameof(Kinds))]
    public void Any_item_alone_equals_the_item_in_order_and_from_other_threads(PersonalData kind)
    {
        var values = new PersonalValues(kind);
        string[] inOrder = [.. Enumerable.Range(0, 500).Select(i => values.Value(Stream, i, 3))];
        string[] threaded = new string[500];
        Work.For(500, 4, i => threaded[499 - i] = new PersonalValues(kind).Value(Stream, 499 - i, 3), CancellationToken.None);
        Assert.Equal(inOrder, threaded);
        Assert.True(inOrder.Distinct().Count() > 50, $"only {inOrder.Distinct().Count()} different values");
        Assert.NotEqual(inOrder, inOrder.Select((_, i) => values.Value(new RandomStream(8, "personal"), i, 3)));
    }

    [Theory, MemberData(nameof(Kinds))]
    public void Unique_values_never_repeat(PersonalData kind)
    {
        var values = new PersonalValues(kind, unique: true);
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        for (int i = 0; i < 40_000; i++)
            Assert.True(seen.Add(values.Value(Stream, i, 0)), $"item {i} repeats {values.Value(Stream, i, 0)}");
        // Far items, where short lists have run out, are still new.
        for (long i = 1_000_000_000; i < 1_000_001_000; i++) Assert.True(seen.Add(values.Value(Stream, i, 0)));
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Cards_have_test_prefixes_and_pass_Luhn_by_the_textbook_sum(bool unique)
    {
        var values = new PersonalValues(PersonalData.CardNumber, unique: unique);
        for (int i = 0; i < 2000; i++)
        {
            string card = values.Value(Stream, i, 0);
            Assert.Matches("^(411111|555555|601111)[0-9]{10}$", card);
            int sum = 0;
            for (int k = 0; k < 16; k++)
            {
                int digit = card[k] - '0';
                sum += k % 2 == 0 ? digit * 2 / 10 + digit * 2 % 10 : digit;
            }
            Assert.Equal(0, sum % 10);
        }
    }

    [Theory, InlineData(false), InlineData(true)]
    public void Accounts_pass_the_check_of_IBAN_by_big_integers(bool unique)
    {
        var values = new PersonalValues(PersonalData.BankAccount, unique: unique);
        for (int i = 0; i < 2000; i++)
        {
            string account = values.Value(Stream, i, 0);
            string digits = string
                .Concat((account[4..] + account[..4]).Select(c => char.IsDigit(c) ? c.ToString() : $"{c - 'A' + 10}"));
            Assert.Equal(1, (int)(System.Numerics.BigInteger.Parse(digits) % 97));
        }
    }

    // Published examples: the IBAN registry's own (SWIFT) and the Luhn example of ISO/IEC 7812-1's usual presentation.
    [Theory]
    [InlineData("GB29 NWBK 6016 1331 9268 19", true)]
    [InlineData("DE89 3704 0044 0532 0130 00", true)]
    [InlineData("FR14 2004 1010 0505 0001 3M02 606", true)]
    [InlineData("DE88 3704 0044 0532 0130 00", false)]
    public void Published_accounts(string account, bool valid) => Assert.Equal(valid, Checksums.PassesIban(account));

    [Theory, InlineData("79927398713", true), InlineData("79927398710", false), InlineData("4111 1111 1111 1111", true)]
    public void Published_Luhn_numbers(string number, bool valid) => Assert.Equal(valid, Checksums.PassesLuhn(number));

    [Fact]
    public void The_columns_of_a_row_describe_one_person()
    {
        var mail = new PersonalValues(PersonalData.Email);
        for (int i = 0; i < 300; i++)
        {
            string first = PersonalValues.Value(PersonalData.FirstName, Stream, i, 2);
            string last = PersonalValues.Value(PersonalData.LastName, Stream, i, 2);
            Assert.Equal($"{first} {last}", PersonalValues.Value(PersonalData.FullName, Stream, i, 2));
            string bare = Regex.Replace($"{first}.{last}", "[^A-Za-z.]", "").ToLowerInvariant();
            Assert.StartsWith(bare, mail.Value(Stream, i, 2), StringComparison.Ordinal);
            Assert.Matches("@example\\.(com|org|net)$", mail.Value(Stream, i, 2));
        }
    }

    [Fact]
    public void The_way_of_writing_is_imitated()
    {
        string[] phones = [.. Enumerable.Range(0, 60).Select(i => $"+49 30/{1000 + i * 37}-{i % 9 + 1}{i % 10}")];
        var format = PersonalFormat.Learn(PersonalData.Phone, [.. phones, "0800 SECRET 1", "(1) 2"]);
        Assert.Single(format.Shapes);
        var phone = new PersonalValues(PersonalData.Phone, format);
        for (int i = 0; i < 200; i++) Assert.Matches("^\\+49 30/[1-9][0-9]{3}-[1-9][0-9]$", phone.Value(Stream, i, 0));

        var names = new PersonalValues(PersonalData.FullName,
            PersonalFormat.Learn(PersonalData.FullName, ["KENT, CLARK", "LANE, LOIS"]));
        Assert.Matches("^[^a-z]+, [^a-z]+$", names.Value(Stream, 1, 0));
    }

    [Fact]
    public void Imitated_accounts_and_national_numbers_keep_their_checks()
    {
        string[] accounts = [.. Enumerable.Range(0, 40).Select(i => PersonalValues.Value(PersonalData.BankAccount, Stream, i, 0))
            .Where(a => a[0] == 'G').Select(a => string.Join(' ', a.Chunk(4).Select(c => new string(c))))];
        var imitated = new PersonalValues(PersonalData.BankAccount, PersonalFormat.Learn(PersonalData.BankAccount, accounts),
            unique: true);
        Assert.Matches("^GB[0-9]{2} [A-Z]{4}( [0-9]{4}){3} [0-9]{2}$", imitated.Value(Stream, 1, 0));
        Assert.True(Checksums.PassesIban(imitated.Value(Stream, 1, 0)));

        string[] national = ["811218-9876", "640823-3234", "900118-9811", "670919-9530", "121212-1212"];
        var format = PersonalFormat.Learn(PersonalData.NationalNumber, national);
        Assert.True(format.Luhn);
        var numbers = new PersonalValues(PersonalData.NationalNumber, format);
        for (int i = 0; i < 100; i++) Assert.True(Checksums.PassesLuhn(numbers.Value(Stream, i, 0)));
    }

    [Fact]
    public void A_format_survives_writing_and_reading()
    {
        var format = PersonalFormat.Learn(PersonalData.Phone, Enumerable.Range(0, 30).Select(i => $"0{i % 10}1-{i:00}"));
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, System.Text.Encoding.UTF8, leaveOpen: true)) format.Write(writer);
        memory.Position = 0;
        var again = PersonalFormat.Read(new BinaryReader(memory));
        var a = new PersonalValues(PersonalData.Phone, format);
        var b = new PersonalValues(PersonalData.Phone, again);
        for (int i = 0; i < 100; i++) Assert.Equal(a.Value(Stream, i, 0), b.Value(Stream, i, 0));
    }

    [Fact]
    public void Locales_have_their_own_names_in_ASCII_mail()
    {
        var german = new WordLists("de");
        var names = new PersonalValues(PersonalData.Email, words: german);
        for (int i = 0; i < 300; i++) Assert.Matches("^[a-z]+\\.[a-z]+[0-9]*@example\\.", names.Value(Stream, i, 0));
        Assert.Throws<ArgumentException>(() => new WordLists("tlh"));
        Assert.Throws<ArgumentException>(() => new PersonalValues(PersonalData.None));
    }
}
