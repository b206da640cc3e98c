using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Core.Providers.Calls;

/// <summary>One call of one model: what it took and how it ended. Every figure is measured or the provider's own, else null.</summary>
public sealed class ModelCall
{
    public required Guid OwnerId { get; init; }

    /// <summary>The receipt it is an attempt of.</summary>
    public required Guid RouteId { get; init; }

    /// <summary>Its index on the receipt, from 0.</summary>
    public required int Hop { get; init; }

    public Guid? MinionId { get; init; }

    /// <summary>The stored key, or the minion whose own key it was.</summary>
    public Guid? KeyId { get; init; }

    public required CallPurpose Purpose { get; init; }

    public required string Provider { get; init; }

    public required string Model { get; init; }

    public required RouteOutcome Outcome { get; init; }

    public ProviderErrorKind? Error { get; init; }

    /// <summary>Why there was no whole answer, in the words that the person who asked was told.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required double DurationMs { get; init; }

    public double? FirstTokenMs { get; init; }

    public long? InputTokens { get; init; }

    public long? OutputTokens { get; init; }

    public long? CachedTokens { get; init; }

    public long? ReasoningTokens { get; init; }

    /// <summary>In US dollars; null where it is not known.</summary>
    public decimal? Cost { get; init; }

    /// <summary>Written to the provider's cache.</summary>
    public long? CacheWriteTokens { get; init; }

    /// <summary>The cost is worked out from what was sent, because the provider did not count.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Where the cost comes from; null where it is not known.</summary>
    public PriceSource? PriceSource { get; init; }

    public required bool LeftMachine { get; init; }

    /// <summary>
    /// It says something of the model: it was not stopped by whoever asked, not wrong in itself, no try of a key or model, and not answered
    /// from memory. The database works it out.
    /// </summary>
    public bool IsJudged { get; private init; }

    internal static ModelCall Of(
        RouteAttempt attempt,
        Guid route,
        int place,
        Guid owner,
        ModelRoute whose,
        ModelTarget target,
        DateTimeOffset startedAt,
        ProviderErrorKind? error
    ) =>
        new()
        {
            OwnerId = owner,
            RouteId = route,
            Hop = place,
            MinionId = whose.Minion,
            KeyId = target.KeyId,
            Purpose = whose.Purpose,
            Provider = attempt.Provider,
            Model = attempt.Model,
            Outcome = attempt.Outcome,
            Error = error,
            Reason = attempt.Reason,
            StartedAt = startedAt,
            DurationMs = attempt.DurationMs ?? 0,
            FirstTokenMs = attempt.FirstTokenMs,
            InputTokens = attempt.Tokens?.Input,
            OutputTokens = attempt.Tokens?.Output,
            CachedTokens = attempt.Tokens?.Cached,
            ReasoningTokens = attempt.Tokens?.Reasoning,
            Cost = attempt.Cost is { } cost ? Math.Round(cost, 9) : null,
            CacheWriteTokens = attempt.Tokens?.CacheWrites,
            IsEstimate = attempt.IsEstimate,
            PriceSource = attempt.PriceSource,
            LeftMachine = attempt.LeftMachine,
        };
}
