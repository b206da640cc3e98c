namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Email addresses as people use them: no quoted local parts, no comments, no addresses in brackets.</summary>
internal static class EmailFinder
{
    private const int LongestLocal = 64;
    private const int LongestDomain = 253;
    private const int LongestLabel = 63;

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        var free = 0;
        while (text[at..].IndexOf('@') is >= 0 and var offset)
        {
            var sign = at + offset;
            at = sign + 1;
            var start = StartOfLocal(text, sign, free);
            if (start < 0 || text[start..sign] is "git")
                continue;
            var end = EndOfDomain(text, sign + 1);
            if (end < 0)
                continue;
            found.Add(new TextSpan(start, end - start));
            at = free = end;
        }
    }

    /// <returns>Less than 0 where nothing before the sign can be a local part.</returns>
    private static int StartOfLocal(ReadOnlySpan<char> text, int sign, int free)
    {
        var start = sign;
        var isLatin = false;
        var isOther = false;
        while (start > free && IsLocal(text[start - 1]))
        {
            // A sentence in Chinese may go over into an address without a blank.
            var isLatinHere = isLatin || CharacterClass.IsLatinLetter(text[start - 1]);
            var isOtherHere = isOther || CharacterClass.IsLetterBeyondLatin(text[start - 1]);
            if (isLatinHere && isOtherHere || (text[start - 1] == '.' && start < sign && text[start] == '.'))
                break;
            (isLatin, isOther) = (isLatinHere, isOtherHere);
            start--;
            if (sign - start > LongestLocal)
                return -1;
        }
        while (start < sign && !char.IsLetterOrDigit(text[start]) && text[start] != '_')
            start++;
        return start == sign || text[sign - 1] == '.' ? -1 : start;
    }

    private static bool IsLocal(char character) => char.IsLetterOrDigit(character) || character is '.' or '_' or '%' or '+' or '-';

    /// <returns>Less than 0 where no domain with a top level follows.</returns>
    private static int EndOfDomain(ReadOnlySpan<char> text, int start)
    {
        var best = -1;
        for (var label = start; ; )
        {
            var end = EndOfLabel(text, label);
            if (end == label || end - label > LongestLabel || end - start > LongestDomain || text[label] == '-')
                return best;
            if (label > start)
                best = EndOfTopLevel(text, label, end) is > 0 and var top ? top : best;
            else if (IsScale(text[label..end]))
                return -1;
            if (end >= text.Length || text[end] != '.' || (best > 0 && best != end && best > label))
                return best;
            label = end + 1;
        }
    }

    private static int EndOfLabel(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && end - start <= LongestLabel && (char.IsLetterOrDigit(text[end]) || text[end] == '-'))
            end++;
        return start + text[start..end].TrimEnd('-').Length;
    }

    /// <summary>Finds the end of a top-level label: at least two letters, all Latin or all not, or their ASCII form.</summary>
    /// <returns>0 where the label is none.</returns>
    private static int EndOfTopLevel(ReadOnlySpan<char> text, int start, int end)
    {
        if (text[start..end].StartsWith("xn--", StringComparison.OrdinalIgnoreCase))
            return end;
        var isLatin = CharacterClass.IsLatinLetter(text[start]);
        var top = start;
        while (top < end && char.IsLetter(text[top]) && CharacterClass.IsLatinLetter(text[top]) == isLatin)
            top++;
        var isWhole = top == end || (isLatin && CharacterClass.IsLetterBeyondLatin(text[top]));
        return isWhole && top - start >= 2 ? top : 0;
    }

    /// <summary>True for the scale of a picture for finer screens, <c>icon@2x.png</c>.</summary>
    private static bool IsScale(ReadOnlySpan<char> label) => label is [>= '1' and <= '9', 'x' or 'X'];
}
