using Republic.Core.Llama.Gguf;

namespace Republic.MiniLm;

/// <summary>The header by which llama.cpp knows a sentence encoder of the BERT family.</summary>
internal static class BertHeader
{
    /// <summary>As llama.h numbers them.</summary>
    private const uint MeanPooling = 1;
    private const uint MostlyQ8Zero = 7;

    public static void Set(GgufWriter writer, string name, BertShape shape, WordPieces pieces)
    {
        writer.Set("general.architecture", "bert");
        writer.Set("general.name", name);
        writer.Set("general.license", "apache-2.0");
        writer.Set("general.file_type", MostlyQ8Zero);
        writer.Set("general.quantization_version", 2u);
        writer.Set("bert.block_count", (uint)shape.Layers);
        writer.Set("bert.context_length", (uint)shape.Context);
        writer.Set("bert.embedding_length", (uint)shape.Width);
        writer.Set("bert.feed_forward_length", (uint)shape.FeedForward);
        writer.Set("bert.attention.head_count", (uint)shape.Heads);
        writer.Set("bert.attention.layer_norm_epsilon", 1e-12f);
        writer.Set("bert.attention.causal", false);
        writer.Set("bert.pooling_type", MeanPooling);
        writer.Set("tokenizer.ggml.model", "bert");
        writer.Set("tokenizer.ggml.tokens", pieces.Tokens);
        writer.Set("tokenizer.ggml.token_type", pieces.Types);
        writer.Set("tokenizer.ggml.token_type_count", 2u);
        writer.Set("tokenizer.ggml.padding_token_id", pieces.Padding);
        writer.Set("tokenizer.ggml.unknown_token_id", pieces.Unknown);
        writer.Set("tokenizer.ggml.cls_token_id", pieces.Start);
        writer.Set("tokenizer.ggml.bos_token_id", pieces.Start);
        writer.Set("tokenizer.ggml.eos_token_id", pieces.End);
        // llama.cpp spells it so.
        writer.Set("tokenizer.ggml.seperator_token_id", pieces.End);
        writer.Set("tokenizer.ggml.mask_token_id", pieces.Mask);
    }
}
