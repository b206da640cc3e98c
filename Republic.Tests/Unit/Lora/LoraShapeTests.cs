using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;

namespace Republic.Tests.Unit.Lora;

public sealed class LoraShapeTests
{
    [Theory]
    [InlineData(0, 32, 0, "q", "rank is 0")]
    [InlineData(16, 0, 0, "q", "Alpha is 0")]
    [InlineData(16, 32, 1, "q", "dropout is 1")]
    [InlineData(16, 32, 0, "query", "\"query\" is not known; choose from q, k, v, o, gate, up, down")]
    public void A_value_out_of_range_is_named(int rank, float alpha, float dropout, string module, string reason)
    {
        var refusal = Assert.Throws<LoraException>(() => new LoraShape(rank, alpha, dropout, [module]).Validate());

        Assert.Contains(reason, refusal.Message, StringComparison.Ordinal);
    }
}
