using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Comparisons;

internal static class ComparisonQueries
{
    /// <summary>Jobs that wait to ask for its answers, or do.</summary>
    public static IQueryable<Job> ActiveOf(this IQueryable<Job> jobs, Guid owner, Guid comparison) =>
        jobs.OwnedBy(owner)
            .Where(j =>
                j.Kind == ComparisonWork.KindOfJob
                && j.Subject == comparison
                && (j.Status == JobStatus.Queued || j.Status == JobStatus.Running)
            );

    /// <summary>Cancels what asks for its answers, in the caller's transaction and before the comparison is held.</summary>
    public static async Task<IReadOnlyList<Job>> CancelComparisonAsync(this RepublicDb db, Guid owner, Guid id, CancellationToken ct) =>
        await JobControl.CancelInAsync(db, owner, await db.Jobs.ActiveOf(owner, id).Select(j => j.Id).ToListAsync(ct), why: null, ct);

    /// <summary>With its answers, and held until the transaction ends: a vote, a stop and asking again each wait here for the one before.</summary>
    public static async Task<Comparison?> LockedComparisonAsync(this RepublicDb db, Guid owner, Guid id, CancellationToken ct)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from comparisons where id = {id} and owner_id = {owner} for update", ct);
        return await db
            .Comparisons.OwnedBy(owner)
            .Include(c => c.Answers.OrderBy(a => a.Position))
            .SingleOrDefaultAsync(c => c.Id == id, ct);
    }
}
