using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

public sealed class BrokenTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    [Fact]
    public async Task A_bug_is_a_page_a_toast_or_problem_details_and_its_insides_go_to_the_log_alone()
    {
        await republic.QueryAsync(db => db.Database.ExecuteSqlAsync($"ALTER TABLE access_tokens RENAME TO away"));
        var browser = await republic.Jonas.BrowserAsync();
        using var page = await browser.GetAsync("/account/tokens");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/tokens");
        request.Headers.Add("HX-Request", "true");
        using var toast = await browser.Http.SendAsync(request, TestContext.Current.CancellationToken);
        using var problem = await republic.Jonas.Api.SendAsync(HttpMethod.Get, "/api/account/tokens");

        foreach (var response in new[] { page, toast, problem })
        {
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
            Assert.Contains("Something went wrong here.", body, StringComparison.Ordinal);
            Assert.DoesNotContain("access_tokens", body, StringComparison.Ordinal);
            Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        }

        Assert.Equal("#toasts", toast.Headers.GetValues("HX-Retarget").Single());
        Assert.Equal("application/problem+json", problem.Content.Headers.ContentType!.MediaType);
        Assert.Contains(republic.Log, line => line.Contains("access_tokens", StringComparison.Ordinal));
    }
}
