using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;
using Republic.Core;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Http.Security;

/// <summary>A write to the JSON API with the browser's cookie needs the antiforgery token; one with a bearer token does not.</summary>
public static class ApiAntiforgery
{
    public static IApplicationBuilder UseApiAntiforgery(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                var antiforgery = context.RequestServices.GetRequiredService<IAntiforgery>();
                // Without the header it would be looked for in the form, and a large upload read into a temporary file for that.
                var hasToken = context.Request.Headers["RequestVerificationToken"].Count > 0;
                if (IsCookieWrite(context) && !(hasToken && await antiforgery.IsRequestValidAsync(context)))
                {
                    if (ForeignOrigins.IsOwn(context.Request))
                    {
                        // Our own page, open for too long: its script takes the fresh token and sends once more.
                        context.Response.HxTrigger(
                            "fresh-token",
                            new Dictionary<string, string> { ["token"] = antiforgery.GetAndStoreTokens(context).RequestToken! }
                        );
                    }

                    await Failure
                        .Invalid(
                            "",
                            "A request with a cookie needs the header RequestVerificationToken. Use a bearer token instead, or reload the page."
                        )
                        .ToProblem()
                        .ExecuteAsync(context);
                    return;
                }

                await next(context);
            }
        );

    private static bool IsCookieWrite(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase)
        && !(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
        && context.User.Identity is { IsAuthenticated: true, AuthenticationType: var type }
        && type == IdentityConstants.ApplicationScheme;
}
