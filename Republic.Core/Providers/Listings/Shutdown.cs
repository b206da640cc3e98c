namespace Republic.Core.Providers.Listings;

/// <summary>When a provider said that models end, as shutdowns.json has it.</summary>
/// <param name="Replacement">What the provider recommends instead; null where it does not, or not the same to everybody.</param>
/// <param name="Source">The page that says so.</param>
/// <param name="AsOf">When that page was read.</param>
public sealed record Shutdown(
    string Provider,
    IReadOnlyList<string> Models,
    DateOnly EndsOn,
    string? Replacement,
    Uri Source,
    DateOnly AsOf
);
