using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Providers;
using Republic.Core.Providers.Credentials;
using Republic.Core.Providers.Listings;
using Republic.Core.Providers.Routing;

namespace Republic.Core.Minions.Models;

/// <summary>Reads the lists of all that a person uses, and says of each minion whether its model is still there.</summary>
public sealed class ModelSync(
    IDbContextFactory<RepublicDb> databases,
    ProviderLists lists,
    MinionTargets minionTargets,
    EndpointFinder endpoints,
    CredentialCache credentials,
    TimeProvider time
)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    /// <param name="provider">Only there; null: everywhere.</param>
    /// <returns>The lists, as they were read just now.</returns>
    public async Task<IReadOnlyList<ProviderList>> RefreshAsync(Guid owner, string? provider, CancellationToken ct)
    {
        var minions = await MinionsAsync(owner, ct);
        var targets = await TargetsAsync(owner, minions, provider, ct);
        var read = await lists.ReadAsync(owner, targets, ct);
        await MarkAsync(owner, minions, read, ct);
        if (provider is null)
        {
            var now = read.Select(list => list.TriedAt).DefaultIfEmpty().Max();
            await lists.SweepAsync(owner, [.. read.Select(list => list.Id)], now - Kept, ct);
        }

        return read;
    }

    /// <summary>Looks for one minion's model, and with it for those of all that are at the same place.</summary>
    public async Task<Outcome<SyncCheck>> CheckAsync(Guid owner, Guid id, CancellationToken ct)
    {
        var minions = await MinionsAsync(owner, ct);
        if (minions.Find(m => m.Id == id) is not { } minion)
        {
            return Failure.NotFound("minion");
        }

        var target = await minionTargets.TargetAsync(minion, ct);
        if (!target.Ok)
        {
            await MarkAsync(minion, SyncStatus.Error, time.GetUtcNow(), ct);
            return new SyncCheck(SyncStatus.Error, target.Failure.Message);
        }

        var list = await lists.ReadAsync(owner, target.Value, ct);
        await MarkAsync(owner, minions, [list], ct);
        return SyncCheck.Of(minion, list);
    }

    private async Task<List<Minion>> MinionsAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Minions.AsNoTracking().OwnedBy(owner).Live().ToListAsync(ct);
    }

    /// <summary>One endpoint of each server: that of each stored key, of each minion, and of each fallback.</summary>
    private async Task<List<ModelTarget>> TargetsAsync(Guid owner, List<Minion> minions, string? provider, CancellationToken ct)
    {
        var keys = await credentials.OfAsync(owner, ct);
        List<ModelTarget> targets =
        [
            .. keys.Own.SelectMany(key => endpoints.Find(new ModelReference(key.Provider, "", null, key.Id), keys).Endpoints.Take(1)),
        ];
        foreach (var minion in minions)
        {
            var route = await minionTargets.RouteAsync(minion, CallPurpose.Test, ct);
            targets.AddRange((route.Value?.Candidates ?? []).SelectMany(candidate => candidate.Endpoints.Take(1)));
        }

        if (provider is not null && !targets.Exists(target => target.Provider.Name == provider))
        {
            targets.AddRange(endpoints.Find(new ModelReference(provider, "", null, null), keys).Endpoints.Take(1));
        }

        return
        [
            .. targets
                .Where(target => provider is null || target.Provider.Name == provider)
                .DistinctBy(target => ListSource.Of(owner, target)),
        ];
    }

    private async Task MarkAsync(Guid owner, List<Minion> minions, IReadOnlyList<ProviderList> read, CancellationToken ct)
    {
        var byPlace = read.ToDictionary(list => list.Id);
        foreach (var minion in minions)
        {
            var target = await minionTargets.TargetAsync(minion, ct);
            if (target.Ok && byPlace.TryGetValue(ListSource.Of(owner, target.Value).Id, out var list))
            {
                await MarkAsync(minion, SyncCheck.Of(minion, list).Status, list.TriedAt, ct);
            }
        }
    }

    private async Task MarkAsync(Minion minion, SyncStatus status, DateTimeOffset at, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        // Only while it is still on the model that was looked for.
        await db
            .Minions.Where(m => m.Id == minion.Id && m.Provider == minion.Provider && m.ModelId == minion.ModelId)
            .ExecuteUpdateAsync(set => set.SetProperty(m => m.SyncStatus, status).SetProperty(m => m.LastSyncTimestamp, at), ct);
    }
}
