using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Architecture;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>What the trainer does not know is refused by its name, before any work.</summary>
public sealed class DecoderArchitectureTests
{
    private static readonly GgufFile Tiny = Read(TinyModelShape.Llama);

    [Fact]
    public void The_shape_is_read_from_the_header()
    {
        var architecture = DecoderArchitecture.From(Read(TinyModelShape.Qwen2));

        Assert.Equal(
            ("qwen2", 2, 64, 4, 2, 16, 96),
            (
                architecture.Name,
                architecture.Layers,
                architecture.Width,
                architecture.Heads,
                architecture.HeadsOfKeys,
                architecture.HeadLength,
                architecture.FeedForward
            )
        );
        Assert.Equal((TinyModels.Vocabulary, new RotaryShape(16, NeoX: true, 10_000, 1)), (architecture.Vocabulary, architecture.Rope));
    }

    [Theory]
    [InlineData("general.architecture", "gpt2", "architecture \"gpt2\"")]
    [InlineData("llama.attention.sliding_window", 4096L, "llama.attention.sliding_window = 4096")]
    [InlineData("llama.expert_count", 8L, "llama.expert_count = 8")]
    [InlineData("llama.rope.scaling.type", "yarn", "scaling type \"yarn\"")]
    [InlineData("llama.attention.scale", 0.1, "llama.attention.scale = 0.1")]
    [InlineData("llama.attention.value_length", 8L, "keys have 16 numbers and its values 8")]
    public void A_key_of_unknown_meaning_is_named(string key, object value, string reason)
    {
        var file = Tiny with { Values = new Dictionary<string, object>(Tiny.Values) { [key] = value } };

        var refusal = Assert.Throws<LoraException>(() => DecoderArchitecture.From(file));

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("llama.attention.sliding_window", 0L)]
    [InlineData("llama.rope.scaling.type", "none")]
    public void A_key_that_says_nothing_is_no_obstacle(string key, object value)
    {
        var file = Tiny with { Values = new Dictionary<string, object>(Tiny.Values) { [key] = value } };

        Assert.Equal("llama", DecoderArchitecture.From(file).Name);
    }

    [Fact]
    public void Gemma_3_sees_a_window_in_all_but_every_sixth_layer()
    {
        var architecture = DecoderArchitecture.From(Read(TinyModelShape.Gemma3));

        Assert.Equal([16, 16, 16, 16, 16, 0, 16], Enumerable.Range(0, 7).Select(architecture.WindowOf));
        Assert.Equal(8, architecture.EmbeddingScale);
    }

    [Theory]
    [InlineData("gemma3.attention.sliding_window_pattern", 2L, "every 2th layer")]
    [InlineData("gemma3.final_logit_softcapping", 30.0, "gemma3.final_logit_softcapping = 30")]
    [InlineData("gemma3.block_count", 62L, "62 layers")]
    public void A_gemma_3_that_is_computed_otherwise_is_refused(string key, object value, string reason)
    {
        var file = Read(TinyModelShape.Gemma3);

        var refusal = Refusal(file with { Values = new Dictionary<string, object>(file.Values) { [key] = value } });

        Assert.Contains(reason, refusal, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_tensor_is_named()
    {
        var file = Tiny with { Tensors = [.. Tiny.Tensors.Where(tensor => tensor.Name != "blk.1.ffn_up.weight")] };

        Assert.Contains("blk.1.ffn_up.weight is missing", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void An_unknown_tensor_is_named()
    {
        var file = Tiny with { Tensors = [.. Tiny.Tensors, new("blk.0.attn_sub_norm.weight", [64], GgufType.F32, 0)] };

        Assert.Contains("blk.0.attn_sub_norm.weight has no place", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_of_another_shape_or_type_is_named()
    {
        var narrow = Tiny with
        {
            Tensors = [.. Tiny.Tensors.Select(tensor => tensor.Name == "blk.0.attn_k.weight" ? tensor with { Shape = [64, 16] } : tensor)],
        };
        var odd = Tiny with
        {
            Tensors =
            [
                .. Tiny.Tensors.Select(tensor => tensor.Name == "blk.0.attn_k.weight" ? tensor with { Type = GgufType.Find(24)! } : tensor),
            ],
        };

        Assert.Contains("blk.0.attn_k.weight is 64 x 16 and should be 64 x 32", Refusal(narrow), StringComparison.Ordinal);
        Assert.Contains("blk.0.attn_k.weight is stored as I8", Refusal(odd), StringComparison.Ordinal);
    }

    private static string Refusal(GgufFile file) => Assert.Throws<LoraException>(() => DecoderArchitecture.From(file)).Message;

    private static GgufFile Read(TinyModelShape shape)
    {
        var folder = Directory.CreateTempSubdirectory("lora-");
        try
        {
            return GgufReader.Read(TinyModels.Write(folder.FullName, shape));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
