namespace Republic.Core.Training;

/// <summary>One version of a minion, as a model is asked to speak for it.</summary>
/// <param name="Adapter">The name of the weights' file in the adapters' folder, or null.</param>
public sealed record Speaker(string SystemPrompt, string? Adapter);
