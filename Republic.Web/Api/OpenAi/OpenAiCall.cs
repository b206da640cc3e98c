using System.Net;
using Republic.Core;
using Republic.Core.Accounts;
using Republic.Core.Accounts.Attempts;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.OpenAi;

/// <summary>What every call to <c>/v1</c> begins with: whose key it is, what the body says, which minion is meant.</summary>
internal sealed class OpenAiCall(ApiKeyCache keys, DailyCalls days, AddressFailures failures, OpenAiLimits limits, OpenAiOrigins origins)
{
    /// <summary>Room for long contexts and for pictures inside messages.</summary>
    public const long MaxBodyBytes = 16 << 20;

    public const string RawHeader = "x-republic-raw";

    /// <summary>Null: the answer was given.</summary>
    public async ValueTask<ApiCaller?> CallerAsync(HttpContext context)
    {
        var key = Authentication.KeyOf(context.Request);
        if (key is not null && await keys.FindAsync(key, context.RequestAborted) is { } caller)
        {
            if (OpenAiOrigins.Refusal(context, caller) is { } foreign)
            {
                await OpenAiErrors.WriteAsync(context, foreign);
                return null;
            }

            if (limits.Take(caller, context.Response.Headers) is { } pause)
            {
                await OpenAiErrors.TooManyAsync(context, pause, "This key makes too many requests a minute. Send them more slowly.");
                return null;
            }

            if (caller.MayChat)
            {
                return caller;
            }

            await OpenAiErrors.WriteAsync(
                context,
                Failure.Forbidden($"This token lacks the scope “{TokenScopes.Chat}”. Make one that has it.")
            );
            return null;
        }

        await origins.AllowRefusalAsync(context);
        var wait = key is null ? null : Count(context.Connection.RemoteIpAddress);
        await (
            wait is { } time
                ? OpenAiErrors.TooManyAsync(context, time, "Too many unknown keys came from this address. Wait a minute.")
                : OpenAiErrors.UnknownKeyAsync(context)
        );
        return null;
    }

    private TimeSpan? Count(IPAddress? address)
    {
        var wait = failures.WaitFor(address, AttemptKind.Key);
        failures.Add(address, AttemptKind.Key);
        return wait;
    }

    /// <summary>Whether the body is said to be JSON, or not said to be anything.</summary>
    public static bool MayBeJson(HttpRequest request)
    {
        const string json = "application/json";
        return string.IsNullOrEmpty(request.ContentType)
            || (
                request.ContentType.StartsWith(json, StringComparison.OrdinalIgnoreCase)
                && (request.ContentType.Length == json.Length || request.ContentType[json.Length] is ';' or ' ')
            );
    }

    public static async Task<ReadOnlyMemory<byte>> BodyAsync(HttpRequest request, CancellationToken ct)
    {
        if (request.ContentLength > MaxBodyBytes)
        {
            throw new BadHttpRequestException("The request body is larger than 16 MB.", StatusCodes.Status413PayloadTooLarge);
        }

        var length = request.ContentLength;
        var body = new byte[length ?? 16 << 10];
        var filled = 0;
        int count;
        while (filled != length && (count = await request.Body.ReadAsync(body.AsMemory(filled), ct)) > 0)
        {
            filled += count;
            if (filled == body.Length && length is null)
            {
                Array.Resize(ref body, body.Length * 2);
            }
        }

        return body.AsMemory(0, filled);
    }

    /// <summary>A minion's key speaks to that minion, whatever model is named; a person's token to the minion that is named.</summary>
    public async ValueTask<Outcome<ApiMinion>> MinionAsync(ApiCaller caller, OpenAiRelayRequest request, CancellationToken ct)
    {
        if (caller.Minion is { } own)
        {
            return own;
        }

        if (string.IsNullOrEmpty(request.Model))
        {
            return Failure.Invalid("model", "model is missing. Name one of your minions by its republic id.");
        }

        return await keys.FindAsync(caller.Owner, request.Model, ct) is { } named
            ? named
            : Failure.NotFound("minion") with
            {
                Message = "No minion of yours has this republic id. GET /v1/models lists them.",
                Fields = [new FieldError("model", "No minion of yours has this republic id.")],
            };
    }

    /// <summary>Null: the key's day has room, and the call is counted.</summary>
    public TimeSpan? WaitFor(ApiMinion minion) => days.Take(minion.Minion);

    /// <summary>Whether the messages go as they are, without the minion's character.</summary>
    public static Outcome<bool> IsRaw(OpenAiQuestion question)
    {
        if (!string.Equals(question.Context.Request.Headers[RawHeader], "true", StringComparison.OrdinalIgnoreCase))
        {
            return false;
        }

        return question.Caller.IsPerson || question.Minion.Minion.AllowRaw
            ? true
            : Failure.Forbidden($"{RawHeader} needs a personal access token, or a minion that allows it in its settings.");
    }
}
