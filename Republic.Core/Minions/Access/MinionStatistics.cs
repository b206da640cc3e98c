using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Minions.Access;

/// <summary>Counts queries as they finish. One statement, so that fifty at once are fifty.</summary>
public sealed class MinionStatistics(IDbContextFactory<RepublicDb> databases)
{
    /// <param name="succeeded">The answer completed; one that was stopped or broke off did not.</param>
    public async Task CountAsync(Guid minion, bool succeeded, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var success = succeeded ? 1 : 0;
        await db
            .Minions.Where(m => m.Id == minion)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.TotalQueries, m => m.TotalQueries + 1)
                        .SetProperty(m => m.SuccessfulQueries, m => m.SuccessfulQueries + success),
                ct
            );
    }
}
