using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using Republic.Core.Llama.Memory;

namespace Republic.Core.Llama.Native;

/// <summary>The working memory of one model: keys and values of several sequences. Used by one thread at a time.</summary>
internal sealed unsafe class LlamaContext : SafeHandle
{
    private const int NoFlashAttention = 0;
    private const int MeanPooling = 1;
    private const int RankPooling = 4;

    /// <summary>What llama_decode returns where its buffers, or those of ggml's graph, cannot be allocated.</summary>
    private const int NoMemory = -2;
    private readonly LlamaModel model;
    private readonly ComputeThreads threads;
    private readonly nint memory;
    private int threadsInUse;
    private AdapterSet adapters = AdapterSet.None;

    public LlamaContext(LlamaModel model, ContextShape shape, ComputeThreads threads)
        : base(0, ownsHandle: true)
    {
        this.model = model;
        this.threads = threads;
        threadsInUse = threads.CountFor(model);
        var parameters = LlamaApi.llama_context_default_params();
        parameters.n_ctx = (uint)(shape.Length * shape.Sequences);
        parameters.n_seq_max = (uint)shape.Sequences;
        parameters.n_batch = parameters.n_ubatch = (uint)shape.Batch;
        parameters.n_outputs_max = (uint)shape.Outputs;
        parameters.n_threads = parameters.n_threads_batch = threadsInUse;
        // Layers with a window keep that much and no more, which for a long context is most of the cache saved.
        parameters.swa_full = 0;
        if (shape.Exact || !(ModelShape.IsLongEnoughForFlashAttention(model.HeadLength) || shape.Cache.IsQuantized))
        {
            parameters.flash_attn_type = NoFlashAttention;
        }

        parameters.type_k = parameters.type_v = (shape.Exact ? CacheType.F32 : shape.Cache).Id;

        if (shape.ForEmbeddings)
        {
            parameters.embeddings = 1;
        }

        LlamaRuntime.TakeError();
        SetHandle(LlamaApi.llama_init_from_model(model.Pointer, parameters));
        if (shape.ForEmbeddings && !IsInvalid && LlamaApi.llama_pooling_type(handle) <= 0)
        {
            // A model that was not made for embeddings names no pooling: take the mean over its tokens.
            LlamaApi.llama_free(handle);
            parameters.pooling_type = MeanPooling;
            SetHandle(LlamaApi.llama_init_from_model(model.Pointer, parameters));
        }

        if (IsInvalid)
        {
            throw LlamaRuntime.Refusal("No working memory could be made for the model.");
        }

        // The context computes from the weights: they must not be freed before it.
        var added = false;
        model.DangerousAddRef(ref added);
        memory = LlamaApi.llama_get_memory(handle);
        LengthPerSequence = (int)LlamaApi.llama_n_ctx_seq(handle);
        threads.AttachTo(handle, threadsInUse);
        if (shape.ForEmbeddings && LlamaApi.llama_pooling_type(handle) == RankPooling)
        {
            Dispose();
            throw new InvalidDataException("This model ranks texts; it makes no embeddings. Take an embedding model.");
        }
    }

    public override bool IsInvalid => handle == 0;

    internal nint Pointer => handle;

    public int LengthPerSequence { get; }

    /// <summary>A copy is waiting for the next batch: nothing can be saved or restored before.</summary>
    public bool IsCopying { get; private set; }

    /// <summary>False for models that only make embeddings: they remember no token to go on from.</summary>
    public bool CanContinue => memory != 0 && !model.HasEncoder;

    /// <summary>
    /// What is decoded from now on is changed by these adapters. llama.cpp plans its graphs anew after every change, and
    /// keys and values keep what they were computed with: a sequence has to stay with its set from its first token on.
    /// </summary>
    public void Use(AdapterSet wanted)
    {
        if (wanted.Equals(adapters))
        {
            return;
        }

        if (!wanted.TryHold())
        {
            throw new InvalidOperationException("An adapter was unloaded before it was used.");
        }

        var handles = wanted.Pointers;
        var scales = wanted.Scales;
        int result;
        fixed (nint* pointers = handles)
        fixed (float* weights = scales)
        {
            result = LlamaApi.llama_set_adapters_lora(handle, pointers, (nuint)handles.Length, weights);
        }

        adapters.Release();
        adapters = wanted;
        if (result != 0)
        {
            throw new InvalidOperationException($"The adapters could not be put on the model (code {result}).");
        }
    }

    /// <exception cref="DeviceMemoryException">There is no memory for the batch; the sequences in it are to be forgotten.</exception>
    public void Decode(TokenBatch batch)
    {
        FollowThreads();
        var result = model.HasEncoder ? LlamaApi.llama_encode(handle, batch.Native) : LlamaApi.llama_decode(handle, batch.Native);
        if (result == NoMemory)
        {
            throw new DeviceMemoryException("Memory ran out while the model computed.");
        }

        if (result != 0)
        {
            throw new InvalidOperationException($"The model could not compute the next step (code {result}).");
        }

        IsCopying = false;
    }

    /// <summary>
    /// Forgets a sequence from a position on. False when it could not go on from there; then it is forgotten whole: recurrent layers keep no
    /// earlier state, and layers with a window nothing from before it.
    /// </summary>
    public bool Forget(int sequence, int from)
    {
        if (memory == 0 || (from > 0 && LlamaApi.llama_memory_seq_pos_max(memory, sequence) < from))
        {
            return true;
        }

        if (LlamaApi.llama_memory_seq_rm(memory, sequence, from, -1) != 0 && HoldsWindowOf(sequence, from))
        {
            return true;
        }

        LlamaApi.llama_memory_seq_rm(memory, sequence, -1, -1);
        return false;
    }

    /// <summary>
    /// Whether a sequence can be cut back to a position and go on from there, by itself or as a copy. Models with recurrent layers are left
    /// out: what a copy of their state shares with its source is nothing to build on.
    /// </summary>
    public bool CanGoOnFrom(int sequence, int position) =>
        !model.KeepsStates && LlamaApi.llama_memory_seq_pos_max(memory, sequence) >= position - 1 && HoldsWindowOf(sequence, position);

    /// <summary>
    /// Makes a sequence the copy of another one. Each has a buffer of its own, and llama.cpp copies buffers whole, with the next batch: until
    /// then none of them is to be read or written from outside.
    /// </summary>
    public void Copy(int source, int target)
    {
        LlamaApi.llama_memory_seq_cp(memory, source, target, -1, -1);
        IsCopying = true;
    }

    /// <summary>All that a sequence remembers; null where that is more than so many bytes, or cannot be read now.</summary>
    public byte[]? Save(int sequence, long most)
    {
        var size = IsCopying || model.KeepsStates ? 0 : LlamaApi.llama_state_seq_get_size(handle, sequence);
        if (size == 0 || size > (ulong)Math.Min(most, Array.MaxLength))
        {
            return null;
        }

        byte[] state;
        try
        {
            state = GC.AllocateUninitializedArray<byte>((int)size);
        }
        catch (OutOfMemoryException)
        {
            // It is a convenience: the answers need the memory more.
            return null;
        }

        fixed (byte* target = state)
        {
            return LlamaApi.llama_state_seq_get_data(handle, target, size, sequence) == size ? state : null;
        }
    }

    /// <summary>Has a sequence remember what was saved, and that alone. Where it cannot, false: then it is forgotten whole.</summary>
    public bool Restore(int sequence, byte[] state)
    {
        LlamaApi.llama_memory_seq_rm(memory, sequence, -1, -1);
        fixed (byte* source = state)
        {
            if (!IsCopying && LlamaApi.llama_state_seq_set_data(handle, source, (nuint)state.Length, sequence) == (nuint)state.Length)
            {
                return true;
            }
        }

        LlamaApi.llama_memory_seq_rm(memory, sequence, -1, -1);
        return false;
    }

    /// <param name="index">Of a token of the last batch that asked for logits.</param>
    public ReadOnlySpan<float> Logits(int index)
    {
        var values = LlamaApi.llama_get_logits_ith(handle, index);
        return values is not null ? new(values, model.VocabularySize) : throw new InvalidOperationException("The model gave no logits.");
    }

    /// <summary>False when the weights or an adapter drove the numbers out of range.</summary>
    public bool HasSoundLogits(int index) => float.IsFinite(TensorPrimitives.Max(Logits(index)));

    /// <summary>
    /// Forgets every sequence, and the numbers themselves: what is only forgotten still takes part in attention, with weight 0,
    /// and 0 × NaN is NaN.
    /// </summary>
    public void Clear() => LlamaApi.llama_memory_clear(memory, data: 1);

    public ReadOnlySpan<float> Embedding(int sequence)
    {
        var values = LlamaApi.llama_get_embeddings_seq(handle, sequence);
        return values is not null
            ? new(values, model.EmbeddingLength)
            : throw new InvalidOperationException("The model gave no embedding.");
    }

    /// <summary>
    /// Whether all that a token at this position attends to is there. llama.cpp overwrites what has left the window, and forgets the rest
    /// of such a sequence without saying so.
    /// </summary>
    private bool HoldsWindowOf(int sequence, int position)
    {
        if (position == 0 || model.Window == 0)
        {
            return true;
        }

        var oldest = LlamaApi.llama_memory_seq_pos_min(memory, sequence);
        return oldest >= 0 && oldest <= Math.Max(position - model.Window + 1, 0);
    }

    private void FollowThreads()
    {
        var count = threads.CountFor(model);
        if (count != threadsInUse)
        {
            threadsInUse = count;
            LlamaApi.llama_set_n_threads(handle, count, count);
            threads.AttachTo(handle, count);
        }
    }

    protected override bool ReleaseHandle()
    {
        LlamaApi.llama_free(handle);
        adapters.Release();
        model.DangerousRelease();
        return true;
    }
}
