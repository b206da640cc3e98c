namespace Republic.Core.Interactions.PersonalData.Finding.Keys;

/// <summary>Values that are assigned to a password, a token or a key and look random: <c>DB_PASSWORD=…</c>, <c>"token": "…"</c>.</summary>
internal static class SecretFinder
{
    private const string Quotes = "\"'`";
    private const string Around = " \t*\"'`";
    private const string Ends = "\"'`,;&<>()[]{}|";
    private const int MostAround = 4;

    private static readonly string[] Words =
    [
        "password",
        "passwd",
        "pwd",
        "passphrase",
        "passwort",
        "kennwort",
        "secret",
        "token",
        "credential",
        "credentials",
    ];

    private static readonly string[] KindsOfKey =
    [
        "api",
        "access",
        "account",
        "auth",
        "client",
        "encryption",
        "master",
        "private",
        "secret",
        "shared",
        "signing",
    ];

    public static void Find(ReadOnlySpan<char> text, List<TextSpan> found)
    {
        var at = 0;
        while (text[at..].IndexOfAny('=', ':') is >= 0 and var offset)
        {
            var sign = at + offset;
            at = sign + 1;
            if (!IsSecret(text[..sign]))
                continue;
            var start = StartOfValue(text, at);
            if (IsAddress(text[start..]) || (start < text.Length && text[start] == ':'))
                continue;
            // Whatever comes of it, the value is not read again: it may be long and full of further signs.
            at = EndOfValue(text, start);
            var value = text[start..at].TrimEnd(".,:?*");
            if (!IsCalled(text, at) && SecretValue.LooksRandom(value) && !IsEmail(value))
                found.Add(new TextSpan(start, value.Length));
        }
    }

    private static bool IsSecret(ReadOnlySpan<char> before)
    {
        var end = before.Length;
        while (end > 0 && before.Length - end < MostAround && Around.Contains(before[end - 1]))
            end--;
        var name = before[..end];
        foreach (var word in Words)
        {
            if (name.EndsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return name.EndsWith("key", StringComparison.OrdinalIgnoreCase) && IsKindOfKey(name[..^3]);
    }

    private static bool IsKindOfKey(ReadOnlySpan<char> name)
    {
        if (name.Length > 0 && name[^1] is '_' or '-' or ' ')
            name = name[..^1];
        foreach (var kind in KindsOfKey)
        {
            if (name.EndsWith(kind, StringComparison.OrdinalIgnoreCase))
                return true;
        }
        return false;
    }

    private static int StartOfValue(ReadOnlySpan<char> text, int start)
    {
        if (start < text.Length && text[start] is '=' or '>')
            start++;
        for (var most = start + MostAround; start < text.Length && start < most && text[start] is ' ' or '\t' or '*'; )
            start++;
        return start < text.Length && Quotes.Contains(text[start]) ? start + 1 : start;
    }

    private static int EndOfValue(ReadOnlySpan<char> text, int start)
    {
        var quote = start > 0 && Quotes.Contains(text[start - 1]) ? text[start - 1] : '\0';
        var end = start;
        while (end < text.Length && !char.IsWhiteSpace(text[end]) && text[end] != CharacterClass.Taken)
        {
            if (quote == '\0' ? Ends.Contains(text[end]) : text[end] == quote)
                break;
            end++;
        }
        return end;
    }

    private static bool IsAddress(ReadOnlySpan<char> value) => value.StartsWith("http://") || value.StartsWith("https://");

    /// <summary>True for a call in code: <c>token = read1(…)</c>.</summary>
    private static bool IsCalled(ReadOnlySpan<char> text, int end) => end < text.Length && text[end] is '(' or '[';

    private static bool IsEmail(ReadOnlySpan<char> value)
    {
        List<TextSpan> found = [];
        EmailFinder.Find(value, found);
        return found is [{ Start: 0 } only] && only.Length == value.Length;
    }
}
