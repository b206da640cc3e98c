using YamlDotNet.Core;

namespace Republic.Core.Scenarios.Yaml;

/// <summary>Finds characters that cannot be kept, or that the parser skips or takes for the end of a line while others do not.</summary>
internal static class YamlCharacters
{
    /// <exception cref="YamlException">The text has such a character.</exception>
    public static void Check(string text)
    {
        var (line, begin) = (1, 0);
        for (var i = 0; i < text.Length; i++)
        {
            if (Problem(text, i) is { } problem)
            {
                var at = new Mark(i, line, i - begin + 1);
                throw new YamlException(at, at, problem);
            }

            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
            {
                (line, begin) = (line + 1, i + 1);
            }
            else if (char.IsHighSurrogate(text[i]))
            {
                i++;
            }
        }
    }

    private static string? Problem(string text, int index) =>
        text[index] switch
        {
            '\n' or '\r' or '\t' => null,
            '\u2028' or '\u2029' => "Here a line ends in an unusual way. End it with Enter, or write \\u2028 or \\u2029 in double quotes.",
            var letter when char.IsControl(letter) => "Here is a control character, which cannot be kept. Remove it.",
            var letter when char.IsSurrogate(letter) && !char.IsSurrogatePair(text, index) =>
                "Here is half a character, which cannot be kept. Remove it.",
            _ => null,
        };
}
