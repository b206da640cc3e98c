using Republic.Core.Lora;
using Republic.Core.Lora.Loop;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>Threads are given and taken while a run computes; what it learns must not depend on them.</summary>
public sealed class ThreadChangeTests
{
    [Theory]
    [InlineData("F32", 64)]
    [InlineData("Q8_0", 256)]
    public void Loss_and_gradients_are_the_same_to_the_bit_with_any_number_of_threads(string type, int width)
    {
        var shape = TinyModelShape.Llama with { Type = type, Width = width, FeedForward = width * 2 };
        using var tiny = new TinyLora(shape, TinyLora.All(rank: 16), new LoraModelSettings(Seed: 7)).Shaken();
        var batch = TinyLora.Batch(sequences: 4, length: 40);
        var (loss, gradients) = Compute(tiny, batch);

        foreach (var threads in new[] { 2, 1 })
        {
            tiny.Model.Threads = threads;
            var (again, same) = Compute(tiny, batch);

            Assert.Equal(loss, again);
            Assert.Equal(gradients, same);
        }
    }

    private static (double Loss, float[] Gradients) Compute(TinyLora tiny, TrainingBatch batch)
    {
        tiny.ZeroGradients();
        return (tiny.AddGradients(batch, scale: 0.5f), [.. tiny.Model.Parameters.SelectMany(parameter => parameter.Gradient)]);
    }
}
