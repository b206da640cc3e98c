using System.Net;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Tests.World;
using Republic.Web.Http;
using Republic.Web.Http.Security;

namespace Republic.Tests.Integration.Http;

/// <summary>What every endpoint stands in: headers, origins, hosts, expired forms, errors.</summary>
public sealed class ShellTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_endpoint_answers_with_the_security_headers()
    {
        var browser = await republic.Jonas.BrowserAsync();
        var paths = republic
            .Services.GetServices<EndpointDataSource>()
            .SelectMany(source => source.Endpoints)
            .OfType<RouteEndpoint>()
            .Select(endpoint =>
                "/"
                + Regex.Replace(
                    endpoint.RoutePattern.RawText!.TrimStart('/'),
                    @"\{[^}]*\}",
                    "1",
                    RegexOptions.None,
                    TimeSpan.FromSeconds(1)
                )
            )
            .Where(path => !path.EndsWith("/events", StringComparison.Ordinal))
            .Distinct(StringComparer.Ordinal)
            .ToList();

        Assert.True(paths.Count > 30, "The endpoint list is suspiciously short.");
        foreach (var path in paths.Append("/no/such/page").Append("/api/no/such/thing"))
        {
            using var response = await browser.Http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, Ct);
            Assert.True((int)response.StatusCode < 500, $"{path}: {response.StatusCode}");
            Assert.True(response.Headers.TryGetValues("Content-Security-Policy", out var policy), path);
            Assert.DoesNotContain("unsafe", policy.Single(), StringComparison.Ordinal);
            Assert.Equal("nosniff", response.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("same-origin", response.Headers.GetValues("Referrer-Policy").Single());
            Assert.False(response.Headers.Contains("Access-Control-Allow-Origin"), path);
            Assert.False(response.Headers.Contains("Server"), path);
        }
    }

    [Fact]
    public void The_policy_lets_nothing_in_from_elsewhere_and_nothing_inline()
    {
        Assert.Contains("default-src 'self'", SecurityHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", SecurityHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", SecurityHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("*", SecurityHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
        Assert.DoesNotContain("http", SecurityHeaders.ContentSecurityPolicy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_and_its_fragment_are_kept_apart_by_caches_and_neither_is_kept()
    {
        var browser = await republic.Jonas.BrowserAsync();
        using var page = await browser.GetAsync("/account");
        Assert.Contains("HX-Request", page.Headers.Vary);
        Assert.True(page.Headers.CacheControl!.NoStore);
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task A_form_sent_from_another_origin_is_refused_even_with_a_good_token(string origin)
    {
        var browser = await republic.Jonas.BrowserAsync();
        var page = await browser.ReadAsync("/account");
        using var request = Form(
            "/account?handler=Profile",
            ("__RequestVerificationToken", Html.Token(page)),
            ("Input.DisplayName", "Taken over"),
            ("Input.Email", republic.Jonas.Email)
        );
        request.Headers.Add("Origin", origin);
        using var response = await browser.Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.DoesNotContain("Taken over", await browser.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_form_hands_back_what_was_typed_ready_to_be_sent_again()
    {
        var browser = republic.NewVisitor();
        await browser.SignInAsync(republic.Ada.Email, republic.Ada.Password);
        using var request = Form(
            "/account?handler=Profile",
            ("__RequestVerificationToken", "expired"),
            ("Input.DisplayName", "Ada \"Countess\""),
            ("Input.Email", republic.Ada.Email),
            ("Input.Password", "secret words")
        );
        request.Headers.Add("Origin", republic.Address.GetLeftPart(UriPartial.Authority));
        using var expired = await browser.Http.SendAsync(request, Ct);
        var page = await expired.Content.ReadAsStringAsync(Ct);

        Assert.Equal(HttpStatusCode.BadRequest, expired.StatusCode);
        Assert.Contains("Nothing was lost: send it again.", page, StringComparison.Ordinal);
        Assert.Contains("Ada &quot;Countess&quot;", page, StringComparison.Ordinal);
        Assert.DoesNotContain("secret words", page, StringComparison.Ordinal);

        using var again = Form(
            "/account?handler=Profile",
            ("__RequestVerificationToken", Html.Token(page)),
            ("Input.DisplayName", "Ada \"Countess\""),
            ("Input.Email", republic.Ada.Email)
        );
        using var saved = await browser.Http.SendAsync(again, Ct);
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Contains("Ada &quot;Countess&quot;", await browser.ReadAsync("/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_expired_form_sent_by_htmx_becomes_a_toast_and_brings_a_fresh_token()
    {
        var browser = await republic.Jonas.BrowserAsync();
        using var request = Form("/account?handler=Profile", ("Input.DisplayName", "x"));
        request.Headers.Add("Origin", republic.Address.GetLeftPart(UriPartial.Authority));
        request.Headers.Add("HX-Request", "true");
        using var response = await browser.Http.SendAsync(request, Ct);

        Assert.Equal("#toasts", response.Headers.GetValues("HX-Retarget").Single());
        Assert.Contains("fresh-token", response.Headers.GetValues("HX-Trigger").Single(), StringComparison.Ordinal);
        Assert.Contains("Nothing was lost", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_without_a_token_that_does_not_say_where_it_comes_from_gets_nothing_to_click()
    {
        var browser = await republic.Jonas.BrowserAsync();
        using var response = await browser.Http.SendAsync(Form("/account?handler=Profile", ("Input.DisplayName", "planted")), Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.DoesNotContain("planted", await response.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("evil.example")]
    [InlineData("127.0.0.1.evil.example")]
    [InlineData("localhost.evil.example:80")]
    public async Task A_host_that_is_not_ours_is_refused(string host)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/sign-in");
        request.Headers.Host = host;
        using var response = await republic.NewVisitor().Http.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task What_is_not_there_is_a_page_a_toast_or_problem_details_by_who_asks()
    {
        var browser = await republic.Jonas.BrowserAsync();
        using var page = await browser.GetAsync("/no/such/page");
        Assert.Equal(HttpStatusCode.NotFound, page.StatusCode);
        Assert.Contains("There is nothing here.", await page.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);

        using var request = new HttpRequestMessage(HttpMethod.Delete, "/no/such/page");
        request.Headers.Add("HX-Request", "true");
        using var toast = await browser.Http.SendAsync(request, Ct);
        Assert.Equal("#toasts", toast.Headers.GetValues("HX-Retarget").Single());

        await republic.Jonas.Api.ProblemAsync(404, HttpMethod.Get, "/api/no/such/thing");
        await republic.Jonas.Api.ProblemAsync(405, HttpMethod.Put, "/api/account/me", new { });
    }

    [Fact]
    public async Task Too_large_a_body_is_refused_in_words()
    {
        var problem = await republic.Jonas.Api.ProblemAsync(
            413,
            HttpMethod.Post,
            "/api/account/tokens",
            new { name = new string('x', 3 * 1024 * 1024) }
        );
        Assert.Equal("This is too large.", problem["title"]!.GetValue<string>());
    }

    [Fact]
    public async Task Htmx_is_sent_to_the_sign_in_with_the_page_that_it_was_on()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/account/tokens");
        request.Headers.Add("HX-Request", "true");
        request.Headers.Add("HX-Current-URL", "http://localhost/models?q=owl");
        using var response = await republic.NewVisitor().Http.SendAsync(request, Ct);
        Assert.Equal("/account/sign-in?returnUrl=%2Fmodels%3Fq%3Dowl", response.Headers.GetValues("HX-Redirect").Single());
    }

    [Fact]
    public async Task The_openapi_document_names_every_account_endpoint()
    {
        var document = await republic.Jonas.Api.GetAsync("/openapi/v1.json");
        foreach (var path in new[] { "register", "login", "refresh", "me", "tokens", "tokens/{id}" })
        {
            Assert.NotNull(document["paths"]![$"/api/account/{path}"]);
        }
    }

    private static HttpRequestMessage Form(string path, params (string Name, string Value)[] fields) =>
        new(HttpMethod.Post, path) { Content = new FormUrlEncodedContent(fields.Select(f => KeyValuePair.Create(f.Name, f.Value))) };
}
