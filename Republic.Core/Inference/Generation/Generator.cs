using Republic.Core.Llama.Memory;
using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Generation;

/// <summary>
/// Writes the answers of one model, several at a time: each step decodes one token of every running answer together
/// with a stretch of the prompts that are still being read, so that a long prompt does not stop other answers. A step has
/// one set of adapters; answers under different ones take turns.
/// </summary>
internal sealed class Generator : IDecoder
{
    private const int PromptStretchBesideAnswers = 128;
    private const string NoNumbers =
        "The model's numbers went out of range: an adapter, or the model's file, is damaged or too strong. Take a lower scale, "
        + "another adapter, or download the model again.";

    /// <summary>A change of adapters costs a small model about as much as a token.</summary>
    private const int StepsPerTurn = 4;
    private readonly LlamaModel model;
    private readonly LlamaContext context;
    private readonly TokenBatch batch = new(ContextPlan.Batch);
    private readonly Slot[] slots;
    private readonly PromptMemory memory;
    private readonly GenerationFigures figures = new();
    private readonly GenerationQueue waiting;
    private readonly DecodeLoop loop;
    private AdapterSet turn = AdapterSet.None;
    private int turnSteps;
    private long steps;
    private long releases;
    private volatile int active;

    public Generator(LlamaModel model, ComputeThreads threads, ContextShape shape, int queueLength, DecodeLoop loop)
    {
        this.model = model;
        waiting = new GenerationQueue(queueLength);
        this.loop = loop;
        context = new LlamaContext(model, shape with { Batch = ContextPlan.Batch, Outputs = shape.Sequences }, threads);
        if (!context.CanContinue)
        {
            context.Dispose();
            batch.Dispose();
            throw new InvalidDataException("This model makes embeddings; it cannot answer. Take another one for chats.");
        }

        slots = [.. Enumerable.Range(0, shape.Sequences).Select(sequence => new Slot(sequence))];
        memory = new PromptMemory(context, model, slots);
        loop.Add(this);
    }

    /// <summary>Marks the files of the model and of such adapters as being computed with.</summary>
    public Func<AdapterSet, IDisposable>? Working { get; init; }

    /// <summary>The most tokens of a prompt and its answer together.</summary>
    public int ContextLength => context.LengthPerSequence;

    public int Slots => slots.Length;

    public int Active => active;

    /// <summary>The tokens of all prompts since the model was loaded, remembered ones among them.</summary>
    public long PromptTokens => figures.PromptTokens;

    /// <summary>The tokens of prompts that were remembered and not read again.</summary>
    public long CachedTokens => figures.CachedTokens;

    /// <summary>The speed of one answer in tokens a second: a mean of the latest answers; null before the first.</summary>
    public double? TokensPerSecond => figures.TokensPerSecond;

    /// <summary>The most bytes of memory for conversations that gave up their slots; 0 keeps none.</summary>
    public long PromptCacheBytes
    {
        init => memory.Cache.Budget = value;
    }

    /// <summary>The bytes of memory that conversations take that gave up their slots.</summary>
    public long CachedBytes => memory.Cache.Bytes;

    public int Waiting => waiting.Count;

    /// <summary>False when the queue is full.</summary>
    public bool TrySubmit(GenerationJob job)
    {
        if (!waiting.TryAdd(job))
        {
            return false;
        }

        loop.Wake();
        return true;
    }

    /// <summary>Forgets the conversations that gave up their slots, from any thread: before the next step.</summary>
    public void ClearPromptCache()
    {
        memory.ClearCache();
        loop.Wake();
    }

    public bool Step(bool besideAnswers)
    {
        memory.Tidy();
        DropAbandoned();
        Admit();
        if (active == 0)
        {
            return false;
        }

        try
        {
            TakeTurns();
            using var working = Working?.Invoke(turn);
            FillBatch();
            context.Use(turn);
            context.Decode(batch);
            Advance();
        }
        catch (Exception e) when (e is InvalidOperationException or InvalidDataException or DeviceMemoryException)
        {
            FailAll(e);
        }

        return true;
    }

    public void Dispose()
    {
        FailAll(new OperationCanceledException("The model was unloaded."));
        batch.Dispose();
        context.Dispose();
    }

    private void DropAbandoned()
    {
        foreach (var slot in slots)
        {
            if (slot.Job is { Ct.IsCancellationRequested: true } job)
            {
                Release(slot, intact: true);
                job.Fail(new OperationCanceledException(job.Ct));
            }
        }
    }

    private void Admit()
    {
        ClearUnsound();
        while ((active == 0 || !memory.IsBusy) && slots.Any(slot => slot.Free) && waiting.Take() is { } job)
        {
            var slot = memory.Choose(job);
            memory.Prepare(slot, job);
            if (slot.TryBegin(job, model, context))
            {
                active++;
            }
            else
            {
                job.Fail(new OperationCanceledException("The answer's adapter was unloaded."));
            }
        }
    }

    /// <summary>The memory can only be cleared as a whole: an unsound slot waits until nothing else is being written.</summary>
    private void ClearUnsound()
    {
        if (active == 0 && slots.Any(slot => slot.Unsound))
        {
            context.Clear();
            foreach (var slot in slots)
            {
                slot.Forget();
            }
        }
    }

    /// <summary>Chooses the adapters of this step: the same for a few steps, then those of the answer that has waited longest.</summary>
    private void TakeTurns()
    {
        var busy = slots.Where(slot => slot.Job is not null);
        if (turnSteps++ >= StepsPerTurn || !busy.Any(slot => slot.Adapters.Equals(turn)))
        {
            turn = busy.MinBy(slot => slot.SteppedAt)!.Adapters;
            turnSteps = 1;
        }
    }

    private void FillBatch()
    {
        batch.Clear();
        steps++;
        var answering = false;
        foreach (var slot in slots)
        {
            slot.LogitsAt = -1;
            if (slot is { Job: not null, Answering: true })
            {
                answering = true;
                if (slot.Adapters.Equals(turn))
                {
                    slot.Fill(batch, 1, steps);
                }
            }
        }

        var limit = answering ? PromptStretchBesideAnswers : ContextPlan.Batch;
        foreach (var slot in slots)
        {
            if (slot is { Job: not null, Answering: false } && slot.Adapters.Equals(turn))
            {
                var before = batch.Count;
                slot.Fill(batch, limit, steps);
                limit -= batch.Count - before;
            }
        }
    }

    private void Advance()
    {
        foreach (var slot in slots)
        {
            if (slot is not { Job: { } job, LogitsAt: >= 0 })
            {
                continue;
            }

            if (!slot.IsSound(context))
            {
                Release(slot, intact: false);
                job.Fail(new InvalidDataException(NoNumbers));
                continue;
            }

            if (job.AnswerTokens == 0)
            {
                figures.PromptRead(job);
            }

            Advance(slot, job);
        }
    }

    private void Advance(Slot slot, GenerationJob job)
    {
        try
        {
            if (slot.Advance(model, context) is { } reason)
            {
                Release(slot, intact: true);
                job.Finish(reason);
                figures.Finished(job);
            }
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // Whatever it is, it is this answer's alone.
            Release(slot, intact: true);
            job.Fail(e);
        }
    }

    private void FailAll(Exception reason)
    {
        foreach (var slot in slots)
        {
            if (slot.Job is { } job)
            {
                Release(slot, intact: false);
                job.Fail(reason);
            }
        }

        waiting.FailAll(reason);
    }

    private void Release(Slot slot, bool intact)
    {
        slot.Release(++releases, intact, context);
        active--;
    }
}
