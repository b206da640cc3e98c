namespace Republic.Core.Help;

/// <summary>A sentence of help that answers a question.</summary>
/// <param name="Fit">How much of the question the sentence is about, 0 to 1; rare words count more.</param>
public sealed record HelpAnswer(HelpSection Section, string Text, double Fit);
