using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Generation;

/// <summary>What a slot remembered before it was given to another conversation.</summary>
/// <param name="Adapters">What keys and values were computed with: of no use under any other ones.</param>
/// <param name="State">As llama.cpp writes it.</param>
internal sealed record KeptPrompt(AdapterSet Adapters, int[] Tokens, byte[] State)
{
    public long Bytes => State.LongLength + ((long)Tokens.Length * sizeof(int));

    /// <summary>How many of its tokens a text begins with.</summary>
    public int Known(AdapterSet adapters, ReadOnlySpan<int> text) => Adapters.Equals(adapters) ? text.CommonPrefixLength(Tokens) : 0;
}
