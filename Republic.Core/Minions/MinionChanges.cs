using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Republic.Core.Minions;

/// <summary>Tells who keeps minions in memory that one of them was saved, whoever saved it.</summary>
public sealed class MinionChanges : SaveChangesInterceptor, IDbTransactionInterceptor
{
    private Action<Guid>? saved;

    public void OnSaved(Action<Guid> tell) => saved += tell;

    public override int SavedChanges(SaveChangesCompletedEventData eventData, int result)
    {
        Tell(eventData.Context);
        return result;
    }

    public override ValueTask<int> SavedChangesAsync(
        SaveChangesCompletedEventData eventData,
        int result,
        CancellationToken cancellationToken = default
    )
    {
        Tell(eventData.Context);
        return ValueTask.FromResult(result);
    }

    // A save inside a transaction is seen by others only now.
    public void TransactionCommitted(DbTransaction transaction, TransactionEndEventData eventData) => Tell(eventData.Context);

    public Task TransactionCommittedAsync(
        DbTransaction transaction,
        TransactionEndEventData eventData,
        CancellationToken cancellationToken = default
    )
    {
        Tell(eventData.Context);
        return Task.CompletedTask;
    }

    // All that the context holds, and not only what has changed: after a save the two look alike, and a name too many does no harm.
    private void Tell(DbContext? db)
    {
        if (db is null || saved is null)
        {
            return;
        }

        foreach (var entry in db.ChangeTracker.Entries<Minion>())
        {
            saved(entry.Entity.Id);
        }
    }
}
