namespace Republic.Web.Http.Security;

/// <summary>The same headers on every answer, set just before it starts, so that no error handler can wipe them away.</summary>
public static class SecurityHeaders
{
    public const string ContentSecurityPolicy =
        "default-src 'self'; img-src 'self'; object-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

    public static IApplicationBuilder UseSecurityHeaders(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                context.Response.OnStarting(
                    static state =>
                    {
                        Set(((HttpContext)state).Response.Headers);
                        return Task.CompletedTask;
                    },
                    context
                );
                return next(context);
            }
        );

    private static void Set(IHeaderDictionary headers)
    {
        // An endpoint that serves what people uploaded sets a stricter policy of its own.
        headers.TryAdd("Content-Security-Policy", ContentSecurityPolicy);
        headers["X-Content-Type-Options"] = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        // A link that nobody clicked must not tell its host anything, not even by a look-up of its name.
        headers["X-DNS-Prefetch-Control"] = "off";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        var type = headers.ContentType.ToString();
        if (type.StartsWith("text/html", StringComparison.OrdinalIgnoreCase))
        {
            // A page and its fragment share a URL.
            headers.AppendCommaSeparatedValues("Vary", "HX-Request");
        }

        // Whatever says nothing else belongs to one person; static files say something else.
        if (headers.CacheControl.Count == 0)
        {
            headers.CacheControl = "no-store";
        }
    }
}
