using System.Text.Json;
using Republic.Core;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Scenarios;

/// <summary>The states of a scenario's draft.</summary>
internal static class ScenarioStateApi
{
    public static void MapScenarioStates(this IEndpointRouteBuilder scenarios)
    {
        var states = scenarios.MapGroup("/{id:guid}/states");
        states.MapGet("/", ListAsync).Produces<StateList>();
        states.MapPost("/", AddAsync).Produces<StateFound>(StatusCodes.Status201Created).Accepts<StateInput>("application/json");
        states.MapGet("/{state:guid}", GetAsync).Produces<StateFound>();
        states.MapPut("/{state:guid}", UpdateAsync).Produces<StateFound>().Accepts<StateInput>("application/json");
        states.MapDelete("/{state:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>In their order.</summary>
    private static async Task<IResult> ListAsync(ScenarioDrafts drafts, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await drafts.FindAsync(me.Id, id, ct)).ToResult(draft => TypedResults.Ok(new StateList(draft.States, null)));

    private static async Task<IResult> AddAsync(
        StateEditor editor,
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

        var input = StateInput.Read(body);
        var added = input.Ok ? await editor.AddAsync(me.Id, id, input.Value, ct) : input.Failure;
        var card = added.Ok ? await FindAsync(drafts, me, id, added.Value, ct) : added.Failure;
        return card.ToResult(state => TypedResults.Created($"/api/scenarios/{id}/states/{state.Id}", new StateFound(state)));
    }

    private static async Task<IResult> GetAsync(ScenarioDrafts drafts, CurrentPerson me, Guid id, Guid state, CancellationToken ct) =>
        (await FindAsync(drafts, me, id, state, ct)).ToResult(found => TypedResults.Ok(new StateFound(found)));

    /// <summary>
    /// What is left out stays, null clears; <c>next</c>, where it is sent, becomes all of its transitions. A new name is carried to the
    /// conditions that read it. With <c>updated_at</c> it is refused where the state was changed since.
    /// </summary>
    private static async Task<IResult> UpdateAsync(
        StateEditor editor,
        ScenarioDrafts drafts,
        CurrentPerson me,
        Guid id,
        Guid state,
        JsonElement body,
        CancellationToken ct
    )
    {
        var changed = await editor.UpdateAsync(me.Id, id, state, current => StateInput.Read(body, over: current), ct);
        return changed.Ok ? await GetAsync(drafts, me, id, state, ct) : changed.Failure.ToProblem();
    }

    /// <summary>With it go the transitions that lead to it.</summary>
    private static async Task<IResult> DeleteAsync(StateEditor editor, CurrentPerson me, Guid id, Guid state, CancellationToken ct) =>
        (await editor.DeleteAsync(me.Id, id, state, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<Outcome<StateCard>> FindAsync(
        ScenarioDrafts drafts,
        CurrentPerson me,
        Guid id,
        Guid state,
        CancellationToken ct
    )
    {
        var draft = await drafts.FindAsync(me.Id, id, ct);
        if (!draft.Ok)
        {
            return draft.Failure;
        }

        return draft.Value.States.FirstOrDefault(card => card.Id == state) is { } found ? found : Failure.NotFound("state");
    }

    internal sealed record StateList(IReadOnlyList<StateCard> States, string? NextCursor);

    internal sealed record StateFound(StateCard State);
}
