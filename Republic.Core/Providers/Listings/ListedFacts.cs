using System.Collections.Concurrent;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Providers.Listings;

/// <summary>
/// What lists say of a model, from memory, for every call. Told by address: the same server says the same to everybody, and nobody's own
/// server says anything about another's.
/// </summary>
public sealed class ListedFacts(IDbContextFactory<RepublicDb> databases) : IListedPrices
{
    private readonly ConcurrentDictionary<Place, Fact> models = new();
    private DateTimeOffset latest = DateTimeOffset.MinValue;

    public ListedModel? Find(ModelTarget target)
    {
        return Find(target.Provider.Name, target.BaseUrl?.AbsoluteUri, target.ModelId);
    }

    public ListedModel? Find(string provider, string? baseUrl, string model) =>
        models.GetValueOrDefault(new Place(provider, baseUrl, model))?.Model;

    KnownPrice? IListedPrices.Find(ModelTarget target) =>
        models.GetValueOrDefault(new Place(target.Provider.Name, target.BaseUrl?.AbsoluteUri, target.ModelId))?.Price;

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
                models[place] = new Fact(known.Model, PriceOf(known.Model, list));
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

    private static KnownPrice? PriceOf(ListedModel model, ProviderList list) =>
        model.Price is { } price
            ? new KnownPrice(
                new TokenPrice(price.Input, price.Output) { CachedInput = price.CachedInput },
                PriceSource.Listed,
                DateOnly.FromDateTime(list.ReadAt!.Value.UtcDateTime)
            )
            : null;

    private sealed record Fact(ListedModel Model, KnownPrice? Price);

    private readonly record struct Place(string Provider, string? BaseUrl, string Model);
}
