using System.Net;
using Microsoft.AspNetCore.Http;
using Republic.Web.Http.Auth;
using Republic.Web.Http.Security;

namespace Republic.Tests.Unit.Http;

public sealed class ForeignOriginsTests
{
    [Theory]
    [InlineData("http://localhost:5080", null, true)]
    [InlineData("https://localhost:5080", null, true)]
    [InlineData(null, "same-origin", true)]
    [InlineData("https://evil.example", "cross-site", false)]
    [InlineData("http://localhost:5081", null, false)]
    [InlineData("null", null, false)]
    [InlineData(null, "cross-site", false)]
    [InlineData(null, null, false)]
    public void Only_what_the_browser_says_is_our_own_page_is_our_own_page(string? origin, string? site, bool own)
    {
        var context = new DefaultHttpContext();
        context.Request.Host = new HostString("localhost:5080");
        if (origin is not null)
        {
            context.Request.Headers.Origin = origin;
        }

        if (site is not null)
        {
            context.Request.Headers["Sec-Fetch-Site"] = site;
        }

        Assert.Equal(own, ForeignOrigins.IsOwn(context.Request));
    }

    [Theory]
    [InlineData(null, "/api/minions", true)]
    [InlineData("Basic eDp5", "/api/minions", true)]
    [InlineData("", "/api/minions", true)]
    [InlineData("Basic eDp5", "/datasets/upload", true)]
    [InlineData("Bearer nothing", "/datasets/upload", true)]
    [InlineData("Bearer nothing", "/apiary", true)]
    [InlineData("Bearer nothing", "/api/minions", false)]
    [InlineData("bearer nothing", "/API/minions", false)]
    [InlineData("Bearer nothing", "/v1/chat/completions", false)]
    [InlineData(null, "/v1/chat/completions", false)]
    [InlineData(null, "/v1beta", true)]
    public void Only_a_bearer_token_where_it_is_taken_lets_another_site_write(string? authorization, string path, bool refused)
    {
        var context = new DefaultHttpContext();
        (context.Request.Method, context.Request.Path) = ("POST", path);
        context.Request.Host = new HostString("localhost:5080");
        context.Request.Headers.Origin = "https://evil.example";
        if (authorization is not null)
        {
            context.Request.Headers.Authorization = authorization;
        }

        Assert.Equal(refused, ForeignOrigins.IsForeignWrite(context.Request));
    }

    [Theory]
    [InlineData("127.0.0.1", "localhost", null, true)]
    [InlineData("::1", "[::1]", null, true)]
    [InlineData("127.0.0.1", "republic.example.org", null, false)]
    [InlineData("127.0.0.1", "localhost", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "localhost", "Forwarded", false)]
    [InlineData("127.0.0.1", "localhost", "Via", false)]
    [InlineData("127.0.0.1", "localhost", "X-Real-IP", false)]
    [InlineData("192.0.2.1", "localhost", null, false)]
    [InlineData(null, "localhost", null, false)]
    public void A_proxy_on_this_machine_is_not_taken_for_the_person_at_it(string? address, string host, string? header, bool here)
    {
        var context = new DefaultHttpContext();
        context.Connection.RemoteIpAddress = address is null ? null : IPAddress.Parse(address);
        context.Request.Host = new HostString(host, 5080);
        if (header is not null)
        {
            context.Request.Headers[header] = "for=198.51.100.7";
        }

        Assert.Equal(here, FirstRunRedirect.IsFromHere(context));
    }
}
