using System.Text;

namespace Simulant.Specs;

/// <summary>Text between quotation marks in which a doubled mark stands for itself, as SQL and expressions write it.</summary>
internal static class QuotedText
{
    /// <summary>The text that the mark at <paramref name="open"/> begins, and the place after the closing mark; null where there is
    /// none.</summary>
    public static (string Text, int End)? At(string text, int open)
    {
        char quote = text[open];
        var value = new StringBuilder();
        for (int i = open + 1; i < text.Length; i++)
        {
            if (text[i] != quote) value.Append(text[i]);
            else if (i + 1 < text.Length && text[i + 1] == quote) value.Append(text[i++]);
            else return (value.ToString(), i + 1);
        }
        return null;
    }
}
