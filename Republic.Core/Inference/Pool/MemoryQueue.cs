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
    private readonly List<PendingModel> pending = [];

    /// <summary>How long a model waits for memory that comes free by itself, before those in memory are drained.</summary>
    public TimeSpan DrainAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a model waits for memory before its requests are refused.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The models that wait for memory, longest first, with the requests for each.</summary>
    public IReadOnlyList<(ModelFile File, long Needed, int Requests, TimeSpan Waited)> Waiting
    {
        get
        {
            lock (gate)
            {
                return [.. Ordered().Select(model => (model.File, model.Needed, model.Requests, time.GetElapsedTime(model.Since)))];
            }
        }
    }

    /// <summary>To be left by every request that entered.</summary>
    /// <exception cref="RequestRefusedException">Too many requests wait for this model.</exception>
    public PendingModel Enter(ModelFile file)
    {
        lock (gate)
        {
            var model = pending.Find(one => one.File == file);
            if (model is null)
            {
                pending.Add(model = new PendingModel(file));
            }

            if (model.Requests >= mostRequests)
            {
                throw RequestRefusedException.Busy(model.Requests);
            }

            model.Requests++;
            return model;
        }
    }

    public void Leave(PendingModel model)
    {
        lock (gate)
        {
            if (--model.Requests > 0)
            {
                return;
            }

            pending.Remove(model);
        }

        Stop(model);
    }

    /// <summary>What the model that is next was promised, and nobody else can have.</summary>
    public long ReservedFrom(PendingModel model)
    {
        lock (gate)
        {
            return Ordered().FirstOrDefault() is { } first && first != model && Waited(first) >= DrainAfter ? first.Needed : 0;
        }
    }

    /// <summary>Waits until there may be memory.</summary>
    /// <param name="seen">The change after which there was none.</param>
    /// <exception cref="RequestRefusedException">There will be none, or was none for too long.</exception>
    public async Task WaitAsync(PendingModel model, MemoryFullException full, Task seen, CancellationToken ct)
    {
        var most = loaded.MostBytesFor(model.File);
        if (full.Needed > most)
        {
            throw full.Refusal(new MemoryLimit(most, loaded.BudgetBytes, IsBusy: false));
        }

        bool isFirst;
        lock (gate)
        {
            model.Since = model.Needed == 0 ? time.GetTimestamp() : model.Since;
            model.Needed = full.Needed;
            isFirst = Ordered().First() == model;
        }

        if (Waited(model) >= LongestWait)
        {
            throw full.Refusal(new MemoryLimit(most, loaded.BudgetBytes, IsBusy: true));
        }

        if (isFirst && Waited(model) >= DrainAfter)
        {
            loaded.DrainFor(model, full.Needed);
        }

        await Task.WhenAny(seen, Task.Delay(Step < DrainAfter ? Step : DrainAfter, time, ct));
        ct.ThrowIfCancellationRequested();
    }

    /// <summary>Ends the wait of a model that has got its memory, or needs none any more.</summary>
    public void Stop(PendingModel model)
    {
        lock (gate)
        {
            model.Needed = 0;
        }

        loaded.StopDraining(model);
    }

    private IEnumerable<PendingModel> Ordered() => pending.Where(model => model.Needed > 0).OrderBy(model => model.Since);

    private TimeSpan Waited(PendingModel model) => time.GetElapsedTime(model.Since);
}
