using System.Globalization;
using Simulant.Data;
using Simulant.Specs;
using Simulant.Specs.Schemas;
using Xunit;

namespace Simulant.Tests.Specs;

public sealed class SchemaReaderTests
{
    private static string Show(ColumnSpec c)
    {
        var parts = new List<string> { c.Name, c.Kind?.ToString() ?? "-" };
        if (c.Role is { } role) parts.Add(role.ToString());
        if (c.Decimals is { } decimals) parts.Add($"{decimals}");
        if (c.Levels is { } levels) parts.Add($"[{string.Join(' ', levels)}]");
        if (c.Ordered == true) parts.Add("ordered");
        if (c.Format is { } format) parts.Add(format);
        if (c.Personal is { } personal) parts.Add(personal.ToString());
        if (c.Description is { } description) parts.Add($"\"{description}\"");
        return string.Join(' ', parts);
    }

    private static (DeclaredTable? Table, DiagnosticBag Faults) Parse(string text, string file, string? wanted = null)
    {
        var faults = new DiagnosticBag();
        return (SchemaReader.Parse(text, file, faults, wanted), faults);
    }

    private static void Equal(string expected, DeclaredTable? table) =>
        Assert.Equal(expected, string.Join('\n', table!.Columns.Select(Show).Concat(table.Constraints.Select(c => "! "
            + c.Text))));

    [Fact]
    public void Sdv_metadata_of_one_table()
    {
        var (table, faults) = Parse("""
            {
              "METADATA_SPEC_VERSION": "SINGLE_TABLE_V1",
              "primary_key": "guest", "sequence_key": "room", "sequence_index": "in",
              "columns": {
                "guest": { "sdtype": "id", "regex_format": "G[0-9]{4}" },
                "room": { "sdtype": "id" },
                "in": { "sdtype": "datetime", "datetime_format": "%d %b %Y" },
                "at": { "sdtype": "datetime", "datetime_format": "%H:%M" },
                "stamp": { "sdtype": "datetime", "datetime_format": "%Y-%m-%dT%H:%M:%S.%f" },
                "iso": { "sdtype": "datetime", "datetime_format": "%Y-%m-%d" },
                "nights": { "sdtype": "numerical", "computer_representation": "Int64" },
                "rate": { "sdtype": "numerical", "computer_representation": "Float" },
                "any": { "sdtype": "numerical" },
                "class": { "sdtype": "categorical", "order": ["low", "high"] },
                "paid": { "sdtype": "boolean" },
                "mail": { "sdtype": "email", "pii": true },
                "town": { "sdtype": "city", "pii": false },
                "note": { "sdtype": "text" },
                "what": { "sdtype": "unknown" }
              }
            }
            """, "metadata.json");
        Assert.Empty(faults.All);
        Assert.Equal("metadata", table!.Name);
        Equal("""
            guest Identifier Id
            room Identifier Entity
            in Date Time dd MMM yyyy
            at Time HH:mm
            stamp Timestamp yyyy-MM-dd\THH:mm:ss.ffffff
            iso Date
            nights Integer
            rate Decimal
            any -
            class Category [low high] ordered
            paid Boolean
            mail Text Email
            town Text None
            note Text
            what -
            """, table);
        Assert.Equal(new SourcePosition("metadata.json", 5, 5), table.Columns[0].At);
    }

    [Fact]
    public void Sdv_metadata_of_several_tables()
    {
        const string text = """
            { "tables": {
                "people": { "primary_key": ["a", "b"], "columns": { "a": { "sdtype": "numerical" },
                    "b": { "sdtype": "numerical" } } },
                "visits": { "columns": { "c": { "sdtype": "boolean" } } } },
              "relationships": [] }
            """;
        var (table, faults) = Parse(text, "metadata.json", "People");
        Assert.Empty(faults.All);
        Equal("a - Id\nb - Id\n! unique a, b", table);
        (table, faults) = Parse(text, "metadata.json", "guests");
        Assert.Null(table);
        Assert.Equal("metadata.json: error SIM040: the file declares 2 tables (people, visits), and none is named 'guests'; "
            + "name the data file after one, or keep only that one", faults.All.Single().ToString());
    }

    [Theory]
    [InlineData("{}", "SIM040 1:1")]
    [InlineData("{ \"columns\": 3 }", "SIM040 1:1")]
    [InlineData("{ \"tables\": { \"a\": {} } }", "SIM040 1:20,SIM040 0:0")]
    [InlineData("{ \"columns\": { \"a\": {} } }", "SIM041 1:16")]
    [InlineData("{ \"columns\": { \"a\": { \"sdtype\": \"latitude\" } } }", "SIM041 1:33")]
    [InlineData("{ \"columns\": { \"a\": { \"sdtype\": \"datetime\", \"datetime_format\": \"%j\" } } }", "SIM041 1:64")]
    [InlineData("{ \"columns\": { \"a\": { \"sdtype\": \"id\" } }, \"primary_key\": \"b\" }", "SIM041 1:58")]
    [InlineData("{ \"columns\": ", "SIM002 1:14")]
    public void Faults_of_sdv_metadata(string text, string expected)
    {
        var (_, faults) = Parse(text, "metadata.json");
        Assert.Equal(expected, string.Join(',', faults.All.Select(f => $"{f.Code} {f.At.Line}:{f.At.Column}")));
    }

    [Theory]
    [InlineData("%Y-%m-%d", "yyyy-MM-dd", "2024-03-09")]
    [InlineData("%d/%m/%y %I:%M %p", "dd/MM/yy hh:mm tt", "09/03/24 02:05 PM")]
    [InlineData("%-d. %B %Y", "d. MMMM yyyy", "9. March 2024")]
    [InlineData("%Hh%M", "HH\\hmm", "14h05")]
    [InlineData("%Y%m%dT%H%M%S", "yyyyMMdd\\THHmmss", "20240309T140507")]
    [InlineData("%U", null, "")]
    [InlineData("%", null, "")]
    public void Formats_of_c_become_formats_of_net(string c, string? net, string written)
    {
        Assert.Equal(net, Strftime.ToNet(c));
        if (net is not null)
            Assert.Equal(written, new DateTime(2024, 3, 9, 14, 5, 7).ToString(net, CultureInfo.InvariantCulture));
    }

    [Fact]
    public void Sql_of_postgres_as_dumps_write_it()
    {
        var (table, faults) = Parse("""
            -- a dump
            SET client_encoding = 'UTF8';
            CREATE TYPE public.mood AS ENUM ('sad', 'ok');
            CREATE FUNCTION f() RETURNS int AS $body$ begin; return 1; end; $body$ LANGUAGE plpgsql;
            CREATE TABLE public.person (
                id integer NOT NULL,
                "Full Name" character varying(200) DEFAULT 'x, (y' NOT NULL,
                feeling mood,
                height numeric(5,2),
                score double precision,
                born date NOT NULL,
                seen timestamp(3) without time zone DEFAULT now(),
                tags text[],
                sex text,
                CONSTRAINT sex_check CHECK (((sex)::text = ANY ((ARRAY['F'::character varying,
                    'M'::character varying])::text[]))),
                CONSTRAINT height_check CHECK ((height > (0)::numeric)),
                CONSTRAINT odd CHECK (my_function(height))
            );
            ALTER TABLE ONLY public.person ADD CONSTRAINT person_pkey PRIMARY KEY (id);
            ALTER TABLE ONLY public.person ADD CONSTRAINT u UNIQUE ("Full Name", born);
            COMMENT ON COLUMN public.person.height IS 'in metres';
            """, "schema.sql");
        Assert.Equal(["SIM041 13:10", "SIM041 18:20"], faults.All.Select(f => $"{f.Code} {f.At.Line}:{f.At.Column}"));
        Equal("""
            id Identifier Id
            Full Name -
            feeling Category [sad ok]
            height Decimal 2 "in metres"
            score Decimal
            born Date
            seen Timestamp
            tags -
            sex Category [F M]
            ! unique `Full Name`, born
            ! ( height > ( 0 ) )
            """, table);
    }

    [Fact]
    public void Sql_of_mysql_sql_server_and_oracle()
    {
        var (table, faults) = Parse("""
            /* MySQL */
            CREATE TABLE IF NOT EXISTS `shop`.`order` (
              `id` BIGINT(20) UNSIGNED NOT NULL AUTO_INCREMENT,
              `state` ENUM('new','paid, or so','it''s') CHARACTER SET utf8mb4 DEFAULT 'new' COMMENT 'where it stands',
              `gift` TINYINT(1) DEFAULT '0', # a flag
              `total` DECIMAL(10,2) NOT NULL CHECK (`total` >= 0 AND total <= 1e6),
              `year` YEAR, `key` VARCHAR(9),
              PRIMARY KEY (`id`), UNIQUE KEY `u` (`key`(9), `year`), KEY `k` (`gift`),
              CONSTRAINT `f` FOREIGN KEY (`key`) REFERENCES `keys` (`key`) ON DELETE CASCADE
            ) ENGINE=InnoDB COMMENT='orders; all';
            """, "orders.sql");
        Assert.Empty(faults.All);
        Assert.Equal("order", table!.Name);
        Equal("""
            id Identifier Id
            state Category [new paid, or so it's] "where it stands"
            gift Boolean
            total Decimal 2
            year Integer
            key -
            ! unique key, year
            ! total >= 0 AND total <= 1e6
            """, table);
        (table, faults) = Parse("""
            CREATE TABLE [dbo].[T One] ([Id] INT IDENTITY(1,1) PRIMARY KEY, [When] DATETIME2(7) NULL, [Ok] BIT, [Cost $] MONEY,
              [G] UNIQUEIDENTIFIER DEFAULT NEWID(), N NVARCHAR(MAX), CHECK ([Cost $] BETWEEN 0 AND 10));
            GO
            """, "t.sql");
        Assert.Empty(faults.All);
        Equal("Id Identifier Id\nWhen Timestamp\nOk Boolean\nCost $ Decimal 2\nG Identifier\nN -\n! `Cost $` BETWEEN 0 AND 10",
            table);
        (table, faults) = Parse("create global temporary table t (a number(8), b number(8,3), c varchar2(10 char), d number, "
            + "e date)", "o.ddl");
        Assert.Empty(faults.All);
        Equal("a Integer\nb Decimal 3\nc -\nd Decimal\ne Date", table);
    }

    [Theory]
    [InlineData("", "SIM040 0:0")]
    [InlineData("select 1;", "SIM040 0:0")]
    [InlineData("create table (a int)", "SIM040 1:14")]
    [InlineData("create table t (a int", "SIM040 1:22")]
    [InlineData("create table t (a int, 5)", "SIM040 1:24")]
    [InlineData("create table t (a int, a int)", "SIM040 1:24")]
    [InlineData("create table t (a int, primary key (b))", "SIM041 1:24")]
    [InlineData("create table t (a 'x', b text default 'y)", "SIM040 1:39")]
    [InlineData("create table t (a int /* x", "SIM040 1:23")]
    [InlineData("create table t (\n  a geometry\n)", "SIM041 2:5")]
    [InlineData("create table t (primary key (a))", "SIM040 1:14,SIM041 1:17")]
    public void Faults_of_sql(string text, string expected)
    {
        var (_, faults) = Parse(text, "t.sql");
        Assert.Equal(expected, string.Join(',', faults.All.Select(f => $"{f.Code} {f.At.Line}:{f.At.Column}")));
    }

    [Fact]
    public void A_schema_file_fills_what_the_spec_leaves_open()
    {
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            string sql = Path.Combine(folder, "schema.sql");
            File.WriteAllText(sql, "create table other (z int); create table people (id int primary key, age int, pay "
                + "numeric(8,2) check (pay > 0));");
            Assert.True(SchemaReader.IsSchema(sql));
            string path = Path.Combine(folder, "spec.yaml");
            File.WriteAllText(path, "simulant: 1\nsource: { train: data/people.csv, schema: schema.sql }\n"
                + "columns: { age: { type: decimal }, extra: text }\nconstraints: [ \"pay < 9\" ]\n");
            var spec = SpecReader.Load(path);
            Assert.Equal(["id Identifier Id", "age Decimal", "pay Decimal 2", "extra Text"], spec.Columns.Select(Show));
            Assert.Equal(["pay < 9", "pay > 0"], spec.Constraints.Select(c => c.Text));
            Assert.Equal("schema.sql", spec.Columns[0].At.File);
            File.Delete(sql);
            var fault = Assert.Throws<SpecException>(() => SpecReader.Load(path)).Diagnostics.Single();
            Assert.Equal(("SIM001", "schema.sql"), (fault.Code, fault.At.File));
            string json = Path.Combine(folder, "m.json");
            File.WriteAllText(json, "{ \"columns\": { \"a\": { \"sdtype\": \"id\" } } }");
            Assert.True(SchemaReader.IsSchema(json));
            File.WriteAllText(json, "[{ \"a\": 1 }]");
            Assert.False(SchemaReader.IsSchema(json));
            Assert.False(SchemaReader.IsSchema(Path.Combine(folder, "none.json")));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void A_spec_begun_from_a_schema_reads_back()
    {
        var (table, _) = Parse("create table `my people` (id int primary key, `a b` decimal(4,1), kind enum('x: y', 'z'), "
            + "unique (`a b`, kind), check (`a b` > 0))", "t.sql");
        var init = SpecWriter.Init(table!, "t.sql");
        var (spec, faults) = SpecReaderTests.Parse(init.Text);
        Assert.Empty(faults.All);
        Assert.Equal(table!.Columns.Select(Show), spec!.Columns.Select(Show));
        Assert.Equal(table.Constraints.Select(c => c.Text), spec.Constraints.Select(c => c.Text));
        Assert.Equal("my-people.csv", spec.Source!.Train);
        Assert.Contains("holds no data", init.Warnings.Single());
    }
}
