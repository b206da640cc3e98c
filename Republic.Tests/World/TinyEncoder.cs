using Republic.Core;
using Republic.Core.Llama.Gguf;

namespace Republic.Tests.World;

/// <summary>An embedding model of the BERT family with random weights, as a GGUF file that llama.cpp loads.</summary>
public static class TinyEncoder
{
    public const int Width = 32;
    public const int Context = 64;

    /// <summary>As <c>pooling_type</c> spells them.</summary>
    public const uint Mean = 1;
    public const uint FirstToken = 2;

    private const int Layers = 2;
    private const int Forward = 64;
    private const string WordStart = "▁";

    private static readonly string[] Controls = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"];

    /// <summary>Writes the model into <paramref name="folder"/> and gives its path.</summary>
    public static string Write(string folder, string name, uint pooling = Mean)
    {
        var path = Path.Combine(folder, name + ".gguf");
        var letters = Enumerable.Range('a', 26).Select(letter => ((char)letter).ToString()).ToList();
        string[] tokens = [.. Controls, .. letters.Select(letter => WordStart + letter), .. letters];
        var writer = new GgufWriter();
        SetShape(writer, name, pooling);
        writer.Set("tokenizer.ggml.model", "bert");
        writer.Set("tokenizer.ggml.tokens", tokens);
        writer.Set("tokenizer.ggml.token_type", tokens.Select((_, i) => i < Controls.Length ? 3 : 1).ToArray());
        writer.Set("tokenizer.ggml.token_type_count", 2u);
        writer.Set("tokenizer.ggml.padding_token_id", 0u);
        writer.Set("tokenizer.ggml.unknown_token_id", 1u);
        writer.Set("tokenizer.ggml.cls_token_id", 2u);
        writer.Set("tokenizer.ggml.bos_token_id", 2u);
        writer.Set("tokenizer.ggml.eos_token_id", 3u);
        writer.Set("tokenizer.ggml.seperator_token_id", 3u);
        writer.Set("tokenizer.ggml.mask_token_id", 4u);
        AddTensors(writer, tokens.Length);
        writer.Save(path);
        return path;
    }

    private static void SetShape(GgufWriter writer, string name, uint pooling)
    {
        writer.Set("general.architecture", "bert");
        writer.Set("general.name", name);
        writer.Set("bert.context_length", (uint)Context);
        writer.Set("bert.embedding_length", (uint)Width);
        writer.Set("bert.block_count", (uint)Layers);
        writer.Set("bert.feed_forward_length", (uint)Forward);
        writer.Set("bert.attention.head_count", 4u);
        writer.Set("bert.attention.layer_norm_epsilon", 1e-12f);
        writer.Set("bert.attention.causal", false);
        writer.Set("bert.pooling_type", pooling);
    }

    private static void AddTensors(GgufWriter writer, int vocabulary)
    {
        var random = new SeededRandom(11);
        Matrix("token_embd", Width, vocabulary);
        Matrix("token_types", Width, 2);
        Matrix("position_embd", Width, Context);
        Norm("token_embd_norm");
        for (var layer = 0; layer < Layers; layer++)
        {
            var at = $"blk.{layer}.";
            foreach (var projection in new[] { "attn_q", "attn_k", "attn_v", "attn_output" })
            {
                Matrix(at + projection, Width, Width);
                Bias(at + projection, Width);
            }

            Norm(at + "attn_output_norm");
            Matrix(at + "ffn_up", Width, Forward);
            Bias(at + "ffn_up", Forward);
            Matrix(at + "ffn_down", Forward, Width);
            Bias(at + "ffn_down", Width);
            Norm(at + "layer_output_norm");
        }

        float[] Numbers(int count, double mean, double deviation) =>
            [.. Enumerable.Range(0, count).Select(_ => (float)(mean + (deviation * random.NextNormal())))];
        void Matrix(string tensor, int inputs, int outputs) =>
            writer.Add(tensor + ".weight", Numbers(inputs * outputs, 0, 1 / Math.Sqrt(inputs)), inputs, outputs);
        void Bias(string tensor, int length) => writer.Add(tensor + ".bias", Numbers(length, 0, 0.1), length);
        void Norm(string tensor)
        {
            writer.Add(tensor + ".weight", Numbers(Width, 1, 0.1), Width);
            Bias(tensor, Width);
        }
    }
}
