using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Minions.Access;

/// <summary>Counts queries as they finish. One statement, so that fifty at once are fifty.</summary>
internal static class MinionStatistics
{
    /// <param name="succeeded">The answer completed; one that was stopped or broke off did not.</param>
    public static Task CountAsync(RepublicDb db, Guid minion, bool succeeded, CancellationToken ct)
    {
        var success = succeeded ? 1 : 0;
        return db
            .Minions.Where(m => m.Id == minion)
            .ExecuteUpdateAsync(
                set =>
                    set.SetProperty(m => m.TotalQueries, m => m.TotalQueries + 1)
                        .SetProperty(m => m.SuccessfulQueries, m => m.SuccessfulQueries + success),
                ct
            );
    }
}
