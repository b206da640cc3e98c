namespace Republic.Core.Search.Words;

/// <summary>A text in small letters without accents.</summary>
/// <param name="Origins">For each character of it, where in the text the letter stands that it was made of; and at the end that text's length.</param>
internal sealed record Folded(string Text, IReadOnlyList<int> Origins);
