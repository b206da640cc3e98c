using System.Collections.Concurrent;

namespace Republic.Core.Minions.Access;

/// <summary>
/// Holds minions' keys to their calls a day. Counted in memory, from what the database says all nodes have counted; so with several
/// nodes a limit may be passed by the calls of the last seconds.
/// </summary>
public sealed class DailyCalls(TimeProvider time)
{
    private readonly ConcurrentDictionary<Guid, Count> counts = new();

    /// <summary>Null: the call was counted and may go on. Else how long until the next day.</summary>
    public TimeSpan? Take(Minion minion)
    {
        if (minion.RepublicKeyDailyLimit is not { } limit)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var today = DateOnly.FromDateTime(now.UtcDateTime);
        var stored = minion.RepublicKeyDay == today ? minion.RepublicKeyCalls : 0;
        var count = counts.GetOrAdd(minion.Id, _ => new Count());
        lock (count)
        {
            count.Calls = count.Day == today ? Math.Max(count.Calls, stored) : stored;
            count.Day = today;
            if (count.Calls >= limit)
            {
                return now.UtcDateTime.Date.AddDays(1) - now.UtcDateTime;
            }

            count.Calls++;
            return null;
        }
    }

    private sealed class Count
    {
        public DateOnly Day { get; set; }

        public long Calls { get; set; }
    }
}
