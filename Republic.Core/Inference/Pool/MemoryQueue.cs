using Republic.Core.Inference.Http;
using Republic.Core.Llama.Files;

namespace Republic.Core.Inference.Pool;

/// <summary>
/// The models that requests wait for. The one that has waited longest is next: after a while, models that answer take no new requests until
/// their memory is enough for it. So no two that fit alone and not together can keep each other out for longer than an answer takes.
/// </summary>
/// <param name="mostRequests">The requests that may wait for one model.</param>
internal sealed class MemoryQueue(LoadedModels loaded, int mostRequests, TimeProvider time)
{
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private readonly Lock gate = new();
    private readonly List<MemoryWait> waits = [];

    /// <summary>How long it waits for memory that comes free by itself.</summary>
    public TimeSpan DrainAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long it waits at all.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>Those that wait for memory, longest first, with the requests for each.</summary>
    public IReadOnlyList<(ModelFile File, long Needed, int Requests, TimeSpan Waited)> Waiting
    {
        get
        {
            lock (gate)
            {
                return [.. Ordered().Select(wait => (wait.File, wait.Needed, wait.Requests, time.GetElapsedTime(wait.Since)))];
            }
        }
    }

    /// <summary>To be left by every request that entered.</summary>
    /// <exception cref="RequestRefusedException">Too many requests wait for this model.</exception>
    public MemoryWait Enter(ModelFile file)
    {
        lock (gate)
        {
            var wait = waits.Find(wait => wait.File == file);
            if (wait is null)
            {
                waits.Add(wait = new MemoryWait(file));
            }

            if (wait.Requests >= mostRequests)
            {
                throw RequestRefusedException.Busy(wait.Requests);
            }

            wait.Requests++;
            return wait;
        }
    }

    public void Leave(MemoryWait wait)
    {
        lock (gate)
        {
            if (--wait.Requests == 0)
            {
                waits.Remove(wait);
            }
        }
    }

    /// <summary>What the model that is next was promised, and nobody else can have.</summary>
    public long ReservedFrom(MemoryWait wait)
    {
        lock (gate)
        {
            return Ordered().FirstOrDefault() is { } first && first != wait && Waited(first) >= DrainAfter ? first.Needed : 0;
        }
    }

    /// <summary>Waits until there may be memory.</summary>
    /// <param name="seen">The change after which there was none.</param>
    /// <exception cref="RequestRefusedException">There will be none, or was none for too long.</exception>
    public async Task WaitAsync(MemoryWait wait, MemoryFullException full, Task seen, CancellationToken ct)
    {
        var most = loaded.MostBytes;
        if (full.Needed > most)
        {
            throw full.Refusal(new MemoryLimit(most, loaded.BudgetBytes, IsBusy: false));
        }

        bool isFirst;
        lock (gate)
        {
            wait.Since = wait.Needed == 0 ? time.GetTimestamp() : wait.Since;
            wait.Needed = full.Needed;
            isFirst = Ordered().First() == wait;
        }

        if (Waited(wait) >= LongestWait)
        {
            throw full.Refusal(new MemoryLimit(most, loaded.BudgetBytes, IsBusy: true));
        }

        if (isFirst && Waited(wait) >= DrainAfter)
        {
            loaded.DrainFor(wait, full.Needed);
        }

        await Task.WhenAny(seen, Task.Delay(Step < DrainAfter ? Step : DrainAfter, time, ct));
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>It has got its memory, or needs none any more.</summary>
    public void Stop(MemoryWait wait)
    {
        lock (gate)
        {
            wait.Needed = 0;
        }

        loaded.StopDraining(wait);
    }

    private IEnumerable<MemoryWait> Ordered() => waits.Where(wait => wait.Needed > 0).OrderBy(wait => wait.Since);

    private TimeSpan Waited(MemoryWait wait) => time.GetElapsedTime(wait.Since);
}
