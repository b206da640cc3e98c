namespace Republic.Core.Providers.Listings;

/// <summary>Which models end, and when: as the provider's list says, else as it was announced.</summary>
public sealed class ModelDeprecations(ListedFacts facts, ShutdownTable table, TimeProvider time)
{
    /// <param name="baseUrl">Null: the provider's own. What is announced is said of no other server.</param>
    public ModelDeprecation? Of(string provider, string? baseUrl, string model)
    {
        var announced = baseUrl is null ? table.Find(provider, model) : null;
        var listed = facts.Find(provider, baseUrl, model)?.EndsOn;
        return (listed ?? announced?.EndsOn) is { } day
            ? new ModelDeprecation(
                day,
                day.DayNumber - DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).DayNumber,
                announced?.Replacement,
                listed is null ? announced?.Source : null
            )
            : null;
    }
}
