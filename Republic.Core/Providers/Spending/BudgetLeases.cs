using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Providers.Spending;

/// <summary>
/// Nodes' slices of budgets, in the database. What is spent and what all nodes have leased never come to more than the limit; the row of
/// the month is locked while one of them changes.
/// </summary>
internal sealed class BudgetLeases(IDbContextFactory<RepublicDb> databases)
{
    /// <summary>How long a node that is not heard of keeps its slice.</summary>
    public static readonly TimeSpan Lasting = TimeSpan.FromSeconds(60);

    // By our own clock it ends sooner than by the database's: nobody hands out what others may have already.
    private static readonly TimeSpan Caution = TimeSpan.FromSeconds(10);

    /// <summary>More than is needed now, so that the next calls need not ask; less when little is left, so that no node sits on it.</summary>
    private const int SliceOfRest = 8;

    private readonly Guid node = Guid.CreateVersion7();

    /// <summary>Told once, by the node whose calls did it: a budget has come to warn, or is used up.</summary>
    public Action<Guid>? Crossed { get; set; }

    /// <summary>Tells what was spent, renews the lease, and asks for more where <paramref name="need"/> is not free.</summary>
    public async Task<LeaseAnswer> SyncAsync(BudgetAccount account, long need, bool givesBack, CancellationToken ct)
    {
        await account.Turn.WaitAsync(ct);
        try
        {
            var (spent, held, kept, free) = account.Tell(givesBack);
            if (need > 0 && free >= need)
            {
                return new(LeaseOutcome.Granted, 0);
            }

            await using var db = await databases.CreateDbContextAsync(ct);
            // From here to its end without a way out: half of it would leave the two sides of the account apart.
            await using var change = await db.Database.BeginTransactionAsync(CancellationToken.None);
            await OpenAsync(db, account.Budget, account.Month, CancellationToken.None);
            if (await PostAsync(db, account, spent) is not { } standing)
            {
                account.Told(spent, 0, TimeSpan.Zero);
                return new(LeaseOutcome.Unlimited, 0);
            }

            var missing = need - free;
            var room = standing.Room - kept;
            var granted = need > 0 && missing <= room ? Math.Max(missing, room / SliceOfRest) : 0;
            await WriteAsync(db, account, kept + granted, held);
            await change.CommitAsync(CancellationToken.None);
            account.Told(spent, granted, Lasting - Caution);
            if (standing.HasCrossed)
            {
                Crossed?.Invoke(account.Budget);
            }

            return new(need == 0 || granted > 0 ? LeaseOutcome.Granted : LeaseOutcome.Refused, standing.Limit - room - free);
        }
        finally
        {
            account.Turn.Release();
        }
    }

    /// <summary>What <see cref="SyncAsync"/> would answer just now; nothing is leased.</summary>
    public async Task<LeaseAnswer> LookAsync(BudgetAccount account, long need, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await OpenAsync(db, account.Budget, account.Month, ct);
        if (await StandingAsync(db, account, ct) is not { } standing)
        {
            return new(LeaseOutcome.Unlimited, 0);
        }

        var room = standing.Room - account.Taken;
        return new(need <= room ? LeaseOutcome.Granted : LeaseOutcome.Refused, standing.Limit - room);
    }

    /// <summary>The month's row, with what was spent before the budget was set.</summary>
    public static Task OpenAsync(RepublicDb db, Guid budget, DateOnly month, CancellationToken ct)
    {
        var (from, to) = (
            new DateTimeOffset(month, TimeOnly.MinValue, TimeSpan.Zero),
            new DateTimeOffset(month.AddMonths(1), TimeOnly.MinValue, TimeSpan.Zero)
        );
        return db.Database.ExecuteSqlAsync(
            $"""
            insert into budget_months (budget_id, month, spent)
            select budget.id, {month}, coalesce(ceil((
              select sum(call.cost) from model_calls call
              where call.started_at >= {from} and call.started_at < {to} and case budget.scope
                when 'Person' then call.owner_id = budget.owner_id
                when 'Provider' then call.owner_id = budget.owner_id and call.provider = budget.subject
                when 'Minion' then call.minion_id = budget.subject::uuid
                else call.key_id = budget.subject::uuid end
            ) * 1000000000), 0)
            from budgets budget
            where budget.id = {budget} and not exists (select from budget_months known where known.budget_id = budget.id and known.month = {month})
            on conflict do nothing
            """,
            ct
        );
    }

    /// <returns>Null where there is no limit.</returns>
    private async Task<Standing?> PostAsync(RepublicDb db, BudgetAccount account, long spent)
    {
        var (budget, month) = (account.Budget, account.Month);
        // The lock comes first: what is read below is what everybody else has committed.
        var now = await db
            .Database.SqlQuery<long>(
                $"update budget_months set spent = spent + {spent} where budget_id = {budget} and month = {month} returning spent"
            )
            .ToListAsync(CancellationToken.None);
        await db.Database.ExecuteSqlAsync(
            $"""
            with gone as (
              delete from budget_leases
              where budget_id = {budget} and month = {month} and node <> {node} and expires_at < clock_timestamp() returning held
            )
            update budget_months set spent = spent + (select sum(held) from gone)
            where budget_id = {budget} and month = {month} and exists (select from gone)
            """,
            CancellationToken.None
        );
        return await StandingAsync(db, account, CancellationToken.None) is { } standing
            ? standing with
            {
                SpentBefore = now[0] - spent,
            }
            : null;
    }

    /// <returns>Null where there is no limit.</returns>
    private async Task<Standing?> StandingAsync(RepublicDb db, BudgetAccount account, CancellationToken ct)
    {
        var (budget, month) = (account.Budget, account.Month);
        var standing = await db
            .Database.SqlQuery<Standing>(
                $"""
                select (budget.monthly_usd * 1000000000)::bigint as "Limit", month.spent as "Spent", month.spent as "SpentBefore",
                  ((budget.monthly_usd * 1000000000) - month.spent - coalesce((
                    select sum(case when lease.expires_at < clock_timestamp() then lease.held else lease.amount end) from budget_leases lease
                    where lease.budget_id = budget.id and lease.month = month.month and lease.node <> {node}), 0))::bigint as "Room"
                from budgets budget join budget_months month on month.budget_id = budget.id
                where budget.id = {budget} and month.month = {month} and budget.monthly_usd is not null
                """
            )
            .ToListAsync(ct);
        return standing is [var only] ? only : null;
    }

    private Task<int> WriteAsync(RepublicDb db, BudgetAccount account, long amount, long held) =>
        amount <= 0
            ? db.Database.ExecuteSqlAsync(
                $"delete from budget_leases where budget_id = {account.Budget} and month = {account.Month} and node = {node}",
                CancellationToken.None
            )
            : db.Database.ExecuteSqlAsync(
                $"""
                insert into budget_leases (budget_id, month, node, amount, held, expires_at)
                values ({account.Budget}, {account.Month}, {node}, {amount}, {held}, clock_timestamp() + {Lasting})
                on conflict (budget_id, month, node) do update
                set amount = excluded.amount, held = excluded.held, expires_at = excluded.expires_at
                """,
                CancellationToken.None
            );

    private sealed record Standing(long Limit, long Spent, long SpentBefore, long Room)
    {
        public bool HasCrossed => BudgetStatus.StateOf(Spent, Limit) > BudgetStatus.StateOf(SpentBefore, Limit);
    }
}
