using Republic.Core;

namespace Republic.Tests.Unit;

public sealed class TextLengthTests
{
    [Theory]
    [InlineData("abc", 3, "abc")]
    [InlineData("abcd", 3, "abc")]
    [InlineData("ab😀", 4, "ab😀")]
    [InlineData("ab😀", 3, "ab")]
    [InlineData("😀", 0, "")]
    public void No_pair_of_surrogates_is_cut_in_half(string text, int length, string kept) => Assert.Equal(kept, text.AtMost(length));
}
