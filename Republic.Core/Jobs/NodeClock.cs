using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Republic.Core.Data;

namespace Republic.Core.Jobs;

/// <summary>How far this node's clock is off the database's. The queue between nodes trusts their clocks.</summary>
internal sealed class NodeClock(IDbContextFactory<RepublicDb> databases, IOptions<JobOptions> options, TimeProvider time)
{
    /// <summary>Positive when this node is ahead, after the time that asking took.</summary>
    public async Task<TimeSpan> SkewAsync(CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        await db.Database.OpenConnectionAsync(ct);
        var before = time.GetUtcNow();
        var theirs = await db.Database.SqlQuery<DateTime>($"""select clock_timestamp() as "Value" """).SingleAsync(ct);
        var after = time.GetUtcNow();
        // Anything between the two may be the moment that the database answered with.
        return theirs < before.UtcDateTime ? before.UtcDateTime - theirs
            : theirs > after.UtcDateTime ? after.UtcDateTime - theirs
            : TimeSpan.Zero;
    }

    public bool IsGood(TimeSpan skew) => skew.Duration() <= options.Value.ClockTolerance;
}
