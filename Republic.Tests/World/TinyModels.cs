using Republic.Core;
using Republic.Core.Llama.Gguf;

namespace Republic.Tests.World;

/// <summary>Makes models with random weights, as GGUF files that llama.cpp loads. They say nothing sensible.</summary>
public static class TinyModels
{
    public const int Vocabulary = 288;
    private const string ChatMl =
        "{% for message in messages %}{{'<|im_start|>' + message['role'] + '\n' + message['content'] + '<|im_end|>' + '\n'}}{% endfor %}"
        + "{% if add_generation_prompt %}{{ '<|im_start|>assistant\n' }}{% endif %}";

    private static readonly string[] Controls = ["<|endoftext|>", "<|im_start|>", "<|im_end|>"];
    private static readonly string[] Merges = ["t h", "th e", "Ġ a", "i n", "Ġ the", "o u", "e r", "Ċ Ċ"];

    /// <summary>Writes the model into <paramref name="folder"/> and gives its path.</summary>
    public static string Write(string folder, TinyModelShape shape, string name = "tiny")
    {
        var path = Path.Combine(folder, name + ".gguf");
        var writer = new GgufWriter();
        SetShape(writer, shape, name);
        SetVocabulary(writer, shape);
        AddTensors(writer, shape);
        writer.Save(path);
        return path;
    }

    internal static void SetShape(GgufWriter writer, TinyModelShape shape, string name)
    {
        var architecture = shape.Architecture;
        writer.Set("general.architecture", architecture);
        writer.Set("general.name", name);
        writer.Set($"{architecture}.context_length", (uint)shape.ContextLength);
        writer.Set($"{architecture}.embedding_length", (uint)shape.Width);
        writer.Set($"{architecture}.block_count", (uint)shape.Layers);
        writer.Set($"{architecture}.feed_forward_length", (uint)shape.FeedForward);
        writer.Set($"{architecture}.attention.head_count", (uint)shape.Heads);
        writer.Set($"{architecture}.attention.head_count_kv", (uint)shape.HeadsOfKeys);
        writer.Set($"{architecture}.attention.layer_norm_rms_epsilon", 1e-5f);
        writer.Set($"{architecture}.rope.dimension_count", (uint)shape.HeadLength);
        writer.Set($"{architecture}.rope.freq_base", 10_000f);
        if (shape.LengthOfHeads > 0)
        {
            writer.Set($"{architecture}.attention.key_length", (uint)shape.HeadLength);
            writer.Set($"{architecture}.attention.value_length", (uint)shape.HeadLength);
        }

        if (shape.RopeFactor > 0)
        {
            writer.Set($"{architecture}.rope.scaling.type", "linear");
            writer.Set($"{architecture}.rope.scaling.factor", shape.RopeFactor);
        }

        if (shape.Window > 0)
        {
            writer.Set($"{architecture}.attention.sliding_window", (uint)shape.Window);
        }

        writer.Set($"{architecture}.vocab_size", (uint)shape.Vocabulary);
    }

    internal static void SetVocabulary(GgufWriter writer, TinyModelShape shape)
    {
        var tokens = Controls.Concat(Enumerable.Range(0, 256).Select(ByteLetter)).ToList();
        tokens.AddRange(Merges.Select(merge => merge.Replace(" ", "", StringComparison.Ordinal)));
        var used = tokens.Count;
        tokens.AddRange(Enumerable.Range(used, shape.Vocabulary - used).Select(i => $"[unused {i}]"));
        writer.Set("tokenizer.ggml.model", "gpt2");
        writer.Set("tokenizer.ggml.pre", "gpt-2");
        writer.Set("tokenizer.ggml.tokens", tokens.ToArray());
        writer.Set(
            "tokenizer.ggml.token_type",
            tokens
                .Select(
                    (_, i) =>
                        i < Controls.Length ? 3
                        : i < used ? 1
                        : 5
                )
                .ToArray()
        );
        writer.Set("tokenizer.ggml.merges", Merges);
        writer.Set("tokenizer.ggml.bos_token_id", 0u);
        writer.Set("tokenizer.ggml.eos_token_id", 2u);
        writer.Set("tokenizer.ggml.padding_token_id", 0u);
        writer.Set("tokenizer.ggml.add_bos_token", shape.AddsBegin);
        writer.Set("tokenizer.chat_template", shape.ChatTemplate ?? ChatMl);
    }

    /// <summary>The letter that stands for a byte in a byte-level vocabulary: itself where it can be seen, else one from U+0100 on.</summary>
    private static string ByteLetter(int value)
    {
        static bool Seen(int b) => b is (>= 33 and <= 126) or (>= 161 and <= 172) or (>= 174 and <= 255);
        return ((char)(Seen(value) ? value : 256 + Enumerable.Range(0, value).Count(b => !Seen(b)))).ToString();
    }

    private static void AddTensors(GgufWriter writer, TinyModelShape shape)
    {
        var random = new SeededRandom((ulong)shape.Seed);
        var (width, keys, forward) = (shape.Width, shape.HeadLength * shape.HeadsOfKeys, shape.FeedForward);
        var queries = shape.HeadLength * shape.Heads;
        void Matrix(string name, int inputs, int outputs) => AddMatrix(writer, name, shape.Type, inputs, outputs, random);
        void NormOf(string name, int length) => writer.Add(name, Numbers(length, random, mean: 1, deviation: 0.1), length);
        void Norm(string name) => NormOf(name, width);
        void Bias(string name, int length) => writer.Add(name, Numbers(length, random, mean: 0, deviation: 0.2), length);
        Matrix("token_embd.weight", width, shape.Vocabulary);
        if (shape.RopeFreqs)
        {
            writer.Add(
                "rope_freqs.weight",
                Enumerable.Range(0, shape.HeadLength / 2).Select(i => 1 + (i * 0.5f)).ToArray(),
                shape.HeadLength / 2
            );
        }

        for (var layer = 0; layer < shape.Layers; layer++)
        {
            var at = $"blk.{layer}.";
            Norm(at + "attn_norm.weight");
            foreach (var (projection, outputs) in new[] { ("attn_q", queries), ("attn_k", keys), ("attn_v", keys) })
            {
                Matrix($"{at}{projection}.weight", width, outputs);
                if (shape.HasBias)
                {
                    Bias($"{at}{projection}.bias", outputs);
                }
            }

            if (shape.HasHeadNorms)
            {
                NormOf(at + "attn_q_norm.weight", shape.HeadLength);
                NormOf(at + "attn_k_norm.weight", shape.HeadLength);
            }

            Matrix(at + "attn_output.weight", queries, width);
            Norm(at + "ffn_norm.weight");
            Matrix(at + "ffn_gate.weight", width, forward);
            Matrix(at + "ffn_up.weight", width, forward);
            Matrix(at + "ffn_down.weight", forward, width);
            if (shape.HasBranchNorms)
            {
                Norm(at + "post_attention_norm.weight");
                Norm(at + "post_ffw_norm.weight");
            }
        }

        Norm("output_norm.weight");
        if (!shape.Tied)
        {
            Matrix("output.weight", width, shape.Vocabulary);
        }
    }

    private static void AddMatrix(GgufWriter writer, string name, string typeName, int inputs, int outputs, SeededRandom random)
    {
        var numbers = Numbers(inputs * outputs, random, mean: 0, deviation: 1.5 / Math.Sqrt(inputs));
        var type = GgufType.Find(typeName)!;
        var bytes = GgufNumbers.Encode(type, numbers);
        writer.Add(name, type, [inputs, outputs], stream => stream.Write(bytes));
    }

    private static float[] Numbers(int count, SeededRandom random, double mean, double deviation) =>
        [.. Enumerable.Range(0, count).Select(_ => (float)(mean + (deviation * random.NextNormal())))];
}
