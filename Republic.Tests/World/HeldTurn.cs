using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;

namespace Republic.Tests.World;

/// <summary>A lock of the database that a test holds until all who want it stand behind it: then they go on at the same moment.</summary>
internal sealed class HeldTurn(IRepublic republic, RepublicDb db, IDbContextTransaction transaction, int holder) : IAsyncDisposable
{
    /// <summary>In whose transaction the lock is; what is written here, others see when it is let go.</summary>
    public RepublicDb Db => db;

    /// <param name="take">Locks a row, or takes an advisory lock.</param>
    public static async Task<HeldTurn> TakeAsync(IRepublic republic, Func<RepublicDb, Task> take)
    {
        var db = await republic
            .Services.GetRequiredService<IDbContextFactory<RepublicDb>>()
            .CreateDbContextAsync(TestContext.Current.CancellationToken);
        var transaction = await db.Database.BeginTransactionAsync(TestContext.Current.CancellationToken);
        var holder = await db.Database.SqlQuery<int>($"select pg_backend_pid() as \"Value\"").SingleAsync();
        await take(db);
        return new HeldTurn(republic, db, transaction, holder);
    }

    /// <summary>Waits until so many stand behind it, directly or behind another who does.</summary>
    /// <param name="statement">What they are about to do, in SQL; others are not counted.</param>
    public Task WaitedForAsync(int many, string statement = "") =>
        Until.TrueAsync(async () => await WaitingAsync($"%{statement}%") >= many);

    public async ValueTask DisposeAsync()
    {
        await transaction.CommitAsync();
        await transaction.DisposeAsync();
        await db.DisposeAsync();
    }

    /// <summary>Asked outside of the transaction, which would see those who work now as they were at first.</summary>
    private Task<int> WaitingAsync(string like) =>
        republic.QueryAsync(others =>
            others
                .Database.SqlQuery<int>(
                    $"""
                    with recursive behind(pid) as (
                      select {holder}
                      union
                      select a.pid from pg_stat_activity a join behind b on b.pid = any(pg_blocking_pids(a.pid)) where a.wait_event_type = 'Lock'
                    )
                    select count(*)::int as "Value" from behind join pg_stat_activity a using (pid)
                    where pid <> {holder} and a.query ilike {like}
                    """
                )
                .SingleAsync(TestContext.Current.CancellationToken)
        );
}

/// <summary>Rows that a <see cref="HeldTurn"/> holds.</summary>
internal static class HeldRows
{
    public static Task LockJobAsync(this RepublicDb db, Guid id) =>
        db.Database.ExecuteSqlAsync($"select 1 from jobs where id = {id} for update");

    public static Task LockModelAsync(this RepublicDb db, Guid id) =>
        db.Database.ExecuteSqlAsync($"select 1 from user_personal_models where id = {id} for update");
}
