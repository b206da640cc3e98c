using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers;
using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions;

/// <summary>The models of a provider as its lists told, with who uses them. Nobody is asked.</summary>
public sealed class ProviderModels(IDbContextFactory<RepublicDb> databases, ProviderCatalog catalog, ProviderLists lists, ModelEnds ends)
{
    /// <param name="search">A part of a model's name; null for all.</param>
    public async Task<Outcome<ModelShelf>> FindAsync(Guid owner, string provider, string? search, CancellationToken ct)
    {
        if (catalog.Find(provider) is not { } row)
        {
            return Failure.NotFound("provider");
        }

        var read = await lists.OfAsync(owner, row.Name, ct);
        var users = await UsersAsync(owner, row.Name, ct);
        var words = (search ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var models = read.SelectMany(list => list.Models.Select(known => (List: list, Known: known)))
            .OrderBy(found => found.Known.GoneSince is not null)
            // Several keys may be told of the same model.
            .DistinctBy(found => (found.List.BaseUrl, found.Known.Model.Id))
            .Where(found => words.All(word => found.Known.Model.Id.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .Select(found => new ShelfModel(
                found.Known,
                found.List,
                ends.Of(row.Name, found.List.BaseUrl, found.Known.Model.Id),
                [.. users.Where(user => SyncCheck.IsSame(found.Known.Model.Id, user.Model)).Select(user => user.User)]
            ));
        return new ModelShelf(row, read, [.. models]);
    }

    private async Task<List<(string Model, ShelfUser User)>> UsersAsync(Guid owner, string provider, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var minions = await db.Minions.AsNoTracking().OwnedBy(owner).Live().OrderBy(m => m.Citizen.DisplayName).ToListAsync(ct);
        return
        [
            .. minions
                .Where(m => m.Provider == provider)
                .Select(m => (m.ModelId, new ShelfUser(m.Id, m.Citizen.DisplayName, IsFallback: false))),
            .. minions.SelectMany(m =>
                m.Fallbacks.Where(fallback => fallback.Provider == provider)
                    .Select(fallback => (fallback.ModelId, new ShelfUser(m.Id, m.Citizen.DisplayName, IsFallback: true)))
            ),
        ];
    }
}
