using System.Text.RegularExpressions;

namespace Republic.Core.Chats.Messages;

/// <summary>The beginning of a text where only a line of plain words has room: titles and lists.</summary>
internal static partial class PlainWords
{
    private const string Markup = "#*_`>~|[]";

    /// <summary>Without the numbers of passages, which lead nowhere here; also one that the text breaks off in.</summary>
    public static string Uncited(string text) => Citation().Replace(text, "");

    /// <summary>A name that a person typed is theirs, as “C# notes” is: but for what is not seen, nothing is taken from it.</summary>
    public static string Named(string text) => string.Join(' ', Words(text));

    /// <summary>The beginning of a text without the marks of its Markdown.</summary>
    public static string OneLine(string text, int length)
    {
        var words = Words(text).Select(word => word.Trim(Markup.ToCharArray())).Where(word => word.Length > 0 && word != "-");
        var line = string.Join(' ', words);
        if (line.Length <= length)
        {
            return line;
        }

        var cut = line.LastIndexOf(' ', length - 1);
        var end = cut > length / 2 ? cut : length - 1;
        return string.Concat(line.AsSpan(0, char.IsHighSurrogate(line[end - 1]) ? end - 1 : end).TrimEnd(",.;:".AsSpan()), "…");
    }

    private static string[] Words(string text) =>
        new string([.. text.Where(letter => char.IsWhiteSpace(letter) || !Disturbs(letter))]).Split(
            (char[]?)null,
            StringSplitOptions.RemoveEmptyEntries
        );

    // Control characters, and those that turn the reading direction of what stands after them.
    private static bool Disturbs(char letter) =>
        char.IsControl(letter) || letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');

    [GeneratedRegex(
        @"\s*\[\d{1,3}(\s*[,;]\s*\d{1,3})*\](?!\()|\s*\[[\d,; ]*$",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant,
        1000
    )]
    private static partial Regex Citation();
}
