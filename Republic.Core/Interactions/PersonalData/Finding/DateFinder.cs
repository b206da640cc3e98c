namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Dates in digits: year, month and day, or day and month in either order and a year of four digits or two.</summary>
internal static class DateFinder
{
    private const int Parts = 3;

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOfAnyInRange('0', '9') is >= 0 and var offset)
        {
            var start = at + offset;
            var end = CharacterClass.IsLatinWord(text, start - 1) || IsJoined(text, start - 1, start - 2) ? 0 : EndOfDate(text, start);
            if (end > 0)
                found.Add(new TextSpan(start, end - start));
            at = Math.Max(end, start + 1);
        }
    }

    /// <returns>0 where no date begins at this place.</returns>
    private static int EndOfDate(ReadOnlySpan<char> text, int start)
    {
        Span<int> values = stackalloc int[Parts];
        Span<int> lengths = stackalloc int[Parts];
        var at = start;
        var separator = '\0';
        for (var part = 0; part < Parts; part++)
        {
            if (part > 0)
            {
                if (at >= text.Length || text[at] is not ('.' or '-' or '/') || (part > 1 && text[at] != separator))
                    return 0;
                separator = text[at++];
                if (separator == '.' && at < text.Length && CharacterClass.IsBlank(text[at]))
                    at++;
            }
            for (; CharacterClass.IsDigit(text, at) && lengths[part] <= 4; at++, lengths[part]++)
                values[part] = values[part] * 10 + text[at] - '0';
        }
        return IsDate(values, lengths) && !CharacterClass.IsDigit(text, at) && !IsJoined(text, at, at + 1) ? at : 0;
    }

    private static bool IsDate(ReadOnlySpan<int> values, ReadOnlySpan<int> lengths) =>
        lengths switch
        {
            [4, 1 or 2, 1 or 2] => IsYear(values[0]) && IsDay(values[1], values[2]),
            [1 or 2, 1 or 2, 4] => IsYear(values[2]) && IsDay(values[0], values[1]),
            [1 or 2, 1 or 2, 2] => IsDay(values[0], values[1]),
            _ => false,
        };

    private static bool IsYear(int year) => year is >= 1900 and < 2100;

    private static bool IsDay(int one, int other) => one is >= 1 and <= 31 && other is >= 1 and <= 31 && (one <= 12 || other <= 12);

    /// <summary>True where digits go on behind a separator, so that this is a part of something longer.</summary>
    private static bool IsJoined(ReadOnlySpan<char> text, int separator, int digit) =>
        separator >= 0 && separator < text.Length && text[separator] is '.' or '-' or '/' && CharacterClass.IsDigit(text, digit);
}
