using System.Globalization;
using Republic.Core;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Knowing;
using Republic.Core.Episodes.Reading;
using Republic.Core.Episodes.Replaying;
using Republic.Core.Events;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Episodes;

/// <summary>What stands behind an episode: its journal, its timelines, and what each role knows.</summary>
internal static class EpisodeTimelineApi
{
    public static void MapEpisodeTimelines(this IEndpointRouteBuilder episodes)
    {
        episodes.MapGet("/{id:guid}/journal", JournalAsync).Produces<EpisodeJournal>();
        episodes.MapGet("/{id:guid}/events", EventsAsync).Produces<string>(contentType: "text/event-stream");
        episodes.MapGet("/{id:guid}/timelines", TimelinesAsync).Produces<TimelineList>();
        episodes.MapGet("/{id:guid}/diff", DiffAsync).Produces<TimelineDiff>();
        episodes.MapGet("/{id:guid}/knows/{role}", KnowsAsync).Produces<RoleKnowledgeFound>();
        episodes.MapPost("/{id:guid}/fork", ForkAsync).Produces<TimelineMade>(StatusCodes.Status201Created);
        episodes.MapPost("/{id:guid}/replay", ReplayAsync).Produces<ReplayResult>();
    }

    /// <summary>The oldest entry first. For the owner, who sees by it what all roles know.</summary>
    private static async Task<IResult> JournalAsync(
        EpisodeJournalReader reader,
        CurrentPerson me,
        Guid id,
        Guid? timeline,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadLong(cursor, limit, EpisodeJournalReader.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await reader.EntriesAsync(me.Id, id, timeline, asked.Value.Limit, asked.Value.From ?? 0, ct);
        return page.ToResult(rows => TypedResults.Ok(new EpisodeJournal(rows, asked.Value.Next(rows, last => Cursor.Of(last.Seq)))));
    }

    /// <summary>The numbers and kinds of entries as they are written, and where the episode stands. What was said is read with the episode.</summary>
    private static async Task<IResult> EventsAsync(
        EpisodeReader reader,
        JournalFeed<EpisodeEvents> feed,
        HttpRequest request,
        CurrentPerson me,
        Guid id,
        Guid? timeline,
        string? after,
        CancellationToken ct
    )
    {
        var found = await reader.TimelineAsync(me.Id, id, timeline, ct);
        if (!found.Ok)
        {
            return found.Failure.ToProblem();
        }

        var last = request.Headers["Last-Event-ID"].ToString() is { Length: > 0 } header ? header : after;
        return (await feed.OpenAsync(me.Id, found.Value, last, ct)).ToResult(events => new LiveStream(events.Items));
    }

    /// <summary>The oldest first.</summary>
    private static async Task<IResult> TimelinesAsync(EpisodeJournalReader reader, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await reader.TimelinesAsync(me.Id, id, ct)).ToResult(timelines => TypedResults.Ok(new TimelineList(timelines, null)));

    /// <summary>The steps of two timelines side by side, by state and role.</summary>
    private static async Task<IResult> DiffAsync(
        EpisodeJournalReader reader,
        CurrentPerson me,
        Guid id,
        Guid? from,
        Guid? to,
        CancellationToken ct
    ) =>
        (await reader.CompareAsync(me.Id, id, from, to, ct)).ToResult(rows =>
            TypedResults.Ok(new TimelineDiff(from!.Value, to!.Value, rows))
        );

    /// <summary>What a role knows, line by line. For those who play it, and for the owner.</summary>
    private static async Task<IResult> KnowsAsync(
        EpisodeJournalReader reader,
        CurrentPerson me,
        Guid id,
        string role,
        Guid? timeline,
        CancellationToken ct
    ) =>
        (await reader.KnowsAsync(me.Id, id, role, timeline, ct)).ToResult(known =>
            TypedResults.Ok(new RoleKnowledgeFound(known.Role, known.Lines))
        );

    /// <summary>A timeline that shares its past with another, and waits to be resumed.</summary>
    private static async Task<IResult> ForkAsync(
        EpisodeForks forks,
        CurrentPerson me,
        Guid id,
        Guid? timeline,
        ForkInput body,
        CancellationToken ct
    ) =>
        (await forks.ForkAsync(me.Id, id, timeline, body, ct)).ToResult(made =>
            TypedResults.Created(string.Create(CultureInfo.InvariantCulture, $"/api/episodes/{id}?timeline={made}"), new TimelineMade(made))
        );

    /// <summary>Plays the timeline again from its journal, and asks nobody.</summary>
    private static async Task<IResult> ReplayAsync(
        EpisodeJournalReader reader,
        CurrentPerson me,
        Guid id,
        Guid? timeline,
        CancellationToken ct
    ) => (await reader.ReplayAsync(me.Id, id, timeline, ct)).ToResult(replay => TypedResults.Ok(replay));

    internal sealed record EpisodeJournal(IReadOnlyList<JournalCard> Entries, string? NextCursor);

    internal sealed record TimelineList(IReadOnlyList<TimelineCard> Timelines, string? NextCursor);

    internal sealed record TimelineDiff(Guid From, Guid To, IReadOnlyList<DifferenceCard> Differences);

    internal sealed record RoleKnowledgeFound(string Role, IReadOnlyList<KnownLine> Items);

    internal sealed record TimelineMade(Guid TimelineId);
}
