using Republic.Core;
using Republic.Core.Llama.Gguf;

namespace Republic.Tests.World;

/// <summary>A model with recurrent layers alone, of random weights: all that it read is one state, which knows no positions.</summary>
public static class TinyMamba
{
    private const int Width = 64;
    private const int Inner = 128;
    private const int State = 16;
    private const int Kernel = 4;
    private const int Rank = 4;
    private const int Layers = 2;

    /// <summary>Writes the model into <paramref name="folder"/> and gives its path.</summary>
    public static string Write(string folder)
    {
        var writer = new GgufWriter();
        writer.Set("general.architecture", "mamba");
        writer.Set("general.name", "mamba");
        writer.Set("mamba.context_length", 2048u);
        writer.Set("mamba.embedding_length", (uint)Width);
        writer.Set("mamba.feed_forward_length", 0u);
        writer.Set("mamba.attention.head_count", 0u);
        writer.Set("mamba.block_count", (uint)Layers);
        writer.Set("mamba.ssm.conv_kernel", (uint)Kernel);
        writer.Set("mamba.ssm.inner_size", (uint)Inner);
        writer.Set("mamba.ssm.state_size", (uint)State);
        writer.Set("mamba.ssm.time_step_rank", (uint)Rank);
        writer.Set("mamba.attention.layer_norm_rms_epsilon", 1e-5f);
        TinyModels.SetVocabulary(writer, TinyModelShape.Llama);
        AddTensors(writer);
        var path = Path.Combine(folder, "mamba.gguf");
        writer.Save(path);
        return path;
    }

    private static void AddTensors(GgufWriter writer)
    {
        var random = new SeededRandom(1);
        Add("token_embd.weight", 1, Width, TinyModels.Vocabulary);
        for (var layer = 0; layer < Layers; layer++)
        {
            var at = $"blk.{layer}.";
            Add(at + "attn_norm.weight", 1, Width);
            Add(at + "ssm_in.weight", 0.2, Width, 2 * Inner);
            Add(at + "ssm_conv1d.weight", 0.5, Kernel, Inner);
            Add(at + "ssm_conv1d.bias", 0.1, Inner);
            Add(at + "ssm_x.weight", 0.1, Inner, Rank + (2 * State));
            Add(at + "ssm_dt.weight", 0.3, Rank, Inner);
            Add(at + "ssm_dt.bias", 0.1, Inner);
            // States decay: these are minus the rates.
            writer.Add(at + "ssm_a", Enumerable.Range(0, State * Inner).Select(i => -1f - (i % State)).ToArray(), State, Inner);
            Add(at + "ssm_d", 1, Inner);
            Add(at + "ssm_out.weight", 0.1, Inner, Width);
        }

        Add("output_norm.weight", 1, Width);
        Add("output.weight", 0.3, Width, TinyModels.Vocabulary);

        void Add(string name, double deviation, params int[] shape)
        {
            var numbers = new float[shape.Aggregate((product, length) => product * length)];
            for (var i = 0; i < numbers.Length; i++)
            {
                numbers[i] = (float)(deviation * random.NextNormal());
            }

            writer.Add(name, numbers, [.. shape.Select(length => (long)length)]);
        }
    }
}
