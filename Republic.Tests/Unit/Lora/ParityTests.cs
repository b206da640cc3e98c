using Republic.Core.Lora;
using Republic.Core.Lora.Checks;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>The trainer's loss is llama.cpp's, on every kind of model that may be trained.</summary>
public sealed class ParityTests
{
    [Theory]
    [InlineData("llama", "F32")]
    [InlineData("llama", "F16")]
    [InlineData("llama", "BF16")]
    [InlineData("llama", "Q8_0")]
    [InlineData("llama tied", "F32")]
    [InlineData("llama tied", "Q8_0")]
    [InlineData("llama 3", "F32")]
    [InlineData("llama 3", "BF16")]
    [InlineData("qwen2", "F32")]
    [InlineData("qwen2", "Q8_0")]
    [InlineData("qwen3", "F32")]
    [InlineData("qwen3", "BF16")]
    [InlineData("smollm3", "F32")]
    [InlineData("smollm3", "Q8_0")]
    [InlineData("gemma", "F32")]
    [InlineData("gemma", "Q8_0")]
    [InlineData("gemma3", "F32")]
    [InlineData("gemma3", "BF16")]
    [InlineData("llama stretched", "F32")]
    public void Before_training(string kind, string type)
    {
        using var tiny = new TinyLora(Shape(kind) with { Type = type });
        var batch = TinyLora.Batch(length: 40);

        tiny.RequireParity(batch, exact: true);
        // Many tokens, because here the two round activations to 8 bits in different layouts.
        tiny.RequireParity(TinyLora.Batch(sequences: 8, length: 120));
    }

    [Theory]
    [InlineData("llama", "Q4_0")]
    [InlineData("llama 3", "Q4_0")]
    [InlineData("qwen2", "Q4_0")]
    [InlineData("llama", "Q2_K")]
    [InlineData("llama", "Q3_K_M")]
    [InlineData("llama", "Q4_K_M")]
    [InlineData("llama tied", "Q4_K_M")]
    [InlineData("llama 3", "Q4_K_M")]
    [InlineData("qwen2", "Q4_K_M")]
    [InlineData("llama", "Q5_K_M")]
    [InlineData("llama", "Q6_K")]
    [InlineData("llama", "Q4_1")]
    [InlineData("llama", "Q5_0")]
    [InlineData("llama", "Q5_1")]
    [InlineData("llama", "IQ4_NL")]
    [InlineData("llama", "IQ4_XS")]
    public void Before_training_on_what_llama_cpp_quantized(string kind, string type)
    {
        // Blocks of K-quants hold 256 numbers.
        var shape = Shape(kind) with
        {
            Width = 256,
            FeedForward = 512,
        };
        using var tiny = new TinyLora(
            shape,
            settings: TinyLora.Exact with
            {
                TransposedType = null,
            },
            then: path => QuantizedModel.Write(path, type)
        );
        var batch = TinyLora.Batch(length: 40);

        tiny.RequireParity(batch, exact: true);
        // Many tokens, because here the two round activations to 8 bits in different layouts.
        tiny.RequireParity(TinyLora.Batch(sequences: 8, length: 120));
        Assert.True(double.IsFinite(tiny.AddGradients(batch)));
        Assert.All(tiny.Model.Parameters, parameter => Assert.True(parameter.Gradient.All(float.IsFinite)));
        Assert.Contains(tiny.Model.Parameters[^1].Gradient, value => value != 0);
    }

    [Theory]
    [InlineData("llama", "F32")]
    [InlineData("llama", "BF16")]
    [InlineData("llama tied", "F16")]
    [InlineData("llama 3", "F32")]
    [InlineData("llama", "Q4_0")]
    [InlineData("llama 3", "Q4_K_M")]
    [InlineData("qwen2", "Q8_0")]
    [InlineData("qwen2", "Q6_K")]
    [InlineData("qwen3", "F32")]
    [InlineData("smollm3", "F16")]
    [InlineData("gemma", "F32")]
    [InlineData("gemma3", "F32")]
    [InlineData("gemma3", "Q4_K_M")]
    public void After_training_with_the_adapter(string kind, string type)
    {
        var quantized = type.StartsWith('Q') && type != "Q8_0";
        var shape = quantized ? Shape(kind) with { Width = 256, FeedForward = 512 } : Shape(kind) with { Type = type };
        using var tiny = new TinyLora(shape, then: path => quantized ? QuantizedModel.Write(path, type) : path).Shaken(deviation: 0.3);
        var batch = TinyLora.Batch(length: 40);

        var adapter = tiny.WriteAdapter();
        var plain = ReferenceLoss.Of(tiny.Path, [batch], adapter: null, exact: true, workers: 1, TestContext.Current.CancellationToken);
        var changed = tiny.RequireParity(batch, adapter, exact: true);
        tiny.RequireParity(TinyLora.Batch(sequences: 8, length: 120), adapter);

        Assert.True(Math.Abs((plain / batch.Targets) - changed.Reference) > 0.01, "The adapter changes nothing, so nothing is compared.");
    }

    [Fact]
    public void A_model_that_is_computed_otherwise_stops_the_run()
    {
        using var tiny = new TinyLora(TinyModelShape.Llama);
        var batch = TinyLora.Batch(length: 40);
        tiny.Shaken(deviation: 0.3);

        var refusal = Assert.Throws<LoraException>(() => tiny.RequireParity(batch, exact: true));

        Assert.Contains("where llama.cpp computes", refusal.Message, StringComparison.Ordinal);
    }

    internal static TinyModelShape Shape(string kind) =>
        kind switch
        {
            "llama" => TinyModelShape.Llama,
            "llama tied" => TinyModelShape.TiedLlama,
            "llama 3" => TinyModelShape.Llama3,
            "qwen2" => TinyModelShape.Qwen2,
            "qwen3" => TinyModelShape.Qwen3,
            "smollm3" => TinyModelShape.SmolLm3,
            "gemma" => TinyModelShape.Gemma,
            "gemma3" => TinyModelShape.Gemma3,
            "llama stretched" => TinyModelShape.Llama with { RopeFactor = 4 },
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
}
