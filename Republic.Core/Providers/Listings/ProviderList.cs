using Republic.Core.Data;

namespace Republic.Core.Providers.Listings;

/// <summary>What a provider lists to a person, as it was last read.</summary>
public sealed class ProviderList : IOwned
{
    private const int MostModels = 5000;
    private static readonly TimeSpan IsNewFor = TimeSpan.FromDays(7);
    private static readonly TimeSpan IsMissedFor = TimeSpan.FromDays(30);

    /// <summary>That of its <see cref="ListSource"/>.</summary>
    public required Guid Id { get; init; }

    public required Guid OwnerId { get; init; }

    public required string Provider { get; init; }

    public string? BaseUrl { get; init; }

    public Guid? KeyId { get; init; }

    /// <summary>In the list's order; those that are gone come last.</summary>
    public IReadOnlyList<KnownModel> Models { get; private set; } = [];

    /// <summary>When it was last read; null when it never was.</summary>
    public DateTimeOffset? ReadAt { get; private set; }

    public DateTimeOffset TriedAt { get; private set; }

    /// <summary>Why the last try failed, for people; null when it did not.</summary>
    public string? Error { get; private set; }

    public IEnumerable<KnownModel> Present => Models.Where(model => model.GoneSince is null);

    internal static ProviderList At(ListSource source) =>
        new()
        {
            Id = source.Id,
            OwnerId = source.Owner,
            Provider = source.Provider,
            BaseUrl = source.BaseUrl,
            KeyId = source.KeyId,
        };

    /// <summary>Takes over what was read, or why it was not; then what was known before still stands.</summary>
    internal void Take(Outcome<IReadOnlyList<ListedModel>> listed, DateTimeOffset now)
    {
        TriedAt = now;
        // A zero, which a server can put into its error, is kept by no database.
        Error = listed.Failure?.Message.Replace("\0", "", StringComparison.Ordinal);
        if (!listed.Ok)
        {
            return;
        }

        var before = Models.ToDictionary(known => known.Model.Id, StringComparer.Ordinal);
        List<KnownModel> present = [.. listed.Value.Take(MostModels).Select(model => new KnownModel(model) { NewSince = Since(model) })];
        var ids = present.Select(known => known.Model.Id).ToHashSet(StringComparer.Ordinal);
        var gone = Models
            .Where(known => !ids.Contains(known.Model.Id))
            .Select(known => known with { NewSince = null, GoneSince = known.GoneSince ?? now })
            .Where(known => now - known.GoneSince < IsMissedFor);
        Models = [.. present, .. gone];
        ReadAt = now;

        DateTimeOffset? Since(ListedModel model) =>
            ReadAt is null ? null
            : before.TryGetValue(model.Id, out var known) && known.GoneSince is null
                ? (now - known.NewSince < IsNewFor ? known.NewSince : null)
            : now;
    }
}
