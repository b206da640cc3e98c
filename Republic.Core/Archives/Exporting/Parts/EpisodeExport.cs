using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Journal;
using Republic.Core.Episodes.Reading;

namespace Republic.Core.Archives.Exporting.Parts;

/// <summary>
/// Episodes that the person began, a line for each thing: the episode, its timelines, then their entries, as data and hashes were stored, and
/// what each step said. Of one that they play in and have not looked behind, what their roles know is there and no journal, as on its page.
/// </summary>
internal sealed class EpisodeExport : IExportPart
{
    public string Kind => ArchiveKinds.Episodes;

    public async Task<int> WriteAsync(ExportScope scope, CancellationToken ct)
    {
        var ids = await scope.Db.Episodes.OwnedBy(scope.Person).OrderBy(e => e.Id).Select(e => e.Id).ToListAsync(ct);
        foreach (var id in ids)
        {
            await scope.Writer.WriteAsync(ArchiveFormat.Episode(id), stream => WriteAsync(scope, stream, id, ct), ct);
        }

        return ids.Count;
    }

    private static async Task WriteAsync(ExportScope scope, Stream stream, Guid id, CancellationToken ct)
    {
        var db = scope.Db;
        var episode = await db.Episodes.AsNoTracking().SingleAsync(e => e.Id == id, ct);
        var timelines = await db.Timelines.AsNoTracking().Where(t => t.EpisodeId == id).OrderBy(t => t.Id).ToListAsync(ct);
        await WriteAsync(stream, Head(episode), ct);
        foreach (var timeline in timelines)
        {
            await WriteAsync(scope, stream, episode, timeline, ct);
        }
    }

    private static async Task WriteAsync(ExportScope scope, Stream stream, Episode episode, Timeline timeline, CancellationToken ct)
    {
        var db = scope.Db;
        var chain = await TimelineChain.OfAsync(db, timeline, upTo: null, ct);
        var viewer = new EpisodeViewer(scope.Person, episode, await chain.Assignments(db).AsNoTracking().ToListAsync(ct), director: null);
        var seesAll = viewer.SeesAll;
        await WriteAsync(stream, Line(timeline, seesAll), ct);
        var entries = db.EpisodeEntries.AsNoTracking().Where(e => seesAll && e.TimelineId == timeline.Id).OrderBy(e => e.Seq);
        await foreach (var entry in entries.AsAsyncEnumerable().WithCancellation(ct))
        {
            await WriteAsync(stream, Line(entry), ct);
        }

        var steps = db.Steps.AsNoTracking().Where(s => s.TimelineId == timeline.Id && s.DoneSeq != null).OrderBy(s => s.DoneSeq);
        await foreach (var step in steps.AsAsyncEnumerable().WithCancellation(ct))
        {
            if (viewer.Sees(step.DoneSeq!.Value, step.Audience))
            {
                await WriteAsync(stream, Line(step), ct);
            }
        }
    }

    private static object Head(Episode episode) =>
        new
        {
            type = "episode",
            id = episode.Id,
            scenario_id = episode.ScenarioId,
            version = episode.Version,
            timeline_id = episode.TimelineId,
            created_at = episode.CreatedAt,
        };

    private static object Line(Timeline timeline, bool seesAll) =>
        new
        {
            type = "timeline",
            id = timeline.Id,
            parent_id = timeline.ParentId,
            forked_at = timeline.ForkedAt,
            status = timeline.Status,
            result = timeline.Result,
            hash = seesAll ? Convert.ToHexStringLower(timeline.Hash) : null,
            started_at = timeline.StartedAt,
            ended_at = timeline.EndedAt,
        };

    private static object Line(EpisodeEntry entry) =>
        new
        {
            type = "entry",
            seq = entry.Seq,
            kind = entry.Kind,
            data = entry.Data,
            hash = Convert.ToHexStringLower(entry.Hash),
        };

    private static object Line(Step step) =>
        new
        {
            type = "said",
            seq = step.DoneSeq,
            state = step.Action,
            role = step.Role,
            outcome = step.Outcome,
            text = step.Content,
        };

    private static async Task WriteAsync(Stream stream, object line, CancellationToken ct)
    {
        await JsonSerializer.SerializeAsync(stream, line, ArchiveJson.Options, ct);
        await stream.WriteAsync(ArchiveLines.End, ct);
    }
}
