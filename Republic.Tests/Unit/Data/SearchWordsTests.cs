using Republic.Core.Data;

namespace Republic.Tests.Unit.Data;

public sealed class SearchWordsTests
{
    [Fact]
    public void Words_beyond_the_eighth_are_not_looked_for() =>
        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8"], SearchWords.Of(" 1  2 3 4 5 6 7 8 9 10"));

    [Fact]
    public void Nothing_typed_is_no_word() => Assert.Empty(SearchWords.Of(null));
}
