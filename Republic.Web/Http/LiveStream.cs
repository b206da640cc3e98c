using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Events;
using Republic.Web.Http.Auth;
using JsonOptions = Microsoft.AspNetCore.Http.Json.JsonOptions;

namespace Republic.Web.Http;

/// <summary>
/// Sends server-sent events, each at once. Written by hand because the built-in result has no comments,
/// which keep idle connections open through proxies and phones.
/// </summary>
internal sealed class LiveStream(IAsyncEnumerable<ServerEvent> events) : IResult
{
    // A browser that lost its connection comes back after so long, with the id of the last event it saw.
    private static readonly byte[] Greeting = "retry: 1000\n\n"u8.ToArray();

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var services = httpContext.RequestServices;
        var json = services.GetRequiredService<IOptions<JsonOptions>>().Value.SerializerOptions;
        var response = httpContext.Response;
        if (HttpMethods.IsHead(httpContext.Request.Method))
        {
            Begin(response);
            return;
        }

        using var access = services
            .GetRequiredService<OpenStreams>()
            .Open(httpContext.User, BearerExpiry(httpContext), httpContext.RequestAborted);
        if (access is null)
        {
            await Failure
                .TooMany($"You watch {OpenStreams.MaxPerPerson} things at once already. Close some.")
                .ToProblem()
                .ExecuteAsync(httpContext);
            return;
        }

        Begin(response);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(
            access.Ended,
            services.GetRequiredService<IHostApplicationLifetime>().ApplicationStopping
        );
        try
        {
            var body = response.BodyWriter;
            await body.WriteAsync(Greeting, stop.Token);
            await using var items = events.GetAsyncEnumerator(stop.Token);
            while (await items.MoveNextAsync())
            {
                await body.WriteAsync(items.Current.Frame(json), stop.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader left, may not read on, or the application stops.
        }
        catch (Exception e)
        {
            // The answer has begun, so no error page is possible. The reader comes back and goes on where it was.
            services.GetRequiredService<ILogger<LiveStream>>().LogWarning("A live stream ended early: {Reason}", e.Message);
        }
    }

    private static void Begin(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no";
    }

    // A cookie's session is prolonged by use; a bearer token ends when it says.
    private static DateTimeOffset? BearerExpiry(HttpContext context) =>
        context.User.Identity?.AuthenticationType == IdentityConstants.BearerScheme
            ? context.Features.Get<IAuthenticateResultFeature>()?.AuthenticateResult?.Properties?.ExpiresUtc
            : null;
}
