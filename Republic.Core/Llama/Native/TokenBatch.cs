namespace Republic.Core.Llama.Native;

/// <summary>The tokens of one decode call, of any sequences; made once and reused for every step.</summary>
internal sealed unsafe class TokenBatch(int capacity) : IDisposable
{
    private LlamaBatch batch = LlamaApi.llama_batch_init(capacity, 0, 1);

    public int Capacity => capacity;

    public int Count => batch.n_tokens;

    public int Left => capacity - batch.n_tokens;

    internal LlamaBatch Native => batch;

    public void Clear() => batch.n_tokens = 0;

    /// <returns>The token's index in the batch: where its logits are found after decoding, when asked for.</returns>
    public int Add(int token, int position, int sequence, bool logits)
    {
        if (Left == 0)
        {
            throw new InvalidOperationException($"The batch holds {capacity} tokens already.");
        }

        var index = batch.n_tokens++;
        batch.token[index] = token;
        batch.pos[index] = position;
        batch.n_seq_id[index] = 1;
        batch.seq_id[index][0] = sequence;
        batch.logits[index] = logits ? (sbyte)1 : (sbyte)0;
        return index;
    }

    public void Dispose()
    {
        LlamaApi.llama_batch_free(batch);
        batch = default;
    }
}
