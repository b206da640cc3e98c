namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Numbers of payment cards in one piece, or in groups as they stand on cards, with the same blank or hyphen between all.</summary>
internal static class CardFinder
{
    private const int Shortest = 13;
    private const int Longest = 19;
    private const int FirstGroup = 4;
    private const char EnDash = '\u2013';

    /// <summary>The groupings that cards have, the longest first.</summary>
    private static readonly int[][] Layouts =
    [
        [4, 4, 4, 4, 3],
        [4, 4, 4, 4, 2],
        [4, 4, 4, 4, 1],
        [4, 4, 4, 4],
        [4, 4, 4, 3],
        [4, 6, 5],
        [4, 4, 4, 2],
        [4, 6, 4],
        [4, 4, 4, 1],
    ];

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOfAnyInRange('0', '9') is >= 0 and var offset)
        {
            var start = at + offset;
            at = EndOfDigits(text, start);
            if (GoesOnBefore(text, start, at))
                continue;
            var end = (at - start) switch
            {
                FirstGroup => EndOfGroups(text, start),
                >= Shortest and <= Longest when IsCard(text, at, text[start..at]) => at,
                _ => 0,
            };
            if (end == 0)
                continue;
            found.Add(new TextSpan(start, end - start));
            at = end;
        }
    }

    private static int EndOfGroups(ReadOnlySpan<char> text, int start)
    {
        Span<char> digits = stackalloc char[Longest];
        foreach (var layout in Layouts)
        {
            var count = 0;
            var at = start;
            foreach (var length in layout)
            {
                if (at != start && (at >= text.Length || !IsSeparator(text[at]) || text[at++] != text[start + FirstGroup]))
                    break;
                if (EndOfDigits(text, at) - at != length)
                    break;
                text.Slice(at, length).CopyTo(digits[count..]);
                count += length;
                at += length;
            }
            if (count == layout.Sum() && IsCard(text, at, digits[..count]))
                return at;
        }
        return 0;
    }

    private static bool IsCard(ReadOnlySpan<char> text, int end, ReadOnlySpan<char> digits) =>
        !CharacterClass.IsLatinWord(text, end)
        // No comma: so many digits are no amount, but may be a field of a list.
        && !(end < text.Length && text[end] is '.' or '-' or EnDash && CharacterClass.IsDigit(text, end + 1))
        && CardNumber.IsValid(digits);

    /// <summary>True at the end of a decimal, of a longer number or of a code with hyphens, which is no card.</summary>
    /// <param name="end">Of the digits that begin at the start.</param>
    private static bool GoesOnBefore(ReadOnlySpan<char> text, int start, int end) =>
        CharacterClass.IsLatinWord(text, start - 1)
        || (
            start > 1
            && text[start - 1] switch
            {
                '.' => CharacterClass.IsDigit(text, start - 2),
                ',' => CharacterClass.IsDigit(text, start - 2) && !IsList(text, start - 1, end),
                '-' or EnDash => CharacterClass.IsLatinWord(text, start - 2),
                '#' => true,
                _ => false,
            }
        );

    /// <summary>True where a comma parts the fields of a list: more digits stand before it than decimals have, or a further comma follows.</summary>
    private static bool IsList(ReadOnlySpan<char> text, int comma, int end)
    {
        var digits = 0;
        while (digits < Shortest && CharacterClass.IsDigit(text, comma - 1 - digits))
            digits++;
        return digits == Shortest || (end < text.Length && text[end] == ',');
    }

    private static int EndOfDigits(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (CharacterClass.IsDigit(text, end))
            end++;
        return end;
    }

    private static bool IsSeparator(char character) => CharacterClass.IsBlank(character) || character is '-' or EnDash;
}
