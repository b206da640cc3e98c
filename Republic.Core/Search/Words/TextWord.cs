namespace Republic.Core.Search.Words;

/// <summary>A word of a folded text, and where it stands.</summary>
/// <param name="Text">Of a long word the beginning.</param>
internal readonly record struct TextWord(int Begin, int Length, string Text, WordKind Kind);
