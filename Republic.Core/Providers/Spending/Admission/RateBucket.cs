namespace Republic.Core.Providers.Spending.Admission;

/// <summary>
/// So many a minute, refilled steadily: a minute's worth may go at once, and the rest as it comes. What is only known afterwards, as an
/// answer's tokens are, is taken then, and the next ones wait for it.
/// </summary>
internal sealed class RateBucket(TimeProvider time)
{
    private readonly Lock gate = new();
    private double used;
    private long since = time.GetTimestamp();

    /// <summary>Null: there is room. Else how long until there is.</summary>
    public TimeSpan? Wait(int perMinute)
    {
        lock (gate)
        {
            Refill(perMinute);
            var over = used + 1 - perMinute;
            return over > 0 ? TimeSpan.FromMinutes(Math.Min(over / perMinute, 60)) : null;
        }
    }

    public void Take(int perMinute, long amount)
    {
        lock (gate)
        {
            Refill(perMinute);
            used += amount;
        }
    }

    private void Refill(int perMinute)
    {
        var now = time.GetTimestamp();
        used = Math.Max(0, used - (time.GetElapsedTime(since, now).TotalMinutes * perMinute));
        since = now;
    }
}
