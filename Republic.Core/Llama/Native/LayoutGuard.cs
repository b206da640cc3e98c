using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Republic.Core.Llama.Native.Ggml;

namespace Republic.Core.Llama.Native;

/// <summary>
/// llama.h is no stable interface: a release may add a field in the middle of a struct, and a binding made for
/// another release then corrupts memory without a word. So before anything else is called, each struct that the
/// library fills with defaults must have the length and the values that this binding knows.
/// </summary>
internal static unsafe class LayoutGuard
{
    public const string Version = "0.5.";
    private const byte Fill = 0xCC;
    private const int Room = 1024;

    public static void Check(string version)
    {
        if (!version.StartsWith(Version, StringComparison.Ordinal))
        {
            throw Refusal($"its version is {version}, and {Version}x is needed");
        }

        CheckModelParams(LlamaApi.llama_model_default_params());
        CheckContextParams(LlamaApi.llama_context_default_params());
        CheckBatch();
        CheckThreadpoolParams();
        CheckTensor();
        CheckQuantizeParams(LlamaApi.llama_model_quantize_default_params());
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64)
        {
            CheckReturnedLength("llama_model", sizeof(LlamaModelParams));
            CheckReturnedLength("llama_context", sizeof(LlamaContextParams));
            CheckReturnedLength("llama_model_quantize", sizeof(LlamaModelQuantizeParams));
        }
    }

    /// <param name="filled">What the library wrote into a buffer full of 0xCC.</param>
    /// <param name="size">The struct's size here. Padding behind the last field, up to 7 bytes, may be left unwritten.</param>
    internal static void CheckLength(string name, ReadOnlySpan<byte> filled, int size)
    {
        var written = filled.LastIndexOfAnyExcept(Fill) + 1;
        if ((written + 7) / 8 * 8 != size)
        {
            throw Refusal($"it writes {written} bytes of {name}, and {size} are known here");
        }
    }

    internal static void CheckModelParams(in LlamaModelParams p) =>
        Expect(
            "llama_model_params",
            p is { n_gpu_layers: -1, split_mode: 1, load_mode: -1, lazy_mode: 1, main_gpu: 0, use_extra_bufts: 1, vocab_only: 0 }
        );

    internal static void CheckContextParams(in LlamaContextParams p) =>
        Expect(
            "llama_context_params",
            p is { n_ctx: 512, n_batch: 2048, n_ubatch: 512, n_seq_max: 1, n_threads: 4, n_threads_batch: 4 }
                && p is { rope_scaling_type: -1, pooling_type: -1, attention_type: -1, flash_attn_type: -1, yarn_ext_factor: -1 }
                && p is { type_k: 1, type_v: 1, abort_callback: 0, samplers: 0, n_samplers: 0, ctx_other: 0 }
                && p is { embeddings: 0, offload_kqv: 1, no_perf: 1, op_offload: 1, swa_full: 1, kv_unified: 0 }
        );

    internal static void CheckQuantizeParams(in LlamaModelQuantizeParams p) =>
        Expect(
            "llama_model_quantize_params",
            p is { output_tensor_type: 43, token_embedding_type: 43, allow_requantize: 0, quantize_output_tensor: 1, only_copy: 0 }
                && p is { pure: 0, imatrix: 0, kv_overrides: 0, tensor_types: 0, prune_layers: 0 }
        );

    /// <summary>On x64 a big struct is returned through a hidden first argument, so the caller may choose where, and fill it before.</summary>
    private static void CheckReturnedLength(string name, int size)
    {
        var filled = stackalloc byte[Room];
        new Span<byte>(filled, Room).Fill(Fill);
        var function = NativeLibrary.GetExport(NativeLibraries.Handle(NativeLibraries.Llama), name + "_default_params");
        ((delegate* unmanaged[Cdecl]<byte*, byte*>)function)(filled);
        CheckLength(name + "_params", new(filled, Room), size);
    }

    private static void CheckThreadpoolParams()
    {
        var filled = stackalloc byte[Room];
        new Span<byte>(filled, Room).Fill(Fill);
        var pool = (GgmlThreadpoolParams*)filled;
        GgmlApi.ggml_threadpool_params_init(pool, 3);
        CheckLength("ggml_threadpool_params", new(filled, Room), sizeof(GgmlThreadpoolParams));
        Expect("ggml_threadpool_params", pool->n_threads == 3 && pool->poll <= 100 && pool->strict_cpu == 0 && pool->paused == 0);
    }

    private static void CheckBatch()
    {
        var batch = LlamaApi.llama_batch_init(2, 0, 1);
        var known = batch.n_tokens == 0 && batch.embd is null && batch.token is not null && batch.pos is not null;
        known = known && batch.n_seq_id is not null && batch.seq_id is not null && batch.logits is not null && batch.seq_id[0] is not null;
        Expect("llama_batch", known);
        LlamaApi.llama_batch_free(batch);
    }

    /// <summary>ggml fills no tensor with defaults, so one is made of known lengths, scaled by a known factor, and named.</summary>
    private static void CheckTensor()
    {
        const int objectBytes = 32;
        const int scaledFlags = 1 | 2 | 4;
        Expect("ggml_tensor's size", (int)GgmlApi.ggml_tensor_overhead() == sizeof(GgmlTensor) + objectBytes);
        var context = GgmlApi.ggml_init(new() { mem_size = 4 * GgmlApi.ggml_tensor_overhead(), no_alloc = 1 });
        var a = GgmlApi.ggml_new_tensor_4d(context, 1, 5, 6, 7, 8);
        Expect("ggml_tensor", a->type == 1 && a->ne[0] == 5 && a->ne[3] == 8 && a->nb[0] == 2 && a->nb[3] == 420 && a->data is null);
        var b = GgmlApi.ggml_scale(context, a, 0.5f);
        GgmlApi.ggml_set_input(b);
        GgmlApi.ggml_set_output(b);
        GgmlApi.ggml_set_param(a);
        GgmlApi.ggml_set_name(b, "half");
        var known = b->op != 0 && BitConverter.Int32BitsToSingle(b->op_params[0]) == 0.5f && (b->flags | a->flags) == scaledFlags;
        known = known && b->src[0] == (long)a && b->src[1] == 0 && b->view_src is null && b->extra is null && b->buffer == 0;
        Expect("ggml_tensor", known && b->name[0] == 'h' && b->name[3] == 'f' && b->name[4] == 0);
        var view = GgmlApi.ggml_view_4d(context, a, 5, 6, 7, 1, (nuint)a->nb[1], (nuint)a->nb[2], (nuint)a->nb[3], 420);
        Expect("ggml_tensor", view->view_src == a && view->view_offs == 420);
        GgmlApi.ggml_free(context);
    }

    private static void Expect(string name, bool known, [CallerArgumentExpression(nameof(known))] string? values = null)
    {
        if (!known)
        {
            throw Refusal($"the defaults of {name} are not the known ones ({values})");
        }
    }

    private static NativeLibraryException Refusal(string what) =>
        new(
            $"This build of llama.cpp cannot be used: {what}. A wrong layout would corrupt memory, so local models stay off. "
                + "Run `npm ci` in Republic's folder to get the libraries that belong to this version of Republic."
        );
}
