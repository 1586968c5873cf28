using Simulant.Data;
using Simulant.Data.Inference;
using Simulant.Numerics.Random;
using Xunit;

namespace Simulant.Tests.Data;

public sealed class TypeInferenceTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private InferredTable Column(string name, IEnumerable<string> values, ReadOptions? options = null) =>
        TableReader.Read(_folder.Write("t.csv", $"{name}\n{string.Join('\n', values.Select(v => $"\"{v}\""))}\n"), options);

    private static IEnumerable<string> Many(int count, Func<int, string> value) => Enumerable.Range(0, count).Select(value);

    [Theory]
    [InlineData("0001-01-01,9999-12-31", ColumnKind.Date)]
    [InlineData("0001-01-01T00:00:00,9999-12-31T23:59:59", ColumnKind.Timestamp)]
    [InlineData("1969-12-31T23:59:59.999999,9999-12-31T23:59:59.999999", ColumnKind.Category)] // more digits than a double has there
    public void The_ends_of_the_calendar_are_read_as_they_are_written(string values, ColumnKind kind)
    {
        string[] ends = values.Split(',');
        var column = Column("c", Many(60, i => ends[i % 2])).Table["c"];
        Assert.Equal(kind, column.Schema.Kind);
        for (int row = 0; row < 60; row++) Assert.Equal(ends[row % 2], ValueText.Format(column, row));
    }

    [Theory]
    [InlineData("2020-01-31,2021-12-01", ColumnKind.Date, null)]
    [InlineData("31/01/2020,01/12/2021", ColumnKind.Date, "dd/MM/yyyy")]
    [InlineData("1/31/2020,12/1/2021", ColumnKind.Date, "M/d/yyyy")]
    [InlineData("1/8/90 0:00,12/31/99 0:00", ColumnKind.Date, "M/d/yy' 0:00'")]
    [InlineData("31.12.2020,1.2.2021", ColumnKind.Date, "d.M.yyyy")]
    [InlineData("05-Mar-2020,17-Nov-1999", ColumnKind.Date, "dd-MMM-yyyy")]
    [InlineData("Jan 1 2000,Mar 12 2010", ColumnKind.Date, "MMM d yyyy")]
    [InlineData("2020-01-31T10:00:00,2021-12-01T23:59:59", ColumnKind.Timestamp, "yyyy-MM-dd'T'HH:mm:ss")]
    [InlineData("2020-01-31 10:00:00.25,2021-12-01 23:59:59", ColumnKind.Timestamp, "yyyy-MM-dd HH:mm:ss.FFFFFF")]
    [InlineData("2020-01-31T10:00:00Z,2021-12-01T23:59:59Z", ColumnKind.Timestamp, "yyyy-MM-dd'T'HH:mm:ss'Z'")]
    [InlineData("2020-01-31T10:00:00+02:00,2021-12-01T23:59:59+01:00", ColumnKind.Timestamp, "yyyy-MM-dd'T'HH:mm:sszzz")]
    [InlineData("10:30,23:59", ColumnKind.Time, "HH:mm")]
    [InlineData("9:30 AM,11:59 PM", ColumnKind.Time, "h:mm tt")]
    [InlineData("45-59,16-24", ColumnKind.Category, null)]
    [InlineData("192.168,10.0", ColumnKind.Decimal, null)]
    [InlineData("2020-02-30,2020-01-01", ColumnKind.Category, null)]
    public void Dates_and_times_keep_how_they_are_written(string texts, ColumnKind kind, string? format)
    {
        string[] values = texts.Split(',');
        var table = TableReader.Read(_folder.Write("t.csv",
            $"when;x\n{string.Join('\n', values.Select(v => v + ";1"))}\n"), new ReadOptions { Delimiter = ";" });
        var schema = table.Table["when"].Schema;
        Assert.Equal(kind, schema.Kind);
        if (kind is ColumnKind.Category or ColumnKind.Decimal) return;
        Assert.Equal(format, schema.Format);
        if (!format?.Contains("zzz", StringComparison.Ordinal) ?? true)
            Assert.Equal(values, values.Select((_, i) => ValueText.Format(table.Table["when"], i)));
        else Assert.Equal("2020-01-31T08:00:00+00:00", ValueText.Format(table.Table["when"], 0));
    }

    [Fact]
    public void Days_and_months_that_could_be_swapped_are_said_to_be()
    {
        var table = Column("d", ["01/02/2020", "03/04/2021"]);
        Assert.True(table["d"].Confidence <= 0.5);
        Assert.Contains(table["d"].Evidence, e => e.Contains("other way round", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("date", ColumnKind.Date)]
    [InlineData("amount", ColumnKind.Integer)]
    public void Eight_digits_are_dates_where_the_name_agrees(string name, ColumnKind kind) =>
        Assert.Equal(kind, Column(name, Many(60, i => $"{2000 + i % 20}{1 + i % 12:00}{1 + i % 28:00}"))[name].Kind);

    [Fact]
    public void Integers_beyond_a_doubles_reach_and_leading_zeros_are_codes()
    {
        Assert.Equal(ColumnKind.Identifier, Column("n", Many(30, i => $"{9007199254740993 + 7 * i}"))["n"].Kind);
        var zip = Column("zip", Many(60, i => $"0{1000 + i % 20}"));
        Assert.Equal(ColumnKind.Category, zip["zip"].Kind);
        Assert.Equal("01000", ((CodedColumn)zip.Table["zip"])[0]);
        Assert.Equal(ColumnKind.Integer, Column("n", ["9007199254740992", "-5", "7"])["n"].Kind);
        Assert.Equal(ColumnKind.Decimal, Column("n", ["9007199254740995", "0.5", "7"])["n"].Kind);
    }

    [Fact]
    public void Numbers_keep_their_precision_and_padding()
    {
        (ColumnKind, int, string?) Of(params string[] values) => Column("n", values).Table["n"].Schema is var s
            ? (s.Kind, s.Decimals, s.Format) : default;
        Assert.Equal((ColumnKind.Integer, -1, null), Of("1", "-2", "+3"));
        Assert.Equal((ColumnKind.Integer, -1, "0.0"), Of("1.0", "2.0"));
        Assert.Equal((ColumnKind.Decimal, 2, null), Of("1.25", "2.5", "3"));
        Assert.Equal((ColumnKind.Decimal, 2, "0.0#"), Of("1.25", "2.5", "3.0"));
        Assert.Equal((ColumnKind.Decimal, 2, "0.00"), Of("1.25", "2.50"));
        Assert.Equal((ColumnKind.Decimal, -1, null), Of("1e-7", "2.5"));
        Assert.Equal((ColumnKind.Decimal, -1, null), Of("0.1234567890123456", "2.5"));
        Assert.Equal((ColumnKind.Decimal, 1, null), Of("inf", "2.5"));
        Assert.Equal(ColumnKind.Decimal, Of("inf", "2").Item1);
        Assert.Equal(ColumnKind.Category, Of("inf", "infinity").Item1);
    }

    [Fact]
    public void Decimal_commas_are_numbers_and_what_may_be_thousands_is_not()
    {
        string path = _folder.Write("t.csv", "a;b\n3,5;1,234\n-12;2,345\nNA;3,456\n0,125;4,567\n");
        var table = TableReader.Read(path);
        Assert.Equal([3.5, -12, double.NaN, 0.125], ((NumericColumn)table.Table["a"]).Values.ToArray());
        Assert.Equal(ColumnKind.Category, table["b"].Kind);
        var again = TableReader.ReadAs(_folder.Write("u.csv", "a;b\n7,25;x\n1.5;y\n"), table.Table);
        Assert.Equal([7.25, 1.5], ((NumericColumn)again["a"]).Values.ToArray());
        Assert.Equal("3.5", ValueText.Format(table.Table["a"], 0));
    }

    [Fact]
    public void Commas_between_thousands_are_read_over()
    {
        string path = _folder.Write("t.csv", "n;price;code;maybe\n1,234,567;1,000.50;1,23;1,001\n-12;12.25;1,234;2,002\n"
            + "NA;-999.75;1,2345;3,003\n950;1,234,567.00;x;4,004\n12,000;7.00;1234,5;5,005\n");
        var table = TableReader.Read(path);
        Assert.Equal([1234567, -12, double.NaN, 950, 12000], ((NumericColumn)table.Table["n"]).Values.ToArray());
        Assert.Equal((ColumnKind.Integer, "#,##0"), (table["n"].Kind, table.Table["n"].Schema.Format));
        Assert.Equal([1000.5, 12.25, -999.75, 1234567, 7], ((NumericColumn)table.Table["price"]).Values.ToArray());
        Assert.Equal("1000.50", ValueText.Format(table.Table["price"], 0));
        Assert.Equal(ColumnKind.Category, table["code"].Kind);
        Assert.Equal((ColumnKind.Integer, 0.65), (table["maybe"].Kind, table["maybe"].Confidence));
        var again = TableReader.ReadAs(_folder.Write("u.csv", "n;price;code;maybe\n1,000;8;x;7,001\n2000;9,999.5;x;6\n"), table.Table);
        Assert.Equal([1000, 2000], ((NumericColumn)again["n"]).Values.ToArray());
        Assert.Equal([8, 9999.5], ((NumericColumn)again["price"]).Values.ToArray());
    }

    [Fact]
    public void Whole_numbers_with_decimal_commas_are_read_again_from_a_holdout()
    {
        var table = TableReader.Read(_folder.Write("t.csv", "a;b\n3,0;x\n-12,0;y\n40,0;y\n"));
        var again = TableReader.ReadAs(_folder.Write("u.csv", "a;b\n7,0;x\n"), table.Table);
        Assert.Equal([7.0], ((NumericColumn)again["a"]).Values.ToArray());
    }

    [Theory]
    [InlineData("last", "Smith Johnson Brown Garcia Miller", PersonalData.LastName)]
    [InlineData("first", "James Mary John Linda Robert", PersonalData.FirstName)]
    [InlineData("nachname", "Müller Schmidt Weber Unbekannter Zweiter", PersonalData.LastName)]
    [InlineData("last", "red green blue brown yellow", PersonalData.None)]
    public void A_column_named_like_names_that_holds_names_is_personal(string name, string values, PersonalData expected) =>
        Assert.Equal(expected, Column(name, Many(60, i => values.Split(' ')[i % 5]))[name].Personal);

    [Fact]
    public void A_dropped_code_is_dropped_from_the_holdout_too()
    {
        var train = Column("n", Many(300, i => i % 9 == 0 ? "-999" : i % 2 == 0 ? "" : $"{i % 40}"));
        Assert.True(train["n"].Missing > 150);
        var holdout = TableReader.ReadAs(_folder.Write("h.csv", "n\n-999\n\"\"\n5\n"), train.Table);
        Assert.True(holdout["n"].IsMissing(0) && holdout["n"].IsMissing(1) && !holdout["n"].IsMissing(2));
    }

    [Fact]
    public void Missing_markers_are_read_and_remembered()
    {
        var table = Column("n", ["1", "NA", "3", "", "NA", "-", " "]);
        Assert.Equal(5, table["n"].Missing);
        Assert.Equal("NA", table.Table["n"].Schema.MissingText);
        Assert.Equal("NA", table["n"].MissingTexts[0]);
        var words = Column("c", ["x", "unknown", "y", "x", "none", "?"]);
        Assert.Equal(1, words["c"].Missing);
        Assert.Equal(["unknown", "none"], words["c"].SuspectedMissing);
        var states = Column("state", ["AL", "NA", "CA", "TX", "NY", "FL", "NA"]);
        Assert.Equal((0, "NA"), (states["state"].Missing, states["state"].SuspectedMissing[0]));
        var declared = Column("c", ["x", "unknown", "y", "?"], new ReadOptions { MissingTexts = ["unknown"] });
        Assert.Equal((1, "unknown"), (declared["c"].Missing, declared["c"].MissingTexts[0]));
        Assert.Contains("?", ((CodedColumn)declared.Table["c"]).Levels);
    }

    [Fact]
    public void A_value_far_from_all_others_is_missing_only_on_strong_evidence()
    {
        var strong = Column("n", Many(200, i => i % 9 == 0 ? "-999" : $"{i % 40}"));
        Assert.Equal(23, strong["n"].Missing);
        Assert.Equal("-999", strong.Table["n"].Schema.MissingText);
        Assert.Equal("0", strong["n"].Least);
        var weak = Column("n", Many(200, i => i % 10 == 0 ? "-8" : $"{i % 40}"));
        Assert.Equal((0, "-8"), (weak["n"].Missing, weak["n"].SuspectedMissing[0]));
        var real = Column("n", Many(200, i => $"{i % 40 * 50 - 999}"));
        Assert.Empty(real["n"].SuspectedMissing);
        Assert.Equal(0, Column("n", Many(200, i => $"{i % 40 - 1}"))["n"].Missing);
    }

    [Fact]
    public void Identifiers_entities_and_row_numbers_are_told_apart()
    {
        (ColumnKind, ColumnRole) Of(string name, IEnumerable<string> values) => Column(name, values)[name] is var e ? (e.Kind, e.Role)
            : default;
        Assert.Equal((ColumnKind.Identifier, ColumnRole.Id), Of("x", Many(50, i => $"{i + 1}")));
        Assert.Equal((ColumnKind.Integer, ColumnRole.Feature), Of("year", Many(50, i => $"{1950 + i}")));
        Assert.Equal((ColumnKind.Integer, ColumnRole.Feature), Of("x", Many(50, i => $"{i * 7919 % 1009}")));
        Assert.Equal((ColumnKind.Identifier, ColumnRole.Id), Of("order_id", Many(50, i => $"{i * 7919 % 1009}")));
        Assert.Equal((ColumnKind.Identifier, ColumnRole.Id), Of("x", Many(50, i => $"{i * 7919:x8}-ab")));
        var visits = Column("PatientID", Many(300, i => $"p{i % 100}"));
        Assert.Equal(new RepeatedIdentifier("PatientID", 100, 3), Assert.Single(visits.Findings.RepeatedIdentifiers));
        Assert.Equal(ColumnRole.Entity, visits["PatientID"].Role);
        Assert.Equal(ColumnKind.Text, Of("note", Many(50, i => $"patient {i} came in on day {i * 3} and felt well again")).Item1);
        Assert.Equal(ColumnKind.Category, Of("paid", Many(50, i => i % 7 == 0 ? "Grid" : "Paid")).Item1);
    }

    [Fact]
    public void Booleans_are_true_and_false_only()
    {
        Assert.Equal(ColumnKind.Boolean, Column("b", ["TRUE", "FALSE", "TRUE"])["b"].Kind);
        Assert.Equal(ColumnKind.Category, Column("b", ["yes", "no", "yes"])["b"].Kind);
        Assert.Equal(ColumnKind.Category, Column("b", ["True", "false", "true"])["b"].Kind);
        Assert.Equal(ColumnKind.Category, Column("b", ["t", "t", "t"])["b"].Kind);
        var table = Column("b", ["TRUE", "FALSE", "TRUE"]).Table;
        Assert.Equal("TRUE FALSE TRUE", string.Join(' ', Enumerable.Range(0, 3).Select(i => ValueText.Format(table["b"], i))));
    }

    [Theory]
    [InlineData("high,low,medium", "low,medium,high")]
    [InlineData("XL,S,M,L,XXL", "S,M,L,XL,XXL")]
    [InlineData("Agree,Strongly agree,Neutral,Disagree", "Disagree,Neutral,Agree,Strongly agree")]
    [InlineData("Tuesday,Sunday,Monday", "Monday,Tuesday,Sunday")]
    [InlineData("65+,<18,18-40,41-64", "<18,18-40,41-64,65+")]
    [InlineData("10-20k,>=20k,<10k", "<10k,10-20k,>=20k")]
    [InlineData("3 - often,1 - never,2 - sometimes", "1 - never,2 - sometimes,3 - often")]
    [InlineData("10th,9th,1st-4th", "1st-4th,9th,10th")]
    [InlineData("red,green,blue", null)]
    [InlineData("3B,2A,1C", null)]
    [InlineData("low,high", null)]
    public void Scales_are_ordered(string levels, string? ordered)
    {
        string[] given = levels.Split(',');
        var table = Column("c", Many(60, i => given[i % given.Length]));
        Assert.Equal(ordered is not null, table["c"].Ordered);
        if (ordered is not null) Assert.Equal(ordered.Split(','), ((CodedColumn)table.Table["c"]).Levels);
    }

    [Fact]
    public void Dependencies_are_exact_and_not_by_chance()
    {
        var random = new RandomStream(5, "t");
        var text = new System.Text.StringBuilder("city,country,noise,almost,unique,half\n");
        for (int i = 0; i < 500; i++)
        {
            int city = random.Below(30, i, 0);
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"c{city},{city % 7},{random.Below(3, i, 1)},{(i == 250 ? 99 : city % 7)},{i * 31 % 500},{i / 2}\n");
        }
        var found = TableReader.Read(_folder.Write("t.csv", text.ToString())).Findings.Determinations;
        // half (each value twice) fixes nothing of the others; unique fixes all, trivially, and is left out.
        Assert.Equal([new Determination("city", "country", false), new Determination("almost", "country", false)], found);
    }

    [Fact]
    public void Overrides_replace_what_was_inferred()
    {
        string path = _folder.Write("t.csv", "a,b,c,d\n1,x,20200131,yes\n2,y,20200201,no\n1,x,20200301,yes\n");
        var options = new ReadOptions
        {
            Overrides =
            [
                new ColumnOverride("a") { Kind = ColumnKind.Category, Role = ColumnRole.Target, Levels = ["2", "1"], Ordered = true },
                new ColumnOverride("c") { Kind = ColumnKind.Date, Format = "yyyyMMdd" },
                new ColumnOverride("d") { Kind = ColumnKind.Boolean, Format = "yes|no" },
            ],
        };
        var table = TableReader.Read(path, options).Table;
        Assert.Equal(["2", "1"], ((CodedColumn)table["a"]).Levels);
        Assert.True(table["a"].Schema is { Ordered: true, Role: ColumnRole.Target });
        Assert.Equal("20200131", ValueText.Format(table["c"], 0));
        Assert.Equal(["true", "false", "true"], Enumerable.Range(0, 3).Select(i => ((CodedColumn)table["d"])[i]!));
        DataException Fails(ColumnOverride o) => Assert.Throws<DataException>(() =>
            TableReader.Read(path, new ReadOptions { Overrides = [o] }));
        Assert.Equal((1L, "b"), (Fails(new("b") { Kind = ColumnKind.Integer }).Row!.Value, "b"));
        Assert.Equal(2, Fails(new("b") { Levels = ["x"] }).Row);
        Assert.Contains("no column 'z'", Fails(new("z") { Role = ColumnRole.Target }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Threads_change_nothing()
    {
        string path = _folder.Write("t.csv", "a,b,c\n" + string.Concat(Many(3000, i => $"{i * 7 % 101},{i % 13}x,{i * 0.25}\n")));
        var one = TableReader.Read(path);
        var four = TableReader.Read(path, new ReadOptions { MaxThreads = 4 });
        Assert.Equal(one.Table.Schema.Columns, four.Table.Schema.Columns);
        Assert.Equal(one.Columns.SelectMany(c => c.Evidence), four.Columns.SelectMany(c => c.Evidence));
    }
}

public sealed class PersonalDataTests
{
    [Theory]
    [InlineData("4539578763621486", true)]
    [InlineData("4539578763621487", false)]
    [InlineData("378282246310005", true)]
    public void Cards(string text, bool holds) => Assert.Equal(holds, CheckDigits.Card(text));

    // Published specimens: IBAN registry examples; the issuing bodies' or encyclopaedic examples of national numbers.
    [Fact]
    public void Published_specimens_pass_and_altered_ones_fail()
    {
        (string Text, Func<string, bool> Test)[] specimens =
        [
            ("GB29NWBK60161331926819", t => CheckDigits.Iban(t)), ("DE89370400440532013000", t => CheckDigits.Iban(t)),
            ("NL91ABNA0417164300", t => CheckDigits.Iban(t)), ("111222333", t => CheckDigits.Bsn(t)),
                ("12345678Z", t => CheckDigits.Dni(t)),
            ("X1234567L", t => CheckDigits.Dni(t)), ("RSSMRA85T10A562S", t => CheckDigits.CodiceFiscale(t)),
                ("9434765919", t => CheckDigits.Nhs(t)),
            ("44051401359", t => CheckDigits.Pesel(t)), ("85073003328", t => CheckDigits.Belgian(t)),
                ("255081416802538", t => CheckDigits.Nir(t)),
            ("11144477735", t => CheckDigits.Cpf(t)), ("86095742719", t => CheckDigits.SteuerId(t)),
                ("11010519491231002X", t => CheckDigits.Resident(t)),
        ];
        foreach (var (text, test) in specimens)
        {
            Assert.True(test(text), text);
            char[] altered = text.ToCharArray();
            int at = Array.FindLastIndex(altered, altered.Length - 2, char.IsAsciiDigit);
            altered[at] = (char)('0' + (altered[at] - '0' + 1) % 10);
            Assert.False(test(new string(altered)), new string(altered));
        }
    }

    private static string Bsn(int seed)
    {
        for (int n = 100_000_000 + seed * 7919; ; n++)
            if (CheckDigits.Bsn($"{n}")) return $"{n}";
    }

    private static string CardOf(int seed)
    {
        string stem = $"45395{seed * 104729 % 10_000_000_000L:0000000000}";
        return Enumerable.Range(0, 10).Select(d => stem + d).First(t => CheckDigits.Luhn(t));
    }

    [Fact]
    public void Columns_of_persons_are_found()
    {
        string[] firsts = ["Anna", "John", "Maria", "Peter", "Linda", "Ahmed", "Wei", "Laura", "Robert", "Susan", "David", "Emma"];
        string[] lasts = ["Smith", "Müller", "Garcia", "Jansen", "Rossi", "Nowak", "Khan", "Wilson", "Taylor", "Quillfeather", "Ozturkmen",
            "Brown"];
        using var folder = new TempFolder();
        var text = new System.Text.StringBuilder("name,first_name,surname,contact,tel,street,city,pan,bsn,iban,ip,ssn,score,job\n");
        for (int i = 0; i < 60; i++)
        {
            string first = firsts[i % 12], last = lasts[i * 5 % 12];
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{first} {last},{first},{last},{first}.{last}{i}@example.org,+31 6 {10000000 + i * 7919},{i + 1} Main Street,"
                + $"Utrecht,{CardOf(i)},{Bsn(i)},NL91ABNA0417164300,");
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"10.1.{i}.{i * 3 % 250},{101 + i}-{10 + i % 80}-{1000 + i * 31},{i * 37 % 50},{(i % 3 == 0 ? "nurse" : "clerk")}\n");
        }
        var table = TableReader.Read(folder.Write("p.csv", text.ToString()));
        Assert.Equal(
            [PersonalData.FullName, PersonalData.FirstName, PersonalData.LastName, PersonalData.Email,
                PersonalData.Phone, PersonalData.Address, PersonalData.City,
             PersonalData.CardNumber, PersonalData.NationalNumber, PersonalData.None, PersonalData.IpAddress, PersonalData.NationalNumber,
                 PersonalData.None,
             PersonalData.None],
            table.Columns.Select(c => c.Personal));
        Assert.Equal(table.Columns.Select(c => c.Personal), table.Table.Columns.Select(c => c.Schema.Personal));
        Assert.All(table.Table.Columns.Take(12), c => Assert.IsType<CodedColumn>(c));
    }

    [Fact]
    public void Random_numbers_and_words_are_not_persons()
    {
        var random = new RandomStream(3, "t");
        using var folder = new TempFolder();
        var text = new System.Text.StringBuilder("nine,sixteen,word,range\n");
        for (int i = 0; i < 100; i++)
            text.Append(System.Globalization.CultureInfo.InvariantCulture,
                $"{100_000_000 + random.Below(800_000_000, i, 0)},{4_000_000_000_000_000 + random.Below(2_000_000_000, i, 1)},"
                + $"w{random.Below(20, i, 2)},{i}-{i + 5}\n");
        Assert.All(TableReader.Read(folder.Write("p.csv", text.ToString())).Columns, c => Assert.Equal(PersonalData.None, c.Personal));
    }
}
