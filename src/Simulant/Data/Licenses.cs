namespace Simulant.Data;

/// <summary>Licences that data sets commonly carry, by their identifiers of the SPDX list (spdx.org/licenses).</summary>
public static class Licenses
{
    public static IReadOnlyList<string> Known { get; } =
    [
        "CC0-1.0", "CC-BY-4.0", "CC-BY-3.0", "CC-BY-2.0", "CC-BY-SA-4.0", "CC-BY-SA-3.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0",
        "CC-BY-NC-ND-4.0", "CC-BY-ND-4.0", "PDDL-1.0", "ODC-By-1.0", "ODbL-1.0", "CDLA-Permissive-1.0", "CDLA-Permissive-2.0",
        "CDLA-Sharing-1.0", "C-UDA-1.0", "O-UDA-1.0", "OGL-UK-3.0", "etalab-2.0", "DL-DE-BY-2.0", "DL-DE-ZERO-2.0", "Apache-2.0",
        "MIT", "MIT-0", "BSD-2-Clause", "BSD-3-Clause", "GPL-2.0-only", "GPL-3.0-only", "GPL-3.0-or-later", "LGPL-3.0-only",
        "AGPL-3.0-only", "MPL-2.0", "EUPL-1.2", "Unlicense", "WTFPL", "ISC", "0BSD",
    ];

    /// <summary>The identifier in its own spelling, in whatever case it is given; null where it is none of these.</summary>
    public static string? Find(string text) =>
        Known.FirstOrDefault(id => string.Equals(id, text, StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether a text has the shape of an identifier: letters, digits, points and hyphens, with a digit or hyphen.</summary>
    public static bool LooksLikeIdentifier(string text) =>
        text.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '+') && text.Any(c => c is '-' || char.IsAsciiDigit(c));
}
