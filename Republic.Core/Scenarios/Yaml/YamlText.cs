using System.Buffers;
using System.Globalization;
using System.Text;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>Texts as YAML that reads back as the same text.</summary>
internal static class YamlText
{
    private const string Indicators = "-?:,[]{}#&*!|>'\"%@`=<.~";

    // Ends of lines that YAML reads as such, or once did, and what no editor shows.
    private static readonly SearchValues<char> Unseen = SearchValues.Create("\u0085\u2028\u2029\uFEFF\uFFFE\uFFFF");

    /// <param name="level">Of what stands within the text's field: two spaces each.</param>
    public static string Of(string text, int level) =>
        IsPlain(text) ? text
        : IsBlock(text) ? Block(text, level)
        : Quoted(text);

    private static bool IsPlain(string text) =>
        text.Length > 0
        && !Indicators.Contains(text[0], StringComparison.Ordinal)
        && text[0] != ' '
        && text[^1] is not (' ' or ':')
        && !text.Contains(": ", StringComparison.Ordinal)
        && !text.Contains(" #", StringComparison.Ordinal)
        && !text.AsSpan().ContainsAny(Unseen)
        && !text.Any(char.IsControl)
        && new YamlScalar(text, IsPlain: true, 0, 0).IsText;

    /// <summary>Whether it can be written as lines that stand as they are.</summary>
    private static bool IsBlock(string text) =>
        text.Contains('\n', StringComparison.Ordinal)
        && text[0] is not (' ' or '\t' or '\n')
        && !text.EndsWith("\n\n", StringComparison.Ordinal)
        && !text.AsSpan().ContainsAny(Unseen)
        && !text.Any(letter => char.IsControl(letter) && letter is not ('\n' or '\t'))
        && !text.Split('\n').Any(line => line.Length > 0 && string.IsNullOrWhiteSpace(line));

    private static string Block(string text, int level)
    {
        var endsLine = text.EndsWith('\n');
        var block = new StringBuilder(endsLine ? "|" : "|-");
        foreach (var line in (endsLine ? text[..^1] : text).Split('\n'))
        {
            block.Append('\n').Append(' ', line.Length == 0 ? 0 : 2 * level).Append(line);
        }

        return block.ToString();
    }

    private static string Quoted(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var letter in text)
        {
            _ = letter switch
            {
                '"' => quoted.Append("\\\""),
                '\\' => quoted.Append("\\\\"),
                '\n' => quoted.Append("\\n"),
                '\r' => quoted.Append("\\r"),
                '\t' => quoted.Append("\\t"),
                _ when char.IsControl(letter) || Unseen.Contains(letter) => quoted.Append(
                    CultureInfo.InvariantCulture,
                    $"\\u{(int)letter:X4}"
                ),
                _ => quoted.Append(letter),
            };
        }

        return quoted.Append('"').ToString();
    }
}
