using Microsoft.Extensions.Options;

namespace Republic.Web.Http.Proxies;

/// <summary>
/// How this site's cookies are called and sent. A browser takes one called <c>__Host-…</c> over HTTPS and from this host alone, so that no
/// neighbouring subdomain can plant it: https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis.
/// </summary>
public sealed class SiteCookies(IOptions<ProxyOptions> options)
{
    private bool IsSecure => options.Value.PublicUrl?.Scheme == Uri.UriSchemeHttps;

    public string Name(string name) => IsSecure ? $"__Host-{name}" : name;

    /// <summary>As the antiforgery, sign-in and message cookies all have it; the path of a <c>__Host-</c> cookie is <c>/</c>.</summary>
    public void Set(CookieBuilder cookie, string name)
    {
        cookie.Name = Name(name);
        cookie.Path = "/";
        cookie.SecurePolicy = IsSecure ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest;
    }

    public bool MustBeSecure(HttpRequest request) => IsSecure || request.IsHttps;
}
