using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Graph;
using Republic.Core.Lora.Loop;
using Republic.Core.Lora.Rows;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>What a pass may depend on, and what not.</summary>
public sealed class LoraModelTests
{
    [Theory]
    [InlineData("llama", "F32")]
    [InlineData("llama", "F16")]
    [InlineData("llama", "BF16")]
    [InlineData("gemma3", "F32")]
    public void Memory_to_spare_changes_the_speed_and_no_bit_of_the_result(string kind, string type)
    {
        var batch = TinyLora.Batch();
        var settings = TinyLora.Exact with { TransposedType = Enum.Parse<TensorType>(type) };
        using var rich = new TinyLora(ParityTests.Shape(kind), TinyLora.All(dropout: 0.2f), settings).Shaken();
        using var poor = new TinyLora(ParityTests.Shape(kind), TinyLora.All(dropout: 0.2f), settings with { SpareBytes = 0 }).Shaken();

        Assert.Equal(rich.AddGradients(batch), poor.AddGradients(batch));
        Assert.Equal((0, 0), (poor.Model.TransposedBytes, poor.Model.KeptLayers));
        Assert.Equal((true, rich.Model.Architecture.Layers), (rich.Model.TransposedBytes > 0, rich.Model.KeptLayers));
        Assert.All(rich.Model.Parameters.Zip(poor.Model.Parameters), pair => Assert.Equal(pair.First.Gradient, pair.Second.Gradient));
    }

    [Fact]
    public void Sequences_in_a_batch_add_up_to_the_sequences_alone()
    {
        using var tiny = new TinyLora(TinyModelShape.Llama).Shaken();
        var random = new SeededRandom(9);
        TrainingExample[] examples = [TinyLora.Example(random, 13), TinyLora.Example(random, 21), TinyLora.Example(random, 6)];

        var alone = examples.Sum(example => tiny.AddGradients(TrainingBatch.Of([example], multiple: 1)));
        var expected = tiny.Model.Parameters.Select(parameter => parameter.Gradient.ToArray()).ToList();
        tiny.ZeroGradients();
        var together = tiny.AddGradients(TrainingBatch.Of(examples));

        Assert.Equal(alone, together, 1e-5 * alone);
        Assert.All(
            tiny.Model.Parameters.Zip(expected),
            pair => Assert.InRange(GradientTests.Distance(pair.First.Gradient, pair.Second), 0, 1e-5)
        );
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Replicas_give_what_the_model_alone_gives_with_any_number_of_threads(int threads)
    {
        using var tiny = new TinyLora(TinyModelShape.Llama).Shaken();
        using var replicas = ReplicatedModel.Of(tiny.Model, tiny.Shape, TinyLora.Exact with { Threads = threads }, 8, default);
        // One of them has no target, and two go to one replica.
        TrainingBatch batch = TinyLora.Batch(sequences: 6, length: 40);
        batch = batch with
        {
            TargetRows = [.. batch.TargetRows.Where(row => row / batch.Length != 2)],
            TargetTokens = [.. batch.TargetTokens.Where((_, i) => batch.TargetRows[i] / batch.Length != 2)],
        };
        replicas.Upload();
        var whole = tiny.AddGradients(batch, scale: 0.5f);
        var expected = tiny.Model.Parameters.Select(parameter => parameter.Gradient.ToArray()).ToList();
        var loss = tiny.Loss(batch);

        // What is left in the replicas from the time before does not count.
        for (var time = 0; time < 2; time++)
        {
            tiny.ZeroGradients();
            Assert.Equal(whole, replicas.AddGradients(batch, 0.5f, dropoutSeed: 1, TestContext.Current.CancellationToken), 1e-5 * whole);
        }

        Assert.Equal(loss, replicas.Loss(batch, TestContext.Current.CancellationToken), 1e-5 * loss);
        Assert.All(
            tiny.Model.Parameters.Zip(expected),
            pair => Assert.InRange(GradientTests.Distance(pair.First.Gradient, pair.Second), 0, 1e-5)
        );
    }

    [Fact]
    public void Replicas_give_the_same_bits_with_any_number_of_threads()
    {
        using var tiny = new TinyLora(TinyModelShape.Llama, TinyLora.All(dropout: 0.1f)).Shaken();
        var batch = TinyLora.Batch(sequences: 6, length: 40);

        var (one, alone) = With(threads: 1);
        var (four, together) = With(threads: 4);

        Assert.Equal(one, four);
        Assert.Equal(alone, together);

        (double, List<float[]>) With(int threads)
        {
            using var replicas = ReplicatedModel.Of(tiny.Model, tiny.Shape, TinyLora.Exact with { Threads = threads }, 4, default);
            replicas.Upload();
            tiny.ZeroGradients();
            var loss = replicas.AddGradients(batch, 1, dropoutSeed: 3, TestContext.Current.CancellationToken);
            return (loss, [.. tiny.Model.Parameters.Select(parameter => parameter.Gradient.ToArray())]);
        }
    }

    [Fact]
    public void Gradients_add_up_and_are_scaled()
    {
        using var tiny = new TinyLora(TinyModelShape.TiedLlama).Shaken();
        var batch = TinyLora.Batch();
        tiny.AddGradients(batch);
        var once = tiny.Model.Parameters[3].Gradient.ToArray();

        tiny.AddGradients(batch, scale: 0.5f);

        Assert.InRange(GradientTests.Distance(tiny.Model.Parameters[3].Gradient, [.. once.Select(value => 1.5f * value)]), 0, 1e-6);
    }

    [Fact]
    public void The_same_pass_gives_the_same_bits()
    {
        using var one = new TinyLora(TinyModelShape.Qwen2, TinyLora.All(dropout: 0.1f)).Shaken();
        using var other = new TinyLora(TinyModelShape.Qwen2, TinyLora.All(dropout: 0.1f)).Shaken();
        // Another shape in between leaves nothing behind.
        other.AddGradients(TinyLora.Batch(sequences: 1, length: 33), scale: 0);

        Assert.Equal(one.AddGradients(TinyLora.Batch()), other.AddGradients(TinyLora.Batch()));
        Assert.All(one.Model.Parameters.Zip(other.Model.Parameters), pair => Assert.Equal(pair.First.Gradient, pair.Second.Gradient));
    }

    [Theory]
    [InlineData("F32")]
    [InlineData("BF16")]
    [InlineData("Q8_0")]
    public void Weights_copied_to_a_device_give_the_same_bits_as_those_of_the_file(string type)
    {
        var settings = TinyLora.Exact with { TransposedType = TensorType.BF16 };
        using var inPlace = new TinyLora(TinyModelShape.TiedLlama with { Type = type }, settings: settings).Shaken();
        using var copied = new TinyLora(
            TinyModelShape.TiedLlama with
            {
                Type = type,
            },
            settings: settings with
            {
                UseHostMemory = false,
            }
        ).Shaken();
        var batch = TinyLora.Batch();

        var (loss, expected) = (copied.AddGradients(batch), inPlace.AddGradients(batch));
        Assert.True(copied.Model.WeightBytes > 0);
        // A processor with AMX wants 8-bit weights repacked, and sums them up in another order.
        var isRepacked = type == "Q8_0" && inPlace.Model.WeightBytes > 0;
        Assert.True(isRepacked || inPlace.Model.WeightBytes == 0);
        Assert.InRange(Math.Abs(loss - expected), 0, isRepacked ? 1e-5 : 0);
        Assert.All(
            inPlace.Model.Parameters.Zip(copied.Model.Parameters),
            pair => Assert.InRange(GradientTests.Distance(pair.First.Gradient, pair.Second.Gradient), 0, isRepacked ? 1e-5 : 0)
        );
    }

    [Theory]
    [InlineData("llama")]
    [InlineData("qwen3")]
    [InlineData("gemma3")]
    public void A_device_without_outer_products_gives_the_same_gradients(string kind)
    {
        using var with = new TinyLora(ParityTests.Shape(kind)).Shaken();
        using var without = new TinyLora(ParityTests.Shape(kind), settings: TinyLora.Exact with { UseOuterProducts = false }).Shaken();
        var batch = TinyLora.Batch();

        Assert.Equal(with.AddGradients(batch), without.AddGradients(batch), 1e-3);
        Assert.All(
            with.Model.Parameters.Zip(without.Model.Parameters),
            pair => Assert.InRange(GradientTests.Distance(pair.First.Gradient, pair.Second.Gradient), 0, 1e-5)
        );
    }

    [Fact]
    public void A_batch_that_does_not_fit_the_model_is_refused()
    {
        using var tiny = new TinyLora(TinyModelShape.Llama);

        string Refusal(TrainingBatch batch) => Assert.Throws<LoraException>(() => tiny.Loss(batch)).Message;

        Assert.Contains("outside the model's vocabulary of 288", Refusal(new(1, 1, [288], [], [])), StringComparison.Ordinal);
        Assert.Contains("outside the model's vocabulary", Refusal(new(1, 1, [1], [0], [-1])), StringComparison.Ordinal);
        Assert.Contains("behind its end", Refusal(new(1, 1, [1], [1], [1])), StringComparison.Ordinal);
        Assert.Contains("should have 4", Refusal(new(2, 2, [1], [0], [1])), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pass_stops_between_two_layers_when_it_is_cancelled_and_the_next_one_is_whole()
    {
        using var tiny = new TinyLora(TinyModelShape.Llama).Shaken();
        var batch = TinyLora.Batch();
        var loss = tiny.AddGradients(batch);

        Assert.Throws<OperationCanceledException>(() => tiny.Model.AddGradients(batch, 1, 1, new CancellationToken(canceled: true)));

        Assert.Equal(loss, tiny.AddGradients(batch));
    }

    [Fact]
    public void Nothing_to_learn_is_a_loss_of_nothing()
    {
        using var tiny = new TinyLora(TinyModelShape.Llama).Shaken();

        Assert.Equal(0, tiny.AddGradients(new TrainingBatch(4, 1, [1, 2, 3, 4], [], [])));
        Assert.All(tiny.Model.Parameters, parameter => Assert.All(parameter.Gradient, value => Assert.Equal(0, value)));
    }
}
