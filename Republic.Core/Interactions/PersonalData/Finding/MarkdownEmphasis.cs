namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>
/// Emphasis in Markdown: its underscores become asterisks, <c>_030 1234567_</c> <c>*030 1234567*</c>, since elsewhere an underscore is part
/// of a word.
/// </summary>
internal static class MarkdownEmphasis
{
    private const int Longest = 3;
    private const string Openers = "([{<>\"'*|~:";
    private const string Closers = ")]}<>\"'*|~,;:!?";

    public static void ToAsterisks(Span<char> text)
    {
        var opening = new TextSpan(0, 0);
        var at = 0;
        while (text[at..].IndexOfAny('_', '\n') is >= 0 and var offset)
        {
            var start = at + offset;
            at = start + Math.Max(1, text[start..].IndexOfAnyExcept('_') is >= 0 and var run ? run : text.Length - start);
            var length = at - start;
            if (text[start] == '\n')
            {
                opening = default;
            }
            else if (length == opening.Length && Closes(text, start, at))
            {
                text.Slice(opening.Start, length).Fill('*');
                text[start..at].Fill('*');
                opening = default;
            }
            else if (length <= Longest && Opens(text, start, at))
            {
                opening = new TextSpan(start, length);
            }
        }
    }

    private static bool Opens(ReadOnlySpan<char> text, int start, int end) =>
        (start == 0 || char.IsWhiteSpace(text[start - 1]) || Openers.Contains(text[start - 1]))
        && end < text.Length
        && !char.IsWhiteSpace(text[end]);

    private static bool Closes(ReadOnlySpan<char> text, int start, int end)
    {
        if (char.IsWhiteSpace(text[start - 1]))
            return false;
        // A dot ends a sentence only where no word follows: _anna_.x@example.com is one address.
        var next = end < text.Length && text[end] == '.' ? end + 1 : end;
        return next == text.Length || char.IsWhiteSpace(text[next]) || Closers.Contains(text[next]);
    }
}
