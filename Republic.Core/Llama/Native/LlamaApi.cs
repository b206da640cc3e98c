using System.Runtime.InteropServices;
using Republic.Core.Llama.Native.Sampling;

namespace Republic.Core.Llama.Native;

/// <summary>The functions of llama.h (v0.5.0) that the host calls; names as there.</summary>
internal static unsafe partial class LlamaApi
{
    private const string Library = NativeLibraries.Llama;

    [LibraryImport(Library)]
    public static partial nint llama_version();

    [LibraryImport(Library)]
    public static partial void llama_log_set(delegate* unmanaged[Cdecl]<int, byte*, nint, void> callback, nint userData);

    [LibraryImport(Library)]
    public static partial void llama_backend_init();

    [LibraryImport(Library)]
    public static partial LlamaModelParams llama_model_default_params();

    [LibraryImport(Library)]
    public static partial LlamaContextParams llama_context_default_params();

    [LibraryImport(Library)]
    public static partial LlamaModelQuantizeParams llama_model_quantize_default_params();

    /// <returns>0 when the file was written.</returns>
    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial uint llama_model_quantize(string source, string target, LlamaModelQuantizeParams* parameters);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint llama_model_load_from_file(string path, LlamaModelParams parameters);

    [LibraryImport(Library)]
    public static partial void llama_model_free(nint model);

    [LibraryImport(Library)]
    public static partial nint llama_model_get_vocab(nint model);

    [LibraryImport(Library)]
    public static partial int llama_model_n_ctx_train(nint model);

    [LibraryImport(Library)]
    public static partial int llama_model_n_embd(nint model);

    [LibraryImport(Library)]
    public static partial int llama_model_n_head(nint model);

    [LibraryImport(Library)]
    public static partial int llama_model_n_swa(nint model);

    [LibraryImport(Library)]
    public static partial byte llama_model_is_recurrent(nint model);

    [LibraryImport(Library)]
    public static partial byte llama_model_is_hybrid(nint model);

    [LibraryImport(Library)]
    public static partial byte llama_model_has_encoder(nint model);

    [LibraryImport(Library)]
    public static partial ulong llama_model_size(nint model);

    [LibraryImport(Library)]
    public static partial ulong llama_model_n_params(nint model);

    [LibraryImport(Library)]
    public static partial nint llama_model_chat_template(nint model, byte* name);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int llama_model_meta_val_str(nint model, string key, byte* buffer, nuint size);

    [LibraryImport(Library)]
    public static partial int llama_chat_apply_template(
        byte* template,
        LlamaChatMessage* chat,
        nuint count,
        byte addAssistant,
        byte* buffer,
        int length
    );

    [LibraryImport(Library)]
    public static partial int llama_vocab_n_tokens(nint vocab);

    [LibraryImport(Library)]
    public static partial int llama_vocab_bos(nint vocab);

    [LibraryImport(Library)]
    public static partial byte llama_vocab_get_add_bos(nint vocab);

    [LibraryImport(Library)]
    public static partial int llama_vocab_eos(nint vocab);

    [LibraryImport(Library)]
    public static partial byte llama_vocab_is_eog(nint vocab, int token);

    [LibraryImport(Library)]
    public static partial byte llama_vocab_is_control(nint vocab, int token);

    [LibraryImport(Library)]
    public static partial nint llama_vocab_get_text(nint vocab, int token);

    [LibraryImport(Library)]
    public static partial int llama_tokenize(nint vocab, byte* text, int length, int* tokens, int max, byte addSpecial, byte parseSpecial);

    [LibraryImport(Library)]
    public static partial int llama_token_to_piece(nint vocab, int token, byte* buffer, int length, int lstrip, byte special);

    [LibraryImport(Library)]
    public static partial nint llama_init_from_model(nint model, LlamaContextParams parameters);

    [LibraryImport(Library)]
    public static partial void llama_free(nint context);

    [LibraryImport(Library)]
    public static partial uint llama_n_ctx_seq(nint context);

    [LibraryImport(Library)]
    public static partial int llama_pooling_type(nint context);

    [LibraryImport(Library)]
    public static partial void llama_attach_threadpool(nint context, nint threadpool, nint threadpoolBatch);

    [LibraryImport(Library)]
    public static partial LlamaBatch llama_batch_init(int tokens, int embd, int sequences);

    [LibraryImport(Library)]
    public static partial void llama_batch_free(LlamaBatch batch);

    [LibraryImport(Library)]
    public static partial int llama_decode(nint context, LlamaBatch batch);

    [LibraryImport(Library)]
    public static partial int llama_encode(nint context, LlamaBatch batch);

    [LibraryImport(Library)]
    public static partial float* llama_get_logits_ith(nint context, int index);

    [LibraryImport(Library)]
    public static partial float* llama_get_embeddings_seq(nint context, int sequence);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint llama_adapter_lora_init(nint model, string path);

    [LibraryImport(Library)]
    public static partial void llama_adapter_lora_free(nint adapter);

    [LibraryImport(Library)]
    public static partial int llama_set_adapters_lora(nint context, nint* adapters, nuint count, float* scales);

    [LibraryImport(Library)]
    public static partial void llama_set_n_threads(nint context, int threads, int threadsForBatches);

    [LibraryImport(Library)]
    public static partial void llama_detach_threadpool(nint context);

    [LibraryImport(Library)]
    public static partial nint llama_get_memory(nint context);

    [LibraryImport(Library)]
    public static partial void llama_memory_clear(nint memory, byte data);

    [LibraryImport(Library)]
    public static partial byte llama_memory_seq_rm(nint memory, int sequence, int from, int to);

    [LibraryImport(Library)]
    public static partial void llama_memory_seq_cp(nint memory, int source, int target, int from, int to);

    [LibraryImport(Library)]
    public static partial nuint llama_state_seq_get_size(nint context, int sequence);

    /// <returns>How many bytes were written; 0 when they are too few.</returns>
    [LibraryImport(Library)]
    public static partial nuint llama_state_seq_get_data(nint context, byte* target, nuint size, int sequence);

    /// <returns>0 when the sequence could not take it.</returns>
    [LibraryImport(Library)]
    public static partial nuint llama_state_seq_set_data(nint context, byte* source, nuint size, int sequence);

    /// <returns>-1 when the sequence is empty.</returns>
    [LibraryImport(Library)]
    public static partial int llama_memory_seq_pos_min(nint memory, int sequence);

    /// <returns>-1 when the sequence is empty.</returns>
    [LibraryImport(Library)]
    public static partial int llama_memory_seq_pos_max(nint memory, int sequence);

    [LibraryImport(Library)]
    public static partial nint llama_sampler_chain_init(byte noPerf);

    [LibraryImport(Library)]
    public static partial void llama_sampler_chain_add(nint chain, nint sampler);

    [LibraryImport(Library)]
    public static partial nint llama_sampler_init_greedy();

    [LibraryImport(Library)]
    public static partial nint llama_sampler_init_dist(uint seed);

    [LibraryImport(Library)]
    public static partial nint llama_sampler_init_top_k(int k);

    [LibraryImport(Library)]
    public static partial nint llama_sampler_init_top_p(float p, nuint minKeep);

    [LibraryImport(Library)]
    public static partial nint llama_sampler_init_min_p(float p, nuint minKeep);

    [LibraryImport(Library)]
    public static partial nint llama_sampler_init_temp(float temperature);

    [LibraryImport(Library)]
    public static partial nint llama_sampler_init_penalties(int vocabulary, int lastTokens, float repeat, float frequency, float presence);

    [LibraryImport(Library)]
    public static partial nint llama_sampler_init_logit_bias(int vocabulary, int count, LlamaLogitBias* biases);

    [LibraryImport(Library)]
    public static partial int llama_sampler_sample(nint sampler, nint context, int index);

    [LibraryImport(Library)]
    public static partial void llama_sampler_apply(nint sampler, LlamaTokenDataArray* tokens);

    [LibraryImport(Library)]
    public static partial void llama_sampler_accept(nint sampler, int token);

    [LibraryImport(Library)]
    public static partial void llama_sampler_free(nint sampler);
}
