using System.Numerics.Tensors;
using Republic.Core.Lora;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Lora;

/// <summary>The hand-written backward pass against differences of the loss.</summary>
public sealed class GradientTests
{
    [Theory]
    [InlineData("llama")]
    [InlineData("llama 3")]
    [InlineData("qwen2")]
    public void Every_matrix_has_the_gradient_that_the_loss_shows(string kind)
    {
        using var tiny = new TinyLora(ParityTests.Shape(kind)).Shaken();
        var batch = TinyLora.Batch();
        tiny.AddGradients(batch, scale: 1, dropoutSeed: 1);

        Assert.Equal(2 * 7 * 2, tiny.Model.Parameters.Count);
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
