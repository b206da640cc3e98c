using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Providers.Listings;

/// <summary>Reads lists of models at their providers, and keeps them.</summary>
public sealed class ProviderLists(
    IDbContextFactory<RepublicDb> databases,
    ConnectionCheck check,
    ListedFacts facts,
    IOptions<ListOptions> options,
    TimeProvider time
)
{
    /// <summary>Asks the provider now. What went wrong stands in the list.</summary>
    public async Task<ProviderList> ReadAsync(Guid owner, ModelTarget target, CancellationToken ct)
    {
        var listed = await check.ListAsync(target, ct);
        var place = ListSource.Of(owner, target);
        await using var db = await databases.CreateDbContextAsync(ct);
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        // Two that read the same place at once: the later one compares with what the earlier one has found.
        await db.Database.ExecuteSqlAsync(
            $"select pg_advisory_xact_lock(hashtextextended({place.Id.ToString()}, {AdvisoryLocks.ProviderLists}))",
            ct
        );
        var list = await db.ProviderLists.SingleOrDefaultAsync(l => l.Id == place.Id, ct);
        if (list is null)
        {
            list = ProviderList.At(place);
            db.ProviderLists.Add(list);
        }

        list.Take(listed, time.GetUtcNow());
        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        facts.Learn(list);
        return list;
    }

    /// <summary>Asks several at once, though not all.</summary>
    public async Task<IReadOnlyList<ProviderList>> ReadAsync(Guid owner, IReadOnlyList<ModelTarget> targets, CancellationToken ct)
    {
        var read = new ProviderList[targets.Count];
        await Parallel.ForAsync(
            0,
            targets.Count,
            new ParallelOptions { MaxDegreeOfParallelism = options.Value.AtOnce, CancellationToken = ct },
            async (i, token) => read[i] = await ReadAsync(owner, targets[i], token)
        );
        return read;
    }

    /// <summary>A person's lists of one provider, the latest first.</summary>
    public async Task<IReadOnlyList<ProviderList>> OfAsync(Guid owner, string provider, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        return await db
            .ProviderLists.AsNoTracking()
            .OwnedBy(owner)
            .Where(l => l.Provider == provider)
            .OrderByDescending(l => l.ReadAt ?? DateTimeOffset.MinValue)
            .ToListAsync(ct);
    }

    /// <summary>Forgets lists that nobody has read for long: their key or minion is gone.</summary>
    internal async Task SweepAsync(Guid owner, IReadOnlyCollection<Guid> still, DateTimeOffset before, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.ProviderLists.OwnedBy(owner).Where(l => !still.Contains(l.Id) && l.TriedAt < before).ExecuteDeleteAsync(ct);
    }
}
