using Republic.Core.Tools.BuiltIn;

namespace Republic.Tests.Unit.Tools;

public sealed class WebAddressesTests
{
    [Theory]
    [InlineData("Look at https://example.org/a?b=1#part, please.", "https://example.org/a?b=1")]
    [InlineData("(see http://example.org/x)", "http://example.org/x")]
    [InlineData("https://example.org/wiki/Oslo_(city)", "https://example.org/wiki/Oslo_(city)")]
    [InlineData("<https://example.org>", "https://example.org/")]
    [InlineData("[it](https://example.org/a) and “https://example.org/b”.", "https://example.org/a https://example.org/b")]
    [InlineData("HTTPS://EXAMPLE.org/A", "https://example.org/A")]
    [InlineData("https://example.org/a https://example.org/a#b", "https://example.org/a")]
    [InlineData("https://example.org/ä", "https://example.org/%C3%A4")]
    [InlineData("ftp://example.org file:///etc/passwd javascript:alert(1) www.example.org xhttp://a", "")]
    [InlineData("https:// and http://", "")]
    public void Those_in_a_text_are_found_as_they_are_compared(string text, string found) =>
        Assert.Equal(found.Split(' ', StringSplitOptions.RemoveEmptyEntries), WebAddresses.In(text));

    [Fact]
    public void No_more_than_fifty_are_taken_of_one_text() =>
        Assert.Equal(
            WebAddresses.Most,
            WebAddresses.In(string.Join(' ', Enumerable.Range(0, 200).Select(i => $"https://example.org/{i}"))).Count
        );

    [Theory]
    [InlineData("example.org")]
    [InlineData("/admin")]
    [InlineData("file:///etc/passwd")]
    [InlineData("")]
    [InlineData(null)]
    public void What_is_none_is_not_read(string? text) => Assert.Null(WebAddresses.Read(text));

    [Fact]
    public void One_without_end_is_not_read() =>
        Assert.Null(WebAddresses.Read("https://example.org/" + new string('a', WebAddresses.MaxLength)));
}
