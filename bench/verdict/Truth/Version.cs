namespace Republic.Bench.Truth;

/// <summary>A version of a minion, as it is asked.</summary>
/// <param name="Adapter">The file of its weights, or null.</param>
internal sealed record Version(string SystemPrompt, string? Adapter);
