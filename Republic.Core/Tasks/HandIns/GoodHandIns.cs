using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Minions;

namespace Republic.Core.Tasks.HandIns;

/// <summary>Lists the results of minions that a person accepted.</summary>
public sealed class GoodHandIns(IDbContextFactory<RepublicDb> databases)
{
    /// <summary>The most hand-ins that are listed, and that one dataset is made of.</summary>
    public const int Most = 200;

    /// <param name="minion">Null for all minions.</param>
    public async Task<Outcome<HandInList>> ListAsync(Guid me, Guid? minion, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        if (minion is { } id && !await db.Minions.OwnedBy(me).Live().AnyAsync(m => m.Id == id, ct))
        {
            return Failure.NotFound("minion");
        }

        var good = db.GoodHandIns(me, minion);
        var newest = await (
            from attempt in good
            join task in db.Tasks on attempt.TaskId equals task.Id
            join citizen in db.Citizens on attempt.MinionId equals citizen.Id
            orderby attempt.Id descending
            select new GoodHandIn(task.Id, task.Number, task.Title, citizen.DisplayName, attempt.EndedAt ?? attempt.CreatedAt)
        )
            .Take(Most)
            .ToListAsync(ct);
        var all = await db.GoodHandIns(me).CountAsync(ct);
        return new HandInList(newest, minion is null ? all : await good.CountAsync(ct), all, await MinionsAsync(db, me, ct));
    }

    private static Task<List<HandInMinion>> MinionsAsync(RepublicDb db, Guid me, CancellationToken ct) =>
        (
            from attempt in db.GoodHandIns(me)
            join minion in db.Minions.Live() on attempt.MinionId equals minion.Id
            join citizen in db.Citizens on minion.Id equals citizen.Id
            group attempt by new { citizen.Id, citizen.DisplayName } into own
            orderby own.Key.DisplayName, own.Key.Id
            select new HandInMinion(own.Key.Id, own.Key.DisplayName, own.Count())
        ).ToListAsync(ct);
}
