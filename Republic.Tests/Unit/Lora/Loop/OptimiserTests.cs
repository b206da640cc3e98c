using Republic.Core;
using Republic.Core.Lora.Loop;

namespace Republic.Tests.Unit.Lora.Loop;

public sealed class OptimiserTests
{
    [Fact]
    public void AdamW_follows_its_definition()
    {
        var random = new SeededRandom(7);
        var optimiser = new AdamW([5, 37], weightDecay: 0.1f);
        var values = Enumerable.Range(0, 37).Select(_ => (float)random.NextNormal()).ToArray();
        var (expected, m, v) = (values.Select(value => (double)value).ToArray(), new double[37], new double[37]);
        for (var step = 1; step <= 20; step++)
        {
            var gradient = values.Select(_ => (float)random.NextNormal()).ToArray();

            optimiser.Advance();
            optimiser.Update(1, values, gradient, 0.01f);

            for (var i = 0; i < 37; i++)
            {
                m[i] = (0.9 * m[i]) + (0.1 * gradient[i]);
                v[i] = (0.999 * v[i]) + (0.001 * gradient[i] * gradient[i]);
                var (unbiasedM, unbiasedV) = (m[i] / (1 - Math.Pow(0.9, step)), v[i] / (1 - Math.Pow(0.999, step)));
                expected[i] -= 0.01 * ((unbiasedM / (Math.Sqrt(unbiasedV) + 1e-8)) + (0.1 * expected[i]));
            }
        }

        Assert.All(values.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-5));
        Assert.All(optimiser.FirstMoments[0], moment => Assert.Equal(0, moment));
    }

    [Fact]
    public void AdamW_s_first_step_has_the_length_of_the_learning_rate_whatever_the_gradient()
    {
        var optimiser = new AdamW([3], weightDecay: 0);
        float[] values = [1, 1, 1];

        optimiser.Advance();
        optimiser.Update(0, values, [1e-3f, -50, 7], 0.1f);

        Assert.All(values.Zip([0.9f, 1.1f, 0.9f]), pair => Assert.Equal(pair.Second, pair.First, 1e-4f));
    }

    [Fact]
    public void The_learning_rate_rises_to_its_peak_and_falls_towards_zero()
    {
        var rate = new LearningRate(1e-3, WarmUpSteps: 10, Steps: 110);

        Assert.Equal(1e-4, rate.At(1), 1e-9);
        Assert.Equal(1e-3, rate.At(10), 1e-9);
        Assert.InRange(rate.At(60), 4.9e-4, 5.2e-4);
        Assert.InRange(rate.At(110), 1e-9, 1e-5);
        Assert.Equal(1e-3, new LearningRate(1e-3, 0, 1).At(1), 2e-3);
        Assert.All(Enumerable.Range(11, 99), step => Assert.True(rate.At(step) > rate.At(step + 1)));
    }

    [Fact]
    public void Gradients_are_shortened_together_when_they_are_too_long()
    {
        float[][] gradients =
        [
            [3, 0],
            [0, 4],
        ];

        var norm = GradientNorm.Of(gradients);
        GradientNorm.Clip(gradients, norm, 10);
        Assert.Equal((5.0, 3f), (norm, gradients[0][0]));
        GradientNorm.Clip(gradients, norm, 1);

        Assert.Equal(1, GradientNorm.Of(gradients), 1e-6);
        Assert.Equal(0.6f, gradients[0][0], 1e-6f);
        Assert.Equal(
            double.NaN,
            GradientNorm.Of([
                [1f],
                [float.NaN],
            ])
        );
    }
}
