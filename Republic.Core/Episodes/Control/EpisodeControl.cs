using System.Collections.Immutable;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Core.Citizens;
using Republic.Core.Data;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Scenarios.Definitions;

namespace Republic.Core.Episodes.Control;

/// <summary>Steers an episode, as its owner says, and takes what players do.</summary>
public sealed class EpisodeControl(EpisodeChanges changes)
{
    public Task<Outcome<Guid>> StartAsync(Guid me, Guid id, CancellationToken ct) =>
        changes.ContinueAsync(me, id, timeline: null, Own(me, change => StartAsync(change, ct)), ct);

    public Task<Outcome<Guid>> PauseAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct) =>
        OwnAsync(me, id, timeline, change => ApplyAsync(change, new EpisodeEvent.Paused(me, null), ct), ct);

    /// <param name="limits">Higher ones; null: as they are.</param>
    public Task<Outcome<Guid>> ResumeAsync(Guid me, Guid id, Guid? timeline, ScenarioLimits? limits, CancellationToken ct) =>
        changes.ContinueAsync(
            me,
            id,
            timeline,
            Own(me, async change => EpisodeInput.Problem(limits) ?? await ApplyAsync(change, new EpisodeEvent.Resumed(me, limits), ct)),
            ct
        );

    /// <summary>Goes on until somebody has acted once.</summary>
    public Task<Outcome<Guid>> StepAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct) =>
        changes.ContinueAsync(me, id, timeline, Own(me, change => ApplyAsync(change, new EpisodeEvent.OneStep(me), ct)), ct);

    /// <summary>Ends the episode; its steps and its journal stay.</summary>
    public Task<Outcome<Guid>> StopAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct) =>
        OwnAsync(me, id, timeline, change => ApplyAsync(change, new EpisodeEvent.Stopped(me), ct), ct);

    public Task<Outcome<Guid>> ActAsync(Guid me, Guid id, Guid? timeline, ActInput input, CancellationToken ct) =>
        changes.ChangeAsync(
            me,
            id,
            timeline,
            async change =>
                input.Problems(me, change.Machine, change.State) is { Count: > 0 } problems ? Failure.Invalid(problems)
                : await IsStaleAsync(change, me, input, ct) ? Conflict(change, EventRefusals.Stale)
                : await ApplyAsync(change, input.ToEvent(me), ct),
            ct
        );

    /// <summary>True where the step that an act names no longer waits for this person, as when it was sent twice.</summary>
    private static async Task<bool> IsStaleAsync(TimelineChange change, Guid me, ActInput input, CancellationToken ct) =>
        input.Seq is { } seq
        && !await change.Db.Steps.AnyAsync(
            s => s.TimelineId == change.Timeline.Id && s.Seq == seq && s.CitizenId == me && s.DoneSeq == null,
            ct
        );

    /// <param name="to">The name of the state that it goes on to.</param>
    public Task<Outcome<Guid>> ChooseAsync(Guid me, Guid id, Guid? timeline, string? to, CancellationToken ct) =>
        changes.ChangeAsync(me, id, timeline, change => ChooseAsync(change, me, to, ct), ct);

    public Task<Outcome<Guid>> InjectAsync(Guid me, Guid id, Guid? timeline, InjectInput input, CancellationToken ct) =>
        OwnAsync(
            me,
            id,
            timeline,
            async change =>
                input.Problems(change.Machine.Roles) is { Count: > 0 } problems
                    ? Failure.Invalid(problems)
                    : await ApplyAsync(change, input.ToEvent(me, change.Machine.Roles), ct),
            ct
        );

    /// <summary>Gives a role to somebody else from now on. The episode's owner who takes one looks behind it by that.</summary>
    public Task<Outcome<Guid>> SwapAsync(Guid me, Guid id, Guid? timeline, SwapInput input, CancellationToken ct) =>
        OwnAsync(me, id, timeline, change => SwapAsync(change, me, input, ct), ct);

    internal static async Task<Failure?> SwapAsync(TimelineChange change, Guid me, SwapInput input, CancellationToken ct)
    {
        var (role, isReady) = (input.Role, change.State.Phase == EpisodePhase.Ready);
        var found = await CastRules.MemberAsync(change.Db, me, change.Machine.Definition, role, input.CitizenId, ct);
        if (!found.Ok)
        {
            return found.Failure;
        }

        var before = (isReady ? change.Episode.Config.Cast : change.State.Cast).GetValueOrDefault(role!);
        var said = input.Description ?? (before?.Citizen == input.CitizenId ? before?.Description : null);
        var member = CastRules.Described(found.Value, role!, said);
        if (!member.Ok)
        {
            return member.Failure;
        }

        if (isReady)
        {
            var cast = change.Episode.Config.Cast.SetItem(role!, member.Value);
            change.Episode.Config = change.Episode.Config with { Cast = cast };
            return null;
        }

        if (before == member.Value)
        {
            return Failure.Conflict($"“{role}” is played by them already.");
        }

        // Whoever began it and takes a role gets to know what others did not mean to tell them: that is to look behind it.
        change.Episode.IsSeenThrough |= input.CitizenId == change.Episode.OwnerId && before?.Citizen != input.CitizenId;
        return await ApplyAsync(change, new EpisodeEvent.Swapped(me, role!, member.Value), ct);
    }

    /// <summary>A refusal says what the episode does now: whoever is refused may have seen it as it was.</summary>
    internal static async Task<Failure?> ApplyAsync(TimelineChange change, EpisodeEvent happened, CancellationToken ct) =>
        await change.ApplyAsync(happened, ct) is { } refusal ? Conflict(change, refusal) : null;

    private static Failure Conflict(TimelineChange change, string refusal)
    {
        var state = change.State;
        return Failure.Conflict(refusal) with
        {
            Extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["wait"] = state.Wait?.ToString().ToLowerInvariant(),
                ["current_state"] = state.Position.Current,
                ["waiting_for"] = state is { Phase: EpisodePhase.Waiting, Role: { } role } ? new[] { role } : [],
                ["seq"] = change.Timeline.Seq,
            },
        };
    }

    private static async Task<Failure?> StartAsync(TimelineChange change, CancellationToken ct)
    {
        if (change.State.Phase != EpisodePhase.Ready)
        {
            return await ApplyAsync(change, Begun(change), ct);
        }

        return await CastRules.RefusalAsync(change.Db, change.Episode, change.Machine.Definition, ct)
            ?? await ApplyAsync(change, Begun(change), ct);
    }

    private static EpisodeEvent.Started Begun(TimelineChange change) =>
        new(
            change.Episode.Config.Cast,
            change.Episode.Config.Limits ?? new ScenarioLimits(),
            change.Episode.Config.Facts ?? ImmutableSortedDictionary<string, JsonElement>.Empty
        );

    private static async Task<Failure?> ChooseAsync(TimelineChange change, Guid me, string? to, CancellationToken ct)
    {
        var (state, machine) = (change.State, change.Machine);
        var isDirector = machine.Director is { } director && state.Cast.GetValueOrDefault(director)?.Citizen == me;
        if (me != change.Episode.OwnerId && !isDirector)
        {
            return Failure.Forbidden("Whoever began the episode chooses what happens next.");
        }

        var next = machine.Definition.State(state.Position.Current ?? "")?.Next ?? [];
        var index = machine.ChoicesOf(state).Cast<int?>().FirstOrDefault(one => next[one!.Value].To == to?.Trim()) ?? -1;
        return await ApplyAsync(change, new EpisodeEvent.Chosen(index, me), ct);
    }

    private Task<Outcome<Guid>> OwnAsync(
        Guid me,
        Guid id,
        Guid? timeline,
        Func<TimelineChange, Task<Failure?>> edit,
        CancellationToken ct
    ) => changes.ChangeAsync(me, id, timeline, Own(me, edit), ct);

    private static Func<TimelineChange, Task<Failure?>> Own(Guid me, Func<TimelineChange, Task<Failure?>> edit) =>
        change => change.Episode.OwnerId == me ? edit(change) : Task.FromResult<Failure?>(NotTheirs);

    internal static Failure NotTheirs => Failure.Forbidden("Whoever began the episode decides that. You can act when it is your turn.");
}
