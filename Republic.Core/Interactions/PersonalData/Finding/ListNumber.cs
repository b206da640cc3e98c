namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Numbers that count the lines of a list and are no part of what stands in it: <c>1. 030 1234567</c>.</summary>
internal static class ListNumber
{
    private const int MostDigits = 3;
    private const int MostBefore = 16;

    /// <returns>Where the line's own text begins; the same place where no such number stands there.</returns>
    public static int SkipAt(ReadOnlySpan<char> text, int start)
    {
        var end = EndOfDigits(text, start);
        if (end == start || end - start > MostDigits || text[start] == '0' || !IsFirstInLine(text, start))
            return start;
        var isMarked = end < text.Length && text[end] is '.' or ')';
        var own = isMarked ? end + 1 : end;
        while (own < text.Length && own - end <= MostBefore && CharacterClass.IsBlank(text[own]))
            own++;
        var hasBlank = own > (isMarked ? end + 1 : end);
        return hasBlank && (isMarked || IsArea(text, own)) ? own : start;
    }

    private static bool IsFirstInLine(ReadOnlySpan<char> text, int start)
    {
        var at = start;
        while (at > 0 && start - at < MostBefore && (CharacterClass.IsBlank(text[at - 1]) || text[at - 1] is '>' or '|' or '*' or '-'))
            at--;
        return at == 0 || text[at - 1] == '\n';
    }

    /// <summary>True for an area that no amount is written like: <c>(030)</c>, <c>0171/</c></summary>
    private static bool IsArea(ReadOnlySpan<char> text, int start)
    {
        var isOpen = start < text.Length && text[start] == '(';
        var digits = isOpen ? start + 1 : start;
        var end = EndOfDigits(text, digits);
        return end > digits && text[digits] == '0' && end < text.Length && text[end] == (isOpen ? ')' : '/');
    }

    private static int EndOfDigits(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (CharacterClass.IsDigit(text, end) && end - start <= MostDigits * 2)
            end++;
        return end;
    }
}
