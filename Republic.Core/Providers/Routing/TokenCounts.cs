namespace Republic.Core.Providers.Routing;

/// <summary>Tokens of one call.</summary>
/// <param name="Input">Of the prompt, cached ones among them.</param>
/// <param name="Output">Of the answer, those of its reasoning among them.</param>
/// <param name="Cached">Of the prompt, read from the provider's cache.</param>
/// <param name="Reasoning">Of the answer, thought and not said.</param>
public sealed record TokenCounts(long Input, long Output, long Cached = 0, long Reasoning = 0);
