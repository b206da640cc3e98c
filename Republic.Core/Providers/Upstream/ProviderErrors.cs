using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Republic.Core.Security;

namespace Republic.Core.Providers.Upstream;

/// <summary>Turns every way an upstream can fail into one <see cref="ProviderException"/> with the fact, its words and the way on.</summary>
internal static class ProviderErrors
{
    private static readonly (ProviderErrorKind, string) TooMuchContext = (
        ProviderErrorKind.ContextTooLong,
        "Send less text, or choose a model with a longer context."
    );

    public static ProviderException FromStatus(ModelTarget target, HttpResponseMessage answer, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        var status = (int)answer.StatusCode;
        var name = target.Provider.DisplayName;
        if (status is >= 300 and < 400)
        {
            var where = answer.Headers.Location is { } to ? $" to “{ProviderWords.Clean(to.OriginalString, target.ApiKey)}”" : "";
            return new ProviderException(
                ProviderErrorKind.BadAnswer,
                name,
                $"{name} answered {status}, a redirect{where}. Redirects are not followed. Check the base URL."
            )
            {
                StatusCode = status,
            };
        }

        var retryAfter = RetryAfter(answer.Headers.RetryAfter, now);
        var (kind, advice) = Meaning(status, retryAfter);
        if (kind == ProviderErrorKind.BadRequest && SaysContextTooLong(body))
        {
            (kind, advice) = TooMuchContext;
        }

        if (kind == ProviderErrorKind.BadKey && target.IsKeyShared)
        {
            advice = "It is the key of this installation. Tell a superuser, or store a key of your own under Providers.";
        }

        if (target.Provider.Transport == ProviderTransport.ModelHost && ModelHostRefusal.Read(body) is { } refusal)
        {
            return refusal.For(name, status, retryAfter);
        }

        var words = ProviderWords.From(body, target.ApiKey);
        var fact = words is null ? $"{name} answered {status}." : $"{name} answered {status}: “{words}”.";
        return new ProviderException(kind, name, $"{fact} {advice}")
        {
            StatusCode = status,
            RetryAfter = retryAfter,
            Param = ProviderWords.Param(body, target.ApiKey),
        };
    }

    /// <summary>An error that arrives inside an answer of status 200.</summary>
    public static ProviderException FromAnswer(ModelTarget target, ReadOnlySpan<byte> body)
    {
        var name = target.Provider.DisplayName;
        var (kind, advice) = ProviderWords.Status(body) is { } status
            ? Meaning(status, retryAfter: null)
            : (ProviderErrorKind.Unavailable, "Try again.");
        if (kind == ProviderErrorKind.BadRequest && SaysContextTooLong(body))
        {
            (kind, advice) = TooMuchContext;
        }

        if (target.Provider.Transport == ProviderTransport.ModelHost && ModelHostRefusal.Read(body) is { } refusal)
        {
            return refusal.For(name, statusCode: null, retryAfter: null);
        }

        var words = ProviderWords.From(body, target.ApiKey);
        return new ProviderException(
            kind,
            name,
            words is null ? $"{name} broke off with an error. {advice}" : $"{name} broke off: “{words}”. {advice}"
        )
        {
            Param = ProviderWords.Param(body, target.ApiKey),
        };
    }

    /// <summary>What was asked cannot be put into the provider's format.</summary>
    public static ProviderException BadRequest(ModelTarget target, string fact) =>
        new(ProviderErrorKind.BadRequest, target.Provider.DisplayName, $"{target.Provider.DisplayName} {fact}");

    /// <summary>What was asked needs a field that the provider does not take.</summary>
    public static ProviderException NotTaken(ModelTarget target, string field) =>
        new(ProviderErrorKind.BadRequest, target.Provider.DisplayName, WordsOfNotTaken(target.Provider, field)) { Param = field };

    internal static string WordsOfNotTaken(ProviderRow provider, string field) =>
        $"{provider.DisplayName} takes no {field}. Leave out {field}, or give the minion a model of another provider.";

    public static ProviderException BadAnswer(ModelTarget target, string fact) =>
        new(
            ProviderErrorKind.BadAnswer,
            target.Provider.DisplayName,
            $"{target.Provider.DisplayName} {fact} Check the base URL (it usually ends in /v1), or try again."
        );

    public static ProviderException NoMeaning(ModelTarget target) =>
        new(
            ProviderErrorKind.BadAnswer,
            target.Provider.DisplayName,
            $"{target.Provider.DisplayName} sent a vector of zeros, which is near to everything. Try again, or choose another embedding model than {target.ModelId}."
        );

    public static ProviderException TooLarge(ModelTarget target, string what) =>
        new(
            ProviderErrorKind.BadAnswer,
            target.Provider.DisplayName,
            $"{target.Provider.DisplayName} sent {what}. The answer was cut off there."
        );

    public static ProviderException Interrupted(ModelTarget target, Exception? inner = null) =>
        new(
            ProviderErrorKind.Interrupted,
            target.Provider.DisplayName,
            // The model host says itself what happened to it.
            target.Provider.Transport == ProviderTransport.ModelHost
            && inner is not null
                ? inner.Message
                : $"{target.Provider.DisplayName} closed the connection before the answer was finished. Try again.",
            inner
        );

    /// <summary>The answer is over in the middle of a tool's arguments.</summary>
    public static ProviderException HalfACall(ModelTarget target, string tool, bool isTooLong) =>
        new(
            ProviderErrorKind.Interrupted,
            target.Provider.DisplayName,
            $"{target.Provider.DisplayName} broke off in the middle of a call of “{ProviderWords.Clean(tool, target.ApiKey)}”. "
                + (isTooLong ? "The answer was as long as it may be: allow more tokens." : "Try again.")
        );

    public static ProviderException Timeout(ModelTarget target, TimeSpan waited) =>
        new(
            ProviderErrorKind.Timeout,
            target.Provider.DisplayName,
            $"{target.Provider.DisplayName} sent nothing for {waited.TotalSeconds:0.#} seconds. It may be overloaded. Try again."
        );

    /// <summary>Whoever asked has something else to go on with.</summary>
    public static ProviderException GivenUp(ModelTarget target, TimeSpan waited) =>
        new(
            ProviderErrorKind.Timeout,
            target.Provider.DisplayName,
            $"{target.Provider.DisplayName} did not answer within {waited.TotalSeconds:0.#} seconds."
        )
        {
            WasGivenUp = true,
        };

    public static ProviderException TooLong(ModelTarget target, TimeSpan total) =>
        new(
            ProviderErrorKind.Timeout,
            target.Provider.DisplayName,
            $"{target.Provider.DisplayName} was still answering after {total.TotalMinutes:0.#} minutes. Ask for less, or raise the limit."
        );

    public static ProviderException FromTransport(ModelTarget target, Uri address, Exception failure)
    {
        var name = target.Provider.DisplayName;
        if (target.Provider.Transport == ProviderTransport.ModelHost)
        {
            return Unreachable(failure.Message);
        }

        for (var e = failure; e is not null; e = e.InnerException)
        {
            switch (e)
            {
                case ProviderException known:
                    return known;
                case OutboundRefusedException refused:
                    return new ProviderException(ProviderErrorKind.Refused, name, $"{name} was not called. {e.Message}", failure)
                    {
                        AllowableHost = refused.Allowable,
                        NeverSent = true,
                    };
                case NotSupportedException:
                    return new ProviderException(
                        ProviderErrorKind.Refused,
                        name,
                        $"{name} was not called. The base URL must start with http:// or https://.",
                        failure
                    );
                case AuthenticationException:
                    return Unreachable($"{name} at {address.Host} showed a certificate that is not valid. Check the base URL.");
                case SocketException socket:
                    return Unreachable(
                        $"{name} could not be reached at {address.Authority}: {Why(socket.SocketErrorCode)}. Check the base URL and that the server runs.",
                        IsBeforeAnythingIsSent(socket.SocketErrorCode)
                    );
                case HttpRequestException
                {
                    HttpRequestError: HttpRequestError.ConfigurationLimitExceeded or HttpRequestError.InvalidResponse
                }:
                    return BadAnswer(target, "did not answer in HTTP.");
            }
        }

        return Unreachable($"{name} at {address.Authority} closed the connection without an answer. Try again.");

        ProviderException Unreachable(string message, bool neverSent = false) =>
            new(ProviderErrorKind.Unreachable, name, message, failure) { NeverSent = neverSent };
    }

    private static bool IsBeforeAnythingIsSent(SocketError error) =>
        error
            is SocketError.HostNotFound
                or SocketError.NoData
                or SocketError.TryAgain
                or SocketError.ConnectionRefused
                or SocketError.NetworkUnreachable
                or SocketError.HostUnreachable;

    private static string Why(SocketError error) =>
        error switch
        {
            SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain => "the name has no address",
            SocketError.ConnectionRefused => "nothing listens there",
            SocketError.ConnectionReset or SocketError.ConnectionAborted or SocketError.Shutdown => "it broke the connection off",
            SocketError.NetworkUnreachable or SocketError.HostUnreachable => "there is no route to it",
            SocketError.TimedOut => "it did not answer",
            _ => "the connection failed",
        };

    private static (ProviderErrorKind Kind, string Advice) Meaning(int status, TimeSpan? retryAfter) =>
        status switch
        {
            401 => (ProviderErrorKind.BadKey, "Check the key, or make a new one at the provider."),
            // The account's own trouble, which another key or provider does not have.
            402 => (ProviderErrorKind.BadKey, "The account there has no credit left. Top it up, or use another key."),
            403 => (ProviderErrorKind.BadKey, "This key may not use this model. Check its rights at the provider."),
            404 or 405 or 410 => (ProviderErrorKind.NotFound, "Check the model's name and the base URL."),
            408 => (ProviderErrorKind.Timeout, "It took too long. Try again."),
            429 => (
                ProviderErrorKind.RateLimited,
                retryAfter is { } wait
                    ? $"It asks to wait {Math.Ceiling(wait.TotalSeconds):0} seconds."
                    : "Wait a little, or check your plan there."
            ),
            >= 500 => (ProviderErrorKind.Unavailable, "The fault is on its side. Try again in a moment."),
            400 or 413 or 415 or 422 => (ProviderErrorKind.BadRequest, "Check the model's settings and what was sent."),
            _ => (ProviderErrorKind.Unavailable, "Another provider may take the same request. Try again, or check the model's settings."),
        };

    // Servers agree on no code for it; these are the words they use.
    private static bool SaysContextTooLong(ReadOnlySpan<byte> body)
    {
        var said = System.Text.Encoding.UTF8.GetString(body[..Math.Min(body.Length, 4096)]);
        string[] signs =
        [
            "context_length_exceeded",
            "exceed_context_size",
            "context length",
            "context size",
            "context window",
            "maximum context",
            "prompt is too long",
        ];
        return Array.Exists(signs, sign => said.Contains(sign, StringComparison.OrdinalIgnoreCase));
    }

    private static TimeSpan? RetryAfter(RetryConditionHeaderValue? header, DateTimeOffset now)
    {
        var wait = header?.Delta ?? header?.Date - now;
        return wait is null || wait >= TimeSpan.Zero ? wait : TimeSpan.Zero;
    }
}
