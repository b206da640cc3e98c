using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Republic.Core.Data;
using Republic.Core.Providers.Listings;

namespace Republic.Core.Minions.Models;

/// <summary>Once a day reads the lists of everybody's providers, spread over the day, each person's by one node.</summary>
internal sealed class SyncSweep(
    IDbContextFactory<RepublicDb> databases,
    ModelSync sync,
    ListedFacts facts,
    IOptions<ListOptions> options,
    TimeProvider time,
    ILogger<SyncSweep> log
) : Sweep(Tick, "Lists of models wait", time, log)
{
    private const int AtOnce = 8;
    private static readonly TimeSpan Tick = TimeSpan.FromMinutes(1);

    // A node that dies meanwhile leaves the person to another after this time.
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(15);

    /// <returns>How many people this node has looked after.</returns>
    public override async Task<int> SweepAsync(CancellationToken ct)
    {
        await NoticeAsync(ct);
        var due = await ClaimAsync(ct);
        foreach (var owner in due)
        {
            try
            {
                await sync.RefreshAsync(owner, provider: null, ct);
                await LaterAsync(owner, ct);
            }
            catch (Exception error) when (!ct.IsCancellationRequested)
            {
                // One whose lists cannot be kept must not keep the others waiting.
                log.LogWarning("The lists of {Owner} will be read again later: {Reason}", owner, error.Message);
            }
        }

        await facts.CatchUpAsync(ct);
        return due.Count;
    }

    /// <summary>Whoever has made a minion is looked after from then on, though not at once: making one calls nobody.</summary>
    private async Task NoticeAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var first = Time.GetUtcNow() + (options.Value.Every / 2);
        await db.Database.ExecuteSqlAsync(
            $"""
            insert into sync_visits (owner_id, due_at)
            select owner_id, {first} + random() * {options.Value.Every
                / 2} from (select distinct owner_id from minions where deleted_at is null) owners
            where not exists (select from sync_visits visit where visit.owner_id = owners.owner_id)
            on conflict do nothing
            """,
            ct
        );
    }

    private async Task<List<Guid>> ClaimAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var now = Time.GetUtcNow();
        return await db
            .Database.SqlQuery<Guid>(
                $"""
                update sync_visits set due_at = {now + Lease} where owner_id in (
                    select owner_id from sync_visits where due_at <= {now}
                    and not exists (select from people where people.id = owner_id and people.deactivated_at is not null) order by due_at limit {AtOnce} for update skip locked
                )
                returning owner_id
                """
            )
            .ToListAsync(ct);
    }

    private async Task LaterAsync(Guid owner, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var next = Time.GetUtcNow() + (options.Value.Every * RandomNumberGenerator.GetInt32(900, 1100) / 1000);
        await db.SyncVisits.Where(visit => visit.OwnerId == owner).ExecuteUpdateAsync(set => set.SetProperty(v => v.DueAt, next), ct);
    }
}
