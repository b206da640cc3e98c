using System.Buffers;
using System.Globalization;
using System.Text;
using Republic.Core;
using Republic.Core.Minions;
using Republic.Core.Providers;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Routing;

namespace Republic.Web.Api;

/// <summary>
/// Carries an outside client's call to the model behind a minion and the answer back, as the bytes they are. The answer begins when
/// the provider's does: what fails before is an error with a status, what fails later an error event.
/// </summary>
internal sealed class OpenAiRelay(ModelRouter router, MinionModel models, QueryCounts queries, TimeProvider time, ILogger<OpenAiRelay> log)
{
    private const string Cost = "x-republic-cost";
    private static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    /// <summary>True: the answer is complete.</summary>
    public Task<bool> ChatAsync(OpenAiQuestion question, bool raw) =>
        SendAsync(question, raw, question.Request.Chat, (ModelRequest.Completions, "choices", question.Request.Stream));

    public Task<bool> EmbeddingsAsync(OpenAiQuestion question) =>
        SendAsync(question, raw: true, question.Request.Embeddings, (ModelRequest.Embeddings, "data", false));

    private async Task<bool> SendAsync(
        OpenAiQuestion question,
        bool raw,
        Func<OpenAiRelayRules, Outcome<byte[]>> write,
        (string Path, string Member, bool Stream) what
    )
    {
        var (context, outside, minion) = (question.Context, question.Minion, question.Minion.Minion);
        var route = await models.RouteAsync(outside, context.RequestAborted);
        if (!route.Ok)
        {
            await OpenAiErrors.WriteAsync(context, route.Failure);
            return false;
        }

        Outcome<byte[]> Body(ModelTarget target) => write(Rules(target, minion, raw ? null : outside.SystemPrompt));
        var own = route.Value.Nearest!;
        var body = Body(own);
        if (!body.Ok)
        {
            await OpenAiErrors.WriteAsync(context, body.Failure);
            return false;
        }

        // What is wrong with a request is wrong for every model, so a fallback's body is there too.
        var request = new ModelRequest(
            what.Path,
            what.Member,
            what.Stream,
            target => target.Provider == own.Provider && target.ModelId == own.ModelId ? body.Value : Body(target).Value
        );
        var (succeeded, counts) = (false, true);
        try
        {
            await using var answer = await router.SendAsync(
                OpenAiCache.Asked(context.Request, route.Value),
                request,
                context.RequestAborted
            );
            Receipt(context.Response.Headers, answer);
            OpenAiCache.Tell(context.Response.Headers, route.Value, answer);
            var asked = body.Value.Length;
            succeeded = answer.IsStream ? await StreamAsync(context, answer, asked) : await WholeAsync(context, answer, what.Stream, asked);
        }
        catch (ProviderException e) when (!context.Response.HasStarted)
        {
            log.LogInformation("{Minion} failed on /v1: {Reason}", minion.RepublicId, e.Message);
            counts = !IsCallersFault(e);
            await OpenAiErrors.WriteAsync(context, e);
        }
        finally
        {
            if (counts)
            {
                queries.Add(minion.Id, succeeded, byKey: !question.Caller.IsPerson);
            }
        }

        return succeeded;
    }

    private static OpenAiRelayRules Rules(ModelTarget target, Minion minion, string? systemPrompt) =>
        new(target.Provider, target.ModelId, systemPrompt, minion.Temperature, minion.TopP, minion.MaxTokens)
        {
            Adapters = target.Adapters,
        };

    /// <summary>A request that was wrong in itself says nothing about the minion.</summary>
    private static bool IsCallersFault(ProviderException e) => e.Kind is ProviderErrorKind.BadRequest or ProviderErrorKind.ContextTooLong;

    private static async Task<bool> WholeAsync(HttpContext context, RoutedAnswer answer, bool asStream, int asked)
    {
        var body = answer.Tokens is null ? EstimatedUsage.AddedTo(answer.Whole, asked) : answer.Whole;
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

        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
        return true;
    }

    private async Task<bool> StreamAsync(HttpContext context, RoutedAnswer answer, int asked)
    {
        var (response, ct) = (context.Response, context.RequestAborted);
        BeginStream(response);
        // Known when the provider has counted, which is at the end.
        var mayTrail = response.SupportsTrailers();
        if (mayTrail)
        {
            response.DeclareTrailer(Cost);
        }

        try
        {
            ReadOnlyMemory<byte> lines;
            while (!(lines = await answer.NextAsync(ct)).IsEmpty)
            {
                // Sent at once: nothing is gathered, but for the last lines, which go out with the end mark.
                if (answer.IsEnding)
                {
                    response.BodyWriter.Write(lines.Span);
                }
                else
                {
                    await response.BodyWriter.WriteAsync(lines, ct);
                }
            }

            if (answer.Tokens is null)
            {
                response.BodyWriter.Write(EstimatedUsage.Frame(answer.Target.ModelId, asked, answer.Pieces, time.GetUtcNow()));
            }

            // Over HTTP/1.1 there are no trailers here, and clients pass over a comment.
            response.BodyWriter.Write(Encoding.ASCII.GetBytes($": {Cost} {Text(answer.Bill)}\n\n"));
            response.BodyWriter.Write(Done);
            if (mayTrail)
            {
                response.AppendTrailer(Cost, Text(answer.Bill));
            }

            return true;
        }
        catch (ProviderException failure)
        {
            log.LogInformation("{Target} broke off on /v1: {Reason}", answer.Target, failure.Message);
            await response.Body.WriteAsync(OpenAiErrors.Event(failure), ct);
            return false;
        }
    }

    private static string Text(Bill bill) =>
        bill.Cost is { } cost ? (bill.IsEstimate ? "~" : "") + cost.ToString("0.#########", CultureInfo.InvariantCulture) : "unknown";

    private static void BeginStream(HttpResponse response)
    {
        response.ContentType = "text/event-stream";
        response.Headers.CacheControl = "no-cache";
        // nginx in front would gather otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    private static void Receipt(IHeaderDictionary headers, RoutedAnswer answer)
    {
        var target = answer.Target;
        headers["x-republic-provider"] = target.Provider.Name;
        headers["x-republic-model"] = Uri.EscapeDataString(target.ModelId)
            .Replace("%2F", "/", StringComparison.Ordinal)
            .Replace("%3A", ":", StringComparison.Ordinal);
        // Of a stream as far as it is known at its beginning: nothing where nothing is paid, the most it can be under a budget.
        headers[Cost] = Text(answer.Bill);
        headers["x-republic-hops"] = answer.Sent.ToString(CultureInfo.InvariantCulture);
    }
}
