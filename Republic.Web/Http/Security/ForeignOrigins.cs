using Microsoft.AspNetCore.Diagnostics;
using Republic.Web.Http.Auth;

namespace Republic.Web.Http.Security;

/// <summary>
/// Refuses writes that another site's page sends with this browser's cookie. The antiforgery token guards the same door;
/// this one also guards endpoints that ask for no token, such as sign-in through the API.
/// </summary>
public static class ForeignOrigins
{
    public static IApplicationBuilder UseOwnOriginOnly(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
            {
                // The error page of a refused request is that same request, run again.
                if (
                    context.Features.Get<IStatusCodeReExecuteFeature>() is not null
                    || !(IsForeignWrite(context.Request) || IsForeignCall(context.Request))
                )
                {
                    return next(context);
                }

                context.Response.StatusCode = StatusCodes.Status403Forbidden;
                return Task.CompletedTask;
            }
        );

    /// <summary>The browser itself says that this page sent the request.</summary>
    public static bool IsOwn(HttpRequest request) =>
        request.Headers["Sec-Fetch-Site"] == "same-origin" || (request.Headers.Origin.Count == 1 && HasOwnOrigin(request));

    /// <summary>A page of another site calls tools, whatever it sends along: MCP has every server refuse that.</summary>
    private static bool IsForeignCall(HttpRequest request) =>
        Authentication.IsTools(request.Path) && request.Headers.Origin.Count > 0 && !IsOwn(request);

    internal static bool IsForeignWrite(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method) || HttpMethods.IsOptions(request.Method))
        {
            return false;
        }

        // Other origins get no CORS headers with it anyway. What is for outside clients knows no cookies, and judges origins by its keys.
        if (Authentication.IsByToken(request) || Authentication.IsOutside(request.Path))
        {
            return false;
        }

        return request.Headers.Origin.Count > 0 ? !HasOwnOrigin(request) : request.Headers["Sec-Fetch-Site"] == "cross-site";
    }

    // Scheme aside: a proxy in front may have ended TLS.
    private static bool HasOwnOrigin(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin, UriKind.Absolute, out var origin)
        && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase);
}
