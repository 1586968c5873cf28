using System.Net;

namespace Simulant.Data.Inference;

/// <summary>Personal data found in a column, how surely, and one sentence why.</summary>
internal sealed record PersonalFinding(PersonalData Kind, double Confidence, string Evidence);

/// <summary>
/// Finds personal data in distinct texts: by checksum where the number has one, by shape, by words of names, and by the
/// column's own name. A checksum that nearly all of ten or more values pass is no accident; a name alone is a hint.
/// </summary>
internal static class PersonalDetector
{
    private const int Sampled = 400, Fewest = 10;

    private delegate bool Test(ReadOnlySpan<char> text);

    private static readonly (string What, Test Test, double ByChance)[] Nationals =
    [
        ("Italian codice fiscale", CheckDigits.CodiceFiscale, 0), ("Spanish DNI or NIE", CheckDigits.Dni, 0),
        ("Chinese resident number", CheckDigits.Resident, .1), ("French NIR", CheckDigits.Nir, .01),
        ("Belgian national number", CheckDigits.Belgian, .02), ("Brazilian CPF", CheckDigits.Cpf, .01),
        ("Polish PESEL", CheckDigits.Pesel, .06), ("German tax number", CheckDigits.SteuerId, .1),
        ("Dutch BSN", CheckDigits.Bsn, .09), ("UK NHS number", CheckDigits.Nhs, .09),
    ];

    /// <summary>The finding, or null. Places and companies are found by the column's name only, and lie in the caller's hand.</summary>
    public static PersonalFinding? Find(string column, DistinctValues values)
    {
        if (values.Kept.Count == 0) return null;
        var name = new NameWords(column);
        string[] sample = [.. values.Sample(Sampled).Where(c => values.Store[c].Length <= 200).Select(c => values.Store.Text(c).Trim())];
        if (sample.Length == 0) return null;
        return Mail(name, sample) ?? Numbers(name, sample) ?? Network(name, sample) ?? Phone(name, sample, values)
            ?? Names(name, sample, values) ?? Place(name, sample, values);
    }

    private static double Share(string[] sample, Func<string, bool> test) => sample.Count(test) / (double)sample.Length;

    private static PersonalFinding? Mail(NameWords name, string[] sample)
    {
        double share = Share(sample, IsMail);
        bool said = name.Has("email", "mail", "e") && name.Joined.Contains("mail", StringComparison.Ordinal);
        if (share < (said ? 0.5 : 0.8)) return null;
        return new(PersonalData.Email, Math.Min(0.99, 0.5 + share / 2), $"{Say.Percent(share)} of distinct values are e-mail addresses");
    }

    private static bool IsMail(string text)
    {
        int at = text.IndexOf('@');
        if (at < 1 || at != text.LastIndexOf('@') || text.Contains(' ')) return false;
        int dot = text.LastIndexOf('.');
        return dot > at + 1 && dot < text.Length - 2;
    }

    private static PersonalFinding? Numbers(NameWords name, string[] sample)
    {
        if (!sample[0].AsSpan().ContainsAnyInRange('0', '9')) return null;
        string[] bare = [.. sample.Select(Bare)];
        double cards = Share(bare, t => CheckDigits.Card(t));
        bool saysCard = name.Has("card", "pan", "cc", "credit", "creditcard", "cardnumber");
        if (cards >= 0.95 && bare.Length >= (saysCard ? 3 : Fewest))
            return new(PersonalData.CardNumber, 0.97, $"{Say.Percent(cards)} of distinct values pass the Luhn check of payment cards");
        double ibans = Share(bare, t => CheckDigits.Iban(t));
        if (ibans >= 0.9 && bare.Length >= 3)
            return new(PersonalData.BankAccount, 0.98, $"{Say.Percent(ibans)} of distinct values are valid IBANs (mod 97)");
        foreach (var (what, test, chance) in Nationals)
        {
            double share = Share(bare, t => test(t));
            if (share >= 0.95 && bare.Length >= (chance == 0 ? 3 : Fewest))
                return new(PersonalData.NationalNumber, chance <= 0.02 ? 0.98 : 0.93,
                    $"{Say.Percent(share)} of distinct values pass the check of a {what}");
        }
        double dashed = Share(sample, t => t.Length == 11 && t[3] == '-' && t[6] == '-' && CheckDigits.Ssn(Bare(t)));
        bool saysSocial = name.Has("ssn", "social", "socialsecurity");
        if ((dashed >= 0.95 && sample.Length >= 3) || (saysSocial && Share(bare, t => CheckDigits.Ssn(t)) >= 0.9))
            return new(PersonalData.NationalNumber, saysSocial ? 0.97 : 0.85, "values have the form of US social security numbers");
        bool saysNational = name.Has("passport", "bsn", "dni", "nie", "nino", "pesel", "cpf", "nhs", "tin", "sin", "taxid", "nationalid")
            || name.Joined.Contains("nationalid", StringComparison.Ordinal);
        double coded = Share(bare, t => t.Length is >= 7 and <= 15 && t.Count(char.IsAsciiDigit) >= 5);
        return saysNational && coded >= 0.9
            ? new(PersonalData.NationalNumber, 0.7, "the name says national number; no checksum confirms it")
            : null;
    }

    // Capitals, no separators.
    private static string Bare(string text) => string.Concat(text.Where(c => c is not (' ' or '-' or '.' or '/'))).ToUpperInvariant();

    private static PersonalFinding? Network(NameWords name, string[] sample)
    {
        double share = Share(sample, t => (t.Count(c => c == '.') == 3 || t.Count(c => c == ':') >= 2 && t.Length > 8)
            && IPAddress.TryParse(t, out _)
            && !TimeOnly.TryParse(t, System.Globalization.CultureInfo.InvariantCulture, out _));
        if (share >= 0.95 && sample.Length >= 3) return new(PersonalData.IpAddress, 0.95,
            $"{Say.Percent(share)} of distinct values are IP addresses");
        bool said = name.Joined is "user" or "username" or "login" or "handle" or "nickname" or "userlogin" or "screenname";
        bool word = Share(sample, t => t.Length is >= 2 and <= 40 && !t.Contains(' ') && t.Any(char.IsLetter)) >= 0.95;
        return said && word && sample.Length >= Fewest ? new(PersonalData.UserName, 0.8,
            "the name says user name, and values are single words") : null;
    }

    private static PersonalFinding? Phone(NameWords name, string[] sample, DistinctValues values)
    {
        bool said = name.Has("phone", "telephone", "tel", "mobile", "cell", "fax", "msisdn", "phonenumber", "cellphone");
        double shaped = Share(sample, t => IsPhone(t, strict: !said));
        if (shaped < 0.8 || sample.Length < 3) return null;
        if (!said && (sample.Length < Fewest || values.Kept.Count < values.Rows / 2)) return null;
        return new(PersonalData.Phone, said ? 0.95 : 0.75, $"{Say.Percent(shaped)} of distinct values have the form of telephone numbers");
    }

    // Strict: a plus sign, brackets or groups, since bare digits are also every other number.
    private static bool IsPhone(string text, bool strict)
    {
        int digits = text.Count(char.IsAsciiDigit), extension = text.IndexOf('x', StringComparison.Ordinal);
        string main = extension > 6 ? text[..extension] : text;
        if (digits is < 7 or > 17 || main.Any(c => !char.IsAsciiDigit(c)
            && c is not ('+' or '-' or '(' or ')' or ' ' or '.' or '/'))) return false;
        if (!strict) return true;
        if (text[0] == '+' && digits >= 8) return true;
        string[] groups = main.Split(['-', ' ', '.', '(', ')', '/'], StringSplitOptions.RemoveEmptyEntries);
        return groups.Length == 3 && groups[0].Length == 3 && groups[1].Length == 3 && groups[2].Length == 4;
    }

    private static PersonalFinding? Names(NameWords name, string[] sample, DistinctValues values)
    {
        if (values.Kept.Count < 3 || Share(sample, t => t.Any(char.IsDigit)) > 0.1) return null;
        double first = Share(sample, PersonNames.IsFirst), last = Share(sample, PersonNames.IsLast),
            full = Share(sample, PersonNames.IsFull);
        bool single = Share(sample, t => !t.Contains(' ')) >= 0.7;
        bool saysFirst = name.Has("firstname", "forename", "given", "vorname", "prenom", "prénom")
            || (name.Has("first", "given", "fore") && name.Has("name")) || (name.Joined == "first" && first >= 0.5);
        bool saysLast = name.Has("lastname", "surname", "family", "familyname", "nachname", "apellido", "apellidos", "cognome")
            || (name.Has("last", "family") && name.Has("name")) || (name.Joined == "last" && last >= 0.5);
        bool saysFull = name.Joined is "name" or "fullname" or "patientname" or "customername" or "employee" or "contactname"
            or "personname" or "clientname"
            or "patient" or "person" or "customer" or "employeename" or "studentname" or "nom" or "nombre";
        if (saysFirst && first >= 0.15) return new(PersonalData.FirstName, 0.95,
            $"the name says first name, and {Say.Percent(first)} of values are common ones");
        if (saysLast && last >= 0.08) return new(PersonalData.LastName, 0.95,
            $"the name says last name, and {Say.Percent(last)} of values are common ones");
        if (full >= (saysFull ? 0.15 : 0.4) && sample.Length >= Fewest)
            return new(PersonalData.FullName, saysFull ? 0.95 : 0.8,
                $"{Say.Percent(full)} of distinct values hold a common first or last name of persons");
        if (single && sample.Length >= Fewest && first >= 0.6 && !saysLast)
            return new(PersonalData.FirstName, 0.75, $"{Say.Percent(first)} of distinct values are common first names");
        if (single && sample.Length >= Fewest && last >= 0.6)
            return new(PersonalData.LastName, 0.75, $"{Say.Percent(last)} of distinct values are common last names");
        return null;
    }

    private static PersonalFinding? Place(NameWords name, string[] sample, DistinctValues values)
    {
        bool said = name.Has("address", "street", "addr", "strasse", "adres", "direccion", "adresse", "indirizzo");
        double shaped = Share(sample, IsAddress);
        if ((said && shaped >= 0.4) || (shaped >= 0.7 && sample.Length >= Fewest && values.Kept.Count > values.Rows / 2))
            return new(PersonalData.Address, said ? 0.95 : 0.75,
                $"{Say.Percent(shaped)} of distinct values have the form of street addresses");
        return null;
    }

    private static readonly string[] StreetWords =
    [
        "st", "street", "ave", "avenue", "road", "rd", "blvd", "boulevard", "lane", "ln", "drive", "dr", "court", "ct", "way", "place",
            "pl", "square",
        "terrace", "highway", "hwy", "parkway", "circle", "close", "row", "mews", "crescent", "rue", "calle", "via", "plaza", "avenida",
            "strasse",
        "straße", "weg", "platz", "allee", "gasse", "laan", "straat", "plein", "apt", "suite",
    ];

    private static bool IsAddress(string text)
    {
        string[] words = text.Split([' ', ',', '.', '\n'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length is < 2 or > 16 || !words.Any(w => w.Any(char.IsDigit)) || !words.Any(w => w.All(char.IsLetter))) return false;
        return words.Any(w => StreetWords.Contains(w.ToLowerInvariant())
            || (w.Length > 6 && (w.EndsWith("straat", StringComparison.OrdinalIgnoreCase)
            || w.EndsWith("strasse", StringComparison.OrdinalIgnoreCase)
                || w.EndsWith("straße", StringComparison.OrdinalIgnoreCase) || w.EndsWith("laan", StringComparison.OrdinalIgnoreCase)
                || w.EndsWith("weg", StringComparison.OrdinalIgnoreCase) || w.EndsWith("gatan", StringComparison.OrdinalIgnoreCase))));
    }
}
