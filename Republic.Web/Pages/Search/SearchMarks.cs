using System.Globalization;
using Republic.Web.Pages.Shared;

namespace Republic.Web.Pages.Search;

/// <summary>Marks the words of a question in what was found for it.</summary>
internal static class SearchMarks
{
    private const int MostWords = 8;

    private static readonly char[] Quotes = ['"', '\'', '“', '”', '„', '‘', '’', '«', '»'];

    /// <summary>The text with each word of the question marked that a word of it begins with.</summary>
    public static MarkedText Of(string text, string? question)
    {
        var asked = WordsOf(question);
        List<DiffPart> parts = [];
        var (from, at) = (0, 0);
        while (at < text.Length)
        {
            var length = asked.Where(word => Begins(text, at, word)).Select(word => word.Length).FirstOrDefault();
            if (length == 0)
            {
                at++;
                continue;
            }

            if (at > from)
            {
                parts.Add(new DiffPart(text[from..at], false));
            }

            parts.Add(new DiffPart(text.Substring(at, length), true));
            (from, at) = (at + length, at + length);
        }

        if (from < text.Length)
        {
            parts.Add(new DiffPart(text[from..], false));
        }

        return new MarkedText(parts);
    }

    /// <summary>Long ones first: of "refund" and "refunds" the whole word is marked.</summary>
    private static List<string> WordsOf(string? question) =>
        [
            .. (question ?? "")
                .Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)
                .Select(word => word.Trim(Quotes))
                .Where(word => word.Length > 0)
                .Take(MostWords)
                .OrderByDescending(word => word.Length),
        ];

    private static bool Begins(string text, int at, string word) =>
        (at == 0 || !IsOfWord(text[at - 1]) || !IsOfWord(word[0]) || NeedsNoSpace(word[0]))
        && string.Compare(text, at, word, 0, word.Length, StringComparison.OrdinalIgnoreCase) == 0;

    private static bool IsOfWord(char letter) =>
        char.IsLetterOrDigit(letter)
        || char.GetUnicodeCategory(letter) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    /// <summary>Thai and what comes after it, where many scripts write without spaces; not Vietnamese and old Greek, which have them.</summary>
    private static bool NeedsNoSpace(char letter) => letter is >= '\u0E00' and (< '\u1E00' or > '\u1FFF');
}
