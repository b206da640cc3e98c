namespace Republic.Core.Lora;

/// <summary>How many threads a run computes with, to be changed from another thread while it does.</summary>
public sealed class RunThreads
{
    private readonly Lock gate = new();
    private Action<int>? follow;
    private int? wanted;

    public void Use(int count)
    {
        lock (gate)
        {
            wanted = count;
            follow?.Invoke(count);
        }
    }

    /// <summary>Calls with the number wanted last, if any, and with each new one until the result is disposed.</summary>
    internal IDisposable Follow(Action<int> apply)
    {
        lock (gate)
        {
            follow = apply;
            if (wanted is { } count)
            {
                apply(count);
            }
        }

        return new Following(this);
    }

    private sealed class Following(RunThreads threads) : IDisposable
    {
        public void Dispose()
        {
            lock (threads.gate)
            {
                threads.follow = null;
            }
        }
    }
}
