namespace Republic.Core.Providers;

/// <summary>What a real one-token completion gave.</summary>
/// <param name="Model">The model as the provider names it in its answer.</param>
/// <param name="Error">Null when it worked; else the fact, the provider's own words and the way on.</param>
public sealed record ConnectionTest(bool Ok, long LatencyMs, string Model, string? Error)
{
    /// <summary>The host and port that a superuser may allow, where that is what stands in the way.</summary>
    public string? AllowableHost { get; init; }
}
