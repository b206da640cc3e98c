namespace Republic.Core.Events;

/// <summary>One reader of a person's events, from the moment it was made. Not for several threads at once.</summary>
public sealed class LiveSubscription : IDisposable
{
    private readonly LiveTopic topic;
    private readonly TimeProvider time;
    private readonly Func<long, string> idOf;
    private readonly Action leave;
    private long position;
    private bool left;

    internal LiveSubscription(LiveTopic topic, long position, TimeProvider time, Func<long, string> idOf, Action leave) =>
        (this.topic, this.position, this.time, this.idOf, this.leave) = (topic, position, time, idOf, leave);

    /// <summary>Waits for what comes next, at most so long.</summary>
    public async Task<LiveBatch> NextAsync(TimeSpan patience, CancellationToken ct)
    {
        var (events, missed, next) = topic.After(position);
        if (events.Count == 0 && !missed)
        {
            await next.WaitAsync(patience, time, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            ct.ThrowIfCancellationRequested();
            (events, missed, _) = topic.After(position);
        }

        position =
            missed ? topic.Last
            : events.Count > 0 ? events[^1].Id
            : position;
        return new LiveBatch([.. events.Select(e => new LiveItem(idOf(e.Id), e.Event))], missed, idOf(position));
    }

    public void Dispose()
    {
        if (!left)
        {
            left = true;
            leave();
        }
    }
}
