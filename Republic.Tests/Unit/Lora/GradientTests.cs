using System.Numerics.Tensors;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Graph;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>The hand-written backward pass against differences of the loss.</summary>
public sealed class GradientTests
{
    [Theory]
    [InlineData("llama")]
    [InlineData("llama 3")]
    [InlineData("qwen2")]
    [InlineData("qwen3")]
    [InlineData("smollm3")]
    [InlineData("gemma")]
    [InlineData("gemma3")]
    [InlineData("llama stretched")]
    public void Every_matrix_has_the_gradient_that_the_loss_shows(string kind)
    {
        using var tiny = new TinyLora(ParityTests.Shape(kind)).Shaken();
        var batch = TinyLora.Batch();
        tiny.AddGradients(batch, scale: 1, dropoutSeed: 1);

        Assert.Equal(tiny.Model.Architecture.Layers * 7 * 2, tiny.Model.Parameters.Count);
        Assert.All(tiny.Model.Parameters, parameter => Assert.InRange(Difference(tiny, parameter, () => tiny.Loss(batch)), 0, 5e-3));
    }

    [Fact]
    public void The_gradient_under_dropout_is_that_of_the_loss_under_the_same_dropout()
    {
        using var tiny = new TinyLora(TinyModelShape.Llama, TinyLora.All(dropout: 0.3f)).Shaken();
        var batch = TinyLora.Batch();
        double Loss() => tiny.AddGradients(batch, scale: 0, dropoutSeed: 11);
        tiny.AddGradients(batch, scale: 1, dropoutSeed: 11);

        Assert.All(tiny.Model.Parameters, parameter => Assert.InRange(Difference(tiny, parameter, Loss), 0, 5e-3));
        Assert.NotEqual(Loss(), tiny.AddGradients(batch, scale: 0, dropoutSeed: 12));
        Assert.NotEqual(Loss(), tiny.Loss(batch));
    }

    [Theory]
    [InlineData("llama", "F32")]
    [InlineData("llama 3", "F32")]
    [InlineData("qwen2", "F32")]
    [InlineData("llama", "Q8_0")]
    public void The_gradients_are_those_that_ggml_derives_from_one_graph(string kind, string type)
    {
        using var tiny = new TinyLora(ParityTests.Shape(kind) with { Type = type }).Shaken();
        using var reference = new AutogradReference(tiny.Model, tiny.Shape);
        var batch = TinyLora.Batch();

        var loss = tiny.AddGradients(batch);
        var derived = reference.Run(batch);

        Assert.Equal(derived.Loss, loss, 1e-5 * loss);
        Assert.All(
            tiny.Model.Parameters,
            parameter => Assert.InRange(Distance(parameter.Gradient, derived.Gradients[parameter.Name]), 0, 2e-5)
        );
    }

    [Theory]
    [InlineData("F16", 3e-3)]
    [InlineData("BF16", 2e-2)]
    public void Shorter_transposed_weights_cost_little_accuracy(string type, double most)
    {
        using var exact = new TinyLora(TinyModelShape.Llama).Shaken();
        using var tiny = new TinyLora(
            TinyModelShape.Llama,
            settings: TinyLora.Exact with
            {
                TransposedType = Enum.Parse<TensorType>(type),
            }
        ).Shaken();
        var batch = TinyLora.Batch();

        exact.AddGradients(batch);
        tiny.AddGradients(batch);

        Assert.All(
            tiny.Model.Parameters.Zip(exact.Model.Parameters),
            pair => Assert.InRange(Distance(pair.First.Gradient, pair.Second.Gradient), 0, most)
        );
    }

    [Theory]
    [InlineData("q")]
    [InlineData("down")]
    [InlineData("k", "up")]
    public void Only_the_chosen_modules_are_trained(params string[] modules)
    {
        using var tiny = new TinyLora(TinyModelShape.Llama, new LoraShape(4, 8, 0, modules)).Shaken();
        using var reference = new AutogradReference(tiny.Model, tiny.Shape);
        var batch = TinyLora.Batch();

        tiny.AddGradients(batch);
        var derived = reference.Run(batch);

        Assert.Equal(2 * 2 * modules.Length, tiny.Model.Parameters.Count);
        Assert.All(
            tiny.Model.Parameters,
            parameter => Assert.InRange(Distance(parameter.Gradient, derived.Gradients[parameter.Name]), 0, 2e-5)
        );
    }

    internal static double Distance(float[] one, float[] other) =>
        TensorPrimitives.Distance<float>(one, other) / TensorPrimitives.Norm<float>(other);

    /// <summary>Central differences along the gradient's own direction, relative to its length.</summary>
    private static double Difference(TinyLora tiny, LoraParameter parameter, Func<double> loss)
    {
        var direction = parameter.Gradient.ToArray();
        var norm = TensorPrimitives.Norm<float>(direction);
        TensorPrimitives.Divide(direction, norm, direction);
        const float step = 1e-2f;
        var before = parameter.Values.ToArray();
        double At(float distance)
        {
            TensorPrimitives.MultiplyAdd(direction, distance, before, parameter.Values);
            tiny.Model.Upload();
            return loss();
        }

        var slope = (At(step) - At(-step)) / (2 * step);
        At(0);
        return Math.Abs(slope - norm) / norm;
    }
}
