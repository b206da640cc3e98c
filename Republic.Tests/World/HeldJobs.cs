using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;

namespace Republic.Tests.World;

/// <summary>Jobs that are held for an hour, as after five starts whose process died.</summary>
public static class HeldJobs
{
    public const string Why = "It was begun 5 times, and each time its process died or lost the database";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Holds what works on something, or did. A start that is at it is overtaken.</summary>
    public static async Task HoldAsync(IRepublic republic, Guid subject) =>
        Assert.NotEqual(
            0,
            await republic.QueryAsync(db =>
                db.Database.ExecuteSqlAsync(
                    $"""
                    update jobs set status = 'Queued', held_until = clock_timestamp() + interval '1 hour', holds = 1, attempts = 5,
                      phase = {Why}, epoch = epoch + 1, node = null, heartbeat_at = null, finished_at = null, error = null
                    where subject = {subject}
                    """,
                    Ct
                )
            )
        );

    /// <summary>Plants one.</summary>
    public static Task<int> PlantAsync(IRepublic republic, Guid owner, string kind, Guid subject, DateTimeOffset? createdAt = null) =>
        republic.QueryAsync(db =>
        {
            db.Jobs.Add(
                new Job
                {
                    OwnerId = owner,
                    Kind = kind,
                    Subject = subject,
                    Attempts = 5,
                    Holds = 1,
                    HeldUntil = TimeProvider.System.GetUtcNow().AddHours(1),
                    Phase = Why,
                    CreatedAt = createdAt ?? TimeProvider.System.GetUtcNow(),
                }
            );
            return db.SaveChangesAsync(Ct);
        });
}
