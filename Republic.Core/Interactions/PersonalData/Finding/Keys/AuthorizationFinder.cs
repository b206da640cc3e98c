namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

/// <summary>
/// Finds the credentials of HTTP's Authorization header, by the scheme before them: bearer tokens, and base64 of a name and a password.
/// </summary>
internal static class AuthorizationFinder
{
    private const int ShortestToken = 20;
    private const int ShortestBasic = 8;
    private const int LongestBasic = 512;

    private delegate bool CredentialCheck(ReadOnlySpan<char> credential);

    public static void FindBearer(ReadOnlySpan<char> text, List<TextSpan> found) => Find(text, found, "bearer ", "-._~+/=", IsToken);

    public static void FindBasic(ReadOnlySpan<char> text, List<TextSpan> found) => Find(text, found, "basic ", "+/=", IsNameAndPassword);

    /// <param name="scheme">The word before the credential, with its blank.</param>
    /// <param name="others">The characters of a credential that are no letters or digits.</param>
    private static void Find(ReadOnlySpan<char> text, List<TextSpan> found, string scheme, string others, CredentialCheck isCredential)
    {
        var at = 0;
        while (text[at..].IndexOf(scheme, StringComparison.OrdinalIgnoreCase) is >= 0 and var offset)
        {
            var start = at + offset + scheme.Length;
            var isWord = !CharacterClass.IsLatinWord(text, at + offset - 1);
            at = CharacterClass.EndOfRun(text, start, others);
            // A dot at the end is that of the sentence.
            var credential = text[start..at].TrimEnd('.');
            if (isWord && isCredential(credential))
                found.Add(new TextSpan(start, credential.Length));
        }
    }

    private static bool IsToken(ReadOnlySpan<char> token) =>
        token.Length >= ShortestToken
        && token.ContainsAnyInRange('0', '9')
        && (token.ContainsAnyInRange('a', 'z') || token.ContainsAnyInRange('A', 'Z'));

    /// <summary>True for base64 of printable ASCII with a colon. An ordinary word decodes to bytes that are no text.</summary>
    private static bool IsNameAndPassword(ReadOnlySpan<char> base64)
    {
        Span<byte> bytes = stackalloc byte[LongestBasic];
        if (base64.Length is < ShortestBasic or > LongestBasic || !Convert.TryFromBase64Chars(base64, bytes, out var length))
            return false;
        var decoded = bytes[..length];
        return decoded.Contains((byte)':') && !decoded.ContainsAnyExceptInRange((byte)' ', (byte)'~');
    }
}
