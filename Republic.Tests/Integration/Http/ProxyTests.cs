using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>What a proxy says is believed of those that are named; the test itself is one at 127.0.0.1.</summary>
public sealed class ProxyTests(BehindProxy republic, SharedRepublic open) : IClassFixture<BehindProxy>, IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Cookies_go_over_https_to_this_host_alone_and_browsers_are_told_to_stay_there()
    {
        using var page = await AskAsync("/account/sign-in", proto: "https");
        var cookies = page.Headers.GetValues("Set-Cookie").ToList();

        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("max-age=31536000", page.Headers.GetValues("Strict-Transport-Security").Single());
        Assert.Contains(cookies, cookie => cookie.StartsWith("__Host-form=", StringComparison.Ordinal));
        Assert.All(
            cookies,
            cookie =>
            {
                Assert.StartsWith("__Host-", cookie, StringComparison.Ordinal);
                Assert.Contains("; path=/;", cookie, StringComparison.OrdinalIgnoreCase);
                Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
                Assert.DoesNotContain("domain", cookie, StringComparison.OrdinalIgnoreCase);
            }
        );
    }

    [Theory]
    [InlineData("https")]
    [InlineData(null)]
    public async Task Redirects_keep_https_also_of_a_proxy_that_does_not_say_how_it_was_asked(string? proto)
    {
        using var answer = await AskAsync("/models", proto: proto);

        Assert.Equal($"{BehindProxy.Site}/account/sign-in?returnUrl=%2Fmodels", answer.Headers.Location?.AbsoluteUri);
    }

    [Theory]
    [InlineData("203.0.113.7", "203.0.113.7")]
    [InlineData("198.51.100.1, 203.0.113.8", "203.0.113.8")]
    [InlineData("203.0.113.9, 127.0.0.1", "203.0.113.9")]
    public async Task The_client_is_whom_the_last_unnamed_proxy_or_client_is(string forwarded, string client)
    {
        using var answer = await SignInAsync(republic.Address, republic.Ada.Email, forwarded, republic.Ada.Password);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal(client, await republic.QueryAsync(db => LastAddress(db, republic.Ada)));
    }

    [Fact]
    public async Task Of_a_proxy_that_is_not_named_nothing_is_believed()
    {
        using var answer = await SignInAsync(open.Address, open.Ada.Email, "203.0.113.7", open.Ada.Password);

        Assert.Equal("127.0.0.1", await open.QueryAsync(db => LastAddress(db, open.Ada)));
        using var page = await AskAsync("/models", proto: "https", open.Address, host: null);
        Assert.Equal(Uri.UriSchemeHttp, page.Headers.Location?.Scheme);
        Assert.False(page.Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Wrong_guesses_of_one_client_do_not_make_another_behind_the_same_proxy_wait()
    {
        var tries = new List<HttpStatusCode>();
        for (var i = 0; i < 32; i++)
        {
            using var answer = await SignInAsync(republic.Address, $"n{i}@republic.example", "203.0.113.50");
            tries.Add(answer.StatusCode);
        }

        using var other = await SignInAsync(republic.Address, "n@republic.example", "203.0.113.51");
        Assert.Equal(HttpStatusCode.TooManyRequests, tries[^1]);
        Assert.Equal(HttpStatusCode.Unauthorized, other.StatusCode);
    }

    [Theory]
    [InlineData("republic.example.org:443", 200)]
    [InlineData("127.0.0.1", 307)]
    public async Task Under_another_name_a_page_leads_to_the_public_one(string host, int status)
    {
        using var page = await AskAsync("/account/sign-in?returnUrl=%2Fmodels", proto: null, republic.Address, host);
        using var health = await AskAsync("/health/live", proto: null, republic.Address, host);

        Assert.Equal(status, (int)page.StatusCode);
        Assert.Equal(
            status == 200 ? null : $"{BehindProxy.Site}/account/sign-in?returnUrl=%2Fmodels",
            page.Headers.Location?.OriginalString
        );
        Assert.Equal(200, (int)health.StatusCode);
    }

    [Fact]
    public async Task Sign_ups_of_one_client_are_limited_whether_or_not_they_go_well()
    {
        using var http = new HttpClient { BaseAddress = republic.Address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.60");
        var client = new ApiClient(http);
        var statuses = new List<int>();
        for (var i = 0; i < 31; i++)
        {
            var account = new { email = $"many{i % 2}@republic.example", password = "three little words" };
            using var answer = await client.SendAsync(HttpMethod.Post, "/api/account/register", account);
            statuses.Add((int)answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(200, 30), 429], statuses);
    }

    private static Task<string?> LastAddress(Republic.Core.Data.RepublicDb db, Inhabitant person) =>
        db
            .AuditEntries.Where(entry => entry.PersonId == person.Id)
            .OrderByDescending(entry => entry.Number)
            .Select(entry => entry.Address)
            .FirstAsync(Ct);

    private static async Task<HttpResponseMessage> SignInAsync(Uri address, string email, string forwarded, string password = "wrong")
    {
        using var http = new HttpClient { BaseAddress = address };
        http.DefaultRequestHeaders.Add("X-Forwarded-For", forwarded);
        return await new ApiClient(http).SendAsync(HttpMethod.Post, "/api/account/login", new { email, password });
    }

    private Task<HttpResponseMessage> AskAsync(string path, string? proto) => AskAsync(path, proto, republic.Address, BehindProxy.Host);

    private static async Task<HttpResponseMessage> AskAsync(string path, string? proto, Uri address, string? host)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = address };
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Host = host;
        if (proto is not null)
        {
            request.Headers.Add("X-Forwarded-Proto", proto);
        }

        return await http.SendAsync(request, Ct);
    }
}
