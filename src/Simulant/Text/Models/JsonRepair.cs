using System.Text;
using System.Text.Json;

namespace Simulant.Text.Models;

/// <summary>
/// JSON out of what models write instead: prose or code fences around it, single or curly quotes, keys without quotes, Python's
/// True, False and None, comments, commas too many or too few, raw line breaks in texts, an end that is missing. Values are never
/// made up: what is cut off inside a key or a word is dropped, and a text that was cut off ends where it was cut.
/// </summary>
public static class JsonRepair
{
    private const int MaxDepth = 100;

    /// <summary>The text as JSON, or null where there is none in it. Well-formed JSON comes back as it is.</summary>
    /// <param name="repaired">Whether anything beside the surroundings was changed.</param>
    public static string? Repair(string text, out bool repaired)
    {
        repaired = false;
        string trimmed = text.Trim();
        if (IsJson(trimmed)) return trimmed;
        foreach (int start in Starts(trimmed))
        {
            var parser = new Parser(trimmed, start);
            if (parser.Run() is not { } json || !IsJson(json)) continue;
            repaired = json != trimmed[start..Math.Min(trimmed.Length, parser.End)];
            return json;
        }
        return null;
    }

    private static bool IsJson(string text)
    {
        if (text.Length == 0 || text[0] is not ('{' or '[')) return false;
        try
        {
            using var document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    // A fence says where the JSON is; else the first bracket that opens something that looks like it.
    private static IEnumerable<int> Starts(string text)
    {
        int fence = text.IndexOf("```", StringComparison.Ordinal);
        if (fence >= 0 && text.AsSpan(fence).IndexOfAny('{', '[') is var inside and >= 0) yield return fence + inside;
        int tried = 0;
        for (int i = 0; i < text.Length && tried < 8; i++)
        {
            if (text[i] is not ('{' or '[')) continue;
            int next = i + 1;
            while (next < text.Length && char.IsWhiteSpace(text[next])) next++;
            bool plausible = next == text.Length || text[i] == '[' || text[next] is '"' or '\'' or '}' or '“' or '/' or '#' or '_'
                || char.IsLetter(text[next]);
            if (!plausible) continue;
            tried++;
            yield return i;
        }
    }

    private sealed class Parser(string text, int start)
    {
        private readonly StringBuilder _out = new();
        private int _at = start;

        public int End => _at;

        public string? Run() => Value(0) ? _out.ToString() : null;

        private bool Value(int depth)
        {
            Blank();
            if (_at >= text.Length || depth > MaxDepth) return false;
            char c = text[_at];
            if (c == '{') return Members(depth, '}');
            if (c == '[') return Members(depth, ']');
            return Closer(c) != '\0' ? Text() : Word();
        }

        private bool Members(int depth, char close)
        {
            _out.Append(text[_at++]);
            bool first = true;
            while (true)
            {
                Blank();
                while (_at < text.Length && text[_at] == ',') { _at++; Blank(); }
                if (_at >= text.Length) break; // cut off: closed here
                if (text[_at] is '}' or ']')
                {
                    if (text[_at] == close) _at++; // another bracket than ours closes us too, and is left to our parent
                    break;
                }
                int kept = _out.Length;
                if (!first) _out.Append(',');
                if (!(close == '}' ? Member(depth) : Value(depth + 1)))
                {
                    _out.Length = kept;
                    break;
                }
                first = false;
            }
            _out.Append(close);
            return true;
        }

        private bool Member(int depth)
        {
            if (Closer(text[_at]) != '\0')
            {
                if (!Text()) return false;
            }
            else
            {
                int from = _at;
                while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '-' or '$')) _at++;
                if (_at == from) return false;
                Quote(text.AsSpan(from, _at - from));
            }
            Blank();
            if (_at >= text.Length || text[_at] is not (':' or '=')) return false;
            _at++;
            _out.Append(':');
            return Value(depth + 1);
        }

        private static char Closer(char open) => open switch { '"' => '"', '\'' => '\'', '“' => '”', '‘' => '’', _ => '\0' };

        private bool Text()
        {
            char open = text[_at++], close = Closer(open);
            var content = new StringBuilder();
            while (_at < text.Length)
            {
                char c = text[_at];
                if (c == close && Ends(close))
                {
                    _at++;
                    break;
                }
                if (c == '\\' && _at + 1 < text.Length) Escape(content);
                else content.Append(text[_at++]);
            }
            Quote(content.ToString());
            return true;
        }

        // A quote inside a text ends it only where something follows that may follow a text.
        private bool Ends(char close)
        {
            int next = _at + 1;
            while (next < text.Length && text[next] is ' ' or '\t' or '\r' or '\n') next++;
            if (next >= text.Length || text[next] is ',' or ':' or '=' or '}' or ']') return true;
            return text[next] == close || text.AsSpan(_at + 1, next - _at - 1).Contains('\n');
        }

        private void Escape(StringBuilder to)
        {
            char c = text[_at + 1];
            if (c == 'u' && _at + 6 <= text.Length
                && ushort.TryParse(text.AsSpan(_at + 2, 4), System.Globalization.NumberStyles.HexNumber, null, out ushort code))
            {
                to.Append((char)code);
                _at += 6;
                return;
            }
            to.Append(c switch { 'n' => '\n', 't' => '\t', 'r' => '\r', 'b' => '\b', 'f' => '\f', _ => c });
            _at += 2;
        }

        private void Quote(ReadOnlySpan<char> content) =>
            _out.Append('"').Append(JsonEncodedText.Encode(content, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping))
                .Append('"');

        private bool Word()
        {
            int from = _at;
            while (_at < text.Length && text[_at] is not (',' or '}' or ']' or '\n' or '/' or '#' or '"')) _at++;
            string word = text[from.._at].Trim();
            string? json = word switch
            {
                "true" or "True" or "TRUE" => "true",
                "false" or "False" or "FALSE" => "false",
                "null" or "None" or "NULL" or "undefined" or "NaN" => "null",
                _ => _at < text.Length ? Number(word) : null, // a number at the end may have lost digits
            };
            if (json is null && (_at >= text.Length || word.Length == 0)) return false;
            if (json is null) Quote(word);
            else _out.Append(json);
            return true;
        }

        private static string? Number(string word)
        {
            string plain = word.TrimStart('+').Replace("_", "", StringComparison.Ordinal);
            if (plain.StartsWith('.')) plain = "0" + plain;
            if (plain.EndsWith('.')) plain += "0";
            try
            {
                using var document = JsonDocument.Parse(plain);
                return document.RootElement.ValueKind == JsonValueKind.Number ? plain : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }

        private void Blank()
        {
            while (_at < text.Length)
            {
                if (char.IsWhiteSpace(text[_at])) _at++;
                else if (text[_at] == '#' || text.AsSpan(_at).StartsWith("//"))
                    while (_at < text.Length && text[_at] != '\n') _at++;
                else if (text.AsSpan(_at).StartsWith("/*"))
                    _at = text.IndexOf("*/", _at, StringComparison.Ordinal) is var end and >= 0 ? end + 2 : text.Length;
                else return;
            }
        }
    }
}
