using Republic.Core;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Native;

namespace Republic.Bench;

/// <summary>A llama of random weights, too large for a processor's caches, and nobody's.</summary>
internal sealed unsafe record RandomModel
{
    /// <summary>llama.h's llama_ftype.</summary>
    private static readonly Dictionary<string, int> Types = new(StringComparer.Ordinal)
    {
        ["F16"] = 1,
        ["Q8_0"] = 7,
        ["Q4_K_M"] = 15,
        ["BF16"] = 32,
    };

    public int Width { get; init; } = 1024;

    public int Layers { get; init; } = 16;

    public int Heads { get; init; } = 16;

    public int HeadsOfKeys { get; init; } = 4;

    public int FeedForward { get; init; } = 2816;

    public int Vocabulary { get; init; } = 32_000;

    public int ContextLength { get; init; } = 4096;

    /// <summary>Its table of embeddings is its output projection too.</summary>
    public bool IsTied { get; init; }

    /// <param name="type">In which the matrices are stored, of those that <see cref="GgufNumbers"/> writes.</param>
    public void Write(string path, GgufType type)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        var writer = new GgufWriter();
        SetHeader(writer);
        AddTensors(writer, type);
        writer.Save(path);
    }

    /// <summary>Has llama.cpp write the file once more in another type.</summary>
    public static void Convert(string path, string target, string type)
    {
        LlamaRuntime.EnsureStarted();
        var parameters = LlamaApi.llama_model_quantize_default_params() with { ftype = Types[type], nthread = 1 };
        if (LlamaApi.llama_model_quantize(path, target, &parameters) != 0)
        {
            throw new InvalidOperationException($"{target} could not be written.");
        }
    }

    private void SetHeader(GgufWriter writer)
    {
        writer.Set("general.architecture", "llama");
        writer.Set("general.name", "random");
        writer.Set("llama.context_length", (uint)ContextLength);
        writer.Set("llama.embedding_length", (uint)Width);
        writer.Set("llama.block_count", (uint)Layers);
        writer.Set("llama.feed_forward_length", (uint)FeedForward);
        writer.Set("llama.attention.head_count", (uint)Heads);
        writer.Set("llama.attention.head_count_kv", (uint)HeadsOfKeys);
        writer.Set("llama.attention.layer_norm_rms_epsilon", 1e-5f);
        writer.Set("llama.rope.dimension_count", (uint)(Width / Heads));
        writer.Set("llama.rope.freq_base", 10_000f);
        writer.Set("llama.vocab_size", (uint)Vocabulary);
        string[] tokens = ["<|end|>", .. Enumerable.Range(1, Vocabulary - 1).Select(i => $"[{i}]")];
        writer.Set("tokenizer.ggml.model", "gpt2");
        writer.Set("tokenizer.ggml.pre", "gpt-2");
        writer.Set("tokenizer.ggml.tokens", tokens);
        writer.Set("tokenizer.ggml.token_type", Enumerable.Range(0, Vocabulary).Select(i => i == 0 ? 3 : 1).ToArray());
        // As many as a vocabulary of pairs has: they take more memory than its tokens.
        string[] merges = [.. Enumerable.Range(1, Vocabulary - 1).Select(i => $"[{i} ]")];
        writer.Set("tokenizer.ggml.merges", merges);
        writer.Set("tokenizer.ggml.eos_token_id", 0u);
    }

    private void AddTensors(GgufWriter writer, GgufType type)
    {
        var random = new SeededRandom(1);
        void Matrix(string name, int inputs, int outputs) =>
            writer.Add(name + ".weight", type, [inputs, outputs], stream => WriteNumbers(stream, type, random, inputs, outputs));
        void Norm(string name) => writer.Add(name + ".weight", Enumerable.Repeat(1f, Width).ToArray(), Width);
        Matrix("token_embd", Width, Vocabulary);
        for (var layer = 0; layer < Layers; layer++)
        {
            var at = $"blk.{layer}.";
            Norm(at + "attn_norm");
            Norm(at + "ffn_norm");
            Matrix(at + "attn_q", Width, Width);
            Matrix(at + "attn_k", Width, Width / Heads * HeadsOfKeys);
            Matrix(at + "attn_v", Width, Width / Heads * HeadsOfKeys);
            Matrix(at + "attn_output", Width, Width);
            Matrix(at + "ffn_gate", Width, FeedForward);
            Matrix(at + "ffn_up", Width, FeedForward);
            Matrix(at + "ffn_down", FeedForward, Width);
        }

        Norm("output_norm");
        if (!IsTied)
        {
            Matrix("output", Width, Vocabulary);
        }
    }

    private static void WriteNumbers(Stream stream, GgufType type, SeededRandom random, int inputs, int outputs)
    {
        var row = new float[inputs];
        var scale = 2 / MathF.Sqrt(inputs) / (1L << 31);
        for (var output = 0; output < outputs; output++)
        {
            for (var i = 0; i < inputs; i += 2)
            {
                var bits = random.NextUInt64();
                row[i] = (int)bits * scale;
                row[i + 1] = (int)(bits >> 32) * scale;
            }

            stream.Write(GgufNumbers.Encode(type, row));
        }
    }
}
