using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Listings;
using Republic.Core.Providers.Prices;

namespace Republic.Core.Minions.Models;

/// <summary>The models of a provider as its lists told, with who uses them and what they are counted with. Nobody is asked.</summary>
public sealed class ProviderModels(
    IDbContextFactory<RepublicDb> databases,
    ProviderCatalog catalog,
    ProviderLists lists,
    CredentialCache credentials,
    ModelDeprecations deprecations,
    PriceBook prices
)
{
    /// <param name="search">A part of a model's name; null for all.</param>
    /// <param name="list">Only what this list told; null: all of them together.</param>
    public async Task<Outcome<ModelShelf>> FindAsync(Guid owner, string provider, string? search, Guid? list, CancellationToken ct)
    {
        if (catalog.Find(provider) is not { } row)
        {
            return Failure.NotFound("provider");
        }

        var minions = await MinionsAsync(owner, ct);
        var keys = await credentials.OfAsync(owner, ct);
        List<ShelfList> read =
        [
            .. (await lists.OfAsync(owner, row.Name, ct)).Select(each => new ShelfList(each, Label(each, keys, minions))),
        ];
        if (list is not null && !read.Exists(each => each.List.Id == list))
        {
            return Failure.NotFound("list");
        }

        var places = new MinionPlaces(catalog, keys);
        var uses = new Uses(Users(minions, row, places), await ScenariosAsync(owner, row, ct));
        var words = SearchWords.Of(search);
        var models = read.Where(each => list is null || each.List.Id == list)
            .SelectMany(each => each.List.Models.Select(known => (List: each, Known: known)))
            .Where(found => words.All(word => found.Known.Model.Id.Contains(word, StringComparison.OrdinalIgnoreCase)))
            .OrderBy(found => found.Known.GoneSince is not null)
            // Several keys may be told of the same model. Where one of them still is, it is there.
            .GroupBy(found => (found.List.List.BaseUrl, found.Known.Model.Id))
            .Select(same =>
            {
                var first = same.First().Known;
                var where = same.Where(found => found.Known.GoneSince is null == first.GoneSince is null).Select(found => found.List);
                return Model(owner, row, first, [.. where], uses, places);
            });
        return new ModelShelf(row, read, [.. models]);
    }

    private ShelfModel Model(Guid owner, ProviderRow row, KnownModel known, IReadOnlyList<ShelfList> where, Uses uses, MinionPlaces places)
    {
        var (id, address) = (known.Model.Id, where[0].List.BaseUrl);
        List<(string? Server, Guid? Key)> there = [.. where.Select(each => (places.Server(row.Name, address), each.List.KeyId))];
        return new ShelfModel(
            known,
            where,
            deprecations.Of(row.Name, address, id),
            prices.Find(owner, new ModelTarget(row, id, address is null ? null : new Uri(address), null)),
            [.. uses.Minions.Where(user => user.Places.Any(there.Contains) && SyncCheck.IsSame(id, user.Model)).Select(user => user.User)],
            [.. uses.Scenarios.Where(naming => SyncCheck.IsSame(id, naming.Model)).Select(naming => naming.Scenario).Distinct()]
        );
    }

    private async Task<List<Minion>> MinionsAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Minions.AsNoTracking().OwnedBy(owner).Live().OrderBy(m => m.Citizen.DisplayName).ToListAsync(ct);
    }

    /// <summary>By their drafts, with the model of this provider that each role names.</summary>
    private async Task<IReadOnlyList<(string Model, ShelfScenario Scenario)>> ScenariosAsync(
        Guid owner,
        ProviderRow row,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var roles = await db
            .Scenarios.OwnedBy(owner)
            .OrderBy(s => s.Name)
            .ThenBy(s => s.Id)
            .SelectMany(
                s => s.Roles.Where(role => role.Model != null),
                (scenario, role) =>
                    new
                    {
                        scenario.Id,
                        scenario.Name,
                        role.Model,
                    }
            )
            .ToListAsync(ct);
        return
        [
            .. roles
                .Select(role => (Named: NamedModel.Of(catalog, role.Model!), Scenario: new ShelfScenario(role.Id, role.Name)))
                .Where(role => role.Named.Provider is null || role.Named.Provider == row)
                .Select(role => (role.Named.ModelId, role.Scenario)),
        ];
    }

    private static List<Usage> Users(List<Minion> minions, ProviderRow row, MinionPlaces places) =>
        [
            .. minions
                .Where(m => m.Provider == row.Name)
                .Select(m => new Usage(m.ModelId, places.Of(m), new ShelfUser(m.Id, m.Citizen.DisplayName, IsFallback: false))),
            .. minions.SelectMany(m =>
                m.Fallbacks.Where(fallback => fallback.Provider == row.Name)
                    .Select(fallback => new Usage(
                        fallback.ModelId,
                        places.Of(m, fallback),
                        new ShelfUser(m.Id, m.Citizen.DisplayName, IsFallback: true)
                    ))
            ),
        ];

    private static string Label(ProviderList list, CredentialSet keys, List<Minion> minions) =>
        list.KeyId is not { } id ? "no key"
        : keys.Find(id) is { } key ? key.Label
        : minions.Find(m => m.Id == id) is { } minion ? $"{minion.Citizen.DisplayName}'s own key"
        : keys.Shared.Any(shared => shared.Id == id) ? "the key of this installation"
        : "a key that is gone";

    private sealed record Uses(IReadOnlyList<Usage> Minions, IReadOnlyList<(string Model, ShelfScenario Scenario)> Scenarios);

    private sealed record Usage(string Model, IReadOnlyList<(string? Server, Guid? Key)> Places, ShelfUser User);
}
