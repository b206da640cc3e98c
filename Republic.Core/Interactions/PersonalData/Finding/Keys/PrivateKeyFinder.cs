namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

/// <summary>Private keys in PEM, from BEGIN to END. A block that was cut off goes to the next empty line behind its headers.</summary>
internal static class PrivateKeyFinder
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";
    private const string EmptyLine = "\n\n";
    private const int LongestLabel = 40;
    private const int ShortestLine = 8;

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        var lastEnd = text.LastIndexOf(End);
        while (text[at..].IndexOf(Begin) is >= 0 and var offset)
        {
            var start = at + offset;
            at = start + Begin.Length;
            var label = LengthOfLabel(text[at..]);
            if (label < 0 || !text.Slice(at, label).Contains("PRIVATE KEY", StringComparison.Ordinal))
                continue;
            at = EndOfBlock(text, at + label + Dashes.Length, lastEnd);
            found.Add(new TextSpan(start, at - start));
        }
    }

    private static int EndOfBlock(ReadOnlySpan<char> text, int start, int lastEnd)
    {
        if (start <= lastEnd)
        {
            var end = start + text[start..].IndexOf(End) + End.Length;
            var label = LengthOfLabel(text[end..]);
            return label < 0 ? end : end + label + Dashes.Length;
        }
        var empty = EmptyLineIn(text, start);
        return IsHead(text[start..empty]) && IsBase64(text[empty..].TrimStart('\n')) ? EmptyLineIn(text, empty + EmptyLine.Length) : empty;
    }

    private static int EmptyLineIn(ReadOnlySpan<char> text, int start) =>
        text[start..].IndexOf(EmptyLine) is >= 0 and var offset ? start + offset : text.Length;

    /// <summary>True for the headers of a key or their absence, behind which an empty line stands before the key itself.</summary>
    private static bool IsHead(ReadOnlySpan<char> lines) => lines.IsWhiteSpace() || lines.Contains(':');

    /// <summary>True where a line of base64 begins the text.</summary>
    private static bool IsBase64(ReadOnlySpan<char> text)
    {
        var end = CharacterClass.EndOfRun(text, 0, "+/=");
        return end >= ShortestLine && (end == text.Length || text[end] is '\r' or '\n');
    }

    private static int LengthOfLabel(ReadOnlySpan<char> text) => text[..Math.Min(text.Length, LongestLabel)].IndexOf(Dashes);
}
