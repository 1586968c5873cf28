using System.Globalization;

namespace Simulant.Bench;

/// <summary>Options of the form <c>--name value [value ...]</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, List<string>> _values = new(StringComparer.Ordinal);

    public static Arguments Parse(string[] args)
    {
        var parsed = new Arguments();
        List<string>? current = null;
        foreach (string arg in args)
        {
            if (arg.StartsWith("--", StringComparison.Ordinal))
            {
                if (!parsed._values.TryGetValue(arg[2..], out current)) parsed._values.Add(arg[2..], current = []);
            }
            else (current ?? throw new ArgumentException($"'{arg}' follows no option")).Add(arg);
        }
        return parsed;
    }

    public IReadOnlyList<string> Many(string name) => _values.TryGetValue(name, out var found) && found.Count > 0
        ? found
        : throw new ArgumentException($"--{name} is missing");

    public string Single(string name) => Many(name)[0];

    /// <summary>Whether the option is there, with or without a value.</summary>
    public bool Has(string name) => _values.ContainsKey(name);

    public int Number(string name, int otherwise) => Optional(name) is not { } text ? otherwise
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number
        : throw new ArgumentException($"--{name} is a whole number, not '{text}'");

    /// <summary>Throws where an option is none of these, so that a misspelt one is not taken for its default.</summary>
    public void Only(params IReadOnlyCollection<string> names)
    {
        foreach (string name in _values.Keys)
            if (!names.Contains(name)) throw new ArgumentException($"there is no --{name}; there are --{string.Join(", --", names)}");
    }

    public string? Optional(string name) => _values.TryGetValue(name, out var found) && found.Count > 0 ? found[0] : null;
}
