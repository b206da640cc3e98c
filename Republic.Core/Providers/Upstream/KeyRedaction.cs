namespace Republic.Core.Providers.Upstream;

/// <summary>
/// Takes a key out of what a provider says. Providers echo keys whole, in part or as they came in a header; a hostile one turns them round
/// or writes them in Base64 or hexadecimal, and its errors are shown to people who share a key without knowing it.
/// </summary>
internal static class KeyRedaction
{
    public static string Apply(string text, string? key) => string.IsNullOrEmpty(key) ? text : new HiddenKey(key).Hide(text);
}
