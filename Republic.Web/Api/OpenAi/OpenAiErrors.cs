using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Republic.Core;
using Republic.Core.Providers.Upstream;
using Republic.Web.Http;

namespace Republic.Web.Api.OpenAi;

/// <summary>Errors in the shape that OpenAI's clients read: <c>{"error": {"message", "type", "param", "code"}}</c>.</summary>
internal static partial class OpenAiErrors
{
    internal const string EventStream = "text/event-stream";
    private const string Quota = "insufficient_quota";
    private const string InvalidKey = "invalid_api_key";
    private const string RequestId = "x-request-id";
    private static readonly string[] Kept = [RequestId, "x-ratelimit-", "Access-Control-", "Vary"];

    /// <summary>
    /// Names the request as the log does. It is always the server's own name: one that a client chose could be that of another request.
    /// </summary>
    public static void SetRequestId(HttpContext context) => context.Response.Headers[RequestId] = context.TraceIdentifier;

    /// <summary>Begins the answer anew. What holds for any answer to this request stays: its name, its limits, who may read it.</summary>
    private static void Clear(HttpContext context)
    {
        var headers = context.Response.Headers;
        var kept = headers
            .Where(header => Array.Exists(Kept, start => header.Key.StartsWith(start, StringComparison.OrdinalIgnoreCase)))
            .ToList();
        context.Response.Clear();
        kept.ForEach(header => headers[header.Key] = header.Value);
    }

    private static object Body(string message, string type, string? param, string? code) =>
        new
        {
            error = new
            {
                message,
                type,
                param,
                code,
            },
        };

    public static Task UnknownKeyAsync(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return WriteAsync(
            context,
            StatusCodes.Status401Unauthorized,
            "The key is missing or not known. Send a minion's key (rep_…) or a personal access token (rpat_…) as bearer token.",
            "authentication_error",
            code: InvalidKey
        );
    }

    /// <summary>The key was good when the call came, and is not any more: what came of the answer stays, and more does not come.</summary>
    public static async Task KeyEndedAsync(HttpContext context)
    {
        if (!context.Response.HasStarted)
        {
            Clear(context);
            await UnknownKeyAsync(context);
        }
        else if (context.Response.ContentType == EventStream)
        {
            var error = Event("The key is not good any more, so the answer ends here.", "authentication_error", param: null, InvalidKey);
            await context.Response.BodyWriter.WriteAsync(error, context.RequestAborted);
        }
        else
        {
            context.Abort();
        }
    }

    /// <summary>The answer to a call that ended with an exception nobody expected: the client gets its status, the log its text.</summary>
    public static Task UnexpectedAsync(HttpContext context, Exception error)
    {
        var status = WebShell.StatusOf(error);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            context
                .RequestServices.GetRequiredService<ILoggerFactory>()
                .CreateLogger(typeof(OpenAiErrors))
                .LogError(error, "A call to {Path} failed ({Request})", context.Request.Path, context.TraceIdentifier);
        }

        Clear(context);
        var text = ErrorText.For(status);
        return WriteAsync(context, status, text.Sentence, text.Type);
    }

    public static Task UnsupportedTypeAsync(HttpContext context) =>
        WriteAsync(
            context,
            StatusCodes.Status400BadRequest,
            "The body must be JSON and say so. Send the header Content-Type: application/json.",
            "invalid_request_error",
            code: "unsupported_content_type"
        );

    public static Task TooManyAsync(HttpContext context, TimeSpan wait, string message)
    {
        RetryAfter(context, wait);
        return WriteAsync(context, StatusCodes.Status429TooManyRequests, message, "rate_limit_error", code: "rate_limit_exceeded");
    }

    public static Task UnavailableAsync(HttpContext context, TimeSpan wait, string message)
    {
        RetryAfter(context, wait);
        return WriteAsync(context, StatusCodes.Status503ServiceUnavailable, message, "server_error", code: "unavailable");
    }

    public static Task UnderWayAsync(HttpContext context, TimeSpan wait)
    {
        RetryAfter(context, wait);
        return WriteAsync(
            context,
            StatusCodes.Status409Conflict,
            "A call with this Idempotency-Key is being answered. Try again shortly to get its answer.",
            "invalid_request_error",
            code: "idempotent_call_under_way"
        );
    }

    public static Task OtherRequestAsync(HttpContext context) =>
        WriteAsync(
            context,
            StatusCodes.Status422UnprocessableEntity,
            "This Idempotency-Key was used for another request. Make a new key for each new request.",
            "invalid_request_error",
            code: "idempotency_key_reused"
        );

    public static Task WriteAsync(HttpContext context, Failure failure) =>
        failure.Kind switch
        {
            FailureKind.NotFound => WriteAsync(
                context,
                StatusCodes.Status404NotFound,
                failure.Message,
                "invalid_request_error",
                Param(failure),
                "model_not_found"
            ),
            FailureKind.Forbidden => WriteAsync(context, StatusCodes.Status403Forbidden, failure.Message, "permission_error"),
            FailureKind.Invalid => WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                failure.Message,
                "invalid_request_error",
                Param(failure)
            ),
            FailureKind.Conflict => NotNowAsync(context, failure),
            FailureKind.OverBudget => WriteAsync(context, StatusCodes.Status429TooManyRequests, failure.Message, Quota, code: Quota),
            FailureKind.TooMany => WriteAsync(context, StatusCodes.Status429TooManyRequests, failure.Message, "rate_limit_error"),
            _ => WriteAsync(context, StatusCodes.Status502BadGateway, failure.Message, "upstream_error"),
        };

    /// <summary>The minion is paused, has no key, or the like: its owner can change that, and asking again does not.</summary>
    private static Task NotNowAsync(HttpContext context, Failure failure)
    {
        NoRetry(context);
        return WriteAsync(context, StatusCodes.Status409Conflict, failure.Message, "invalid_request_error", code: "minion_unavailable");
    }

    /// <summary>
    /// What the client can mend keeps its status. A key or model that the provider refuses is the minion's, not the client's: a 401 here
    /// would send the client to look for a fault in its own key.
    /// </summary>
    /// <param name="added">Messages that stood before the client's own: the provider counts them, and the client does not know of them.</param>
    public static Task WriteAsync(HttpContext context, ProviderException e, int added = 0)
    {
        var status = e.Kind switch
        {
            ProviderErrorKind.BadRequest when e.StatusCode is null or 400 or 413 or 422 => e.StatusCode ?? StatusCodes.Status400BadRequest,
            ProviderErrorKind.ContextTooLong => StatusCodes.Status400BadRequest,
            // No status at all: nothing was sent because the minion has no key. Trying again would not help.
            ProviderErrorKind.BadKey when e.StatusCode is null => StatusCodes.Status400BadRequest,
            ProviderErrorKind.RateLimited or ProviderErrorKind.OverBudget => StatusCodes.Status429TooManyRequests,
            ProviderErrorKind.Timeout => StatusCodes.Status504GatewayTimeout,
            ProviderErrorKind.OutOfMemory => StatusCodes.Status503ServiceUnavailable,
            ProviderErrorKind.Unavailable when e.StatusCode == 503 => StatusCodes.Status503ServiceUnavailable,
            _ => StatusCodes.Status502BadGateway,
        };
        if (e.Kind == ProviderErrorKind.OverBudget)
        {
            NoRetry(context);
        }

        if (e.RetryAfter is { } wait)
        {
            RetryAfter(context, wait);
        }

        return WriteAsync(context, status, AsSent(e.Message, added), Type(e), e.Param is { } field ? AsSent(field, added) : null, Code(e));
    }

    /// <summary>The same with the messages numbered as the client sent them.</summary>
    private static string AsSent(string text, int added) =>
        added == 0
            ? text
            : MessageIndex()
                .Replace(
                    text,
                    found =>
                        int.Parse(found.ValueSpan, CultureInfo.InvariantCulture) is var index && index >= added
                            ? (index - added).ToString(CultureInfo.InvariantCulture)
                            : found.Value
                );

    [GeneratedRegex(@"(?<=\bmessages\[)\d{1,6}(?=\])", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MessageIndex();

    private static string Type(ProviderException e) =>
        e.Kind switch
        {
            ProviderErrorKind.BadRequest or ProviderErrorKind.ContextTooLong => "invalid_request_error",
            ProviderErrorKind.RateLimited => "rate_limit_error",
            ProviderErrorKind.OverBudget => Quota,
            _ => "upstream_error",
        };

    private static string Code(ProviderException e) =>
        e.Kind switch
        {
            ProviderErrorKind.BadKey => "upstream_key_refused",
            ProviderErrorKind.NotFound => "upstream_not_found",
            ProviderErrorKind.BadRequest => "upstream_refused_request",
            ProviderErrorKind.ContextTooLong => "context_length_exceeded",
            ProviderErrorKind.RateLimited => "rate_limit_exceeded",
            ProviderErrorKind.Timeout => "upstream_timeout",
            ProviderErrorKind.Refused => "address_not_allowed",
            ProviderErrorKind.OverBudget => Quota,
            ProviderErrorKind.OutOfMemory => "insufficient_memory",
            ProviderErrorKind.Interrupted => "upstream_interrupted",
            _ => "upstream_unavailable",
        };

    /// <summary>For an answer that has begun. Clients that only look for choices find none; clients of OpenAI raise the error.</summary>
    public static byte[] Event(ProviderException e) => Event(e.Message, Type(e), e.Param, Code(e));

    private static byte[] Event(string message, string type, string? param, string code)
    {
        var error = new
        {
            message,
            type,
            param,
            code,
        };
        return [.. "data: "u8, .. JsonSerializer.SerializeToUtf8Bytes(new { choices = Array.Empty<object>(), error }), .. "\n\n"u8];
    }

    public static Task WriteAsync(HttpContext context, int status, string message, string type, string? param = null, string? code = null)
    {
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(Body(message, type, param, code), context.RequestAborted);
    }

    // OpenAI's own clients would ask again and again.
    private static void NoRetry(HttpContext context) => context.Response.Headers["x-should-retry"] = "false";

    private static void RetryAfter(HttpContext context, TimeSpan wait) =>
        context.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString("0", CultureInfo.InvariantCulture);

    private static string? Param(Failure failure) => failure.Fields is [{ Field.Length: > 0 } first, ..] ? first.Field : null;
}
