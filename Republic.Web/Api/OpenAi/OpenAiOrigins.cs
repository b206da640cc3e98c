using Republic.Core;
using Republic.Core.Minions.Access;
using Republic.Web.Http.Security;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// Which pages may call <c>/v1</c> from a browser. A page of another site may where the minion's key lists its origin. A person's token lists
/// none: it opens all their minions, and whoever reads a page's script has what is in it. What says no origin is no browser's page.
/// </summary>
internal sealed class OpenAiOrigins(BrowserOrigins origins)
{
    private const string Anything = "authorization, content-type, x-api-key";
    private const int LongestList = 1000;

    /// <summary>What a script may read of an answer beside its body.</summary>
    private const string Exposed =
        "x-request-id, x-ratelimit-limit-requests, x-ratelimit-remaining-requests, x-ratelimit-reset-requests, retry-after, x-should-retry, "
        + "x-republic-provider, x-republic-model, x-republic-cost, x-republic-hops, x-republic-history, x-republic-cache, "
        + "x-republic-idempotent-replay";

    /// <summary>Why this page may not call with this key; null: it may, and the answer says so.</summary>
    public static Failure? Refusal(HttpContext context, ApiCaller caller)
    {
        var request = context.Request;
        if (request.Headers.Origin.Count == 0 || ForeignOrigins.IsOwn(request))
        {
            return null;
        }

        var headers = context.Response.Headers;
        headers.Append("Vary", "Origin");
        var listed = caller.Minion?.Minion.RepublicKeyOrigins.Find(origin =>
            string.Equals(origin, request.Headers.Origin, StringComparison.OrdinalIgnoreCase)
        );
        if (listed is null)
        {
            return Failure.Forbidden(
                caller.IsPerson
                    ? "A personal access token opens all your minions, so no page of another site may call with it. Use a minion's key that lists the page's origin."
                    : "This key does not list the origin of the page that called. Its owner can add it, on the minion's page under “Outside access”."
            );
        }

        Allow(context);
        return null;
    }

    /// <summary>Has a page whose origin some key lists read why its call is refused; else its browser says that the network failed.</summary>
    public async ValueTask AllowRefusalAsync(HttpContext context)
    {
        if (context.Request.Headers.Origin is [{ Length: > 0 } origin] && await origins.AreListingAsync(origin, context.RequestAborted))
        {
            context.Response.Headers.Append("Vary", "Origin");
            Allow(context);
        }
    }

    // As the page sent it: browsers compare letter for letter.
    private static void Allow(HttpContext context)
    {
        context.Response.Headers.AccessControlAllowOrigin = context.Request.Headers.Origin;
        context.Response.Headers.AccessControlExposeHeaders = Exposed;
    }

    /// <summary>What a browser asks before the call itself, without the key: whether any key lists the page's origin.</summary>
    public async Task PreflightAsync(HttpContext context)
    {
        var (asked, headers) = (context.Request.Headers, context.Response.Headers);
        headers.Append("Vary", "Origin, Access-Control-Request-Headers");
        if (asked.Origin is not [{ Length: > 0 } origin])
        {
            headers.Allow = "GET, POST, OPTIONS";
            context.Response.StatusCode = StatusCodes.Status204NoContent;
            return;
        }

        if (!await origins.AreListingAsync(origin, context.RequestAborted))
        {
            await OpenAiErrors.WriteAsync(
                context,
                Failure.Forbidden(
                    "No key lists the origin of this page. The minion's owner can add it, on the minion's page under “Outside access”."
                )
            );
            return;
        }

        headers.AccessControlAllowOrigin = origin;
        headers.AccessControlAllowMethods = "GET, POST";
        headers.AccessControlAllowHeaders = Asked(asked.AccessControlRequestHeaders) ?? Anything;
        headers.AccessControlMaxAge = "600";
        context.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>The headers that the page wants to send: clients add many of their own, and none of them means anything to anybody else.</summary>
    private static string? Asked(string? names) =>
        names is { Length: > 0 and <= LongestList }
        && names.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or ',' or ' ')
            ? names
            : null;
}
