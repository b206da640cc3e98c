using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Query;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Journal;

/// <summary>Makes the rows of steps and assignments say what an entry says.</summary>
internal sealed class StepProjection(TimelineChange change, EpisodeEvent happened, IReadOnlyList<EpisodeEffect> effects)
{
    /// <summary>Why the step of a person who did not act in time is closed.</summary>
    internal const string NotInTime = "It was not done in time.";

    private Timeline Timeline => change.Timeline;

    private IQueryable<Step> Open => change.Db.Steps.Where(s => s.TimelineId == Timeline.Id && s.DoneSeq == null);

    public async Task SaveAsync(CancellationToken ct)
    {
        await (
            happened switch
            {
                EpisodeEvent.Started started => CastAsync(started),
                EpisodeEvent.Swapped swapped => SwapAsync(swapped, ct),
                EpisodeEvent.StepDone done => EndAsync(done, ct),
                EpisodeEvent.PersonActed acted => ActAsync(acted, ct),
                EpisodeEvent.LimitReached limit => ForgetAsync(limit, ct),
                EpisodeEvent.CallsAwaited => WaitAsync(ct),
                _ => Task.CompletedTask,
            }
        );
        if (happened is not EpisodeEvent.StepDone)
        {
            await CloseAsync(ct);
        }

        change.Asked = null;
        foreach (var effect in effects)
        {
            await (
                effect switch
                {
                    EpisodeEffect.Ask ask => Ask(ask),
                    EpisodeEffect.WaitForPerson wait => AddAsync(wait.State, wait.Role, wait.Citizen, ct),
                    _ => Task.CompletedTask,
                }
            );
        }
    }

    private List<string> Audience => [.. effects.OfType<EpisodeEffect.Publish>().SelectMany(published => published.Audience)];

    private Task CastAsync(EpisodeEvent.Started started)
    {
        change.Db.AgentAssignments.AddRange(started.Cast.Select(member => Assignment(member.Key, member.Value)));
        return Task.CompletedTask;
    }

    private async Task SwapAsync(EpisodeEvent.Swapped swapped, CancellationToken ct)
    {
        var (seq, now, id) = (happened.Seq, change.Now, Timeline.Id);
        await change
            .Db.AgentAssignments.Where(a => a.TimelineId == id && a.Role == swapped.Role && a.UntilSeq == null)
            .ExecuteUpdateAsync(set => set.SetProperty(a => a.UntilSeq, seq).SetProperty(a => a.UpdatedAt, now), ct);
        if (change.State.Phase != EpisodePhase.Ready)
        {
            change.Db.AgentAssignments.Add(Assignment(swapped.Role, swapped.Member));
        }
    }

    private AgentAssignment Assignment(string role, CastMember member) =>
        new()
        {
            EpisodeId = Timeline.EpisodeId,
            TimelineId = Timeline.Id,
            Role = role,
            CitizenId = member.Citizen,
            Description = member.Description,
            FromSeq = happened.Seq,
            CreatedAt = change.Now,
            UpdatedAt = change.Now,
        };

    /// <summary>With the answer's receipt, where that is not saved yet. No other step is open then.</summary>
    private async Task EndAsync(EpisodeEvent.StepDone done, CancellationToken ct)
    {
        var (seq, audience) = (happened.Seq, Audience);
        var isEnded =
            change.Played is { Written: { } written } played
            && await change.Db.EndTurnAsync<Step>(played.Step.Id, done.Text, written.Receipt, Finish, ct);
        if (!isEnded)
        {
            await Open.Where(s => s.Seq == done.Ask).ExecuteUpdateAsync(set => Finish(set.SetProperty(s => s.Content, done.Text)), ct);
        }

        void Finish(UpdateSettersBuilder<Step> set)
        {
            set.SetProperty(s => s.DoneSeq, seq)
                .SetProperty(s => s.Outcome, done.Label)
                .SetProperty(s => s.Score, done.Score)
                .SetProperty(s => s.Audience, audience);
            change.Played?.Keep(set);
        }
    }

    private async Task ActAsync(EpisodeEvent.PersonActed acted, CancellationToken ct)
    {
        var step = await Open.Where(s => s.Role == acted.Role && s.CitizenId == acted.Citizen).OrderBy(s => s.Seq).FirstOrDefaultAsync(ct);
        if (step is null)
        {
            var published = effects.OfType<EpisodeEffect.Publish>().First();
            step = New(published.State!, acted.Role, acted.Citizen);
            change.Db.Steps.Add(step);
        }

        (step.State, step.Content, step.Outcome, step.Score) = (TurnState.Complete, acted.Text, acted.Label, acted.Score);
        (step.DoneSeq, step.Audience, step.StartedAt, step.EndedAt) = (happened.Seq, Audience, step.CreatedAt, change.Now);
        step.UpdatedAt = change.Now;
        await change.Db.SaveChangesAsync(ct);
    }

    /// <summary>Nobody was asked for it: whoever raises the limit has a step of its own done. What was called stays.</summary>
    private Task ForgetAsync(EpisodeEvent.LimitReached limit, CancellationToken ct)
    {
        var calls = change.Db.ToolCalls;
        return Open.Where(s => s.Seq == limit.Ask && s.DurationMs == null && !calls.Any(c => c.StepId == s.Id)).ExecuteDeleteAsync(ct);
    }

    /// <summary>The step keeps what it has, and its calls, until the owner has decided.</summary>
    private Task WaitAsync(CancellationToken ct) =>
        change.Played is { Written: { } written } played
            ? change.Db.WaitTurnAsync<Step>(played.Step.Id, written.Receipt, ct)
            : Task.CompletedTask;

    /// <summary>Closes the step that nobody is asked for any more.</summary>
    private async Task CloseAsync(CancellationToken ct)
    {
        var state = change.State;
        var asked = state.Ask ?? -1;
        var waiting = state.Phase == EpisodePhase.Waiting ? state.Cast[state.Role!].Citizen : Guid.Empty;
        var why = happened switch
        {
            EpisodeEvent.StepFailed one => one.Error,
            EpisodeEvent.TimedOut => NotInTime,
            EpisodeEvent.Stopped => "The episode was stopped before.",
            EpisodeEvent.Swapped => "The role was given to somebody else.",
            EpisodeEvent.LimitReached => "A limit was reached before it was done.",
            _ => "The episode went on without it.",
        };
        var end = happened is EpisodeEvent.StepFailed ? TurnState.Failed : TurnState.Stopped;
        var now = change.Now;
        var role = state.Role;
        var left = Open.Where(s => s.Seq != asked && !(s.CitizenId == waiting && s.Role == role))
            // One that is complete waits for its outcome or score.
            .Where(s =>
                s.State == TurnState.Pending
                || s.State == TurnState.Streaming
                || s.State == TurnState.Waiting
                || s.State == TurnState.Complete
            );
        var ids = await left.Select(s => s.Id).ToListAsync(ct);
        if (ids.Count == 0)
        {
            return;
        }

        // Nobody writes these any more, who would save their words.
        await change.Db.CloseTurnsAsync(left.Where(s => s.State == TurnState.Waiting), end, why, ct);
        await left.ExecuteUpdateAsync(
            set =>
                set.SetProperty(s => s.State, end)
                    .SetProperty(s => s.Error, why)
                    .SetProperty(s => s.EndedAt, now)
                    .SetProperty(s => s.Phase, (string?)null),
            ct
        );
        await change.Db.ExpireToolCallsAsync(ids, ct);
    }

    private async Task AddAsync(string state, string role, Guid citizen, CancellationToken ct)
    {
        // A person who was waited for before a pause is still waited for.
        if (!await Open.AnyAsync(s => s.Role == role && s.CitizenId == citizen && s.State == TurnState.Pending, ct))
        {
            change.Db.Steps.Add(New(state, role, citizen));
        }
    }

    private Task Ask(EpisodeEffect.Ask ask)
    {
        change.Asked = New(ask.State, ask.Role, ask.Citizen);
        if (change.BeginsNext)
        {
            (change.Asked.State, change.Asked.StartedAt) = (TurnState.Streaming, change.Now);
        }

        change.Db.Steps.Add(change.Asked);
        return Task.CompletedTask;
    }

    private Step New(string state, string role, Guid citizen) =>
        new()
        {
            EpisodeId = Timeline.EpisodeId,
            TimelineId = Timeline.Id,
            Seq = happened.Seq,
            Action = state,
            Role = role,
            CitizenId = citizen,
            State = TurnState.Pending,
            CreatedAt = change.Now,
            UpdatedAt = change.Now,
        };
}
