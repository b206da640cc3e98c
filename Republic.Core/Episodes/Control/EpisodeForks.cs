using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;
using Republic.Core.Episodes.Reading;

namespace Republic.Core.Episodes.Control;

/// <summary>Forks timelines, and chooses which one is shown.</summary>
public sealed class EpisodeForks(
    RepublicDb db,
    EpisodeMachines machines,
    EpisodeChanges changes,
    TimelineServices services,
    TimeProvider time
)
{
    /// <summary>Makes a timeline that shares its past with another, and waits to be resumed.</summary>
    /// <param name="timeline">Null for the one that is shown.</param>
    /// <returns>The id of the new timeline.</returns>
    public async Task<Outcome<Guid>> ForkAsync(Guid me, Guid id, Guid? timeline, ForkInput input, CancellationToken ct)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        await db.Database.ExecuteSqlAsync($"select 1 from episodes where id = {id} for no key update", ct);
        if (await db.Episodes.VisibleTo(db, me).SingleOrDefaultAsync(e => e.Id == id, ct) is not { } episode)
        {
            return Failure.NotFound("episode");
        }

        if (episode.OwnerId != me)
        {
            return EpisodeControl.NotTheirs;
        }

        if (input.Problems() is { Count: > 0 } problems)
        {
            return Failure.Invalid(problems);
        }

        var from = timeline ?? episode.TimelineId;
        if (await db.Timelines.AsNoTracking().SingleOrDefaultAsync(t => t.Id == from && t.EpisodeId == id, ct) is not { } parent)
        {
            return Failure.NotFound("timeline");
        }

        if (await db.Timelines.CountAsync(t => t.EpisodeId == id, ct) >= EpisodeRules.MostTimelines)
        {
            return Failure.Conflict($"The episode has {EpisodeRules.MostTimelines} timelines, as many as are kept.");
        }

        var fork = await ForkAsync(episode, parent, me, input, ct);
        if (!fork.Ok)
        {
            return fork.Failure;
        }

        var made = fork.Value.Timeline.Id;
        if (input.Show)
        {
            await LeaveAsync(episode, fork.Value.Machine, ct);
            episode.TimelineId = made;
        }

        await db.SaveChangesAsync(ct);
        await transaction.CommitAsync(ct);
        await services.CommittedAsync(fork.Value);
        await changes.PublishAsync(episode, ct);
        return made;
    }

    /// <summary>Shows another timeline, or looks behind the roles that its owner does not play.</summary>
    /// <param name="timeline">The one that is shown where none is asked for; null leaves it.</param>
    public Task<Outcome<Guid>> UpdateAsync(Guid me, Guid id, Guid? timeline, bool looksBehind, CancellationToken ct) =>
        changes.ChangeAsync(
            me,
            id,
            timeline,
            async change =>
            {
                if (change.Episode.OwnerId != me)
                {
                    return EpisodeControl.NotTheirs;
                }

                if (change.Timeline.Id != change.Episode.TimelineId)
                {
                    await LeaveAsync(change.Episode, change.Machine, ct);
                }

                change.Episode.TimelineId = change.Timeline.Id;
                change.Episode.IsSeenThrough |= looksBehind;
                change.Episode.UpdatedAt = change.Now;
                return null;
            },
            ct
        );

    /// <summary>Ends what the shown timeline waits for, before another takes its place: nobody would find the calls to decide on.</summary>
    private async Task LeaveAsync(Episode episode, EpisodeMachine machine, CancellationToken ct)
    {
        var left = await db.Timelines.SingleAsync(t => t.Id == episode.TimelineId, ct);
        if (left.State is { Phase: EpisodePhase.Deciding, Ask: { } ask })
        {
            const string why = "Another timeline is shown, so its tool calls were not decided on. Resume to have the step done again.";
            var change = new TimelineChange(db, episode, left, machine, services, time.GetUtcNow());
            await change.ApplyAsync(new EpisodeEvent.StepFailed(ask, why, 0, 0) { IsUntried = true }, ct);
        }
    }

    private async Task<Outcome<TimelineChange>> ForkAsync(Episode episode, Timeline parent, Guid me, ForkInput input, CancellationToken ct)
    {
        var at = input.AtSeq!.Value;
        var chain = await TimelineChain.OfAsync(db, parent, upTo: null, ct);
        var step = await chain.Steps(db).AsNoTracking().SingleOrDefaultAsync(s => s.Seq == at && s.DoneSeq != null, ct);
        var isAnew = step is not null && (input.ChangesStep || input.Cast?.ContainsKey(step.Role) == true);
        var cut = step?.DoneSeq is { } done ? (isAnew ? done - 1 : done) : at;
        if (input.ChangesStep && step is null)
        {
            return Failure.Invalid(
                "at_seq",
                $"{at} is no step that is done, so that it can have no other words, outcome or end. Choose one that is."
            );
        }

        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        if (step is not null && (input.Text ?? input.Outcome) is not null && !await SeesAsync(episode, chain, machine, me, step, ct))
        {
            return Failure.Invalid(
                input.Text is null ? "outcome" : "text",
                "What was said there is not for you. Look behind the roles to say something else in its place."
            );
        }

        var entries = await db.EntriesAsync(parent, cut, ct);
        if (entries.Count == 0 || entries[^1].Seq != cut)
        {
            return Failure.Invalid("at_seq", $"The timeline has no entry {at}; the last is {parent.Seq}.");
        }

        var fork = New(episode, parent, machine, entries);
        if (fork.State.Phase == EpisodePhase.Over)
        {
            return Failure.Invalid(
                "at_seq",
                step is null
                    ? "The episode is over there. Choose an earlier step."
                    : "That step ended it. Choose an earlier one, or give it other words, another outcome or another transition."
            );
        }

        db.Timelines.Add(fork);
        await db.SaveChangesAsync(ct);
        var change = new TimelineChange(db, episode, fork, machine, services, time.GetUtcNow()) { WillBeShown = input.Show };
        return await ChangeAsync(change, parent.Id, me, input, step, ct) is { } failure ? failure : change;
    }

    /// <summary>
    /// False where the words of a step are not for its owner, who plays. What comes of others in their place would tell by trying which they were: a role
    /// that says the same three times in a row is stuck.
    /// </summary>
    private async Task<bool> SeesAsync(
        Episode episode,
        TimelineChain chain,
        EpisodeMachine machine,
        Guid me,
        Step step,
        CancellationToken ct
    )
    {
        var assignments = await chain.Assignments(db).AsNoTracking().ToListAsync(ct);
        return new EpisodeViewer(me, episode, assignments, machine.Director).Sees(step.DoneSeq!.Value, step.Audience);
    }

    private static async Task<Failure?> ChangeAsync(
        TimelineChange change,
        Guid parent,
        Guid me,
        ForkInput input,
        Step? step,
        CancellationToken ct
    )
    {
        var failure = await EpisodeControl.ApplyAsync(change, new EpisodeEvent.Forked(me, parent), ct);
        foreach (var (role, citizen) in input.Cast ?? new Dictionary<string, Guid>(StringComparer.Ordinal))
        {
            failure ??= await EpisodeControl.SwapAsync(change, me, new SwapInput(role, citizen, Description: null), ct);
        }

        if (failure is null && input.ChangesStep)
        {
            failure = await RewriteAsync(change, input, step!, ct);
        }

        if (failure is null && input.Inject is { } injected)
        {
            failure = injected.Problems(change.Machine.Roles) is { Count: > 0 } problems
                ? Failure.Invalid([.. problems.Select(problem => problem with { Field = $"inject.{problem.Field}" })])
                : await EpisodeControl.ApplyAsync(change, injected.ToEvent(me, change.Machine.Roles), ct);
        }

        return failure;
    }

    private static async Task<Failure?> RewriteAsync(TimelineChange change, ForkInput input, Step step, CancellationToken ct)
    {
        var next = change.Machine.Definition.State(step.Action)?.Next ?? [];
        int? edge = input.To is null ? null : next.ToList().FindIndex(one => one.To == input.To.Trim());
        if (edge is -1)
        {
            return Failure.Invalid("to", $"No transition leads from “{step.Action}” to “{input.To!.AtMost(60)}”.");
        }

        var acted = new EpisodeEvent.PersonActed(
            step.Role,
            step.CitizenId,
            input.Text?.Trim() ?? step.Content,
            input.Outcome ?? step.Outcome,
            step.Score
        )
        {
            InsteadOf = true,
            Edge = edge,
        };
        return await EpisodeControl.ApplyAsync(change, acted, ct);
    }

    private Timeline New(Episode episode, Timeline parent, EpisodeMachine machine, List<EpisodeEntry> entries) =>
        new()
        {
            EpisodeId = episode.Id,
            ParentId = parent.Id,
            ForkedAt = entries[^1].Seq,
            Seq = entries[^1].Seq,
            Hash = entries[^1].Hash,
            State = TimelineEntries.Fold(machine, entries.Select(entry => EntryData.Parse(entry.Data).Event)),
            StartedAt = parent.StartedAt,
            CreatedAt = time.GetUtcNow(),
        };
}
