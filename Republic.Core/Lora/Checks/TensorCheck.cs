using Republic.Core.Llama.Gguf;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Architecture;
using Republic.Core.Lora.Graph;

namespace Republic.Core.Lora.Checks;

/// <summary>Holds the tensors of a model against its shape: all that are needed, each as long as it should be, and no others.</summary>
internal static class TensorCheck
{
    /// <exception cref="LoraException">The first tensor that is missing, unknown, or of another shape or type.</exception>
    public static void Check(GgufFile file, DecoderArchitecture a)
    {
        var held = file.Tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        var known = Expected(a).ToList();
        foreach (var (name, shape, needed) in known)
        {
            if (held.Remove(name, out var tensor))
            {
                CheckOne(tensor, shape);
            }
            else if (needed)
            {
                throw Refusal($"the tensor {name} is missing");
            }
        }

        if (held.Count > 0)
        {
            throw Refusal(
                $"the tensor {held.Keys.Order(StringComparer.Ordinal).First()} has no place in the computation that is known for {a.Name}"
            );
        }
    }

    private static IEnumerable<(string Name, long[] Shape, bool Needed)> Expected(DecoderArchitecture a)
    {
        yield return ("token_embd.weight", [a.Width, a.Vocabulary], true);
        yield return ("output_norm.weight", [a.Width], true);
        yield return ("output.weight", [a.Width, a.Vocabulary], false);
        yield return ("rope_freqs.weight", [a.Rope.Dimensions / 2], false);
        for (var layer = 0; layer < a.Layers; layer++)
        {
            yield return ($"blk.{layer}.attn_norm.weight", [a.Width], true);
            yield return ($"blk.{layer}.ffn_norm.weight", [a.Width], true);
            if (a.Traits.HeadNorms)
            {
                yield return ($"blk.{layer}.attn_q_norm.weight", [a.HeadLength], true);
                yield return ($"blk.{layer}.attn_k_norm.weight", [a.HeadLength], true);
            }

            if (a.Traits.BranchNorms)
            {
                yield return ($"blk.{layer}.post_attention_norm.weight", [a.Width], true);
                yield return ($"blk.{layer}.post_ffw_norm.weight", [a.Width], true);
            }

            foreach (var module in LoraShape.Modules)
            {
                var (inputs, outputs) = SizeOf(a, module);
                var weight = DecoderArchitecture.TensorOf(module, layer);
                yield return (weight, [inputs, outputs], true);
                var needed = a.Traits.NeededBiases.Contains(module);
                if (needed || a.Traits.PossibleBiases.Contains(module))
                {
                    yield return (DecoderArchitecture.BiasOf(weight), [outputs], needed);
                }
            }
        }
    }

    private static (long Inputs, long Outputs) SizeOf(DecoderArchitecture a, string module) =>
        module switch
        {
            "q" => (a.Width, a.QueryWidth),
            "k" or "v" => (a.Width, a.KeyWidth),
            "o" => (a.QueryWidth, a.Width),
            "down" => (a.FeedForward, a.Width),
            _ => (a.Width, a.FeedForward),
        };

    private static void CheckOne(GgufTensor tensor, long[] shape)
    {
        if (!tensor.Shape.SequenceEqual(shape))
        {
            throw Refusal($"{tensor.Name} is {string.Join(" x ", tensor.Shape)} and should be {string.Join(" x ", shape)}");
        }

        var type = (TensorType)tensor.Type.Id;
        if (shape.Length == 1 ? type != TensorType.F32 : type == TensorType.I32 || !Enum.IsDefined(type))
        {
            throw Refusal($"{tensor.Name} is stored as {tensor.Type.Name}, and no way to train on that was proven");
        }
    }

    private static LoraException Refusal(string why) =>
        new($"This model cannot be trained here: {why}. Take another GGUF file of it, in F16, BF16, Q8_0, Q4_0 or a K-quant.");
}
