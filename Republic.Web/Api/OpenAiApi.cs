using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Minions;
using Republic.Core.Providers.Protocols;

namespace Republic.Web.Api;

/// <summary>Minions for any OpenAI client. The endpoints know their callers themselves: by a minion's key or a person's token, never by cookie.</summary>
internal static class OpenAiApi
{
    public static IServiceCollection AddOpenAiApi(this IServiceCollection services)
    {
        services.AddSingleton<OpenAiCall>();
        services.AddSingleton<OpenAiRelay>();
        return services;
    }

    public static void MapOpenAi(this IEndpointRouteBuilder app)
    {
        var v1 = app.MapGroup("/v1").AllowAnonymous().WithTags("OpenAI-compatible");
        v1.AddEndpointFilter(InTheirShapeAsync);
        var (call, relay) = (app.ServiceProvider.GetRequiredService<OpenAiCall>(), app.ServiceProvider.GetRequiredService<OpenAiRelay>());
        MapHot(v1, "/chat/completions", context => ChatAsync(context, call, relay));
        MapHot(v1, "/embeddings", context => EmbeddingsAsync(context, call, relay));
        v1.MapGet("/models", ModelsAsync);
        v1.MapGet("/models/{id}", ModelAsync);
        v1.Map("/{**rest}", UnknownAsync).ExcludeFromDescription();
    }

    // Straight from routing to the handler, past what knows people by their cookies, and without a scope or filters: a tenth of a
    // millisecond counts here.
    private static void MapHot(RouteGroupBuilder v1, string path, Func<HttpContext, Task> answer)
    {
        RequestDelegate handler = context => InTheirShapeAsync(context, answer);
        v1.MapPost(path, handler).ShortCircuit().WithMetadata(new RequestSizeLimitAttribute(OpenAiCall.MaxBodyBytes), answer.Method);
    }

    private static async Task ChatAsync(HttpContext context, OpenAiCall call, OpenAiRelay relay)
    {
        if (await call.CallerAsync(context) is not { } caller || await ReadAsync(context, call, caller) is not var (minion, request))
        {
            return;
        }

        var raw = OpenAiCall.IsRaw(context.Request, caller, minion.Minion);
        await (
            raw.Ok ? relay.ChatAsync(context, minion, !caller.IsPerson, request, raw.Value) : OpenAiErrors.WriteAsync(context, raw.Failure)
        );
    }

    private static async Task EmbeddingsAsync(HttpContext context, OpenAiCall call, OpenAiRelay relay)
    {
        if (await call.CallerAsync(context) is { } caller && await ReadAsync(context, call, caller) is var (minion, request))
        {
            await relay.EmbeddingsAsync(context, minion, !caller.IsPerson, request);
        }
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

    private static async Task ModelAsync(HttpContext context, string id, OpenAiCall call, OutsideKeys keys, CancellationToken ct)
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

    private static Task UnknownAsync(HttpContext context) =>
        OpenAiErrors.WriteAsync(
            context,
            StatusCodes.Status404NotFound,
            $"There is no {context.Request.Method} {context.Request.Path}. Republic answers on /v1/chat/completions, /v1/embeddings and /v1/models.",
            "invalid_request_error",
            code: "unknown_url"
        );

    /// <summary>Null: the answer was given.</summary>
    private static async ValueTask<(OutsideMinion Minion, OpenAiRelayRequest Request)?> ReadAsync(
        HttpContext context,
        OpenAiCall call,
        OutsideCaller caller
    )
    {
        var request = OpenAiRelayRequest.Parse(await OpenAiCall.BodyAsync(context.Request, context.RequestAborted));
        var minion = request.Ok ? await call.MinionAsync(caller, request.Value, context.RequestAborted) : request.Failure;
        if (!minion.Ok)
        {
            await OpenAiErrors.WriteAsync(context, minion.Failure);
            return null;
        }

        if (!caller.IsPerson && call.WaitFor(minion.Value) is { } wait)
        {
            await OpenAiErrors.TooManyAsync(context, wait, "This key has made all the calls it may make today (UTC).");
            return null;
        }

        return (minion.Value, request.Value!);
    }

    private static async Task<List<Minion>> MinionsAsync(
        OutsideCaller caller,
        IDbContextFactory<RepublicDb> databases,
        CancellationToken ct
    )
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
        try
        {
            await answer(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested) { }
        catch (BadHttpRequestException e) when (!context.Response.HasStarted)
        {
            await OpenAiErrors.WriteAsync(context, e.StatusCode, e.Message, "invalid_request_error");
        }
    }
}
