namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

/// <summary>Bearer tokens: what follows “Bearer” in a header, where it is long and has letters and digits.</summary>
internal static class BearerFinder
{
    private const string Word = "bearer ";
    private const int Shortest = 20;

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOf(Word, StringComparison.OrdinalIgnoreCase) is >= 0 and var offset)
        {
            var start = at + offset + Word.Length;
            var isWord = !CharacterClass.IsLatinWord(text, at + offset - 1);
            at = CharacterClass.EndOfRun(text, start, "-._~+/=");
            var token = text[start..at].TrimEnd('.');
            if (isWord && token.Length >= Shortest && token.ContainsAnyInRange('0', '9') && HasLetter(token))
                found.Add(new TextSpan(start, token.Length));
        }
    }

    private static bool HasLetter(ReadOnlySpan<char> token) => token.ContainsAnyInRange('a', 'z') || token.ContainsAnyInRange('A', 'Z');
}
