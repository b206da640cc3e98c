using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Republic.Core.Inference.Http;

namespace Republic.Core.Inference.Supervision;

/// <summary>One request, which is sent to the next child when the one that had it died: one person's model must not cost others their answers.</summary>
internal sealed class LastingRequest(
    KeptRequest kept,
    ModelHostSupervisor supervisor,
    Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send
)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);
    private readonly ResendPolicy policy = new(kept);
    private ModelHostAddress? address;

    public static bool IsStream(HttpResponseMessage response) => response.Content.Headers.ContentType?.MediaType == "text/event-stream";

    /// <returns>A stream whose body is yet to be read, or an answer that is here as a whole.</returns>
    /// <param name="begun">The answer so far, where there is any.</param>
    public async Task<HttpResponseMessage> SendAsync(ChatContinuation? begun, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        while (true)
        {
            address = await supervisor.AddressAsync(ct);
            HttpResponseMessage? response = null;
            try
            {
                response = await send(kept.Message(address.Secret, begun), ct);
                if (!IsStream(response))
                {
                    await response.Content.LoadIntoBufferAsync(ct);
                }

                if (response.StatusCode == HttpStatusCode.Unauthorized && await supervisor.AddressAsync(ct) != address)
                {
                    // The child ended before it was connected to, and the next one has a secret of its own.
                    response.Dispose();
                    continue;
                }

                // All that a child had is sent again at once, and beside new requests; in another order other models are loaded first.
                if (
                    !policy.MayWait
                    || response.StatusCode != HttpStatusCode.ServiceUnavailable
                    || Stopwatch.GetElapsedTime(started) >= Patience
                )
                {
                    return response;
                }

                response.Dispose();
                await Task.Delay(Pause, ct);
            }
            catch (HttpRequestException e) when (e.InnerException is HttpRequestException reason)
            {
                throw new HttpRequestException(reason.HttpRequestError, reason.Message, e);
            }
            catch (HttpRequestException e)
            {
                response?.Dispose();
                await SurviveAsync(e, hasProgressed: false, ct);
            }
        }
    }

    /// <summary>Waits until the child that had the request has ended.</summary>
    /// <param name="hasProgressed">Words of the answer were passed on since the request was sent last.</param>
    /// <exception cref="HttpRequestException">The request is not to be sent again.</exception>
    public async Task SurviveAsync(Exception broken, bool hasProgressed, CancellationToken ct)
    {
        var end = await address!.EndAsync(ct);
        if (end is null || !policy.Allows(end, hasProgressed))
        {
            throw new HttpRequestException(HttpRequestError.ResponseEnded, end?.Reason ?? ModelHostEnd.Cut, broken);
        }
    }

    /// <summary>Why a response is none that an answer can go on with, for people.</summary>
    public static async Task<string> ReasonAsync(HttpResponseMessage response, CancellationToken ct)
    {
        var body = await response.Content.ReadAsByteArrayAsync(ct);
        return JsonElement.Parse(body).GetProperty("error").GetProperty("message").GetString() ?? ModelHostEnd.Cut;
    }
}
