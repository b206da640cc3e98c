using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;

namespace Republic.Core.Citizens.Capabilities;

/// <summary>A capability's counts, summed up anew from its entries whenever one is added, struck or restored.</summary>
internal static class CapabilitySums
{
    // By a statement of its own: one that waited for the row within the sum would still see the entries as they were before it waited.
    public static Task<int> LockAsync(RepublicDb db, Guid capability, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select 1 from capabilities where id = {capability} for update", ct);

    public static Task<int> WriteAsync(RepublicDb db, Guid capability, DateTimeOffset now, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync(
            $"""
            update capabilities set
                success_count = sums.successes, failure_count = sums.failures,
                feedback_sum = sums.score, feedback_count = sums.scores, updated_at = {now}
            from (
                select count(*) filter (where kind = 'Success') as successes,
                    count(*) filter (where kind = 'Failure') as failures,
                    coalesce(sum(score) filter (where kind = 'Feedback'), 0) as score,
                    count(*) filter (where kind = 'Feedback') as scores
                from capability_entries where capability_id = {capability} and struck_at is null
            ) sums
            where id = {capability}
            """,
            ct
        );
}
