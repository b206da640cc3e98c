using System.Data;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Scenarios;

internal static class ScenarioQueries
{
    /// <summary>Scenarios with all of their drafts, each part in its order.</summary>
    public static IQueryable<Scenario> WithDraft(this IQueryable<Scenario> scenarios) =>
        scenarios
            .Include(s => s.Roles.OrderBy(r => r.Position).ThenBy(r => r.Id))
            .Include(s => s.States.OrderBy(state => state.Position).ThenBy(state => state.Id))
                .ThenInclude(state => state.Roles.OrderBy(r => r.Position))
            .Include(s => s.States.OrderBy(state => state.Position).ThenBy(state => state.Id))
                .ThenInclude(state => state.Transitions.OrderBy(t => t.Priority).ThenBy(t => t.Id))
            .AsSplitQuery();

    /// <summary>A scenario of the person with all of its draft, to be read; null where there is none.</summary>
    public static async Task<Scenario?> FindDraftAsync(this RepublicDb db, Guid me, Guid id, CancellationToken ct)
    {
        // The parts are read one after another, and must be of one moment.
        await using var transaction = await db.Database.BeginTransactionAsync(IsolationLevel.RepeatableRead, ct);
        return await db.Scenarios.AsNoTracking().OwnedBy(me).WithDraft().SingleOrDefaultAsync(s => s.Id == id, ct);
    }

    /// <summary>Until the transaction ends, no other changes the scenario.</summary>
    /// <returns>False where there is none, or it is not the person's.</returns>
    public static async Task<bool> LockScenarioAsync(this RepublicDb db, Guid me, Guid id, CancellationToken ct) =>
        (
            await db
                .Database.SqlQuery<Guid>($"""select id as "Value" from scenarios where id = {id} and owner_id = {me} for update""")
                .ToListAsync(ct)
        ).Count > 0;

    /// <summary>Until the transaction ends, no other scenario of the person is made: how many there may be depends on all of them.</summary>
    public static Task LockScenariosAsync(this RepublicDb db, Guid me, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock(hashtextextended({me.ToString()}, {AdvisoryLocks.Scenarios}))", ct);
}
