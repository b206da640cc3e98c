using Republic.Core.Accounts;

namespace Republic.Tests.Unit.Accounts;

public sealed class NameRuleTests
{
    [Theory]
    [InlineData("Mira Lind")]
    [InlineData("Örjan Ó Sé")]
    [InlineData("می\u200cخواهم")]
    [InlineData("🦊")]
    [InlineData("7")]
    public void A_name_that_can_be_seen_is_one(string name) => Assert.True(NameRule.Is(name));

    [Theory]
    [InlineData("\u200b")]
    [InlineData("an\u200bna")]
    [InlineData("\u200d")]
    [InlineData("x\u202eevil")]
    [InlineData("two\nlines")]
    [InlineData("a\u001b[31mred")]
    public void One_with_something_that_cannot_is_none(string name) => Assert.False(NameRule.Is(name));

    [Fact]
    public void Half_a_pair_of_surrogates_is_none_either() => Assert.False(NameRule.Is("half " + (char)0xD83D));
}
