namespace Republic.Core.Help;

/// <summary>A section that was found.</summary>
/// <param name="Text">The paragraph, item or row of it that holds most of the question.</param>
/// <param name="Share">How much of the question stands there, 0 to 1; rare words count more.</param>
/// <param name="Fit">The same, more where a word stands in a heading or at the beginning: 0.45 where all stand within the text alone.</param>
/// <param name="Marks">The stretches of the text that hold a word of the question.</param>
public sealed record HelpHit(HelpSection Section, string Text, double Share, double Fit, IReadOnlyList<Range> Marks);
