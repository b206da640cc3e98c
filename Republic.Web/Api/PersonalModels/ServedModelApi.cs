using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Serving;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.PersonalModels;

/// <summary>The endpoints of models in memory.</summary>
internal static class ServedModelApi
{
    public static void MapServedModels(this IEndpointRouteBuilder app)
    {
        var models = app.MapGroup("/api/personal-models").WithTags("Personal models");
        models.MapGet("/loaded", LoadedAsync).Produces<LoadedModelList>();
        models.MapPost("/{id:guid}/unload", UnloadAsync).Produces<HostUnloading>();
        models.MapPost("/{id:guid}/retry", RetryAsync).Produces<PersonalModelFound>(StatusCodes.Status202Accepted);
    }

    /// <summary>The models in memory and those that wait for it. Models of other people are listed without their names.</summary>
    private static async Task<IResult> LoadedAsync(ServedModels served, CurrentPerson me, CancellationToken ct) =>
        TypedResults.Ok(LoadedModelList.Of(await served.NowAsync(me.Id, ct)));

    /// <summary>Takes a model out of memory, at once or when its answers have ended. The next request loads it again.</summary>
    private static async Task<IResult> UnloadAsync(ServedModels served, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await served.UnloadAsync(me.Id, id, ct)).ToResult(TypedResults.Ok);

    /// <summary>Continues at the stage that failed; or tests a model again over which the model host crashed.</summary>
    private static async Task<IResult> RetryAsync(
        QuarantineRelease release,
        PersonalModelCards cards,
        CurrentPerson me,
        Guid id,
        CancellationToken ct
    )
    {
        var begun = await release.TryAgainAsync(me.Id, id, ct);
        var card = begun.Ok ? await cards.FindAsync(me.Id, id, ct) : begun.Failure;
        return card.ToResult(found => TypedResults.Accepted($"/api/personal-models/{found.Id}/status", new PersonalModelFound(found)));
    }
}
