using System.Diagnostics;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Republic.Web.Http;

/// <summary>
/// Says on the span that ASP.NET Core makes for each request what it was, by OpenTelemetry's conventions for HTTP: the route, never the
/// address itself, in which names and ids stand.
/// </summary>
internal static class ServerSpans
{
    private static readonly HashSet<string> Methods = new(StringComparer.Ordinal)
    {
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "PATCH",
        "DELETE",
        "OPTIONS",
    };

    public static IApplicationBuilder UseServerSpans(this IApplicationBuilder app) =>
        app.Use(
            (context, next) =>
                // One that nobody listens to has no source: it is there for the log's sake.
                context.Features.Get<IHttpActivityFeature>()?.Activity
                    is { IsAllDataRequested: true, Source.Name.Length: > 0 } span
                    ? DescribeAsync(span, context, next)
                    : next(context)
        );

    private static async Task DescribeAsync(Activity span, HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var method = Methods.Contains(request.Method) ? request.Method : "_OTHER";
        span.SetTag("http.request.method", method);
        span.SetTag("url.scheme", request.Scheme);
        try
        {
            await next(context);
        }
        finally
        {
            var status = context.Response.StatusCode;
            var route = RouteOf(context);
            span.DisplayName = route is null ? method : $"{method} {route}";
            span.SetTag("http.route", route);
            span.SetTag("http.response.status_code", status);
            if (status >= StatusCodes.Status500InternalServerError)
            {
                span.SetTag("error.type", status.ToString(System.Globalization.CultureInfo.InvariantCulture));
                span.SetStatus(ActivityStatusCode.Error);
            }
        }
    }

    /// <summary>Of what was asked for, where an error page came in its place.</summary>
    private static string? RouteOf(HttpContext context)
    {
        var endpoint =
            context.Features.Get<IStatusCodeReExecuteFeature>()?.Endpoint
            ?? context.Features.Get<IExceptionHandlerFeature>()?.Endpoint
            ?? context.GetEndpoint();
        return (endpoint as RouteEndpoint)?.RoutePattern.RawText is { } pattern ? $"/{pattern.TrimStart('/')}" : null;
    }
}
