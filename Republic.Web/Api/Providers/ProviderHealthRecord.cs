using Republic.Core.Providers.Overview;

namespace Republic.Web.Api.Providers;

/// <summary>How a provider is doing for one person, counted from the calls of the last thirty days.</summary>
internal sealed record ProviderHealthRecord
{
    public ProviderHealthRecord(ProviderCard card)
    {
        Provider = card.Row.Name;
        DisplayName = card.Row.DisplayName;
        State = card.State;
        NextTrySeconds = card.Rest?.TotalSeconds;
        Refusal = card.Refusal;
        P50Ms = card.P50Ms;
        P95Ms = card.P95Ms;
        Calls = card.Calls;
        JudgedCalls = card.Judged;
        Answered = card.Answered;
        MonthCost = card.Month.Sum(day => day.Cost);
        MonthUnpricedCalls = card.Month.Sum(day => day.Unpriced);
        MonthEstimatedCalls = card.Month.Sum(day => day.Estimated);
        MonthCallsOfOthers = card.Month.Sum(day => day.Others);
        MonthCostOfOthers = card.Month.Sum(day => day.OthersCost);
        UsesShared = card.UsesShared;
        Minions = card.Minions;
        Keys = [.. card.Keys.Select(key => new KeyHealth(key.Key.Id, key.Key.Label, key.LastUsed, key.Refusal, key.Rest?.TotalSeconds))];
        Days = card.Days;
    }

    public string Provider { get; }
    public string DisplayName { get; }
    public ProviderState State { get; }
    public double? NextTrySeconds { get; }

    /// <summary>The provider's words, where it refuses a key.</summary>
    public string? Refusal { get; }
    public double? P50Ms { get; }
    public double? P95Ms { get; }
    public long Calls { get; }

    /// <summary>Calls that say something of the provider: not stopped by the person, not invalid in themselves, no test of a key or model.</summary>
    public long JudgedCalls { get; }

    /// <summary>Judged calls that were answered.</summary>
    public long Answered { get; }

    /// <summary>In US dollars, of the calls whose cost is known.</summary>
    public decimal MonthCost { get; }
    public long MonthUnpricedCalls { get; }

    /// <summary>Calls whose cost is worked out from what was sent, because the provider did not count.</summary>
    public long MonthEstimatedCalls { get; }

    /// <summary>Of these calls and their cost, those of others over this person's key.</summary>
    public long MonthCallsOfOthers { get; }
    public decimal MonthCostOfOthers { get; }

    /// <summary>The person has no key for it, and the installation's is used.</summary>
    public bool UsesShared { get; }
    public IReadOnlyList<string> Minions { get; }
    public IReadOnlyList<KeyHealth> Keys { get; }
    public IReadOnlyList<ProviderDay> Days { get; }

    internal sealed record KeyHealth(Guid Id, string Label, DateTimeOffset? LastUsedAt, string? Refusal, double? NextTrySeconds);
}
