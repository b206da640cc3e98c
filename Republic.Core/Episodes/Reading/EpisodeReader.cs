using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Reading;

/// <summary>Reads one episode, as the person who asks gets to see it.</summary>
public sealed class EpisodeReader(IDbContextFactory<RepublicDb> databases, EpisodeMachines machines)
{
    /// <summary>All of it.</summary>
    /// <param name="timeline">Null for the one that is shown.</param>
    public async Task<Outcome<EpisodeView>> FindAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await LoadAsync(db, me, id, timeline, ct);
        if (!loaded.Ok)
        {
            return loaded.Failure;
        }

        var window = await TranscriptWindow.AllAsync(db, loaded.Value, ct);
        var view = await ViewAsync(db, loaded.Value, window, ct);
        return view with
        {
            Evolution = RedactedJournal.Of(window.Entries, loaded.Value.Viewer.SeesAll),
            TranscriptSha256 = loaded.Value.Viewer.SeesAll ? Sha256(window) : null,
        };
    }

    /// <summary>
    /// The episode with what was written of it after an entry: steps that began or ended since, or are not done, and messages. Without
    /// <see cref="EpisodeView.Evolution"/> and <see cref="EpisodeView.TranscriptSha256"/>.
    /// </summary>
    /// <param name="after">The number of the last entry that is known, as <see cref="EpisodeView.Seq"/> has it.</param>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<Outcome<EpisodeView>> ChangesAsync(Guid me, Guid id, Guid? timeline, long after, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await LoadAsync(db, me, id, timeline, ct);
        return loaded.Ok
            ? await ViewAsync(db, loaded.Value, await TranscriptWindow.AfterAsync(db, loaded.Value, after, ct), ct)
            : loaded.Failure;
    }

    /// <summary>The id of the timeline that a person may follow: the one that is asked for, or the one that is shown.</summary>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<Outcome<Guid>> TimelineAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await LoadAsync(db, me, id, timeline, ct);
        return loaded.Ok ? loaded.Value.Timeline.Id : loaded.Failure;
    }

    /// <summary>
    /// The episode with one part of its transcript, so that a long one opens as fast as a short one: without <see cref="EpisodeView.Evolution"/> and
    /// <see cref="EpisodeView.TranscriptSha256"/>.
    /// </summary>
    /// <param name="from">The number of the step from which the transcript is shown; null for its end.</param>
    /// <inheritdoc cref="FindAsync"/>
    public async Task<Outcome<EpisodeWindow>> WindowAsync(Guid me, Guid id, Guid? timeline, long? from, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await LoadAsync(db, me, id, timeline, ct);
        if (!loaded.Ok)
        {
            return loaded.Failure;
        }

        var window = await TranscriptWindow.ReadAsync(db, loaded.Value, from, ct);
        return new EpisodeWindow(await ViewAsync(db, loaded.Value, window, ct), window.Transitions, window.Earlier, window.Later);
    }

    /// <summary>An episode, a timeline of it, and what the person may see of that.</summary>
    internal async Task<Outcome<LoadedEpisode>> LoadAsync(RepublicDb db, Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        if (await db.Episodes.AsNoTracking().VisibleTo(db, me).SingleOrDefaultAsync(e => e.Id == id, ct) is not { } episode)
        {
            return Failure.NotFound("episode");
        }

        var asked = timeline ?? episode.TimelineId;
        if (
            !episode.Shows(asked, me)
            || await db.Timelines.AsNoTracking().SingleOrDefaultAsync(t => t.Id == asked && t.EpisodeId == id, ct) is not { } row
        )
        {
            return Failure.NotFound("timeline");
        }

        var chain = await TimelineChain.OfAsync(db, row, upTo: null, ct);
        var assignments = await chain.Assignments(db).AsNoTracking().OrderBy(a => a.FromSeq).ThenBy(a => a.Role).ToListAsync(ct);
        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        return new LoadedEpisode(episode, row, chain, machine, assignments, new EpisodeViewer(me, episode, assignments, machine.Director));
    }

    private static async Task<EpisodeView> ViewAsync(RepublicDb db, LoadedEpisode loaded, TranscriptWindow window, CancellationToken ct)
    {
        var (episode, timeline, machine, state) = (loaded.Episode, loaded.Timeline, loaded.Machine, loaded.Timeline.State);
        IReadOnlyList<Step> steps = window.Open is { } open ? [.. window.Steps, open] : window.Steps;
        var resolved = await ResolvedEpisode.ReadAsync(db, loaded, steps, ct);
        var (outcomes, prompts) = Asked(loaded);
        return new EpisodeView
        {
            Id = episode.Id,
            ScenarioId = episode.ScenarioId,
            Scenario = machine.Definition.Name,
            Version = episode.Version,
            InitiatorId = episode.OwnerId,
            TimelineId = timeline.Id,
            TimelineCount = loaded.Viewer.IsOwner ? await db.Timelines.CountAsync(t => t.EpisodeId == episode.Id, ct) : 1,
            Status = timeline.Status,
            Wait = timeline.Wait,
            Why = loaded.Viewer.IsOwner ? await WhyAsync(db, loaded, ct) : await AwayAsync(db, episode, ct),
            WaitingFor = state is { Phase: EpisodePhase.Waiting, Role: { } role } ? [role] : [],
            WaitsUntil = timeline.Until,
            HeldUntil = timeline.JobId is { } job
                ? await db.Jobs.Where(j => j.Id == job).Select(j => j.HeldUntil).SingleOrDefaultAsync(ct)
                : null,
            Outcomes = outcomes,
            Prompts = prompts,
            WantsScore = state.Phase == EpisodePhase.Waiting && machine.WantsScore(state),
            Choices = loaded.MayChoose ? ChoicesOf(machine, state) : [],
            CurrentState = state.Position.Current,
            CurrentStateId = resolved.States.GetValueOrDefault(state.Position.Current ?? ""),
            Result = timeline.Result,
            EndedBy = state.EndedBy,
            Turn = state.Turn,
            Cost = loaded.Viewer.IsOwner ? state.Cost : null,
            Tokens = loaded.Viewer.IsOwner ? state.Tokens : null,
            Minutes = state.Minutes,
            Limits = state.Limits,
            Config = ConfigCard.Of(episode.Config, loaded.Viewer),
            SeenThrough = episode.IsSeenThrough,
            Assignments = resolved.Assignments,
            Steps = resolved.Steps,
            Messages = [.. window.Injected.Select(one => Message(one, loaded.Viewer))],
            Evolution = null,
            TranscriptSha256 = null,
            Seq = timeline.Seq,
            StartedAt = timeline.StartedAt,
            EndedAt = timeline.EndedAt,
            CreatedAt = episode.CreatedAt,
            UpdatedAt = episode.UpdatedAt,
            IsOwner = loaded.Viewer.IsOwner,
            MyRoles = loaded.Viewer.Roles,
            SeesAll = loaded.Viewer.SeesAll,
            Machine = machine,
            State = state,
        };
    }

    /// <summary>The outcomes and prompts of the present step, for the person who is to do it, and for whoever sees all.</summary>
    private static (IReadOnlyList<string> Outcomes, IReadOnlyList<string> Prompts) Asked(LoadedEpisode loaded)
    {
        var (machine, state) = (loaded.Machine, loaded.Timeline.State);
        var acting = state.Phase == EpisodePhase.Waiting ? state.Role : null;
        if (!loaded.Viewer.SeesAll && (acting is null || !loaded.Viewer.Roles.Contains(acting)))
        {
            return ([], []);
        }

        var prompts = machine.Definition.State(state.Position.Current ?? "")?.Prompts ?? [];
        return (acting is null ? [] : machine.LabelsOf(state), prompts);
    }

    /// <summary>Why it waits, for its owner. One who does not see all is not told it in a provider's words, which may repeat what a role knows.</summary>
    private static async Task<string?> WhyAsync(RepublicDb db, LoadedEpisode loaded, CancellationToken ct)
    {
        var state = loaded.Timeline.State;
        if (loaded.Viewer.SeesAll || state.Why is null)
        {
            return state.Why;
        }

        var kind = EpisodeKinds.Of<EpisodeEvent.StepFailed>();
        var failed = await loaded
            .Chain.Entries(db)
            .Where(entry => entry.Kind == kind)
            .OrderByDescending(entry => entry.Seq)
            .Select(entry => entry.Data)
            .FirstOrDefaultAsync(ct);
        return failed is null || EntryData.Parse(failed).Event is not EpisodeEvent.StepFailed last || last.Error != state.Why ? state.Why
            : state.Phase == EpisodePhase.Over ? EpisodeViewer.Withheld
            : $"A step failed. Try again, or give the role to somebody else. {EpisodeViewer.Withheld}";
    }

    /// <summary>What players are told while nothing is done for whoever began the episode.</summary>
    private static async Task<string?> AwayAsync(RepublicDb db, Episode episode, CancellationToken ct) =>
        await db.Users.AnyAsync(p => p.Id == episode.OwnerId && p.DeactivatedAt != null, ct)
            ? "Whoever began the episode has no active account. It goes on once they are back."
            : null;

    /// <summary>The hash of all that was said. Where something hidden can only have been one of few words, it tells by trying which.</summary>
    private static string Sha256(TranscriptWindow all) =>
        Transcript.Sha256(
            all.Steps.Where(step => step.DoneSeq is not null).Select(Transcript.Of).Concat(all.Injected.Select(Transcript.Of))
        );

    private static List<ChoiceCard> ChoicesOf(EpisodeMachine machine, EpisodeState state)
    {
        var next = machine.Definition.State(state.Position.Current ?? "")?.Next ?? [];
        return [.. machine.ChoicesOf(state).Select(index => new ChoiceCard(next[index].To, next[index].Kind, next[index].Condition))];
    }

    private static MessageCard Message(EpisodeEvent.Injected injected, EpisodeViewer viewer)
    {
        var message = new MessageCard(
            injected.Seq,
            injected.Text,
            injected.Fact,
            injected.Value,
            injected.Audience,
            Hidden: false,
            injected.At
        );
        return viewer.Sees(injected.Seq, injected.Audience) ? message : message.Hide();
    }
}
