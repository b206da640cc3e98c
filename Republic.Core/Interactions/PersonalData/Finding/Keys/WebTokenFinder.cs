namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

/// <summary>JSON Web Tokens: three parts in base64url, the first of which begins like a JSON object.</summary>
internal static class WebTokenFinder
{
    private const string Prefix = "eyJ";
    private const string Base64Url = "-_";
    private const int ShortestPart = 8;

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOf(Prefix) is >= 0 and var offset)
        {
            var start = at + offset;
            at = start + Prefix.Length;
            if (CharacterClass.IsLatinWord(text, start - 1) || (start > 0 && text[start - 1] == '-'))
                continue;
            var header = CharacterClass.EndOfRun(text, start, Base64Url);
            var payload = EndOfPart(text, header);
            var signature = EndOfPart(text, payload);
            if (header - start < ShortestPart || signature < 0)
                continue;
            found.Add(new TextSpan(start, signature - start));
            at = signature;
        }
    }

    /// <returns>Less than 0 where no further part stands behind a dot.</returns>
    private static int EndOfPart(ReadOnlySpan<char> text, int dot)
    {
        if (dot < 0 || dot >= text.Length || text[dot] != '.')
            return -1;
        var end = CharacterClass.EndOfRun(text, dot + 1, Base64Url);
        return end - dot - 1 < ShortestPart ? -1 : end;
    }
}
