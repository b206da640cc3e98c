using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;

namespace Republic.Core.PersonalModels.Missing;

/// <summary>
/// Says which models of a person's minions are not on this machine, and what could take their place. One of these serves one request: what
/// it has read it keeps.
/// </summary>
public sealed class MissingModels(IDbContextFactory<RepublicDb> databases, SharedModels shared, LocalModels local, ProviderCatalog catalog)
{
    private readonly Dictionary<Guid, KnownModels> known = [];
    private readonly Dictionary<Guid, Substitutes> substitutes = [];

    /// <summary>Those that a minion names: its own first, then its fallbacks in their order.</summary>
    public async Task<IReadOnlyList<MissingModel>> OfAsync(Minion minion, CancellationToken ct) =>
        await OfAsync(
            minion.OwnerId,
            minion.Fallbacks.Prepend(new MinionFallback(minion.Provider, minion.ModelId)).Select(named => (named.Provider, named.ModelId)),
            ct
        );

    /// <summary>The own model of a minion in a list; null where it is here.</summary>
    public async Task<MissingModel?> OfAsync(Guid person, MinionCard card, CancellationToken ct) =>
        await OfAsync(person, [(card.Provider, card.ModelId)], ct) is [var missing, ..] ? missing : null;

    /// <summary>All that the person's minions name.</summary>
    public async Task<IReadOnlyList<MissingModel>> AllAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var minions = await db
            .Minions.AsNoTracking()
            .OwnedBy(person)
            .Live()
            .Select(m => new
            {
                m.Provider,
                m.ModelId,
                m.Fallbacks,
            })
            .ToListAsync(ct);
        var named = minions.SelectMany(m => m.Fallbacks.Select(f => (f.Provider, f.ModelId)).Prepend((m.Provider, m.ModelId)));
        return await OfAsync(person, named, ct);
    }

    /// <summary>The names of models that a person's minions can use here.</summary>
    public async Task<IReadOnlyList<string>> NamesAsync(Guid person, CancellationToken ct) =>
        [.. (await KnownAsync(person, ct)).Digests.Keys];

    /// <summary>What is said in JSON of those that are minions' own, by provider and name.</summary>
    public async Task<IReadOnlyDictionary<(string, string), ModelMissing>> NotesAsync(
        Guid person,
        IEnumerable<Minion> minions,
        CancellationToken ct
    )
    {
        var missing = await OfAsync(person, minions.Select(minion => (minion.Provider, minion.ModelId)), ct);
        return missing.ToDictionary(
            model => (catalog.ModelHost.Name, model.Name),
            model => new ModelMissing(model.Name, model.Suggestion?.Name)
        );
    }

    /// <summary>The minion's model where its weights were trained on another file of that name; null where they were not.</summary>
    public async Task<ReplacedModel?> ReplacedAsync(Minion minion, CancellationToken ct)
    {
        if (minion.Adapter is null || !IsHere(minion.Provider))
        {
            return null;
        }

        if ((await KnownAsync(minion.OwnerId, ct)).Digests.GetValueOrDefault(minion.ModelId) is not { } now)
        {
            return null;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        var trained = await db
            .MinionVersions.Where(v => v.MinionId == minion.Id && v.Number == minion.Version && v.Adapter == minion.Adapter)
            .Select(v => v.BaseSha256)
            .FirstOrDefaultAsync(ct);
        return trained is null || trained == now ? null : new ReplacedModel(minion.ModelId, minion.Version, trained, now);
    }

    private bool IsHere(string provider) => provider == catalog.ModelHost.Name;

    private async Task<IReadOnlyList<MissingModel>> OfAsync(
        Guid person,
        IEnumerable<(string Provider, string Name)> named,
        CancellationToken ct
    )
    {
        var names = named.Where(model => IsHere(model.Provider)).Select(model => model.Name).Distinct().ToList();
        if (names.Count == 0)
        {
            return [];
        }

        var here = (await KnownAsync(person, ct)).Digests;
        names.RemoveAll(here.ContainsKey);
        if (names.Count == 0)
        {
            return [];
        }

        if (!substitutes.TryGetValue(person, out var others))
        {
            substitutes[person] = others = await SubstitutesAsync(person, ct);
        }

        return names.ConvertAll(others.For);
    }

    private async Task<KnownModels> KnownAsync(Guid person, CancellationToken ct)
    {
        if (known.TryGetValue(person, out var models))
        {
            return models;
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        // One that is still being installed is not missing.
        var digests = await db
            .PersonalModels.OwnedBy(person)
            .Select(m => new { m.Name, m.Sha256 })
            .ToDictionaryAsync(m => m.Name, m => m.Sha256, StringComparer.Ordinal, ct);
        foreach (var name in shared.Names)
        {
            digests.TryAdd(name, null);
        }

        return known[person] = new KnownModels(digests);
    }

    private async Task<Substitutes> SubstitutesAsync(Guid person, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var minions = await db
            .Minions.AsNoTracking()
            .OwnedBy(person)
            .Live()
            .OrderBy(m => m.Citizen.DisplayName)
            .Select(m => new
            {
                User = new ModelUser(m.Id, m.Citizen.DisplayName, m.Citizen.Avatar),
                m.Provider,
                m.ModelId,
                m.Fallbacks,
            })
            .ToListAsync(ct);
        var users =
            from minion in minions
            from model in minion
                .Fallbacks.Select(fallback => (fallback.Provider, fallback.ModelId))
                .Prepend((minion.Provider, minion.ModelId))
                .Distinct()
            where IsHere(model.Provider)
            select (model.ModelId, minion.User);
        return new Substitutes(
            await db.RemovedModels.AsNoTracking().OwnedBy(person).ToListAsync(ct),
            await local.JudgedAsync(person, ct),
            users.ToLookup(user => user.ModelId, user => user.User),
            catalog.ModelHost.DefaultModel
        );
    }

    /// <param name="Digests">By the names that minions use; null for shared models, and for those that are not installed yet.</param>
    private sealed record KnownModels(IReadOnlyDictionary<string, string?> Digests);
}
