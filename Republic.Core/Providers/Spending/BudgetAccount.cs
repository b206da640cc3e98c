namespace Republic.Core.Providers.Spending;

/// <summary>
/// One budget's month as this node keeps it: a slice leased from the database, of which calls under way hold some and past ones have
/// spent some. Reserving is a comparison and an addition; the database is asked only when the slice is used up.
/// </summary>
internal sealed class BudgetAccount(Guid budget, DateOnly month, TimeProvider time)
{
    private readonly Lock gate = new();
    private long leased;
    private long held;
    private long spent;
    private long leasedAt;
    private long usedAt = time.GetTimestamp();
    private TimeSpan lasts;

    public Guid Budget => budget;

    public DateOnly Month => month;

    /// <summary>One at a time talks to the database about it.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    public TimeSpan Unused => time.GetElapsedTime(Volatile.Read(ref usedAt));

    /// <summary>There is something to tell the database, or to keep there.</summary>
    public bool IsOpen
    {
        get
        {
            lock (gate)
            {
                return leased != 0 || held != 0 || spent != 0;
            }
        }
    }

    public bool HasSpent
    {
        get
        {
            lock (gate)
            {
                return spent != 0;
            }
        }
    }

    /// <summary>Held or spent here, and not yet told as spent.</summary>
    public long Taken
    {
        get
        {
            lock (gate)
            {
                return held + spent;
            }
        }
    }

    /// <summary>Whether as much could be held just now, without asking.</summary>
    public bool HasRoom(long amount)
    {
        lock (gate)
        {
            return LetsHold(amount);
        }
    }

    public bool TryHold(long amount)
    {
        lock (gate)
        {
            if (!LetsHold(amount))
            {
                return false;
            }

            held += amount;
            usedAt = time.GetTimestamp();
            return true;
        }
    }

    /// <param name="amount">What was held.</param>
    /// <param name="cost">What of it was spent; it can be more, for what has been used cannot be undone.</param>
    public void Settle(long amount, long cost)
    {
        lock (gate)
        {
            held -= amount;
            spent += cost;
            usedAt = time.GetTimestamp();
        }
    }

    /// <summary>What the database is to be told. To be followed by <see cref="Told"/>, unless that failed.</summary>
    /// <param name="givesBack">What is free goes back; of a lease that has run out others may have it already.</param>
    public (long Spent, long Held, long Kept, long Free) Tell(bool givesBack)
    {
        lock (gate)
        {
            if (givesBack || IsOver)
            {
                leased = held + spent;
            }

            return (spent, held, leased - spent, leased - held - spent);
        }
    }

    /// <param name="posted">What the database has taken down as spent.</param>
    /// <param name="granted">What it has added to the lease.</param>
    public void Told(long posted, long granted, TimeSpan lasting)
    {
        lock (gate)
        {
            spent -= posted;
            leased += granted - posted;
            (leasedAt, lasts) = (time.GetTimestamp(), lasting);
        }
    }

    private bool LetsHold(long amount) => leased - held - spent >= amount && !IsOver;

    private bool IsOver => time.GetElapsedTime(leasedAt) > lasts;
}
