using Republic.Web.Pages.Tools.Calls;

namespace Republic.Tests.Unit.Pages;

public sealed class CallWordsTests
{
    [Theory]
    [InlineData("a\tb\r\nc — ü", "a\tb\nc — ü")]
    [InlineData("pay\u202Eeurt", @"pay\u202eeurt")]
    [InlineData("pa\u200By\u2028", @"pa\u200by\u2028")]
    [InlineData("\U000E0041", @"\udb40\udc41")]
    public void Letters_that_nobody_sees_are_shown_as_their_codes(string words, string shown) =>
        Assert.Equal(shown, CallWords.Visible(words));
}
