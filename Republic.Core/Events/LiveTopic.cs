namespace Republic.Core.Events;

/// <summary>
/// The last events of one person in a ring. Readers hold a position and nothing is buffered for them,
/// so one that falls too far behind costs nothing and is told that it missed something.
/// </summary>
internal sealed class LiveTopic(long floor)
{
    private const int Capacity = 1024;

    private readonly Lock gate = new();
    private readonly Queue<(long Id, LiveEvent Event)> ring = new();
    private TaskCompletionSource next = New();
    private long floor = floor;
    private long last = floor;

    public int Readers { get; set; }

    public long LastTouched { get; set; }

    public long Last
    {
        get
        {
            lock (gate)
            {
                return last;
            }
        }
    }

    public void Append(long id, LiveEvent @event)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            ring.Enqueue((id, @event));
            last = id;
            if (ring.Count > Capacity)
            {
                floor = ring.Dequeue().Id;
            }

            (waiting, next) = (next, New());
        }

        waiting.SetResult();
    }

    /// <summary>Something came that nobody heard.</summary>
    public void Miss(long id)
    {
        TaskCompletionSource waiting;
        lock (gate)
        {
            ring.Clear();
            floor = last = id;
            (waiting, next) = (next, New());
        }

        waiting.SetResult();
    }

    /// <summary>Everything after a position; <c>Next</c> completes when more comes.</summary>
    public (List<(long Id, LiveEvent Event)> Events, bool Missed, Task Next) After(long position)
    {
        lock (gate)
        {
            var missed = position < floor || position > last;
            // Having missed some, what is left of the past is of no use: the reader fetches the present.
            var events = missed ? [] : ring.SkipWhile(entry => entry.Id <= position).ToList();
            return (events, missed, next.Task);
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
