using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Citizens;
using Republic.Core.Data;

namespace Republic.Core.Episodes.Reading;

/// <summary>The steps and assignments of an episode, with the names and ids that their rows only refer to.</summary>
internal sealed record ResolvedEpisode(
    IReadOnlyList<StepCard> Steps,
    IReadOnlyList<AssignmentCard> Assignments,
    IReadOnlyDictionary<string, Guid?> States
)
{
    public static async Task<ResolvedEpisode> ReadAsync(
        RepublicDb db,
        LoadedEpisode loaded,
        IReadOnlyList<Step> steps,
        CancellationToken ct
    )
    {
        var scenario = loaded.Episode.ScenarioId;
        var citizens = steps.Select(step => step.CitizenId).Concat(loaded.Assignments.Select(a => a.CitizenId)).Distinct().ToList();
        var names = await db
            .Citizens.Where(c => citizens.Contains(c.Id))
            .Select(c => new
            {
                c.Id,
                c.DisplayName,
                c.Kind,
            })
            .ToDictionaryAsync(c => c.Id, ct);
        var states = await db.ScenarioStates.Where(s => s.ScenarioId == scenario).ToDictionaryAsync(s => s.Name, s => (Guid?)s.Id, ct);
        // Of those who are gone.
        var people = loaded
            .Episode.Config.Cast.Values.Concat(loaded.Timeline.State.Cast.Values)
            .Where(member => member.IsPerson)
            .Select(member => member.Citizen)
            .ToHashSet();
        var calls = await CallsAsync(db, loaded.Viewer, steps, ct);
        var roles = await db.AgentRoles.Where(r => r.ScenarioId == scenario).ToDictionaryAsync(r => r.Name, r => (Guid?)r.Id, ct);
        return new(
            [
                .. steps.Select(step =>
                    Card(
                        step,
                        loaded.Viewer,
                        states.GetValueOrDefault(step.Action),
                        names.GetValueOrDefault(step.CitizenId)?.DisplayName
                    ) with
                    {
                        ToolCalls = [.. calls[step.Id]],
                    }
                ),
            ],
            [
                .. loaded.Assignments.Select(a => new AssignmentCard(
                    a.Id,
                    a.Role,
                    roles.GetValueOrDefault(a.Role),
                    a.CitizenId,
                    names.GetValueOrDefault(a.CitizenId)?.DisplayName,
                    names.TryGetValue(a.CitizenId, out var player) ? player.Kind == CitizenKind.Person : people.Contains(a.CitizenId),
                    loaded.Viewer.KnowsHow(a.CitizenId) ? a.Description : null,
                    a.FromSeq,
                    loaded.Viewer.UntilSeq(a),
                    a.CreatedAt,
                    a.UpdatedAt
                )),
            ],
            states
        );
    }

    /// <summary>The owner decides on tool calls, and pays for them; what others hear is what the minion says.</summary>
    private static async Task<ILookup<Guid, ToolCallRow>> CallsAsync(
        RepublicDb db,
        EpisodeViewer viewer,
        IReadOnlyList<Step> steps,
        CancellationToken ct
    )
    {
        List<Guid> ids = viewer.IsOwner ? [.. steps.Select(step => step.Id)] : [];
        List<ToolCall> calls =
            ids.Count == 0
                ? []
                : await db
                    .ToolCalls.AsNoTracking()
                    .Where(c => c.StepId != null && ids.Contains(c.StepId.Value))
                    .OrderBy(c => c.Round)
                    .ThenBy(c => c.Position)
                    .ToListAsync(ct);
        return calls.ToLookup(c => c.StepId!.Value, ToolCallRow.Of);
    }

    private static StepCard Card(Step step, EpisodeViewer viewer, Guid? state, string? name)
    {
        var isSeen = step.DoneSeq is { } done && viewer.Sees(done, step.Audience);
        return new(
            step.Id,
            step.Seq,
            step.Action,
            state,
            step.Role,
            step.CitizenId,
            name,
            step.Action,
            isSeen ? step.Content : null,
            isSeen ? step.Outcome : null,
            isSeen ? step.Score : null,
            StepStatuses.Of(step),
            step.Audience,
            step.DoneSeq is not null && !isSeen,
            viewer.SeesAll ? Receipt(step)
                : viewer.IsOwner && isSeen ? Figures(step)
                : null,
            Error(step, viewer),
            step.CreatedAt,
            step.EndedAt
        );
    }

    /// <summary>Why the step was not done. Of one that failed that is said in a provider's words: players are not told, nor an owner who plays.</summary>
    private static string? Error(Step step, EpisodeViewer viewer) =>
        viewer.SeesAll || step.Error is null || step.State == TurnState.Stopped ? step.Error
        : viewer.IsOwner ? EpisodeViewer.Withheld
        : null;

    /// <summary>What the step took, for its owner who plays: all else repeats what the role was told.</summary>
    private static StepReceipt? Figures(Step step) =>
        Receipt(step) is { } receipt ? receipt with { PromptHash = null, Route = null, Trace = null } : null;

    private static StepReceipt? Receipt(Step step) =>
        step is { DurationMs: null, Model: null }
            ? null
            : new(
                step.Provider,
                step.Model,
                step.PromptTokens,
                step.CompletionTokens,
                step.Cost,
                step.DurationMs,
                step.PromptHash,
                step.Route,
                step.Trace
            );
}
