using System.Buffers;
using System.Globalization;
using System.Text;
using Republic.Core;
using Republic.Core.Answering.Clients;
using Republic.Core.Answering.Traces;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Minions.Models;
using Republic.Core.Providers;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Protocols;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;

namespace Republic.Web.Api.OpenAi;

/// <summary>
/// Carries an outside client's call to the model behind a minion and the answer back, as the bytes they are. The answer begins when
/// the provider's does: what fails before is an error with a status, what fails later an error event.
/// </summary>
internal sealed class OpenAiRelay(ModelRouter router, QueryCounts queries, ILogger<OpenAiRelay> log)
{
    private const string Cost = "x-republic-cost";
    private const string History = "x-republic-history";
    internal static readonly byte[] Done = "data: [DONE]\n\n"u8.ToArray();

    /// <param name="prepared">What stages before it found; null where it has none.</param>
    /// <returns>True: the answer is complete.</returns>
    public Task<bool> ChatAsync(OpenAiQuestion question, Outcome<ModelRoute> route, bool raw, GroundedPrompt? prepared = null) =>
        SendAsync(question, route, raw, (ModelRequest.Completions, "choices", question.Request.Stream), prepared);

    public Task<bool> EmbeddingsAsync(OpenAiQuestion question, Outcome<ModelRoute> route) =>
        SendAsync(question, route, raw: true, (ModelRequest.Embeddings, "data", false), prepared: null);

    public Task<bool> LikelihoodsAsync(OpenAiQuestion question, Outcome<ModelRoute> route, bool raw) =>
        SendAsync(question, route, raw, (ModelRequest.Likelihoods, "data", false), prepared: null);

    private async Task<bool> SendAsync(
        OpenAiQuestion question,
        Outcome<ModelRoute> route,
        bool raw,
        (string Path, string Member, bool Stream) what,
        GroundedPrompt? prepared
    )
    {
        var (context, outside, minion) = (question.Context, question.Minion, question.Minion.Minion);
        Outcome<byte[]> BodyFor(ModelTarget target) => Body(question.Request, what.Path, Rules(target, outside, raw, prepared));
        var body = route.Ok ? BodyFor(route.Value.Nearest!) : route.Failure;
        if (!route.Ok || !body.Ok)
        {
            await OpenAiErrors.WriteAsync(context, route.Failure ?? body.Failure!);
            return false;
        }

        var own = route.Value.Nearest!;
        // What is wrong with a request is wrong for every model, so a fallback's body is there too.
        var request = new ModelRequest(
            what.Path,
            what.Member,
            what.Stream,
            target => target.Provider == own.Provider && target.ModelId == own.ModelId ? body.Value : BodyFor(target).Value
        )
        {
            Needs = question.Request.Needs,
        };
        var (succeeded, counts, provider) = (false, true, (string?)null);
        try
        {
            var asked = OpenAiCache.Asked(context.Request, route.Value);
            await using var answer = await router.SendAsync(asked, request, context.RequestAborted);
            provider = answer.Target.Provider.Name;
            OpenAiCache.Tell(context.Response.Headers, route.Value, answer);
            succeeded = await AnswerAsync(context, answer, what.Stream, new SentQuestion(body.Value.Length, question, prepared));
        }
        catch (ProviderException e) when (!context.Response.HasStarted && WithLess(prepared, e) is { } less)
        {
            // Counted when that has an answer.
            counts = false;
            return await SendAsync(question, route, raw, what, less);
        }
        catch (ProviderException e) when (!context.Response.HasStarted)
        {
            log.LogInformation("{Minion} failed on /v1 ({Request}): {Reason}", minion.RepublicId, context.TraceIdentifier, e.Message);
            counts = !IsCallersFault(e);
            await OpenAiErrors.WriteAsync(context, OpenAiErrorText.For(question.Caller, e), question.Request.AddedBefore(body.Value));
        }
        finally
        {
            if (counts)
            {
                queries.Add(minion.Id, provider, succeeded, byKey: !question.Caller.IsPerson);
            }
        }

        return succeeded;
    }

    private async Task<bool> AnswerAsync(HttpContext context, RoutedAnswer answer, bool asStream, SentQuestion sent)
    {
        Receipt(context.Response.Headers, sent.Question.Request, answer, sent.Stages);
        return answer.IsStream ? await StreamAsync(context, answer, sent) : await WholeAsync(context, answer, asStream, sent);
    }

    /// <summary>Fewer passages, where a question is too long with those that were added to it.</summary>
    private static GroundedPrompt? WithLess(GroundedPrompt? prepared, ProviderException error) =>
        error.Kind == ProviderErrorKind.ContextTooLong ? prepared?.Fewer() : null;

    private static Outcome<byte[]> Body(OpenAiRelayRequest request, string path, OpenAiRelayRules rules) =>
        path switch
        {
            ModelRequest.Embeddings => request.Embeddings(rules),
            ModelRequest.Likelihoods => request.Likelihoods(rules),
            _ => request.Chat(rules),
        };

    private static OpenAiRelayRules Rules(ModelTarget target, ApiMinion outside, bool raw, GroundedPrompt? prepared)
    {
        var (minion, prompt) = (outside.Minion, raw ? null : prepared?.Instructions ?? outside.SystemPrompt);
        return new(target.Provider, target.ModelId, prompt, minion.Temperature, minion.TopP, minion.MaxTokens)
        {
            Adapters = target.Adapters,
            Installed = target.Installed,
            Material = prepared?.Material,
            WholeHistory = raw,
        };
    }

    /// <summary>The response header with the number of messages that the model was given, of those that were sent.</summary>
    private static void TellHistory(IHeaderDictionary headers, OpenAiRelayRequest request, RoutedAnswer answer)
    {
        if (answer.History is { Omitted: > 0 and var omitted })
        {
            var given = request.CountMessages();
            headers[History] = string.Create(CultureInfo.InvariantCulture, $"{given - omitted}/{given}");
        }
    }

    /// <summary>A request that was wrong in itself says nothing about the minion.</summary>
    private static bool IsCallersFault(ProviderException e) => e.Kind is ProviderErrorKind.BadRequest or ProviderErrorKind.ContextTooLong;

    private static async Task<bool> WholeAsync(HttpContext context, RoutedAnswer answer, bool asStream, SentQuestion sent)
    {
        var body = answer.Tokens is null ? EstimatedUsage.AddedTo(answer.Whole, sent.Bytes) : answer.Whole;
        body = sent.Question.Request.WantsPacked ? OpenAiVectorFields.Packed(body) : body;
        if (asStream)
        {
            BeginStream(context.Response);
            var (stream, end) = (OpenAiWholeAnswer.AsStream(body), sent.End());
            context.Response.BodyWriter.Write(end.Take(stream.AsMemory(0, stream.Length - Done.Length)).Span);
            context.Response.BodyWriter.Write(end.End().Span);
            await context.Response.BodyWriter.WriteAsync(Done, context.RequestAborted);
        }
        else
        {
            await WriteWholeAsync(context, OpenAiCitations.AddedTo(body, sent.Passages));
        }

        return true;
    }

    internal static async Task WriteWholeAsync(HttpContext context, ReadOnlyMemory<byte> body)
    {
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = body.Length;
        await context.Response.BodyWriter.WriteAsync(body, context.RequestAborted);
    }

    private async Task<bool> StreamAsync(HttpContext context, RoutedAnswer answer, SentQuestion sent)
    {
        var (response, ct) = (context.Response, context.RequestAborted);
        BeginStream(response);

        // Known when the provider has counted, which is at the end.
        var mayTrail = response.SupportsTrailers();
        if (mayTrail)
        {
            response.DeclareTrailer(Cost);
        }

        var end = sent.End();
        try
        {
            ReadOnlyMemory<byte> lines;
            while (!(lines = await answer.NextAsync(ct)).IsEmpty)
            {
                var ready = end.Take(lines);
                // Sent at once: nothing is gathered, but for the last lines, which go out with the end mark.
                if (answer.IsEnding)
                {
                    response.BodyWriter.Write(ready.Span);
                }
                else if (!ready.IsEmpty)
                {
                    await response.BodyWriter.WriteAsync(ready, ct);
                }
            }

            if (answer.Tokens is null)
            {
                end.Count(EstimatedUsage.Json(sent.Bytes, answer.Pieces));
            }

            response.BodyWriter.Write(end.End().Span);
            // Over HTTP/1.1 there are no trailers here, and clients pass over a comment.
            response.BodyWriter.Write(Encoding.ASCII.GetBytes($": {Cost} {Text(answer.Bill, sent.Stages)}\n\n"));
            response.BodyWriter.Write(Done);
            if (mayTrail)
            {
                response.AppendTrailer(Cost, Text(answer.Bill, sent.Stages));
            }

            return true;
        }
        catch (ProviderException failure)
        {
            log.LogInformation("{Target} broke off on /v1 ({Request}): {Reason}", answer.Target, context.TraceIdentifier, failure.Message);
            response.BodyWriter.Write(end.Broken().Span);
            await response.BodyWriter.WriteAsync(OpenAiErrors.Event(OpenAiErrorText.For(sent.Question.Caller, failure)), ct);
            return false;
        }
    }

    /// <param name="stages">What was asked before the model, which is part of the answer's cost.</param>
    internal static string Text(Bill bill, RouteReceipt stages) =>
        bill.Cost + stages.Cost is { } cost
            ? (bill.IsEstimate || stages.IsEstimate ? "~" : "") + cost.ToString("0.#########", CultureInfo.InvariantCulture)
            : "unknown";

    internal static void BeginStream(HttpResponse response)
    {
        response.ContentType = OpenAiErrors.EventStream;
        response.Headers.CacheControl = "no-cache";
        // nginx in front would gather otherwise.
        response.Headers["X-Accel-Buffering"] = "no";
    }

    /// <param name="cost">Of a stream as far as it is known at its beginning: nothing where nothing is paid, the most it can be under a budget.</param>
    internal static void Receipt(IHeaderDictionary headers, string provider, string model, string cost, int attempts)
    {
        headers["x-republic-provider"] = provider;
        headers["x-republic-model"] = Uri.EscapeDataString(model)
            .Replace("%2F", "/", StringComparison.Ordinal)
            .Replace("%3A", ":", StringComparison.Ordinal);
        headers[Cost] = cost;
        headers["x-republic-hops"] = attempts.ToString(CultureInfo.InvariantCulture);
    }

    private static void Receipt(IHeaderDictionary headers, OpenAiRelayRequest request, RoutedAnswer answer, RouteReceipt stages)
    {
        Receipt(headers, answer.Target.Provider.Name, answer.Target.ModelId, Text(answer.Bill, stages), answer.Sent + stages.Sent);
        TellHistory(headers, request, answer);
    }

    private sealed record SentQuestion(int Bytes, OpenAiQuestion Question, GroundedPrompt? Prepared)
    {
        public IReadOnlyList<CitedPassage> Passages => Prepared?.Passages ?? [];

        /// <summary>Who was asked for what came before the model.</summary>
        public RouteReceipt Stages { get; } =
            Prepared?.Trace?.Attempts is { } attempts ? new RouteReceipt { Attempts = attempts } : RouteReceipt.Empty;

        /// <summary>The last events of a streamed answer: usage, where it is wanted, and citations.</summary>
        public OpenAiStreamEnd End() => new(Question.Request.WantsUsage, OpenAiCitations.Json(Passages));
    }
}
