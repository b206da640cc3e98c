using System.Text.Json.Serialization;

namespace Republic.Core.Inference.Answers;

/// <param name="Count">How many tokens of the prompt were still in memory from the turn before.</param>
internal sealed record CachedTokens([property: JsonPropertyName("cached_tokens")] int Count);
