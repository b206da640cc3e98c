namespace Republic.Core.Providers.Overview;

/// <summary>A provider that a person has set up: with a key of theirs, or with a minion on it.</summary>
/// <param name="Keys">Oldest first.</param>
/// <param name="Minions">The names of those that are on it.</param>
/// <param name="Days">The last thirty, today's last.</param>
public sealed record ProviderCard(
    ProviderRow Row,
    IReadOnlyList<KeyCard> Keys,
    IReadOnlyList<string> Minions,
    IReadOnlyList<ProviderDay> Days
)
{
    public required ProviderState State { get; init; }

    /// <summary>Judged calls of the last day, and those of them that were answered.</summary>
    public (long Answered, long Judged) Lately { get; init; }

    /// <summary>Where it is paused: until the next try.</summary>
    public TimeSpan? Rest { get; init; }

    /// <summary>The provider's words, where it refuses a key.</summary>
    public string? Refusal { get; init; }

    /// <summary>Half of the last answers took no longer; null where there was none.</summary>
    public double? P50Ms { get; init; }

    public double? P95Ms { get; init; }

    /// <summary>How many models it listed when it was last asked; null before that.</summary>
    public int? ModelsFound { get; init; }

    public DateTimeOffset? ListedAt { get; init; }

    /// <summary>The person has no key for it, and the installation's is used.</summary>
    public bool UsesShared { get; init; }

    public long Calls => Days.Sum(day => day.Calls);

    public long Judged => Days.Sum(day => day.Judged);

    public long Answered => Days.Sum(day => day.Answered);

    /// <summary>The days of the current month (UTC).</summary>
    public IEnumerable<ProviderDay> Month => Days.Where(day => (day.Day.Year, day.Day.Month) == (Days[^1].Day.Year, Days[^1].Day.Month));
}
