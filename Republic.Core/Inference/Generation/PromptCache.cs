using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Generation;

/// <summary>Conversations that gave up their slots, in the machine's memory; the one unused longest goes first.</summary>
internal sealed class PromptCache
{
    /// <summary>Oldest use first.</summary>
    private readonly List<CachedPrompt> kept = [];

    /// <summary>The most bytes that all kept conversations may take.</summary>
    public long Budget { get; set; } = 256L << 20;

    public long Bytes { get; private set; }

    /// <summary>The kept conversation that a prompt has most in common with; null where none has anything.</summary>
    /// <param name="whole">It is of use as a whole alone: it cannot be cut back.</param>
    public CachedPrompt? Best(GenerationJob job, bool whole)
    {
        var text = job.Prompt.AsSpan()[..^1];
        var (best, most) = ((CachedPrompt?)null, 0);
        foreach (var one in kept)
        {
            var known = one.CommonPrefix(job.Adapters, text);
            if (known > most && (!whole || known == one.Tokens.Length))
            {
                (best, most) = (one, known);
            }
        }

        return best;
    }

    /// <summary>Whether a kept conversation begins with these tokens, which counts as a use of it.</summary>
    public bool Contains(AdapterSet adapters, int[] tokens)
    {
        var found = kept.FindLast(one => one.CommonPrefix(adapters, tokens) == tokens.Length);
        if (found is not null)
        {
            Use(found);
        }

        return found is not null;
    }

    /// <summary>Keeps a conversation, in place of those that it goes on from.</summary>
    public void Add(CachedPrompt added)
    {
        foreach (var shorter in kept.FindAll(one => one.CommonPrefix(added.Adapters, added.Tokens) == one.Tokens.Length))
        {
            Drop(shorter);
        }

        while (kept.Count > 0 && Bytes + added.Bytes > Budget)
        {
            Drop(kept[0]);
        }

        if (added.Bytes <= Budget)
        {
            kept.Add(added);
            Bytes += added.Bytes;
        }
    }

    public void Clear()
    {
        kept.Clear();
        Bytes = 0;
    }

    public void Use(CachedPrompt used)
    {
        kept.Remove(used);
        kept.Add(used);
    }

    public void Drop(CachedPrompt dropped)
    {
        if (kept.Remove(dropped))
        {
            Bytes -= dropped.Bytes;
        }
    }
}
