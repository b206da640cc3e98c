using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Turns;
using Republic.Core.Data;
using Republic.Core.Episodes.Machine;
using Republic.Core.Episodes.Playing;
using Republic.Core.Jobs;
using Republic.Core.Scenarios;

namespace Republic.Core.Episodes.Journal;

/// <summary>A change of one timeline, within the transaction that holds its episode: events are added to its journal, and its rows follow.</summary>
/// <param name="now">Of all events.</param>
internal sealed class TimelineChange(
    RepublicDb db,
    Episode episode,
    Timeline timeline,
    EpisodeMachine machine,
    TimelineServices services,
    DateTimeOffset now
)
{
    private readonly List<EntryData> written = [];

    public RepublicDb Db => db;

    public Episode Episode => episode;

    public Timeline Timeline => timeline;

    public EpisodeMachine Machine => machine;

    public DateTimeOffset Now => now;

    public EpisodeState State => timeline.State;

    /// <summary>The answer of the step that an event ends, saved with it; null where it is saved apart.</summary>
    public PlayedStep? Played { get; init; }

    /// <summary>Whether whoever makes the change asks the next minion at once, so that its step is begun as it is asked for.</summary>
    public bool BeginsNext { get; init; }

    /// <summary>True where the timeline is shown once the change is saved, though another is until then.</summary>
    public bool WillBeShown { get; init; }

    /// <summary>The entries that were added.</summary>
    public IReadOnlyList<EntryData> Written => written;

    /// <summary>The step that a minion is asked for by the last event; null where it asks none.</summary>
    public Step? Asked { get; internal set; }

    /// <summary>The job that was added, to be started once all is saved; null where none was.</summary>
    public Job? Added { get; private set; }

    /// <summary>The citizens whose capabilities were counted, each with the person who looks after them.</summary>
    public IReadOnlyList<(Guid Person, Guid Citizen)> Counted { get; private set; } = [];

    /// <summary>Adds an event with what follows from it.</summary>
    /// <returns>Why it does not fit, for people; then nothing is added. Null where it was.</returns>
    public async Task<string?> ApplyAsync(EpisodeEvent happened, CancellationToken ct)
    {
        var seq = timeline.Seq + 1;
        happened = happened with { Seq = seq, At = now, Random = SeededRandom.For(SeedOf(), seq).NextDouble() };
        var decision = machine.Next(timeline.State, happened);
        if (decision.Refusal is { } refusal)
        {
            return refusal;
        }

        var added = new EntryData(happened, decision.Effects);
        var data = added.ToJson();
        var entry = new EpisodeEntry
        {
            TimelineId = timeline.Id,
            Seq = seq,
            Kind = EpisodeKinds.Of(happened),
            Data = data,
            Hash = EntryHash.Of(timeline.Hash, seq, data),
        };
        db.EpisodeEntries.Add(entry);
        written.Add(added);
        (timeline.Seq, timeline.Hash) = (seq, entry.Hash);
        Show(decision.State);
        await new StepProjection(this, happened, decision.Effects).SaveAsync(ct);
        EmployMinions();
        await db.SaveChangesAsync(ct);
        if (decision.State.EndedBy == EpisodeEnd.Scenario && (WillBeShown || episode.TimelineId == timeline.Id))
        {
            await CountAsync(ct);
            await AskLearnerAsync(ct);
            await db.SaveChangesAsync(ct);
        }

        return null;
    }

    private void Show(EpisodeState state)
    {
        timeline.State = state;
        (timeline.Status, timeline.Wait, timeline.Result, timeline.Until) = (state.Status, state.Wait, state.Result, state.Until);
        timeline.StartedAt ??= state.Phase == EpisodePhase.Ready ? null : now;
        timeline.EndedAt = state.Phase == EpisodePhase.Over ? now : null;
        episode.UpdatedAt = now;
    }

    /// <summary>As long as a minion is being asked, one job asks.</summary>
    private void EmployMinions()
    {
        if (!timeline.State.IsAsking)
        {
            timeline.JobId = null;
        }
        else if (timeline.JobId is null && !timeline.State.IsPaused)
        {
            Added = services.Jobs.Add(db, episode.OwnerId, EpisodeWork.KindOfJob, timeline.Id);
            timeline.JobId = Added.Id;
        }
    }

    /// <summary>Counts the result for the capabilities of whoever acted, once for an episode.</summary>
    private async Task CountAsync(CancellationToken ct)
    {
        if (!episode.IsCounted && State.Result is (EndResult.Success or EndResult.Failure))
        {
            episode.IsCounted = true;
            Counted = await new CapabilityCounter(this, services.Capabilities).SaveAsync(State.Result, ct);
        }
    }

    /// <summary>Adds the job that asks the learner what to remember, once for an episode.</summary>
    private async Task AskLearnerAsync(CancellationToken ct)
    {
        var (owner, isFirst) = (episode.OwnerId, !episode.IsLearnedFrom);
        episode.IsLearnedFrom = true;
        if (
            isFirst
            && LearnerWork.LearnerOf(machine.Definition, State) is not null
            && !await db.MemorySettings.AnyAsync(settings => settings.PersonId == owner && !settings.IsOn, ct)
        )
        {
            Added = services.Jobs.Add(db, owner, LearnerWork.KindOfJob, timeline.Id);
        }
    }

    /// <summary>A fork draws other numbers than its parent.</summary>
    private long SeedOf() =>
        timeline.ParentId is null ? episode.Config.Seed : episode.Config.Seed ^ BitConverter.ToInt64(timeline.Id.ToByteArray(), 8);
}
