using Republic.Core.Lora.Retention;

namespace Republic.Tests.Unit.Lora.Retention;

public sealed class DivergenceMeterTests
{
    [Fact]
    public void The_divergence_is_weighed_by_the_version_before()
    {
        float[] before = [MathF.Log(0.9f), MathF.Log(0.1f)];
        float[] after = [MathF.Log(0.5f), MathF.Log(0.5f)];

        Assert.Equal((0.9 * Math.Log(1.8)) + (0.1 * Math.Log(0.2)), DivergenceMeter.Divergence(before, after), 5);
        Assert.Equal(0, DivergenceMeter.Divergence(before, before));
    }
}
