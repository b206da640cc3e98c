using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Machine;

namespace Republic.Core.Episodes.Reading;

/// <summary>Reads one episode, as the person who asks gets to see it.</summary>
public sealed class EpisodeReader(IDbContextFactory<RepublicDb> databases, EpisodeMachines machines)
{
    /// <param name="timeline">Null for the one that is shown.</param>
    public async Task<Outcome<EpisodeView>> FindAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await LoadAsync(db, me, id, timeline, ct);
        return loaded.Ok ? await ViewAsync(db, loaded.Value, ct) : loaded.Failure;
    }

    /// <summary>An episode, a timeline of it, and what the person may see of that.</summary>
    internal async Task<Outcome<LoadedEpisode>> LoadAsync(RepublicDb db, Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        if (await db.Episodes.AsNoTracking().VisibleTo(db, me).SingleOrDefaultAsync(e => e.Id == id, ct) is not { } episode)
        {
            return Failure.NotFound("episode");
        }

        var asked = timeline ?? episode.TimelineId;
        if (await db.Timelines.AsNoTracking().SingleOrDefaultAsync(t => t.Id == asked && t.EpisodeId == id, ct) is not { } row)
        {
            return Failure.NotFound("timeline");
        }

        var chain = await TimelineChain.OfAsync(db, row, upTo: null, ct);
        var assignments = await chain.Assignments(db).AsNoTracking().OrderBy(a => a.FromSeq).ThenBy(a => a.Role).ToListAsync(ct);
        var machine = await machines.OfAsync(db, episode.ScenarioId, episode.Version, ct);
        return new LoadedEpisode(episode, row, chain, machine, assignments, new EpisodeViewer(me, episode, assignments));
    }

    private static async Task<EpisodeView> ViewAsync(RepublicDb db, LoadedEpisode loaded, CancellationToken ct)
    {
        var (episode, timeline, machine, state) = (loaded.Episode, loaded.Timeline, loaded.Machine, loaded.Timeline.State);
        var steps = await loaded.Chain.Steps(db).AsNoTracking().OrderBy(s => s.Seq).ToListAsync(ct);
        var entries = (await db.EntriesAsync(timeline, upTo: null, ct)).ConvertAll(entry => EntryData.Parse(entry.Data));
        var injected = entries.Select(entry => entry.Event).OfType<EpisodeEvent.Injected>().ToList();
        var cards = await EpisodeCardsOf.ReadAsync(db, loaded, steps, ct);
        return new EpisodeView
        {
            Id = episode.Id,
            ScenarioId = episode.ScenarioId,
            Scenario = machine.Definition.Name,
            Version = episode.Version,
            InitiatorId = episode.OwnerId,
            TimelineId = timeline.Id,
            TimelineCount = await db.Timelines.CountAsync(t => t.EpisodeId == episode.Id, ct),
            Status = timeline.Status,
            Wait = timeline.Wait,
            Why = loaded.Viewer.IsOwner ? state.Why : null,
            WaitingFor = state is { Phase: EpisodePhase.Waiting, Role: { } role } ? [role] : [],
            WaitsUntil = timeline.Until,
            Outcomes = state.Phase == EpisodePhase.Waiting ? machine.LabelsOf(state) : [],
            Choices = loaded.MayChoose ? ChoicesOf(machine, state) : [],
            CurrentState = state.Position.Current,
            CurrentStateId = cards.States.GetValueOrDefault(state.Position.Current ?? ""),
            Result = timeline.Result,
            EndedBy = state.EndedBy,
            Turn = state.Turn,
            Cost = state.Cost,
            Tokens = state.Tokens,
            Minutes = state.Minutes,
            Limits = state.Limits,
            // Facts may be what others are not to know.
            Config = loaded.Viewer.SeesAll ? episode.Config : episode.Config with { Facts = null },
            SeenThrough = episode.IsSeenThrough,
            Assignments = cards.Assignments,
            Steps = cards.Steps,
            Messages = [.. injected.Select(one => Message(one, loaded.Viewer))],
            Evolution = Journal.Evolution.Of(entries),
            TranscriptSha256 = Transcript.Sha256(
                steps.Where(step => step.DoneSeq is not null).Select(Transcript.Of).Concat(injected.Select(Transcript.Of))
            ),
            Seq = timeline.Seq,
            StartedAt = timeline.StartedAt,
            EndedAt = timeline.EndedAt,
            CreatedAt = episode.CreatedAt,
            UpdatedAt = episode.UpdatedAt,
            IsOwner = loaded.Viewer.IsOwner,
            MyRoles = loaded.Viewer.Roles,
            SeesAll = loaded.Viewer.SeesAll,
            Definition = machine.Definition,
            Phase = state.Phase,
        };
    }

    private static List<ChoiceCard> ChoicesOf(EpisodeMachine machine, EpisodeState state)
    {
        var next = machine.Definition.State(state.Position.Current ?? "")?.Next ?? [];
        return [.. machine.ChoicesOf(state).Select(index => new ChoiceCard(next[index].To, next[index].Kind, next[index].Condition))];
    }

    private static MessageCard Message(EpisodeEvent.Injected injected, EpisodeViewer viewer) =>
        viewer.Sees(injected.Seq, injected.Audience)
            ? new(injected.Seq, injected.Text, injected.Fact, injected.Value, injected.Audience, false, injected.At)
            : new(injected.Seq, null, null, null, injected.Audience, true, injected.At);
}
