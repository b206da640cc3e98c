namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

/// <summary>Passwords in links: <c>postgres://name:password@host/</c>. Words without a digit are examples.</summary>
internal static class LinkPasswordFinder
{
    private const string Slashes = "://";
    private const string Ends = "/?#\"'`<>()[]{}|\\,;";
    private const int Shortest = 6;

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOf(Slashes) is >= 0 and var offset)
        {
            var start = at + offset + Slashes.Length;
            var isLink = CharacterClass.IsLatinWord(text, at + offset - 1);
            at = EndOfHost(text, start);
            // The last sign: one before it is a part of the password.
            var (colon, sign) = (text[start..at].IndexOf(':'), text[start..at].LastIndexOf('@'));
            if (!isLink || colon < 0 || sign < colon)
                continue;
            var password = text[(start + colon + 1)..(start + sign)];
            if (password.Length >= Shortest && password[0] is not ('$' or '%') && password.ContainsAnyInRange('0', '9'))
                found.Add(new TextSpan(start + colon + 1, password.Length));
        }
    }

    private static int EndOfHost(ReadOnlySpan<char> text, int start)
    {
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != CharacterClass.Taken && !Ends.Contains(text[end]))
            end++;
        return end;
    }
}
