using System.Diagnostics.Metrics;
using System.Security.Cryptography;
using System.Text;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;
using Republic.Core.Telemetry;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api;

/// <summary>
/// <c>/metrics</c> for Prometheus, with the token of <c>Metrics:Token</c>; with <c>Metrics:Loopback</c> also without it, from this machine.
/// That is off until somebody knows that no proxy stands there: one that does not say that it forwards makes everybody come from loopback.
/// </summary>
internal static class MetricsApi
{
    public const string Path = "/metrics";

    private const int ShortestToken = 16;

    public static void MapMetrics(this WebApplication app)
    {
        var token = app.Configuration["Metrics:Token"]?.Trim() ?? "";
        var answersHere = app.Configuration.GetValue<bool>("Metrics:Loopback");
        if (token.Length == 0 && !answersHere)
        {
            return;
        }

        if (token.Length is > 0 and < ShortestToken)
        {
            throw new StartupRefusedException(
                $"Metrics:Token is shorter than {ShortestToken} characters. Make one with: openssl rand -hex 24"
            );
        }

        // Not those of another app in this process.
        var own = app.Services.GetRequiredService<IMeterFactory>();
        var metrics = new PrometheusMetrics(instrument => instrument.Meter.Scope is null || instrument.Meter.Scope == own);
        app.Lifetime.ApplicationStopped.Register(metrics.Dispose);
        var expected = token.Length == 0 ? null : SHA256.HashData(Encoding.UTF8.GetBytes(token));
        app.MapGet(
                Path,
                (HttpContext context, AddressFailures failures) =>
                    answersHere && FirstRunRedirect.IsFromHere(context) ? Page(metrics) : Answer(context, failures, metrics, expected)
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    private static IResult Page(PrometheusMetrics metrics) =>
        TypedResults.Text(metrics.Write(), PrometheusMetrics.ContentType, Encoding.UTF8);

    /// <param name="expected">Null: there is no token that would do.</param>
    private static IResult Answer(HttpContext context, AddressFailures failures, PrometheusMetrics metrics, byte[]? expected)
    {
        var token = Authentication.BearerOf(context.Request);
        if (
            token is not null
            && expected is not null
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(token)), expected)
        )
        {
            return Page(metrics);
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
