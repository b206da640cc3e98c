namespace Republic.Tests.World;

/// <summary>Time that passes, timers included, when a test says so.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock gate = new();
    private readonly List<ManualTimer> timers = [];
    private TimeSpan now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public TimeSpan Now
    {
        get
        {
            lock (gate)
            {
                return now;
            }
        }
    }

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => new DateTimeOffset(2026, 11, 20, 12, 0, 0, TimeSpan.Zero) + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>Fires what is due on the way, in its order.</summary>
    public void Pass(TimeSpan time)
    {
        var end = Now + time;
        while (Next(end) is { } due)
        {
            due();
        }
    }

    /// <summary>Until the next timer is due that fires once.</summary>
    /// <returns>How long that was.</returns>
    public TimeSpan PassToNext()
    {
        TimeSpan left;
        lock (gate)
        {
            left = timers.Where(timer => timer.Period == Timeout.InfiniteTimeSpan).Min(timer => timer.Due) - now;
        }

        Pass(left);
        return left;
    }

    private Action? Next(TimeSpan end)
    {
        lock (gate)
        {
            var timer = timers.Where(timer => timer.Due <= end).MinBy(timer => timer.Due);
            now = timer?.Due ?? end;
            if (timer is null)
            {
                return null;
            }

            if (timer.Period == Timeout.InfiniteTimeSpan)
            {
                timers.Remove(timer);
            }

            timer.Due += timer.Period;
            return timer.Fire;
        }
    }

    private sealed class ManualTimer(ManualTime time, Action fire) : ITimer
    {
        public Action Fire => fire;

        public TimeSpan Due { get; set; }

        public TimeSpan Period { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
                (Due, Period) = (time.now + dueTime, period);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    time.timers.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
