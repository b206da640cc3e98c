namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

/// <summary>Names with passwords as a header of HTTP has them: what follows “Basic” and is base64 of a text with a colon.</summary>
internal static class BasicFinder
{
    private const string Word = "basic ";
    private const int Shortest = 8;
    private const int Longest = 512;

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOf(Word, StringComparison.OrdinalIgnoreCase) is >= 0 and var offset)
        {
            var start = at + offset + Word.Length;
            var isWord = !CharacterClass.IsLatinWord(text, at + offset - 1);
            at = CharacterClass.EndOfRun(text, start, "+/=");
            if (isWord && at - start is >= Shortest and <= Longest && IsNameAndPassword(text[start..at]))
                found.Add(new TextSpan(start, at - start));
        }
    }

    /// <summary>Words decode to bytes that are no text.</summary>
    private static bool IsNameAndPassword(ReadOnlySpan<char> base64)
    {
        Span<byte> bytes = stackalloc byte[Longest];
        if (!Convert.TryFromBase64Chars(base64, bytes, out var length))
            return false;
        var decoded = bytes[..length];
        return decoded.Contains((byte)':') && !decoded.ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }
}
