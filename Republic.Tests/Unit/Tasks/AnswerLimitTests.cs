using Republic.Core.Providers.Prices;
using Republic.Core.Tasks.Work;

namespace Republic.Tests.Unit.Tasks;

public sealed class AnswerLimitTests
{
    private static readonly TokenPrice Price = new(Input: 1, Output: 10);

    [Fact]
    public void The_prompt_leaves_the_rest_of_the_tokens()
    {
        var limit = AnswerLimit.Of(promptCharacters: 40_000, most: 50_000, left: 0.5m, price: null);

        Assert.Equal(40_000, limit.Tokens);
        Assert.False(limit.IsPassedBy(160_000));
        Assert.True(limit.IsPassedBy(160_004));
        Assert.True(AnswerLimit.Of(promptCharacters: 240_000, most: 50_000, left: 0.5m, price: null).Tokens <= 0);
    }

    [Fact]
    public void Money_that_is_left_may_leave_fewer()
    {
        // 10,000 tokens of the prompt cost a cent; the other four buy 4,000 of the answer.
        var limit = AnswerLimit.Of(promptCharacters: 40_000, most: 50_000, left: 0.05m, Price);

        Assert.Equal(4_000, limit.Tokens);
        Assert.Contains("$0.05", limit.Passed);
        Assert.True(AnswerLimit.Of(promptCharacters: 40_000, most: 50_000, left: 0.005m, Price).Tokens <= 0);
    }

    [Fact]
    public void What_costs_nothing_needs_no_money() =>
        Assert.Equal(40_000, AnswerLimit.Of(promptCharacters: 40_000, most: 50_000, left: 0, new TokenPrice(0, 0)).Tokens);
}
