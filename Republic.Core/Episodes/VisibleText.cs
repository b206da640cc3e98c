using Republic.Core.Answering;

namespace Republic.Core.Episodes;

/// <summary>Words that somebody can see.</summary>
internal static class VisibleText
{
    /// <returns>The text as it is; null where it holds nothing but spaces and characters that nobody sees.</returns>
    public static string? OrNull(string? text) => text is null || string.IsNullOrWhiteSpace(PromptDelimiter.Clean(text)) ? null : text;
}
