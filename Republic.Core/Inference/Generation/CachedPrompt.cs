using Republic.Core.Llama.Native;

namespace Republic.Core.Inference.Generation;

/// <summary>The tokens of a conversation whose slot went to another one, and the state of the model after them.</summary>
/// <param name="Adapters">What keys and values were computed with: of no use under any other ones.</param>
/// <param name="State">As llama.cpp writes it.</param>
internal sealed record CachedPrompt(AdapterSet Adapters, int[] Tokens, byte[] State)
{
    public long Bytes => State.LongLength + ((long)Tokens.Length * sizeof(int));

    /// <summary>How many tokens the prompt and a text have in common at their beginning; 0 under other adapters.</summary>
    public int CommonPrefix(AdapterSet adapters, ReadOnlySpan<int> text) => Adapters.Equals(adapters) ? text.CommonPrefixLength(Tokens) : 0;
}
