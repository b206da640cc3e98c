namespace Republic.Core.Training.Gate;

/// <summary>A question that is not measured with, since a row answers one that means the same: its answer is meant to change.</summary>
/// <param name="Row">The row's question.</param>
public sealed record SetAsideQuestion(string Prompt, string Row);
