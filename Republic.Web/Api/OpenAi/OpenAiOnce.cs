using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Republic.Core.Providers.Idempotency;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// A call with an <c>Idempotency-Key</c> is answered once; made again it gets the same bytes, and no model is asked. Such a call goes on
/// when its caller's connection breaks: the answer is there when the caller comes back for it.
/// </summary>
internal sealed class OpenAiOnce(KeptAnswers answers)
{
    private const string KeyHeader = "Idempotency-Key";
    private const string ReplayHeader = "x-republic-idempotent-replay";
    private static readonly TimeSpan UntilAnswered = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilDatabase = TimeSpan.FromSeconds(2);

    public bool IsFor(HttpContext context) => context.Request.Headers.ContainsKey(KeyHeader) && answers.AreOn;

    /// <param name="answer">Writes the answer; true where it is complete and good.</param>
    public async Task AnswerAsync(OpenAiQuestion question, Func<OpenAiQuestion, Task<bool>> answer)
    {
        var (context, caller) = (question.Context, question.Caller);
        if (context.Request.Headers[KeyHeader] is not [{ Length: > 0 and <= KeptAnswer.MaxKeyLength } key] || !key.All(IsPrintable))
        {
            await OpenAiErrors.WriteAsync(
                context,
                StatusCodes.Status400BadRequest,
                $"{KeyHeader} must be one value of 1 to {KeptAnswer.MaxKeyLength} printable ASCII characters, for example a UUID.",
                "invalid_request_error",
                code: "invalid_idempotency_key"
            );
            return;
        }

        var call = new IdempotentCall(
            caller.Minion?.Minion.Id ?? caller.Owner,
            caller.Owner,
            key,
            HashOf(context.Request, question.Body.Span)
        );
        var claim = await answers.ClaimAsync(call, context.RequestAborted);
        await (
            !claim.Ok
                ? OpenAiErrors.UnavailableAsync(context, UntilDatabase, claim.Failure.Message)
                : claim.Value switch
                {
                    CallClaim.Taken taken => FirstAsync(question, call, taken.Id, answer),
                    CallClaim.Answered known => ReplayAsync(context, known),
                    CallClaim.UnderWay => OpenAiErrors.UnderWayAsync(context, UntilAnswered),
                    _ => OpenAiErrors.OtherRequestAsync(context),
                }
        );
    }

    private async Task FirstAsync(OpenAiQuestion question, IdempotentCall call, Guid claim, Func<OpenAiQuestion, Task<bool>> answer)
    {
        var response = question.Context.Response;
        var sent = new RecordedBody(response.Body, answers.MaxAnswerBytes);
        response.Body = sent;
        // The caller has read all of it only once the row is written, and so may ask again at once.
        response.OnStarting(() =>
        {
            response.ContentLength = null;
            return Task.CompletedTask;
        });
        // Who asks for one answer and no second wants this one, even if the line is cut before it comes.
        question.Context.RequestAborted = CancellationToken.None;
        using var answered = new CancellationTokenSource();
        var holding = answers.HoldAsync(call, claim, answered.Token);
        var kept = false;
        try
        {
            var isGood = await answer(question);
            // What is written last waits in the writer, and only the server's own is emptied by itself.
            await response.BodyWriter.FlushAsync(CancellationToken.None);
            if (isGood && sent.Recorded is { } body)
            {
                await EndHoldingAsync();
                await answers.KeepAsync(call, claim, HeadersOf(response), body);
                kept = true;
            }
        }
        finally
        {
            await EndHoldingAsync();
            if (!kept)
            {
                await answers.LetGoAsync(call, claim);
            }
        }

        async Task EndHoldingAsync()
        {
            await answered.CancelAsync();
            await holding;
        }
    }

    private static async Task ReplayAsync(HttpContext context, CallClaim.Answered known)
    {
        var headers = context.Response.Headers;
        foreach (var (name, value) in JsonSerializer.Deserialize<Dictionary<string, string>>(known.Headers)!)
        {
            headers[name] = value;
        }

        headers[ReplayHeader] = "true";
        context.Response.ContentLength = known.Body.Length;
        await context.Response.Body.WriteAsync(known.Body, context.RequestAborted);
    }

    private static string HeadersOf(HttpResponse response) =>
        JsonSerializer.Serialize(
            response
                .Headers.Where(header =>
                    header.Key.StartsWith("x-republic-", StringComparison.OrdinalIgnoreCase)
                    || header.Key.ToUpperInvariant() is "CONTENT-TYPE" or "CACHE-CONTROL" or "X-ACCEL-BUFFERING"
                )
                .ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase)
        );

    private static byte[] HashOf(HttpRequest request, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Path}\n{request.Headers[OpenAiCall.RawHeader]}\n"));
        hash.AppendData(body);
        return hash.GetHashAndReset();
    }

    private static bool IsPrintable(char letter) => letter is >= ' ' and <= '~';
}
