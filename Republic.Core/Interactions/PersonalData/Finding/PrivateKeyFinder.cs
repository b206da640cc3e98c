namespace Republic.Core.Interactions.PersonalData.Finding;

/// <summary>Private keys in PEM, from BEGIN to END. A block that was cut off goes to the next empty line.</summary>
internal static class PrivateKeyFinder
{
    private const string Begin = "-----BEGIN ";
    private const string End = "-----END ";
    private const string Dashes = "-----";
    private const int LongestLabel = 40;

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
        var rest = text[start..];
        var empty = rest.IndexOf("\n\n");
        return empty < 0 ? text.Length : start + empty;
    }

    private static int LengthOfLabel(ReadOnlySpan<char> text) => text[..Math.Min(text.Length, LongestLabel)].IndexOf(Dashes);
}
