using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;

namespace Republic.Core.Doctor.Examinations;

/// <summary>Whether jobs stand still, kill the process that works on them, or fail one after the other.</summary>
internal sealed class JobExamination(IDbContextFactory<RepublicDb> databases, TimeProvider time) : IExamination
{
    private const int ManyStarts = 3;
    private const int ManyFailures = 5;
    private static readonly TimeSpan LongWait = TimeSpan.FromHours(1);

    public string Check => "jobs";

    public bool NeedsTables => true;

    public async Task<IReadOnlyList<Finding>> ExamineAsync(DatabaseState database, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        List<Finding> found = [];
        var (waiting, begun, failing) = (await WaitingAsync(db, ct), await BegunAsync(db, ct), await FailingAsync(db, ct));
        if (waiting.Count > 0)
        {
            found.Add(
                Finding.Warning(
                    Check,
                    $"{Counted.Of(waiting.Count, "job has", "jobs have")} waited for more than an hour, and none of the kind is worked on: {KindsOf(waiting)}.",
                    "See under Administration, Work whether a node is there; where none takes them, its log says why."
                )
            );
        }

        if (begun.Count > 0)
        {
            found.Add(
                Finding.Warning(
                    Check,
                    $"{Counted.Of(begun.Count, "job was", "jobs were")} begun {ManyStarts} times or more, after the process before had died or lost the database: {KindsOf(begun)}.",
                    "Read in the log what ended it, mostly too little memory; a job that causes it is stopped under Administration, Work."
                )
            );
        }

        if (failing.Count > 0)
        {
            found.Add(
                Finding.Warning(
                    Check,
                    $"All that ended in the last day failed of these kinds of jobs: {NameList.Of(failing)}.",
                    "Administration, Work shows the error of each; do what it says."
                )
            );
        }

        return found.Count > 0 ? found : [Finding.Good(Check, "No job stands still or fails again and again.")];
    }

    private static string KindsOf(IEnumerable<string> kinds) => NameList.Of([.. kinds.Distinct().Order(StringComparer.Ordinal)]);

    /// <summary>The kinds of those that wait, without those of people who are deactivated and those that are held: they wait for no node.</summary>
    private Task<List<string>> WaitingAsync(RepublicDb db, CancellationToken ct)
    {
        var since = time.GetUtcNow() - LongWait;
        return db
            .Jobs.Where(job => job.Status == JobStatus.Queued && job.HeldUntil == null && job.CreatedAt < since)
            .Where(job => db.Users.Any(person => person.Id == job.OwnerId && person.DeactivatedAt == null))
            .Where(job => !db.Jobs.Any(other => other.Kind == job.Kind && other.Status == JobStatus.Running))
            .Select(job => job.Kind)
            .ToListAsync(ct);
    }

    private static Task<List<string>> BegunAsync(RepublicDb db, CancellationToken ct) =>
        db
            .Jobs.Where(job => (job.Status == JobStatus.Queued || job.Status == JobStatus.Running) && job.Attempts >= ManyStarts)
            .Select(job => job.Kind)
            .ToListAsync(ct);

    private async Task<List<string>> FailingAsync(RepublicDb db, CancellationToken ct)
    {
        var since = time.GetUtcNow().AddDays(-1);
        var kinds = await db
            .Jobs.Where(job => job.FinishedAt > since && (job.Status == JobStatus.Failed || job.Status == JobStatus.Completed))
            .GroupBy(job => job.Kind)
            .Select(same => new
            {
                Kind = same.Key,
                Ended = same.Count(),
                Failed = same.Count(job => job.Status == JobStatus.Failed),
            })
            .ToListAsync(ct);
        return [.. kinds.Where(kind => kind.Failed >= ManyFailures && kind.Failed == kind.Ended).Select(kind => kind.Kind)];
    }
}
