using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Managing;
using Republic.Core.PersonalModels.Serving;
using Republic.Core.Training.Versions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.PersonalModels;

/// <summary>The endpoints for settings, quantization, versions and dependents of a person's models.</summary>
internal static class ManagedModelApi
{
    public static void MapManagedModels(this IEndpointRouteBuilder models)
    {
        models.MapPut("/{id:guid}", UpdateAsync).Produces<PersonalModelFound>();
        models.MapPost("/{id:guid}/quantize", QuantizeAsync).Produces<PersonalModelFound>(StatusCodes.Status202Accepted);
        models.MapGet("/{id:guid}/versions", VersionsAsync).Produces<ModelVersionList>();
        models.MapPost("/{id:guid}/rollback", RollbackAsync).Produces<PersonalModelFound>();
        models.MapGet("/{id:guid}/dependents", DependentsAsync).Produces<DependentList>();
    }

    /// <summary>Changes the name, the keep-alive, the context and whether it is pinned: all of what was given, or nothing.</summary>
    private static async Task<IResult> UpdateAsync(
        ServedModelEditor editor,
        CurrentPerson me,
        Guid id,
        ModelChange body,
        CancellationToken ct
    ) => (await editor.ChangeAsync(me.Id, id, body, ct)).ToResult(card => TypedResults.Ok(new PersonalModelFound(card)));

    /// <summary>Starts to make a copy with fewer bits a weight, which is a model of its own; the answer has the copy.</summary>
    private static async Task<IResult> QuantizeAsync(
        ModelCopies copies,
        PersonalModelCards cards,
        CurrentPerson me,
        Guid id,
        ModelCopyOrder body,
        CancellationToken ct
    )
    {
        var begun = await copies.QuantizeAsync(me.Id, id, body, ct);
        var card = begun.Ok ? await cards.FindAsync(me.Id, begun.Value, ct) : begun.Failure;
        return card.ToResult(found => TypedResults.Accepted($"/api/personal-models/{found.Id}/status", new PersonalModelFound(found)));
    }

    /// <summary>The versions of minions that were made on the model, the newest 200 of them.</summary>
    private static async Task<IResult> VersionsAsync(ModelVersions versions, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await versions.ListAsync(me.Id, id, ct)).ToResult(list => TypedResults.Ok(new ModelVersionList(list)));

    /// <summary>Puts the minion that uses the model back to an earlier version.</summary>
    private static async Task<IResult> RollbackAsync(
        ModelVersions versions,
        PersonalModelCards cards,
        CurrentPerson me,
        Guid id,
        ModelRollback? body,
        CancellationToken ct
    )
    {
        var done = await versions.RollbackAsync(me.Id, id, body ?? new ModelRollback(), ct);
        var card = done.Ok ? await cards.FindAsync(me.Id, id, ct) : done.Failure;
        return card.ToResult(found => TypedResults.Ok(new PersonalModelFound(found)));
    }

    /// <summary>What depends on the model, and loses something when it is deleted.</summary>
    private static async Task<IResult> DependentsAsync(ModelDependents dependents, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await dependents.OfAsync(me.Id, id, ct)).ToResult(TypedResults.Ok);
}
