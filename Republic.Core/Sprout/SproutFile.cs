using Republic.Core.ModelHost.Gguf;

namespace Republic.Core.Sprout;

/// <summary>Writes the model as llama.cpp loads it: matrices as F16, norms as F32, the vocabulary and the chat template in it.</summary>
internal static class SproutFile
{
    private const int MostlyF16 = 1;

    public static void Save(SproutWeights weights, Vocabulary vocabulary, string path)
    {
        var writer = new GgufWriter();
        SetShape(writer, weights.Shape);
        SetVocabulary(writer, vocabulary);
        foreach (var weight in weights.All)
        {
            if (weight.IsNorm)
            {
                writer.Add(weight.Name, weight.Values, weight.Inputs);
            }
            else
            {
                writer.Add(weight.Name, GgufType.F16, [weight.Inputs, weight.Outputs], stream => WriteHalves(weight.Values, stream));
            }
        }

        writer.Save(path);
    }

    private static void SetShape(GgufWriter writer, SproutShape shape)
    {
        writer.Set("general.architecture", "llama");
        writer.Set("general.name", "Sprout");
        writer.Set("general.license", "mit");
        writer.Set("general.file_type", (uint)MostlyF16);
        writer.Set("llama.context_length", (uint)shape.ContextLength);
        writer.Set("llama.embedding_length", (uint)shape.Width);
        writer.Set("llama.block_count", (uint)shape.Layers);
        writer.Set("llama.feed_forward_length", (uint)shape.FeedForward);
        writer.Set("llama.attention.head_count", (uint)shape.Heads);
        writer.Set("llama.attention.head_count_kv", (uint)shape.HeadsOfKeys);
        writer.Set("llama.attention.layer_norm_rms_epsilon", SproutShape.Epsilon);
        writer.Set("llama.rope.dimension_count", (uint)shape.HeadLength);
        writer.Set("llama.rope.freq_base", SproutShape.RopeBase);
        writer.Set("llama.vocab_size", (uint)shape.Vocabulary);
    }

    private static void SetVocabulary(GgufWriter writer, Vocabulary vocabulary)
    {
        const int normal = 1;
        const int control = 3;
        writer.Set("tokenizer.ggml.model", "gpt2");
        writer.Set("tokenizer.ggml.pre", "gpt-2");
        writer.Set("tokenizer.ggml.tokens", vocabulary.Tokens.ToArray());
        writer.Set("tokenizer.ggml.token_type", vocabulary.Tokens.Select((_, id) => id < Vocabulary.Controls ? control : normal).ToArray());
        writer.Set("tokenizer.ggml.merges", vocabulary.Merges.Select(merge => $"{merge.Left} {merge.Right}").ToArray());
        writer.Set("tokenizer.ggml.bos_token_id", (uint)Vocabulary.End);
        writer.Set("tokenizer.ggml.eos_token_id", (uint)Vocabulary.TurnEnd);
        writer.Set("tokenizer.ggml.padding_token_id", (uint)Vocabulary.End);
        writer.Set("tokenizer.ggml.add_bos_token", false);
        writer.Set("tokenizer.chat_template", ChatText.Template);
    }

    private static void WriteHalves(float[] values, Stream stream)
    {
        var halves = new Half[values.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertToHalf(values, halves);
        stream.Write(System.Runtime.InteropServices.MemoryMarshal.AsBytes(halves.AsSpan()));
    }
}
