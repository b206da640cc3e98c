using Republic.Core.Lora.Layers;

namespace Republic.Tests.Unit.Lora;

public sealed class DropoutMaskTests
{
    [Theory]
    [InlineData(0.05f)]
    [InlineData(0.5f)]
    public void It_leaves_out_its_share_and_makes_up_for_it(float probability)
    {
        var mask = new float[200_003];

        DropoutMask.Fill(mask, DropoutMask.Key(seed: 1, layer: 2, module: 3), probability);

        Assert.Equal([0, 1 / (1 - probability)], mask.Distinct().Order());
        Assert.InRange(mask.Average(), 0.99, 1.01);
        // Neighbours know nothing of each other.
        Assert.InRange(mask.Zip(mask.Skip(1)).Average(pair => pair.First * pair.Second), 0.98, 1.02);
    }

    [Fact]
    public void Another_seed_layer_or_module_leaves_out_something_else()
    {
        var keys = new[] { (1, 0, 0), (2, 0, 0), (1, 1, 0), (1, 0, 1) }
            .Select(of => DropoutMask.Key(of.Item1, of.Item2, of.Item3))
            .ToList();

        var masks = keys.Select(key => Mask(key, 4096)).ToList();

        Assert.Equal(4, keys.Distinct().Count());
        Assert.All(masks.Skip(1), mask => Assert.InRange(mask.Zip(masks[0]).Average(pair => pair.First * pair.Second), 0.9, 1.1));
        Assert.Equal(masks[0], Mask(keys[0], 4096));
    }

    private static float[] Mask(uint key, int length)
    {
        var mask = new float[length];
        DropoutMask.Fill(mask, key, 0.5f);
        return mask;
    }
}
