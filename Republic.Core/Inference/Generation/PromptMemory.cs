using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Generation;

/// <summary>
/// Finds what is remembered of a prompt, so that only the rest of it is read: in the slot that it gets, in another slot, or among the
/// conversations that gave up theirs. Nothing is taken from numbers that are not known to be sound.
/// </summary>
internal sealed class PromptMemory(LlamaContext context, LlamaModel model, Slot[] slots)
{
    /// <summary>Saving and restoring costs more than reading fewer tokens.</summary>
    public const int LeastCached = 256;

    /// <summary>Buffers are copied whole: of a long context that costs as much as reading some hundred tokens of a small model.</summary>
    private readonly int leastCopied = Math.Max(64, context.LengthPerSequence / 64);

    private volatile bool clearsCache;

    public PromptCache Cache { get; } = new();

    /// <summary>A copy waits for the next batch; before it nothing can be kept or brought back.</summary>
    public bool IsBusy => context.IsCopying;

    /// <summary>
    /// The free slot whose conversation goes on in this prompt; else an empty one, so that a branch leaves its trunk alone; else the
    /// one that already knows most of it; else the one that has been free longest.
    /// </summary>
    public Slot Choose(GenerationJob job) =>
        slots
            .Where(slot => slot.Free)
            .OrderByDescending(slot => slot.Known(job) is > 0 and var known && slot.Position - known < leastCopied ? known : 0)
            .ThenByDescending(slot => slot.Position == 0)
            .ThenByDescending(slot => slot.Saving(job))
            .ThenBy(slot => slot.FreedAt)
            .First();

    /// <summary>Has a free slot remember as much of the prompt as is known anywhere, and keeps what it loses by that.</summary>
    public void Prepare(Slot slot, GenerationJob job)
    {
        var own = Usable(slot, job);
        var other = slots.Where(one => one != slot && one.CanGive).MaxBy(one => Usable(one, job));
        var elsewhere = other is null ? 0 : Usable(other, job);
        Keep(slot, own);
        if (!TryRestore(slot, job, Math.Max(own, elsewhere) + LeastCached) && elsewhere >= own + leastCopied)
        {
            context.Copy(other!.Sequence, slot.Sequence);
            slot.Become(other.Adapters, other.Remembered);
        }
    }

    /// <summary>Has what is kept be forgotten before the next step. From any thread.</summary>
    public void ClearCache() => clearsCache = true;

    public void Tidy()
    {
        if (clearsCache)
        {
            clearsCache = false;
            Cache.Clear();
        }
    }

    private int Usable(Slot slot, GenerationJob job)
    {
        var known = slot.Known(job);
        return known > 0 && context.CanGoOnFrom(slot.Sequence, known) ? known : 0;
    }

    private void Keep(Slot slot, int own)
    {
        if (slot.Position - own < LeastCached)
        {
            return;
        }

        int[] tokens = [.. slot.Remembered];
        if (!Cache.Contains(slot.Adapters, tokens) && context.Save(slot.Sequence, Cache.Budget) is { } state)
        {
            Cache.Add(new CachedPrompt(slot.Adapters, tokens, state));
        }
    }

    private bool TryRestore(Slot slot, GenerationJob job, int least)
    {
        if (IsBusy || Cache.Best(job, whole: model.Window > 0) is not { } kept)
        {
            return false;
        }

        var known = kept.CommonPrefix(job.Adapters, job.Prompt.AsSpan()[..^1]);
        if (known < least)
        {
            return false;
        }

        var restored = context.Restore(slot.Sequence, kept.State);
        slot.Become(kept.Adapters, restored ? kept.Tokens : []);
        if (restored && known < kept.Tokens.Length)
        {
            Cache.Use(kept);
        }
        else
        {
            // The slot goes on with it, and gives it back longer.
            Cache.Drop(kept);
        }

        return restored;
    }
}
