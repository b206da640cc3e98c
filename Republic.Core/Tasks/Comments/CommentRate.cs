using System.Threading.RateLimiting;
using Republic.Core.Tasks.Editing;

namespace Republic.Core.Tasks.Comments;

/// <summary>
/// Holds each person to so many comments a minute in tasks of others, on each node. Changing one counts like writing one, and deleting one
/// gives nothing back: every open page of the task renders each text anew.
/// </summary>
public sealed class CommentRate : IDisposable
{
    public const int MostPerMinute = 10;
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly PartitionedRateLimiter<Guid> guests = PartitionedRateLimiter.Create<Guid, Guid>(guest =>
        RateLimitPartition.GetSlidingWindowLimiter(
            guest,
            _ => new SlidingWindowRateLimiterOptions
            {
                PermitLimit = MostPerMinute,
                Window = Minute,
                SegmentsPerWindow = 6,
            }
        )
    );

    /// <summary>Counts a comment that is written or changed.</summary>
    /// <returns>Null where it may be: in tasks of their own people write as many as they like.</returns>
    internal Failure? Refusal(TaskChange change)
    {
        if (change.IsByOwner)
        {
            return null;
        }

        using var lease = guests.AttemptAcquire(change.Actor);
        return lease.IsAcquired
            ? null
            : Failure.TooMany(
                $"In tasks of others you write or change at most {MostPerMinute} comments a minute. Wait a little, then send it again."
            ) with
            {
                RetryAfter = Minute,
            };
    }

    public void Dispose() => guests.Dispose();
}
