using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Episodes.Replaying;

namespace Republic.Core.Episodes.Reading;

/// <summary>Reads what stands behind an episode: its journal, its timelines, and what each role knows.</summary>
public sealed class EpisodeJournalReader(IDbContextFactory<RepublicDb> databases, EpisodeReader reader)
{
    public const int MaxPage = 500;

    internal static readonly Failure Hidden = Failure.Forbidden(
        "You play in this episode, and this holds what other roles know. Look behind it first (seen_through), which the other players are told."
    );

    /// <summary>One page of the journal, the oldest first. Only for its owner, who sees what all roles know by it.</summary>
    /// <param name="timeline">Null for the one that is shown.</param>
    /// <param name="after">The last number of the previous page; 0 for the first.</param>
    public async Task<Outcome<IReadOnlyList<JournalCard>>> EntriesAsync(
        Guid me,
        Guid id,
        Guid? timeline,
        int limit,
        long after,
        CancellationToken ct
    )
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await BehindAsync(db, me, id, timeline, ct);
        if (!loaded.Ok)
        {
            return loaded.Failure;
        }

        var entries = await loaded
            .Value.Chain.Entries(db)
            .AsNoTracking()
            .Where(entry => entry.Seq > after)
            .OrderBy(entry => entry.Seq)
            .Take(Math.Clamp(limit, 1, MaxPage))
            .ToListAsync(ct);
        return Outcome<IReadOnlyList<JournalCard>>.Of(entries.ConvertAll(Card));
    }

    /// <summary>What a role knows, each line with its source. For the people who play it, and for the owner.</summary>
    /// <inheritdoc cref="EntriesAsync"/>
    public async Task<Outcome<RoleKnowledge>> KnowsAsync(Guid me, Guid id, string role, Guid? timeline, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await reader.LoadAsync(db, me, id, timeline, ct);
        if (!loaded.Ok)
        {
            return loaded.Failure;
        }

        var (machine, viewer) = (loaded.Value.Machine, loaded.Value.Viewer);
        if (!machine.Roles.Contains(role))
        {
            return Failure.NotFound("role");
        }

        if (!viewer.SeesAll && !viewer.Roles.Contains(role))
        {
            return viewer.IsOwner ? Hidden : Failure.Forbidden($"You do not play “{role}”.");
        }

        var entries = await db.EntriesAsync(loaded.Value.Timeline, upTo: null, ct);
        return RoleKnowledge.Of(machine.Definition, role, entries.Select(entry => EntryData.Parse(entry.Data)));
    }

    /// <summary>Plays the timeline again from its journal, and asks nobody. Only for its owner, who sees what all roles know by it.</summary>
    /// <inheritdoc cref="EntriesAsync"/>
    public async Task<Outcome<ReplayResult>> ReplayAsync(Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await BehindAsync(db, me, id, timeline, ct);
        return loaded.Ok
            ? EpisodeReplay.Of(loaded.Value.Machine, await db.EntriesAsync(loaded.Value.Timeline, upTo: null, ct))
            : loaded.Failure;
    }

    /// <summary>All timelines, the oldest first, for the owner; for whoever plays, the one that is shown.</summary>
    public async Task<Outcome<IReadOnlyList<TimelineCard>>> TimelinesAsync(Guid me, Guid id, CancellationToken ct)
    {
        await using var db = await databases.CreateDbContextAsync(ct);
        var loaded = await reader.LoadAsync(db, me, id, timeline: null, ct);
        if (!loaded.Ok)
        {
            return loaded.Failure;
        }

        var (episode, viewer) = (loaded.Value.Episode, loaded.Value.Viewer);
        List<Timeline> timelines = viewer.IsOwner
            ? await db.Timelines.AsNoTracking().Where(t => t.EpisodeId == id).OrderBy(t => t.Id).ToListAsync(ct)
            : [loaded.Value.Timeline];
        var ids = timelines.ConvertAll(timeline => timeline.Id);
        var own = viewer.IsOwner
            ? await db
                .Steps.Where(step => ids.Contains(step.TimelineId) && step.DoneSeq != null)
                .GroupBy(step => step.TimelineId)
                .Select(steps => new { Timeline = steps.Key, Count = steps.Count() })
                .ToDictionaryAsync(steps => steps.Timeline, steps => steps.Count, ct)
            : [];
        return Outcome<IReadOnlyList<TimelineCard>>.Of(
            timelines.ConvertAll(timeline => Card(timeline, own.GetValueOrDefault(timeline.Id), episode, viewer))
        );
    }

    /// <summary>The steps of two timelines side by side, by state and role.</summary>
    public async Task<Outcome<IReadOnlyList<DifferenceCard>>> CompareAsync(Guid me, Guid id, Guid? from, Guid? to, CancellationToken ct)
    {
        if (from is null || to is null)
        {
            var shown = await reader.FindAsync(me, id, timeline: null, ct);
            return shown.Failure ?? Failure.Invalid(from is null ? "from" : "to", "Say which two timelines are compared, as from=…&to=….");
        }

        var (one, other) = (await reader.FindAsync(me, id, from, ct), await reader.FindAsync(me, id, to, ct));
        return one.Ok && other.Ok
            ? Outcome<IReadOnlyList<DifferenceCard>>.Of(TimelineDifference.Of(one.Value.Steps, other.Value.Steps))
            : one.Failure ?? other.Failure!;
    }

    private async Task<Outcome<LoadedEpisode>> BehindAsync(RepublicDb db, Guid me, Guid id, Guid? timeline, CancellationToken ct)
    {
        var loaded = await reader.LoadAsync(db, me, id, timeline, ct);
        return !loaded.Ok || loaded.Value.Viewer.SeesAll ? loaded
            : loaded.Value.Viewer.IsOwner ? Hidden
            : Failure.Forbidden("Only whoever began the episode reads its journal.");
    }

    /// <param name="own">How many steps were done since it was forked.</param>
    private static TimelineCard Card(Timeline timeline, int own, Episode episode, EpisodeViewer viewer)
    {
        var parent = viewer.IsOwner ? timeline.ParentId : null;
        return new(
            timeline.Id,
            parent,
            parent is null ? null : timeline.ForkedAt,
            timeline.Seq,
            timeline.State.Turn,
            parent is null ? null : Math.Max(timeline.State.Turn - own, 0),
            viewer.SeesAll ? Convert.ToHexStringLower(timeline.Hash) : null,
            timeline.Status,
            timeline.Wait,
            timeline.Result,
            timeline.Id == episode.TimelineId,
            timeline.CreatedAt
        );
    }

    private static JournalCard Card(EpisodeEntry entry)
    {
        var data = JsonElement.Parse(entry.Data);
        return new(entry.Seq, entry.Kind, data.GetProperty("event"), data.GetProperty("effects"), Convert.ToHexStringLower(entry.Hash));
    }
}
