using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>A minion's work on a task as its forms are answered, without a browser's scripts.</summary>
public sealed class TaskWorkFormTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("Start", "No minion is to do it.")]
    [InlineData("Stop", "No minion is at work on it.")]
    public async Task What_is_refused_is_said_on_a_page_that_leads_back(string handler, string why)
    {
        var task = await new Tasked(republic, republic.Jonas).MakeAsync(null);

        using var refused = await PostAsync(republic.Jonas, task, handler);

        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.Conflict, refused.StatusCode);
        Assert.Contains(why, page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/tasks/{task}\"", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Start")]
    [InlineData("Stop")]
    public async Task Another_persons_work_is_not_found(string handler)
    {
        var task = await new Tasked(republic, republic.Jonas).MakeAsync(null);

        using var missing = await PostAsync(republic.Ada, task, handler);

        Assert.Equal(HttpStatusCode.NotFound, missing.StatusCode);
    }

    [Fact]
    public async Task The_end_of_the_work_is_told_and_a_stop_by_its_person_is_not()
    {
        var tasks = new Tasked(republic, republic.Jonas);
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var task = await tasks.MakeAsync((await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}", vendor)).Id);
        await hand.Asked;
        using var stopped = await PostAsync(republic.Jonas, task, "Stop");
        Assert.Equal((HttpStatusCode.Redirect, $"/tasks/{task}#work"), (stopped.StatusCode, stopped.Headers.Location?.ToString()));
        var browser = await republic.Jonas.BrowserAsync();
        using var nothing = await browser.GetAsync($"/tasks/{task}/work?handler=Ended");
        Assert.Equal(HttpStatusCode.NoContent, nothing.StatusCode);

        vendor.Answers("NEEDS: the password of the archive");
        using var started = await PostAsync(republic.Jonas, task, "Start");
        Assert.Equal(HttpStatusCode.Redirect, started.StatusCode);
        await tasks.EndAsync(task, attempts: 2);

        var told = await browser.ReadAsync($"/tasks/{task}/work?handler=Ended");
        Assert.Contains("waits for you.", told, StringComparison.Ordinal);
        Assert.Contains($"href=\"/tasks/{task}#work\"", told, StringComparison.Ordinal);
        using var whole = await browser.GetAsync($"/tasks/{task}/work");
        Assert.Equal((HttpStatusCode.Redirect, $"/tasks/{task}#work"), (whole.StatusCode, whole.Headers.Location?.ToString()));
    }

    private static async Task<HttpResponseMessage> PostAsync(Inhabitant person, Guid task, string handler)
    {
        var browser = await person.BrowserAsync();
        var form = new Dictionary<string, string> { ["__RequestVerificationToken"] = Html.Token(await browser.ReadAsync("/account")) };
        using var content = new FormUrlEncodedContent(form);
        return await browser.Http.PostAsync($"/tasks/{task}/work?handler={handler}", content, Ct);
    }
}
