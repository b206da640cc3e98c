using Microsoft.Extensions.Options;
using Republic.Core;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Protocols;

namespace Republic.Web.Api;

/// <summary>
/// Carries an outside client's call to the model behind a minion and the answer back, as the bytes they are. The answer begins when
/// the provider's does: what fails before is an error with a status, what fails later an error event.
/// </summary>
internal sealed class OpenAiRelay(
    ModelRouter router,
    MinionModel models,
    QueryCounts queries,
    IOptions<UpstreamLimits> limits,
    ILogger<OpenAiRelay> log
)
{
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    public Task ChatAsync(HttpContext context, OutsideMinion minion, bool byKey, OpenAiRelayRequest request, bool raw) =>
        SendAsync(context, minion, byKey, request.Stream, raw, request.Chat, "/chat/completions", "choices");

    public Task EmbeddingsAsync(HttpContext context, OutsideMinion minion, bool byKey, OpenAiRelayRequest request) =>
        SendAsync(context, minion, byKey, stream: false, raw: true, request.Embeddings, "/embeddings", "data");

    private async Task SendAsync(
        HttpContext context,
        OutsideMinion outside,
        bool byKey,
        bool stream,
        bool raw,
        Func<OpenAiRelayRules, Outcome<byte[]>> write,
        string path,
        string member
    )
    {
        var minion = outside.Minion;
        var target = models.Target(minion);
        if (!target.Ok)
        {
            await OpenAiErrors.WriteAsync(context, target.Failure);
            return;
        }

        var body = write(Rules(target.Value, minion, raw ? null : outside.SystemPrompt));
        if (!body.Ok)
        {
            await OpenAiErrors.WriteAsync(context, body.Failure);
            return;
        }

        Receipt(context.Response.Headers, target.Value);
        var (succeeded, counts) = (false, true);
        try
        {
            using var answer = await router.SendAsync(target.Value, path, body.Value, stream, context.RequestAborted);
            succeeded =
                stream && answer.Content.Headers.ContentType?.MediaType is not ("application/json" or "text/html")
                    ? await StreamAsync(context, target.Value, answer)
                    : await WholeAsync(context, target.Value, answer, member, stream);
        }
        catch (ProviderException e) when (!context.Response.HasStarted)
        {
            log.LogInformation("{Target} failed on /v1: {Reason}", target.Value, e.Message);
            counts = !IsCallersFault(e);
            await OpenAiErrors.WriteAsync(context, e);
        }
        finally
        {
            if (counts)
            {
                queries.Add(minion.Id, succeeded, byKey);
            }
        }
    }

    private static OpenAiRelayRules Rules(ModelTarget target, Minion minion, string? systemPrompt) =>
        new(target.Provider, minion.ModelId, systemPrompt, minion.Temperature, minion.TopP, minion.MaxTokens)
        {
            Adapters = target.Adapters,
        };

    /// <summary>A request that was wrong in itself says nothing about the minion.</summary>
    private static bool IsCallersFault(ProviderException e) => e.Kind is ProviderErrorKind.BadRequest or ProviderErrorKind.ContextTooLong;

    private static async Task<bool> WholeAsync(
        HttpContext context,
        ModelTarget target,
        HttpResponseMessage answer,
        string member,
        bool asStream
    )
    {
        var body = await OpenAiWholeAnswer.ReadAsync(target, answer, member, context.RequestAborted);
        if (asStream)
        {
            body = OpenAiWholeAnswer.AsStream(body);
            BeginStream(context.Response);
        }
        else
        {
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = body.Length;
        }

        await context.Response.Body.WriteAsync(body, context.RequestAborted);
        return true;
    }

    private async Task<bool> StreamAsync(HttpContext context, ModelTarget target, HttpResponseMessage answer)
    {
        var (response, ct) = (context.Response, context.RequestAborted);
        using var watch = new OpenAiRelayWatch(target, limits.Value.MaxLineBytes);
        ProviderException? failure = null;
        try
        {
            await using var upstream = await answer.Content.ReadAsStreamAsync(ct);
            int count;
            while (!watch.IsDone && watch.Failure is null && (count = await upstream.ReadAsync(watch.Room(), ct)) > 0)
            {
                var ready = watch.Take(count);
                if (!ready.IsEmpty)
                {
                    BeginStream(response);
                    // Kestrel sends at once what is written here: nothing is gathered.
                    await response.Body.WriteAsync(ready, ct);
                }
            }

            watch.End();
            failure = watch.Failure;
        }
        catch (ProviderException e)
        {
            failure = e;
        }

        if (failure is null)
        {
            BeginStream(response);
            await response.Body.WriteAsync(Done, ct);
            return true;
        }

        if (!response.HasStarted)
        {
            throw failure;
        }

        log.LogInformation("{Target} broke off on /v1: {Reason}", target, failure.Message);
        await response.Body.WriteAsync(OpenAiErrors.Event(failure), ct);
        return false;
    }

    private static void BeginStream(HttpResponse response)
    {
        if (!response.HasStarted)
        {
            response.ContentType = "text/event-stream";
            response.Headers.CacheControl = "no-cache";
            // nginx in front would gather otherwise.
            response.Headers["X-Accel-Buffering"] = "no";
        }
    }

    // What a call costs is known where nothing is paid for it; a price list comes with metering.
    private static void Receipt(IHeaderDictionary headers, ModelTarget target)
    {
        headers["x-republic-provider"] = target.Provider.Name;
        headers["x-republic-model"] = Uri.EscapeDataString(target.ModelId)
            .Replace("%2F", "/", StringComparison.Ordinal)
            .Replace("%3A", ":", StringComparison.Ordinal);
        headers["x-republic-cost"] = target.Provider.Transport == ProviderTransport.ModelHost ? "0" : "unknown";
        headers["x-republic-hops"] = "1";
    }
}
