using System.Net;
using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Help;

/// <summary><c>/help</c>: the pages, the search, and what is not there.</summary>
public sealed class HelpPageTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task The_index_leads_to_pages_whose_links_stay_in_the_app()
    {
        var browser = await republic.Jonas.BrowserAsync();

        Assert.Contains("href=\"/help/training\"", await browser.ReadAsync("/help"), StringComparison.Ordinal);
        var page = await browser.ReadAsync("/help/training");
        Assert.Contains("<h1>Training a minion</h1>", page, StringComparison.Ordinal);
        Assert.Contains("<li data-level=\"2\"><a href=\"#schedules\">Schedules</a></li>", page, StringComparison.Ordinal);
        Assert.Contains("<h2 id=\"schedules\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain(".md\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_search_marks_its_words_and_says_where_nothing_is_found()
    {
        var browser = await republic.Jonas.BrowserAsync();

        var found = await browser.ReadAsync("/help?q=scheduled+training");
        Assert.Contains("href=\"/help/training#schedules\"", found, StringComparison.Ordinal);
        Assert.Contains("<mark>", found, StringComparison.Ordinal);
        Assert.Contains("Nothing found", await browser.ReadAsync("/help?q=%3Czyzzyva%3E"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_is_missing_is_said_with_a_search_and_what_comes_near()
    {
        using var answer = await (await republic.Jonas.BrowserAsync()).Http.GetAsync(
            "/help/task-board",
            TestContext.Current.CancellationToken
        );

        var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("There is no such page of help", page, StringComparison.Ordinal);
        Assert.Contains("name=\"q\"", page, StringComparison.Ordinal);
        Assert.Contains("href=\"/help/tasks", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/datasets", "/help/datasets")]
    [InlineData("/chats", "/help/first-steps#chats")]
    [InlineData("/help", "/help")]
    public async Task Each_page_leads_to_the_help_that_fits(string page, string help) =>
        Assert.Matches(
            $"<a href=\"{Regex.Escape(help)}\"[^>]* title=\"Help about this page\"",
            await (await republic.Jonas.BrowserAsync()).ReadAsync(page)
        );

    [Fact]
    public async Task A_picture_is_sent_once_and_then_known()
    {
        var http = (await republic.Jonas.BrowserAsync()).Http;

        using var first = await http.GetAsync("/help/img/loss.svg", TestContext.Current.CancellationToken);
        using var again = new HttpRequestMessage(HttpMethod.Get, "/help/img/loss.svg");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await http.SendAsync(again, TestContext.Current.CancellationToken);
        using var missing = await http.GetAsync("/help/img/none.svg", TestContext.Current.CancellationToken);

        Assert.Equal("image/svg+xml", first.Content.Headers.ContentType?.MediaType);
        Assert.Equal((HttpStatusCode.NotModified, HttpStatusCode.NotFound), (second.StatusCode, missing.StatusCode));
    }

    [Fact]
    public async Task A_stranger_signs_in_first()
    {
        using var answer = await republic.NewVisitor().Http.GetAsync("/help", TestContext.Current.CancellationToken);

        Assert.Contains(
            "/account/sign-in",
            answer.RequestMessage!.RequestUri!.AbsolutePath + answer.Headers.Location,
            StringComparison.Ordinal
        );
    }
}
