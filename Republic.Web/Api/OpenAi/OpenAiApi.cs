using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Minions.Access;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;

namespace Republic.Web.Api.OpenAi;

/// <summary>Minions for any OpenAI client. The endpoints know their callers themselves: by a minion's key or a person's token, never by cookie.</summary>
internal static class OpenAiApi
{
    private const string Tag = "OpenAI-compatible";

    public static IServiceCollection AddOpenAiApi(this IServiceCollection services)
    {
        services.AddOptions<OpenAiOptions>().BindConfiguration(OpenAiOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<OpenAiLimits>();
        services.AddSingleton<OpenAiCall>();
        services.AddSingleton<OpenAiOrigins>();
        services.AddSingleton<BuiltInVectors>();
        services.AddSingleton<OpenAiRoutes>();
        services.AddSingleton<OpenAiRelay>();
        services.AddSingleton<OpenAiToolAnswer>();
        services.AddSingleton<OpenAiStages>();
        services.AddSingleton<OpenAiOnce>();
        services.AddSingleton<OpenAiActiveRequests>();
        services.AddHostedService(provider => provider.GetRequiredService<OpenAiActiveRequests>());
        return services;
    }

    public static void MapOpenAi(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/v1").AllowAnonymous().WithTags(Tag);
        v1.AddEndpointFilter(InTheirShapeAsync);
        var (call, relay) = (app.ServiceProvider.GetRequiredService<OpenAiCall>(), app.ServiceProvider.GetRequiredService<OpenAiRelay>());
        var limits = app.ServiceProvider.GetRequiredService<OpenAiLimits>();
        var routes = app.ServiceProvider.GetRequiredService<OpenAiRoutes>();
        var once = app.ServiceProvider.GetRequiredService<OpenAiOnce>();
        var pipeline = app.ServiceProvider.GetRequiredService<OpenAiStages>();
        var activeRequests = app.ServiceProvider.GetRequiredService<OpenAiActiveRequests>();
        Func<OpenAiQuestion, Task<bool>> chat = question =>
            activeRequests.AnswerAsync(question.Context, () => ChatAsync(question, call, limits, routes, relay, pipeline));
        Func<OpenAiQuestion, Task<bool>> embed = question =>
            activeRequests.AnswerAsync(question.Context, () => EmbeddingsAsync(question, call, routes, relay));
        Func<OpenAiQuestion, Task<bool>> likelihoods = question =>
            activeRequests.AnswerAsync(question.Context, () => LikelihoodsAsync(question, call, routes, relay));
        // A group of its own: even an endpoint that is no method with parameters would go through the other's filter.
        var hot = app.MapGroup("/v1").AllowAnonymous().WithTags(Tag);
        MapHot(hot, "/chat/completions", context => AnswerAsync(context, call, once, chat));
        MapHot(hot, "/embeddings", context => AnswerAsync(context, call, once, embed));
        MapHot(hot, "/likelihoods", context => AnswerAsync(context, call, once, likelihoods));
        v1.MapGet("/models", ModelsAsync);
        v1.MapGet("/models/{id}", ModelAsync);
        v1.Map("/{**rest}", OtherAsync).ExcludeFromDescription();
    }

    // Straight from routing to the handler, past what knows people by their cookies, and without a scope or filters: a tenth of a
    // millisecond counts here.
    private static void MapHot(RouteGroupBuilder hot, string path, Func<HttpContext, Task> answer)
    {
        RequestDelegate handler = context => InTheirShapeAsync(context, answer);
        EndpointRouteBuilderExtensions
            .MapPost(hot, path, handler)
            .ShortCircuit()
            .WithMetadata(new RequestSizeLimitAttribute(OpenAiCall.MaxBodyBytes), answer.Method);
    }

    private static async Task AnswerAsync(HttpContext context, OpenAiCall call, OpenAiOnce once, Func<OpenAiQuestion, Task<bool>> answer)
    {
        if (await call.CallerAsync(context) is { } caller && await ReadAsync(context, call, caller) is { } question)
        {
            await (once.IsFor(context) ? once.AnswerAsync(question, answer) : answer(question));
        }
    }

    private static async Task<bool> ChatAsync(
        OpenAiQuestion question,
        OpenAiCall call,
        OpenAiLimits limits,
        OpenAiRoutes routes,
        OpenAiRelay relay,
        OpenAiStages pipeline
    )
    {
        var raw = OpenAiCall.IsRaw(question);
        if (!raw.Ok)
        {
            await OpenAiErrors.WriteAsync(question.Context, raw.Failure);
            return false;
        }

        using var stream = question.Request.Stream ? limits.OpenStream(question.Caller.Owner) : null;
        if (question.Request.Stream && stream is null)
        {
            await OpenAiErrors.TooManyAsync(
                question.Context,
                TimeSpan.FromSeconds(1),
                "As many answers are being streamed for the owner of this minion as may be at once. Wait until one has ended."
            );
            return false;
        }

        if (!await HasRoomAsync(question, call))
        {
            return false;
        }

        var route = await routes.FindAsync(question, ModelRequest.Completions);
        return !raw.Value && OpenAiStages.AreOf(question)
            ? await pipeline.ChatAsync(question, route)
            : await relay.ChatAsync(question, route, raw.Value);
    }

    private static async Task<bool> EmbeddingsAsync(OpenAiQuestion question, OpenAiCall call, OpenAiRoutes routes, OpenAiRelay relay) =>
        await HasRoomAsync(question, call)
        && await relay.EmbeddingsAsync(question, await routes.FindAsync(question, ModelRequest.Embeddings));

    private static async Task<bool> LikelihoodsAsync(OpenAiQuestion question, OpenAiCall call, OpenAiRoutes routes, OpenAiRelay relay)
    {
        var raw = OpenAiCall.IsRaw(question);
        if (!raw.Ok)
        {
            await OpenAiErrors.WriteAsync(question.Context, raw.Failure);
            return false;
        }

        return await HasRoomAsync(question, call)
            && await relay.LikelihoodsAsync(question, await routes.FindAsync(question, ModelRequest.Likelihoods), raw.Value);
    }

    /// <summary>False: the answer was given.</summary>
    private static async ValueTask<bool> HasRoomAsync(OpenAiQuestion question, OpenAiCall call)
    {
        if (question.Caller.IsPerson || call.WaitFor(question.Minion) is not { } wait)
        {
            return true;
        }

        await OpenAiErrors.TooManyAsync(question.Context, wait, "This key has made all the calls it may make today (UTC).");
        return false;
    }

    private static async Task ModelsAsync(
        HttpContext context,
        OpenAiCall call,
        IDbContextFactory<RepublicDb> databases,
        CancellationToken ct
    )
    {
        if (await call.CallerAsync(context) is { } caller)
        {
            var data = (await MinionsAsync(caller, databases, ct)).Select(Model);
            await context.Response.WriteAsJsonAsync(new { @object = "list", data }, ct);
        }
    }

    private static async Task ModelAsync(HttpContext context, string id, OpenAiCall call, ApiKeyCache keys, CancellationToken ct)
    {
        if (await call.CallerAsync(context) is not { } caller)
        {
            return;
        }

        var found = caller.Minion is { } own ? (own.Minion.RepublicId == id ? own : null) : await keys.FindAsync(caller.Owner, id, ct);
        await (
            found is null
                ? OpenAiErrors.WriteAsync(context, Failure.NotFound("model"))
                : context.Response.WriteAsJsonAsync(Model(found.Minion), ct)
        );
    }

    private static async Task OtherAsync(HttpContext context, OpenAiOrigins origins)
    {
        if (HttpMethods.IsOptions(context.Request.Method))
        {
            await origins.PreflightAsync(context);
        }
        else
        {
            await origins.AllowRefusalAsync(context);
            await OpenAiErrors.WriteAsync(
                context,
                StatusCodes.Status404NotFound,
                $"There is no {context.Request.Method} {context.Request.Path}. Republic answers on /v1/chat/completions, /v1/embeddings, /v1/likelihoods and /v1/models.",
                "invalid_request_error",
                code: "unknown_url"
            );
        }
    }

    /// <summary>Null: the answer was given.</summary>
    private static async ValueTask<OpenAiQuestion?> ReadAsync(HttpContext context, OpenAiCall call, ApiCaller caller)
    {
        if (!OpenAiCall.MayBeJson(context.Request))
        {
            await OpenAiErrors.UnsupportedTypeAsync(context);
            return null;
        }

        var body = await OpenAiCall.BodyAsync(context.Request, context.RequestAborted);
        var request = OpenAiRelayRequest.Parse(body);
        var minion = request.Ok ? await call.MinionAsync(caller, request.Value, context.RequestAborted) : request.Failure;
        if (!minion.Ok)
        {
            await OpenAiErrors.WriteAsync(context, minion.Failure);
            return null;
        }

        return new OpenAiQuestion(context, caller, minion.Value, request.Value!, body);
    }

    private static async Task<List<Minion>> MinionsAsync(ApiCaller caller, IDbContextFactory<RepublicDb> databases, CancellationToken ct)
    {
        if (caller.Minion is { } own)
        {
            return [own.Minion];
        }

        await using var db = await databases.CreateDbContextAsync(ct);
        return await db.Minions.AsNoTracking().OwnedBy(caller.Owner).Live().OrderBy(m => m.RepublicId).ToListAsync(ct);
    }

    private static object Model(Minion minion) =>
        new
        {
            id = minion.RepublicId,
            @object = "model",
            created = minion.CreatedAt.ToUnixTimeSeconds(),
            owned_by = minion.Provider,
        };

    private static async ValueTask<object?> InTheirShapeAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        object? result = null;
        await InTheirShapeAsync(call.HttpContext, async _ => result = await next(call));
        return result ?? Results.Empty;
    }

    private static async Task InTheirShapeAsync(HttpContext context, Func<HttpContext, Task> answer)
    {
        OpenAiErrors.SetRequestId(context);
        try
        {
            await answer(context);
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The caller went away, perhaps while it was still sending.
        }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await OpenAiErrors.WriteAsync(context, e.StatusCode, e.Message, "invalid_request_error");
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            await OpenAiErrors.UnexpectedAsync(context, e);
        }
    }
}
