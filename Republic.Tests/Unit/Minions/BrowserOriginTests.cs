using Republic.Core.Minions.Access;

namespace Republic.Tests.Unit.Minions;

public sealed class BrowserOriginTests
{
    [Theory]
    [InlineData("https://app.example.org", "https://app.example.org")]
    [InlineData(" HTTPS://App.Example.org/ ", "https://app.example.org")]
    [InlineData("https://app.example.org:443", "https://app.example.org")]
    [InlineData("http://localhost:3000", "http://localhost:3000")]
    [InlineData("http://[::1]:3000", "http://[::1]:3000")]
    [InlineData("https://bücher.example", "https://xn--bcher-kva.example")]
    [InlineData("app://obsidian.md", "app://obsidian.md")]
    [InlineData("chrome-extension://abcdefghijklmnop", "chrome-extension://abcdefghijklmnop")]
    public void An_origin_is_kept_as_browsers_send_it(string entered, string kept) => Assert.Equal(kept, BrowserOrigin.Read(entered));

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("null")]
    [InlineData("https://*.example.org")]
    [InlineData("app.example.org")]
    [InlineData("localhost:3000")]
    [InlineData("https://app.example.org/path")]
    [InlineData("https://app.example.org?a=b")]
    [InlineData("https://app.example.org#a")]
    [InlineData("https://app.example.org/#")]
    [InlineData("https://me@app.example.org")]
    [InlineData("https://app.example.org\r\nX-Evil: 1")]
    [InlineData("https://a.example, https://b.example")]
    [InlineData("file:///etc/passwd")]
    [InlineData("javascript:alert(1)")]
    public void Anything_else_is_none(string entered) => Assert.Null(BrowserOrigin.Read(entered));

    [Fact]
    public void A_list_has_each_once_and_at_most_20_and_names_what_is_wrong_by_its_place()
    {
        Assert.Equal(["https://a.example"], BrowserOrigin.ReadAll(["https://a.example", "https://A.example/"]).Value);
        Assert.Empty(BrowserOrigin.ReadAll(null).Value!);
        Assert.Equal(
            ["allowed_origins[1]", "allowed_origins[2]"],
            BrowserOrigin.ReadAll(["https://a.example", "*", null]).Failure!.Fields.Select(error => error.Field)
        );
        Assert.True(BrowserOrigin.ReadAll(Many(20)).Ok);
        Assert.Equal("allowed_origins", Assert.Single(BrowserOrigin.ReadAll(Many(21)).Failure!.Fields).Field);

        static List<string> Many(int count) => [.. Enumerable.Range(0, count).Select(i => $"https://a{i}.example")];
    }
}
