using System.Text.Json;
using Republic.Core;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Scenarios;

/// <summary>The roles of a scenario's draft.</summary>
internal static class ScenarioRoleApi
{
    public static void MapScenarioRoles(this IEndpointRouteBuilder scenarios)
    {
        var roles = scenarios.MapGroup("/{id:guid}/roles");
        roles.MapGet("/", ListAsync).Produces<RoleList>();
        roles.MapPost("/", AddAsync).Produces<RoleFound>(StatusCodes.Status201Created).Accepts<RoleInput>("application/json");
        roles.MapGet("/{role:guid}", GetAsync).Produces<RoleFound>();
        roles.MapPut("/{role:guid}", UpdateAsync).Produces<RoleFound>().Accepts<RoleInput>("application/json");
        roles.MapDelete("/{role:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>In their order.</summary>
    private static async Task<IResult> ListAsync(ScenarioDrafts drafts, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await drafts.FindAsync(me.Id, id, ct)).ToResult(draft => TypedResults.Ok(new RoleList(draft.Roles, null)));

    private static async Task<IResult> AddAsync(
        RoleEditor editor,
        ScenarioDrafts drafts,
        ScenarioCards cards,
        CurrentPerson me,
        Guid id,
        JsonElement body,
        CancellationToken ct
    )
    {
        if (await cards.FindAsync(me.Id, id, ct) is { Ok: false } unseen)
        {
            return unseen.Failure.ToProblem();
        }

        var input = RoleInput.Read(body);
        var added = input.Ok ? await editor.AddAsync(me.Id, id, input.Value, ct) : input.Failure;
        var card = added.Ok ? await FindAsync(drafts, me, id, added.Value, ct) : added.Failure;
        return card.ToResult(role => TypedResults.Created($"/api/scenarios/{id}/roles/{role.Id}", new RoleFound(role)));
    }

    private static async Task<IResult> GetAsync(ScenarioDrafts drafts, CurrentPerson me, Guid id, Guid role, CancellationToken ct) =>
        (await FindAsync(drafts, me, id, role, ct)).ToResult(found => TypedResults.Ok(new RoleFound(found)));

    /// <summary>
    /// What is left out stays, null clears. A new name is carried to all that refers to it. With <c>updated_at</c> it is refused where the
    /// role was changed since.
    /// </summary>
    private static async Task<IResult> UpdateAsync(
        RoleEditor editor,
        ScenarioDrafts drafts,
        CurrentPerson me,
        Guid id,
        Guid role,
        JsonElement body,
        CancellationToken ct
    )
    {
        var changed = await editor.UpdateAsync(me.Id, id, role, current => RoleInput.Read(body, over: current), ct);
        return changed.Ok ? await GetAsync(drafts, me, id, role, ct) : changed.Failure.ToProblem();
    }

    /// <summary>It acts in no state any more. What else names it is a problem of the draft then.</summary>
    private static async Task<IResult> DeleteAsync(RoleEditor editor, CurrentPerson me, Guid id, Guid role, CancellationToken ct) =>
        (await editor.DeleteAsync(me.Id, id, role, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<Outcome<RoleCard>> FindAsync(
        ScenarioDrafts drafts,
        CurrentPerson me,
        Guid id,
        Guid role,
        CancellationToken ct
    )
    {
        var draft = await drafts.FindAsync(me.Id, id, ct);
        if (!draft.Ok)
        {
            return draft.Failure;
        }

        return draft.Value.Roles.FirstOrDefault(card => card.Id == role) is { } found ? found : Failure.NotFound("role");
    }

    internal sealed record RoleList(IReadOnlyList<RoleCard> Roles, string? NextCursor);

    internal sealed record RoleFound(RoleCard Role);
}
