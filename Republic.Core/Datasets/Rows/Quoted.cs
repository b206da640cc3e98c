using System.Globalization;
using System.Text;

namespace Republic.Core.Datasets.Rows;

/// <summary>
/// What a source says, as a reason or a failure may repeat it: short, on one line, and text that anything can keep. PostgreSQL's
/// jsonb refuses a NUL, and UTF-8 has no form for half of a surrogate pair.
/// </summary>
internal static class Quoted
{
    private const int MostLetters = 40;

    public static string Of(string text)
    {
        var quoted = new StringBuilder();
        var letters = 0;
        for (var rest = text.AsSpan(); !rest.IsEmpty; letters++)
        {
            if (letters == MostLetters)
            {
                return quoted.Append('…').ToString();
            }

            var isWhole = Rune.DecodeFromUtf16(rest, out var rune, out var length) == System.Buffers.OperationStatus.Done;
            if (isWhole && !IsUnseen(rune))
            {
                quoted.Append(rest[..length]);
            }
            else
            {
                quoted.Append(CultureInfo.InvariantCulture, $"\\u{(isWhole ? rune.Value : rest[0]):x4}");
            }

            rest = rest[length..];
        }

        return quoted.ToString();
    }

    /// <summary>The first of a table's columns.</summary>
    public static string Of(IEnumerable<string> columns) => string.Join(", ", columns.Take(20).Select(Of));

    /// <summary>Marks that turn the direction of writing among them, which would reorder the reason around them.</summary>
    private static bool IsUnseen(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;
}
