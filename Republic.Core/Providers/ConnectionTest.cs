namespace Republic.Core.Providers;

/// <summary>What a real completion gave.</summary>
/// <param name="Model">The model as the provider names it in its answer.</param>
/// <param name="Error">Null when it worked; else the fact, the provider's own words and the way on.</param>
public sealed record ConnectionTest(bool Ok, long LatencyMs, string Model, string? Error)
{
    /// <summary>The host and port that a superuser may allow, where that is what stands in the way.</summary>
    public string? AllowableHost { get; init; }

    /// <summary>What it said, where it was asked a question and not only for a sign of life.</summary>
    public string? Answer { get; init; }

    /// <summary>Why the answer ended, e.g. <c>stop</c>, or <c>length</c> for one that was cut off.</summary>
    public string? FinishReason { get; init; }

    /// <summary>What the answer cost; null where nobody knows.</summary>
    public decimal? Cost { get; init; }
}
