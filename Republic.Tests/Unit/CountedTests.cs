using Republic.Core;

namespace Republic.Tests.Unit;

public sealed class CountedTests
{
    [Theory]
    [InlineData(0, "0 pairs are")]
    [InlineData(1, "1 pair is")]
    [InlineData(1204, "1,204 pairs are")]
    public void One_is_named_as_one_and_thousands_are_set_apart(int number, string said) =>
        Assert.Equal(said, $"{Counted.Of(number, "pair")} {Counted.Are(number)}");
}
