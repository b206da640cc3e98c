namespace Republic.Core.Scenarios.Versions;

/// <summary>One thing that differs between two versions of a scenario.</summary>
/// <param name="Path">The element, and its field where both have the element: <c>states.review</c>, <c>states.review.prompts</c>, <c>limits.turns</c>.</param>
/// <param name="Before">Null where it was not there.</param>
/// <param name="After">Null where it is there no more.</param>
public sealed record DefinitionDifference(string Path, string? Before, string? After);
