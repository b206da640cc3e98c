namespace Republic.Core;

/// <summary>Texts that are cut.</summary>
public static class TextLength
{
    /// <summary>At most so many characters of it. The database takes no half of a surrogate pair, so one fewer where one would be cut.</summary>
    public static string AtMost(this string text, int length) =>
        text.Length <= length ? text
        : length > 0 && char.IsHighSurrogate(text[length - 1]) ? text[..(length - 1)]
        : text[..length];
}
