using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>The pages of tool servers, in a browser without JavaScript.</summary>
public sealed class ToolServerPageTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Page = "/tools/servers";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_is_added_read_again_changed_and_deleted()
    {
        await using var stub = new ToolServerStub();
        var person = await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}");
        var browser = await person.BrowserAsync();

        using var added = await browser.SubmitAsync(
            Page,
            new Dictionary<string, string>
            {
                ["Input.Name"] = "calendar",
                ["Input.Url"] = stub.Url,
                ["Input.Headers"] = "Authorization: Bearer canary-of-a-page\r\nX-Team: seven",
            },
            Page
        );
        Assert.Equal(HttpStatusCode.Redirect, added.StatusCode);
        var own = added.Headers.Location!.OriginalString;
        var shown = await browser.ReadAsync(own);
        Assert.Contains("Gives back a text.", shown, StringComparison.Ordinal);
        Assert.Contains("Authorization, X-Team", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-of-a-page", shown, StringComparison.Ordinal);
        Assert.Contains("calendar", await browser.ReadAsync(Page), StringComparison.Ordinal);

        stub.Lists(ToolServerStub.Tool("echo", "<script>alert(1)</script> Says it otherwise."));
        using var read = await browser.SubmitAsync(own, new Dictionary<string, string>(), "handler=Refresh");
        Assert.Equal(HttpStatusCode.Redirect, read.StatusCode);
        var again = await browser.ReadAsync(own);
        Assert.Contains("Says it otherwise.", again, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>alert(1)", again, StringComparison.Ordinal);

        var fields = new Dictionary<string, string>
        {
            ["Input.Name"] = "diary",
            ["Input.Url"] = stub.Url,
            ["Input.DropHeaders"] = "true",
        };
        using var saved = await browser.SubmitAsync(own, fields, "handler=Save");
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var renamed = await browser.ReadAsync(own);
        Assert.Contains("diary", renamed, StringComparison.Ordinal);
        Assert.DoesNotContain("X-Team", renamed, StringComparison.Ordinal);

        using var deleted = await browser.SubmitAsync(own, new Dictionary<string, string>(), "handler=Delete");
        Assert.Equal(Page, deleted.Headers.Location!.OriginalString);
        using var gone = await browser.GetAsync(own);
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    [Fact]
    public async Task What_changed_is_shown_word_by_word_to_whoever_allowed_something_else()
    {
        await using var stub = new ToolServerStub();
        stub.Lists(ToolServerStub.Tool("move", "Moves an event of yours."));
        var minion = await republic.Jonas.NewMinionAsync($"m{Guid.CreateVersion7():n}"[..20]);
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);
        await server.AllowAsync(minion.Id, "move");
        stub.Lists(ToolServerStub.Tool("move", "Moves an event of anybody."));
        await server.RefreshAsync();

        var page = await (await republic.Jonas.BrowserAsync()).ReadAsync($"{Page}/{server.Id}");

        Assert.Contains("<del>yours.</del>", page, StringComparison.Ordinal);
        Assert.Contains("<ins>anybody.</ins>", page, StringComparison.Ordinal);
        Assert.Contains("Asks again", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_to_sign_in_is_not_sent_to_the_page_that_they_are_on()
    {
        await using var stub = new ToolServerStub();
        await using var authorization = new AuthorizationStub(stub);
        var server = await HeldToolServer.AddAsync(republic, republic.Jonas, stub);

        var page = await (await republic.Jonas.BrowserAsync()).ReadAsync($"{Page}/{server.Id}");

        Assert.Contains("It wants you to sign in.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("on the page of this server", page, StringComparison.Ordinal);
        Assert.Contains("on the page of this server", (string?)(await server.ReadAsync())["error"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "http://127.0.0.1:9/", "", "A name has 1 to 60")]
    [InlineData("a", "http://10.0.0.1/", "", "private address")]
    [InlineData("a", "http://127.0.0.1:9/", "no header at all", "on a line of its own")]
    public async Task What_was_wrong_stands_beside_its_field_and_no_header_comes_back(string name, string url, string headers, string words)
    {
        var browser = await republic.Ada.BrowserAsync();
        var fields = new Dictionary<string, string>
        {
            ["Input.Name"] = name,
            ["Input.Url"] = url,
            ["Input.Headers"] = headers,
        };

        using var refused = await browser.SubmitAsync(Page, fields, Page);

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("no header at all", page, StringComparison.Ordinal);
    }
}
