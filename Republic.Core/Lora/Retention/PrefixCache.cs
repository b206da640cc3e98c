using Republic.Core.Llama.Native;

namespace Republic.Core.Lora.Retention;

/// <summary>
/// Which tokens each sequence of a context still holds. Prompts of one version share their system text: of the next prompt only
/// what differs has to be read.
/// </summary>
internal sealed class PrefixCache(LlamaContext context, int sequences)
{
    private readonly int[][] held = NothingHeld(sequences);

    /// <summary>Makes room in a sequence for a prompt; what follows the common beginning is forgotten.</summary>
    /// <returns>Tokens that need not be read again; fewer than there are, so that the last one's logits are computed.</returns>
    public int Begin(int sequence, int[] prompt)
    {
        var common = Math.Min(held[sequence].AsSpan().CommonPrefixLength(prompt), prompt.Length - 1);
        var kept = Forget(sequence, common) ? common : 0;
        held[sequence] = prompt;
        return kept;
    }

    /// <summary>Forgets a sequence from a position on. False when this kind of model can only forget it whole; then it has.</summary>
    public bool Forget(int sequence, int from)
    {
        var keeps = context.Forget(sequence, from);
        held[sequence] = keeps ? held[sequence] : [];
        return keeps;
    }

    /// <summary>Where an adapter drove the numbers out of range, what was held is of no use, nor is the memory it lies in.</summary>
    public void Clear()
    {
        context.Clear();
        NothingHeld(held.Length).CopyTo(held, 0);
    }

    private static int[][] NothingHeld(int sequences) => [.. Enumerable.Repeat(Array.Empty<int>(), sequences)];
}
