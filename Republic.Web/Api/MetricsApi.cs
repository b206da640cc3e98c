using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Telemetry;
using Republic.Web.Http;

namespace Republic.Web.Api;

/// <summary>
/// <c>/metrics</c> for Prometheus, with the token of <c>Metrics:Token</c> and not at all without one: an address says nothing about who
/// asks, since behind a proxy everybody comes from loopback.
/// </summary>
internal static class MetricsApi
{
    public const string Path = "/metrics";

    private const int ShortestToken = 16;

    public static void MapMetrics(this WebApplication app)
    {
        var token = app.Configuration["Metrics:Token"];
        if (string.IsNullOrWhiteSpace(token))
        {
            return;
        }

        if (token.Trim().Length < ShortestToken)
        {
            throw new StartupRefusedException(
                $"Metrics:Token is shorter than {ShortestToken} characters. Make one with: openssl rand -hex 24"
            );
        }

        // Not those of another app in this process.
        var own = app.Services.GetRequiredService<IMeterFactory>();
        var metrics = new PrometheusMetrics(instrument => instrument.Meter.Scope is null || instrument.Meter.Scope == own);
        app.Lifetime.ApplicationStopped.Register(metrics.Dispose);
        var expected = SHA256.HashData(Encoding.UTF8.GetBytes(token.Trim()));
        app.MapGet(Path, (HttpContext context, AddressFailures failures) => Answer(context, failures, metrics, expected))
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static IResult Answer(HttpContext context, AddressFailures failures, PrometheusMetrics metrics, byte[] expected)
    {
        var token = Authentication.BearerOf(context.Request);
        if (token is not null && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), expected))
        {
            return TypedResults.Text(metrics.Write(), PrometheusMetrics.ContentType, Encoding.UTF8);
        }

        var address = context.Connection.RemoteIpAddress;
        var wait = token is null ? null : failures.WaitFor(address, AttemptKind.Key);
        if (token is not null)
        {
            failures.Add(address, AttemptKind.Key);
        }

        context.Response.SetRetryAfter(wait);
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return TypedResults.StatusCode(wait is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status429TooManyRequests);
    }
}
