using System.Net;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Republic.Core;
using IPNetwork = System.Net.IPNetwork;

namespace Republic.Web.Http.Proxies;

/// <summary>Whose word counts about where a request came from, and what follows from people using HTTPS.</summary>
public static class ProxySetup
{
    private static readonly PathString[] Programs = ["/api", "/v1", "/live", "/health", "/metrics"];

    public static void AddProxies(this WebApplicationBuilder builder)
    {
        if (builder.Configuration.GetValue<bool>("ForwardedHeaders_Enabled"))
        {
            throw new StartupRefusedException(
                "ASPNETCORE_FORWARDEDHEADERS_ENABLED believes X-Forwarded-For of anybody. Leave it out, and name your proxy: Proxy__Known__0=10.0.0.2"
            );
        }

        var services = builder.Services;
        services
            .AddOptions<ProxyOptions>()
            .BindConfiguration(ProxyOptions.Section)
            .Validate(IsSite, "Proxy:PublicUrl must be the site's address without a path, such as https://republic.example.org.")
            .Validate(HasAddresses, "Proxy:Known must hold addresses (10.0.0.2) or networks (10.0.0.0/8).")
            .ValidateOnStart();
        services.AddSingleton<SiteCookies>();
        services
            .AddOptions<ForwardedHeadersOptions>()
            .Configure<IOptions<ProxyOptions>>((forwarded, proxy) => Believe(forwarded, proxy.Value));
        services.AddOptions<AntiforgeryOptions>().Configure<SiteCookies>((antiforgery, cookies) => cookies.Set(antiforgery.Cookie, "form"));
        services.AddOptions<CookieTempDataProviderOptions>().Configure<SiteCookies>((notes, cookies) => cookies.Set(notes.Cookie, "notes"));
        services.AddHsts(hsts => hsts.MaxAge = TimeSpan.FromDays(365));
    }

    public static void UseProxies(this WebApplication app)
    {
        var proxy = app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value;
        // With an empty list, the middleware believes anybody.
        if (proxy.Known.Count > 0)
        {
            app.UseForwardedHeaders();
        }

        if (proxy.PublicUrl is { } site)
        {
            app.Use((context, next) => AsPublicAsync(context, site, next));
        }

        app.UseHsts();
    }

    /// <summary>
    /// Under the public name people come over its scheme alone, also where the proxy does not say how it was asked. Under any other name a
    /// page could not set its cookies, and leads to the public one; programs may ask there, such as those that watch over this process.
    /// </summary>
    private static Task AsPublicAsync(HttpContext context, Uri site, RequestDelegate next)
    {
        var request = context.Request;
        var port = request.Host.Port ?? (site.IsDefaultPort ? site.Port : -1);
        if (string.Equals(request.Host.Host, site.IdnHost, StringComparison.OrdinalIgnoreCase) && port == site.Port)
        {
            request.Scheme = site.Scheme;
        }
        else if (site.Scheme == Uri.UriSchemeHttps && !request.IsHttps && !Programs.Any(path => request.Path.StartsWithSegments(path)))
        {
            var asked = $"{request.PathBase.ToUriComponent()}{request.Path.ToUriComponent()}{request.QueryString.ToUriComponent()}";
            context.Response.Redirect(site.AbsoluteUri.TrimEnd('/') + asked, permanent: false, preserveMethod: true);
            return Task.CompletedTask;
        }

        return next(context);
    }

    private static void Believe(ForwardedHeadersOptions forwarded, ProxyOptions proxy)
    {
        forwarded.ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // However many there are in a row: the first address that is none of them is where the request came from.
        forwarded.ForwardLimit = null;
        // This machine's own stand there by default.
        forwarded.KnownProxies.Clear();
        forwarded.KnownIPNetworks.Clear();
        foreach (var known in proxy.Known)
        {
            forwarded.KnownIPNetworks.Add(NetworkOf(known) ?? throw new InvalidOperationException(known));
        }
    }

    private static bool IsSite(ProxyOptions options) =>
        options.PublicUrl is not { } url
        || (
            url.IsAbsoluteUri
            && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.PathAndQuery == "/"
            && url.UserInfo.Length == 0
            && url.Fragment.Length == 0
        );

    private static bool HasAddresses(ProxyOptions options) => options.Known.All(known => NetworkOf(known) is not null);

    private static IPNetwork? NetworkOf(string text) =>
        IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : IPNetwork.TryParse(text, out var network) ? network
        : null;
}
