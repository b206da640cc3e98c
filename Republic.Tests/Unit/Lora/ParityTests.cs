using Republic.Core.Lora;
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
    public void Before_training(string kind, string type)
    {
        using var tiny = new TinyLora(Shape(kind) with { Type = type });
        var batch = TinyLora.Batch(length: 40);

        tiny.RequireParity(batch, exact: true);
        tiny.RequireParity(batch);
    }

    internal static TinyModelShape Shape(string kind) =>
        kind switch
        {
            "llama" => TinyModelShape.Llama,
            "llama tied" => TinyModelShape.TiedLlama,
            "llama 3" => TinyModelShape.Llama3,
            "qwen2" => TinyModelShape.Qwen2,
            _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
        };
}
