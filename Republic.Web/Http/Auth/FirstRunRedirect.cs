using System.Net;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Republic.Core.Accounts;
using Republic.Web.Http.Htmx;

namespace Republic.Web.Http.Auth;

/// <summary>While the republic has nobody, every page leads to the one that makes the first account.</summary>
public static class FirstRunRedirect
{
    public const string SetupPath = "/setup";

    public static IApplicationBuilder UseFirstRunRedirect(this IApplicationBuilder app) =>
        app.Use(
            async (context, next) =>
            {
                if (
                    IsOrdinaryPage(context)
                    && await context.RequestServices.GetRequiredService<FirstRun>().IsNeededAsync(context.RequestAborted)
                )
                {
                    context.Response.Redirect(SetupPath);
                }
                else
                {
                    await next(context);
                }
            }
        );

    /// <summary>
    /// Whether the first account needs the token. Where people come through a proxy, no request says for certain that it came from this
    /// machine: a proxy may send <c>Host: localhost</c> and no word of its own.
    /// </summary>
    public static bool AsksForToken(HttpContext context) =>
        !context.RequestServices.GetRequiredService<IHostEnvironment>().IsDevelopment() || !IsFromHere(context);

    /// <summary>
    /// The request certainly came from this machine itself. A proxy on the same machine also connects from loopback,
    /// so the name that was asked for must be local too and nothing may say that it was forwarded.
    /// </summary>
    public static bool IsFromHere(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address
        && IPAddress.IsLoopback(address)
        && context.Request.Host.Host is ("localhost" or "127.0.0.1" or "[::1]")
        && !context.Request.Headers.ContainsKey("Forwarded")
        && !context.Request.Headers.ContainsKey("Via")
        && !context.Request.Headers.ContainsKey("X-Real-IP")
        && !context.Request.Headers.Keys.Any(name =>
            name.StartsWith("X-Forwarded", StringComparison.OrdinalIgnoreCase)
            // The forwarded-headers middleware keeps the original values under these names.
            || name.StartsWith("X-Original-", StringComparison.OrdinalIgnoreCase)
        );

    private static bool IsOrdinaryPage(HttpContext context) =>
        context.GetEndpoint()?.Metadata.GetMetadata<PageActionDescriptor>() is { ViewEnginePath: var page }
        && page is not ("/Account/Setup" or "/Error/Index" or "/Toasts/Index");
}
