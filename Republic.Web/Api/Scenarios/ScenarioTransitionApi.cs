using System.Text.Json;
using Republic.Core;
using Republic.Core.Scenarios;
using Republic.Core.Scenarios.Drafts;
using Republic.Core.Scenarios.Editing;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Scenarios;

/// <summary>The transitions of a scenario's draft.</summary>
internal static class ScenarioTransitionApi
{
    public static void MapScenarioTransitions(this IEndpointRouteBuilder scenarios)
    {
        var transitions = scenarios.MapGroup("/{id:guid}/transitions");
        transitions.MapGet("/", ListAsync).Produces<TransitionList>();
        transitions
            .MapPost("/", AddAsync)
            .Produces<TransitionFound>(StatusCodes.Status201Created)
            .Accepts<TransitionFields>("application/json");
        transitions.MapGet("/{transition:guid}", GetAsync).Produces<TransitionFound>();
        transitions.MapPut("/{transition:guid}", UpdateAsync).Produces<TransitionFound>().Accepts<TransitionFields>("application/json");
        transitions.MapDelete("/{transition:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>State by state; of each in the order in which they are tried.</summary>
    private static async Task<IResult> ListAsync(ScenarioDrafts drafts, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await drafts.FindAsync(me.Id, id, ct)).ToResult(draft => TypedResults.Ok(new TransitionList(draft.Transitions, null)));

    private static async Task<IResult> AddAsync(
        TransitionEditor editor,
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

        var input = TransitionFields.Read(body);
        var added = input.Ok ? await editor.AddAsync(me.Id, id, input.Value, ct) : input.Failure;
        var card = added.Ok ? await FindAsync(drafts, me, id, added.Value, ct) : added.Failure;
        return card.ToResult(transition =>
            TypedResults.Created($"/api/scenarios/{id}/transitions/{transition.Id}", new TransitionFound(transition))
        );
    }

    private static async Task<IResult> GetAsync(ScenarioDrafts drafts, CurrentPerson me, Guid id, Guid transition, CancellationToken ct) =>
        (await FindAsync(drafts, me, id, transition, ct)).ToResult(found => TypedResults.Ok(new TransitionFound(found)));

    /// <summary>
    /// What is left out stays, null clears; from_state_id stays in any case. <c>priority</c> is its new number among the transitions of its
    /// state, from 0. With <c>updated_at</c> it is refused where the transition was changed since.
    /// </summary>
    private static async Task<IResult> UpdateAsync(
        TransitionEditor editor,
        ScenarioDrafts drafts,
        CurrentPerson me,
        Guid id,
        Guid transition,
        JsonElement body,
        CancellationToken ct
    )
    {
        var changed = await editor.UpdateAsync(me.Id, id, transition, current => TransitionFields.Read(body, over: current), ct);
        return changed.Ok ? await GetAsync(drafts, me, id, transition, ct) : changed.Failure.ToProblem();
    }

    private static async Task<IResult> DeleteAsync(
        TransitionEditor editor,
        CurrentPerson me,
        Guid id,
        Guid transition,
        CancellationToken ct
    ) => (await editor.DeleteAsync(me.Id, id, transition, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<Outcome<StateTransition>> FindAsync(
        ScenarioDrafts drafts,
        CurrentPerson me,
        Guid id,
        Guid transition,
        CancellationToken ct
    )
    {
        var draft = await drafts.FindAsync(me.Id, id, ct);
        if (!draft.Ok)
        {
            return draft.Failure;
        }

        return draft.Value.Transitions.FirstOrDefault(card => card.Id == transition) is { } found ? found : Failure.NotFound("transition");
    }

    internal sealed record TransitionList(IReadOnlyList<StateTransition> Transitions, string? NextCursor);

    internal sealed record TransitionFound(StateTransition Transition);
}
