using System.Net;
using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>What no page has a handler for is refused by the one rule for all pages, whoever asks and whatever id stands in the address.</summary>
public sealed class HandlerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    /// <summary>A part of an address that stands for an id.</summary>
    private static readonly Regex Parameter = new("{[a-z]+}", RegexOptions.None, TimeSpan.FromSeconds(1));

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("POST", "?handler=Nonesuch")]
    [InlineData("PUT", "")]
    [InlineData("PATCH", "")]
    [InlineData("DELETE", "")]
    public async Task A_page_refuses_what_it_has_no_handler_for(string method, string query)
    {
        var dataset = (await DatasetWorld.MakeAsync(republic.Jonas, DatasetWorld.Pairs(3)))["id"]!.GetValue<string>();
        var pages = await Routes.PagesAsync(republic.Services);
        Assert.True(pages.Count > 20, "The list of pages is suspiciously short.");
        foreach (var person in new[] { republic.Jonas, republic.Ada, republic.Mira })
        {
            var browser = await person.BrowserAsync();
            var token = Html.Token(await browser.ReadAsync("/account"));
            // A handler without a name takes every POST.
            foreach (var page in pages.Where(page => method != "POST" || !page.TakesAnyPost))
            {
                var path = page.Path.Replace("{code}", "404", StringComparison.Ordinal).Replace("{number}", "1", StringComparison.Ordinal);
                path = Parameter.Replace(path, dataset);
                using var request = new HttpRequestMessage(new HttpMethod(method), path + query);
                request.Headers.Add("RequestVerificationToken", token);

                using var response = await browser.Http.SendAsync(request, Ct);

                var isHidden = path.StartsWith("/admin", StringComparison.Ordinal) && person != republic.Mira;
                var expected = isHidden ? HttpStatusCode.Forbidden : HttpStatusCode.MethodNotAllowed;
                Assert.True(response.StatusCode == expected, $"{method} {path}: {(int)response.StatusCode}");
                Assert.Equal(!isHidden, response.Content.Headers.Allow.Contains("GET"));
            }
        }
    }
}
