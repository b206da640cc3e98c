namespace Republic.Core.Help;

/// <summary>A section that was found.</summary>
/// <param name="Text">The paragraph, item or row of it that holds most of the question.</param>
/// <param name="Marks">The stretches of the text that hold a word of the question.</param>
public sealed record HelpSearchResult(HelpSection Section, string Text, IReadOnlyList<Range> Marks);
