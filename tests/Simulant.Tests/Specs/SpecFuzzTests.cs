using System.Diagnostics;
using System.Text;
using Simulant.Numerics.Random;
using Simulant.Specs;
using Xunit;

namespace Simulant.Tests.Specs;

/// <summary>Hostile input from fixed seeds: nothing but diagnostics ever comes back, and soon.</summary>
public sealed class SpecFuzzTests
{
    private const double LongestSeconds = 20;

    private static readonly string[] Pieces =
    [
        "\n", "\n  ", "\t", ": ", "- ", "? ", "{", "}", "[", "]", ",", "'", "\"", "|", ">", "&a ", "*a", "!!str ", "!x ", "#",
            "---\n",
        "...\n", "~", "<<: ", "%YAML 1.2\n", "\\", "\u0000", "\uFEFF", "\u2028", "\ud800", "😀", "é", ".inf", "1e999", "-1",
            "0x1F", "@", "`",
        "null", "true", "simulant: 1\n", "columns:\n", "  a: { type: integer }\n", "\r", "\r\n", "    ", "=", "$", "\u0085",
            "rows: 9\n",
    ];

    private static readonly string[] Words =
    [
        "age", "pay", "capital-gain", "sex", "grade", "active", "born", "seen", "at", "`odd \"name```", "nope", "1", "2.5", "1e3",
            "'F'", "'low'",
        "'2024-01-31'", "'12:30'", "true", "false", "missing", "+", "-", "*", "/", "%", "=", "!=", "<", "<=", ">", ">=", "and",
            "or", "not", "in",
        "between", "like", "is", "(", ")", ",", "abs(", "min(", "if(", "coalesce(", "concat(", "round(", "year(", "date(",
            "add_months(", "text(",
        "number(", "length(", "substring(", "contains(", "seconds_between(", "clamp(", "hour(", "'", "\"", "&&", "||", "!", ".",
            "#", "\u0000",
    ];

    private static void Quick(string name, uint item, string text, Action<string> run)
    {
        var clock = Stopwatch.StartNew();
        try
        {
            run(text);
        }
        catch (Exception e) when (e is not Xunit.Sdk.XunitException)
        {
            Assert.Fail($"{name} {item}: {e.GetType().Name}: "
                + $"{e.Message}\n{Convert.ToBase64String(Encoding.UTF8.GetBytes(text))}\n{e.StackTrace}");
        }
        Assert.True(clock.Elapsed.TotalSeconds < LongestSeconds, $"{name} {item} took {clock.Elapsed}");
    }

    private static void ReadAll(string text)
    {
        foreach (string file in new[] { "s.yaml", "s.json" })
        {
            var faults = new DiagnosticBag();
            var spec = SpecReader.Parse(text, file, faults, SpecReaderTests.Metrics, SpecReaderTests.Engines);
            Assert.Equal(spec is null, faults.HasErrors);
            if (spec is not null) SpecReader.CheckAgainst(spec, ExpressionTests.People().Schema, faults);
            Assert.All(faults.All, f =>
            {
                Assert.True(f.At.Line >= 0 && f.At.Column >= 0, f.ToString());
                Assert.DoesNotContain(f.Message, char.IsControl);
            });
        }
    }

    [Fact]
    public void Random_bytes_are_no_spec()
    {
        var stream = new RandomStream(1, "fuzz bytes");
        for (uint item = 0; item < 400; item++)
        {
            byte[] bytes = new byte[stream.Below(300, item, 0)];
            for (int i = 0; i < bytes.Length; i++) bytes[i] = (byte)stream.Below(item % 2 == 0 ? 256 : 128, item, 1, i);
            var faults = new DiagnosticBag();
            if (SpecText.Decode(bytes, "s.yaml", faults) is { } text) Quick("bytes", item, text, ReadAll);
            else Assert.True(faults.HasErrors);
        }
    }

    [Fact]
    public void Broken_specs_give_diagnostics()
    {
        string[] seeds = [SpecReaderTests.Contract, .. Repository.Read("samples", "spec.yaml").Select(f => f.Text)];
        var stream = new RandomStream(2, "fuzz specs");
        for (uint item = 0; item < 1500; item++)
            Quick("spec", item, Mutate(seeds[item % seeds.Length], stream, item, Pieces), ReadAll);
    }

    [Fact]
    public void Soups_of_yaml_give_diagnostics()
    {
        var stream = new RandomStream(3, "fuzz soup");
        for (uint item = 0; item < 1500; item++)
            Quick("soup", item, "simulant: 1\n" + Soup(stream, item, Pieces, ""), ReadAll);
    }

    [Fact]
    public void Expressions_never_throw()
    {
        string[] seeds =
        [
            "age > 40 and sex in ('F', 'M')", "if(grade >= 'mid', pay * 2, coalesce(pay, 0)) between 1 and 10",
            "not (born < '1970-01-01' or seen is missing)", "concat(sex, '-', text(age)) like 'F-%'", "17 <= age <= 90",
        ];
        var table = ExpressionTests.People();
        var stream = new RandomStream(4, "fuzz expressions");
        int sound = 0;
        for (uint item = 0; item < 12_000; item++)
        {
            string text = item % 2 == 0 ? Soup(stream, item, Words, " ") : Mutate(seeds[item % (uint)seeds.Length], stream, item,
                Words);
            Quick("expression", item, text, t =>
            {
                var faults = new DiagnosticBag();
                var expression = Expression.Parse(t, new SourcePosition("x", 1, 1), faults);
                Assert.Equal(expression is null, faults.HasErrors);
                if (expression is null || !expression.Check(table.Schema, faults)) return;
                sound++;
                Assert.Equal(5, expression.Evaluate(table, "x").Count);
                if (expression.CheckCondition(table.Schema, new DiagnosticBag()))
                    Assert.All(expression.Test(table), truth => Assert.InRange(truth, -1, 1));
                Assert.NotNull(expression.BoundsOn(table.Schema));
            });
        }
        Assert.True(sound > 100, $"only {sound} expressions were sound");
    }

    [Fact]
    public void Schemas_of_other_tools_never_throw()
    {
        const string sql = "CREATE TYPE m AS ENUM ('a'); CREATE TABLE p.t (id int PRIMARY KEY, \"b c\" numeric(5,2) CHECK "
            + "(\"b c\" > 0), "
            + "d m, e text CHECK ((e)::text = ANY (ARRAY['x'::text])) COMMENT 'y', UNIQUE (id, d)); COMMENT ON COLUMN t.d IS "
                + "'z'; "
            + "ALTER TABLE ONLY t ADD CONSTRAINT k UNIQUE (e);";
        const string sdv = "{ \"primary_key\": \"a\", \"columns\": { \"a\": { \"sdtype\": \"id\" }, \"b\": { \"sdtype\": "
            + "\"datetime\", "
            + "\"datetime_format\": \"%Y-%m\" }, \"c\": { \"sdtype\": \"email\", \"pii\": true } } }";
        string[] pieces =
        [
            "(", ")", ",", ";", "'", "\"", "`", "[", "]", ".", "::", "comment 'x'", " primary key", " unique", " check (", "--",
                "/*", "*/", "$$",
            " create table ", " create type ", " alter table ", " add ", " any ", " array[", "{", "}", ":", "\"a\"", "%", "\n",
                "1", "\u0000",
        ];
        var stream = new RandomStream(5, "fuzz schemas");
        for (uint item = 0; item < 3000; item++)
        {
            bool json = item % 3 == 0;
            Quick("schema", item, Mutate(json ? sdv : sql, stream, item, pieces), text =>
            {
                var faults = new DiagnosticBag();
                var table = SchemaReader.Parse(text, json ? "m.json" : "m.sql", faults);
                if (table is null) Assert.True(faults.HasErrors);
                else if (!faults.HasErrors) Assert.Empty(Readable(table));
            });
        }
    }

    /// <summary>Faults of the spec begun from a table.</summary>
    private static IReadOnlyList<Diagnostic> Readable(DeclaredTable table)
    {
        var faults = new DiagnosticBag();
        SpecReader.Parse(SpecWriter.Init(table, "m").Text, "s.yaml", faults);
        return [.. faults.All.Where(f => f.Severity == Severity.Error)];
    }

    private static string Soup(RandomStream stream, uint item, string[] pieces, string between)
    {
        int count = 1 + stream.Below(24, item, 0);
        return string.Join(between, Enumerable.Range(0, count).Select(i => pieces[stream.Below(pieces.Length, item, 1, i)]));
    }

    /// <summary>One to six edits: insert a piece, drop, double or swap a stretch, change a character.</summary>
    private static string Mutate(string text, RandomStream stream, uint item, string[] pieces)
    {
        int edits = 1 + stream.Below(6, item, 2);
        for (int e = 0; e < edits && text.Length > 0; e++)
        {
            int at = stream.Below(text.Length, item, 3, e);
            int length = Math.Min(stream.Below(e % 2 == 0 ? 12 : 80, item, 4, e), text.Length - at);
            text = stream.Below(5, item, 5, e) switch
            {
                0 => text.Insert(at, pieces[stream.Below(pieces.Length, item, 6, e)]),
                1 => text.Remove(at, length),
                2 => text.Insert(at, text.Substring(at, length)),
                3 => text.Remove(at, length).Insert(stream.Below(text.Length - length + 1, item, 7, e), text.Substring(at,
                    length)),
                _ => text.Remove(at, 1).Insert(at, ((char)stream.Below(256, item, 8, e)).ToString()),
            };
        }
        return text;
    }
}
