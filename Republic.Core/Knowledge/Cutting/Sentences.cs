namespace Republic.Core.Knowledge.Cutting;

/// <summary>Where sentences end. A full stop of an abbreviation looks the same, so this serves to cut, not to count.</summary>
internal static class Sentences
{
    /// <summary>The place behind the sentence that <paramref name="from"/> stands in, with the white space that follows.</summary>
    public static int EndOf(ReadOnlySpan<char> text, int from, int to)
    {
        for (var at = from; at < to; at++)
        {
            var isEnd = text[at] switch
            {
                '。' or '！' or '？' => true,
                '.' or '!' or '?' or '…' => IsBehind(text, at + 1, to),
                '\n' => at + 1 < to && text[at + 1] == '\n',
                _ => false,
            };
            if (isEnd)
            {
                return AfterSpace(text, at + 1, to);
            }
        }

        return to;
    }

    public static int AfterSpace(ReadOnlySpan<char> text, int at, int to)
    {
        // What closes the sentence belongs to it.
        while (at < to && text[at] is ')' or ']' or '"' or '\'' or '”' or '’' or '»')
        {
            at++;
        }

        while (at < to && char.IsWhiteSpace(text[at]))
        {
            at++;
        }

        return at;
    }

    private static bool IsBehind(ReadOnlySpan<char> text, int at, int to) =>
        at >= to
        || char.IsWhiteSpace(text[at])
        || (text[at] is ')' or ']' or '"' or '\'' or '”' or '’' or '»' && IsBehind(text, at + 1, to));
}
