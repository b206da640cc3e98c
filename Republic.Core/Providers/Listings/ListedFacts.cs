using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Providers.Listings;

/// <summary>
/// What lists say of a model, from memory, for every call. Told by address: the same server says the same to everybody, and nobody's own
/// server says anything about another's.
/// </summary>
public sealed class ListedFacts(IDbContextFactory<RepublicDb> databases)
{
    private readonly ConcurrentDictionary<Place, ListedModel> models = new();
    private DateTimeOffset latest = DateTimeOffset.MinValue;

    public ListedModel? Find(ModelTarget target)
    {
        ArgumentNullException.ThrowIfNull(target);
        return Find(target.Provider.Name, target.BaseUrl?.AbsoluteUri, target.ModelId);
    }

    public ListedModel? Find(string provider, string? baseUrl, string model) =>
        models.GetValueOrDefault(new Place(provider, baseUrl, model));

    internal void Learn(ProviderList list)
    {
        foreach (var known in list.Models)
        {
            var place = new Place(list.Provider, list.BaseUrl, known.Model.Id);
            if (known.Model is { ContextLength: null, Price: null, EndsOn: null })
            {
                models.TryRemove(place, out _);
            }
            else
            {
                models[place] = known.Model;
            }
        }
    }

    /// <summary>What was read since this was last called, by other nodes too.</summary>
    internal async Task CatchUpAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var fresh = db.ProviderLists.AsNoTracking().Where(l => l.ReadAt > latest).OrderBy(l => l.ReadAt).AsAsyncEnumerable();
        await foreach (var list in fresh.WithCancellation(ct))
        {
            Learn(list);
            latest = list.ReadAt!.Value;
        }
    }

    private readonly record struct Place(string Provider, string? BaseUrl, string Model);
}
