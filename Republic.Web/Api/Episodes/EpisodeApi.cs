using Microsoft.AspNetCore.Mvc;
using Republic.Core;
using Republic.Core.Episodes;
using Republic.Core.Episodes.Casting;
using Republic.Core.Episodes.Control;
using Republic.Core.Episodes.Reading;
using Republic.Core.Scenarios.Definitions;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Episodes;

/// <summary>Episodes that a person began or plays in. Those of other people are not found.</summary>
internal static class EpisodeApi
{
    public static void MapEpisodes(this IEndpointRouteBuilder app)
    {
        var episodes = app.MapGroup("/api/episodes").WithTags("Episodes");
        episodes.MapGet("/", ListAsync).Produces<EpisodeList>();
        episodes.MapPost("/", CreateAsync).Produces<EpisodeFound>(StatusCodes.Status201Created);
        episodes.MapGet("/{id:guid}", GetAsync).Produces<EpisodeFound>();
        episodes.MapPut("/{id:guid}", UpdateAsync).Produces<EpisodeFound>();
        episodes.MapDelete("/{id:guid}", DeleteAsync).Produces(StatusCodes.Status204NoContent);
        episodes.MapPost("/{id:guid}/start", StartAsync).Produces<EpisodeFound>();
        episodes.MapPost("/{id:guid}/pause", PauseAsync).Produces<EpisodeFound>();
        episodes.MapPost("/{id:guid}/resume", ResumeAsync).Produces<EpisodeFound>();
        episodes.MapPost("/{id:guid}/step", StepAsync).Produces<EpisodeFound>();
        episodes.MapPost("/{id:guid}/stop", StopAsync).Produces<EpisodeFound>();
        episodes.MapPost("/{id:guid}/act", ActAsync).Produces<EpisodeFound>();
        episodes.MapPost("/{id:guid}/choose", ChooseAsync).Produces<EpisodeFound>();
        episodes.MapPost("/{id:guid}/inject", InjectAsync).Produces<EpisodeFound>();
        episodes.MapPost("/{id:guid}/swap", SwapAsync).Produces<EpisodeFound>();
        episodes.MapEpisodeTimelines();
        episodes.MapEpisodeDatasets();
    }

    /// <summary>The newest first.</summary>
    /// <param name="scenario_id">Only those of this scenario.</param>
    /// <param name="status">Only RUNNING, COMPLETED or TERMINATED ones.</param>
    private static async Task<IResult> ListAsync(
        EpisodeCards cards,
        CurrentPerson me,
        Guid? scenario_id,
        string? status,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        EpisodeStatus? only = Enum.GetValues<EpisodeStatus>()
            .Cast<EpisodeStatus?>()
            .FirstOrDefault(one => one.ToString()!.Equals(status, StringComparison.OrdinalIgnoreCase));
        if (status is not null && only is null)
        {
            return Failure.Invalid("status", "status is RUNNING, COMPLETED or TERMINATED.").ToProblem();
        }

        var asked = Cursor.ReadId(cursor, limit, EpisodeCards.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var page = await cards.ListAsync(me.Id, scenario_id, only, asked.Value.Limit, asked.Value.From, ct);
        return TypedResults.Ok(new EpisodeList(page, asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    /// <summary>An episode of a published scenario, which waits to be started. Roles may be left open until then.</summary>
    private static async Task<IResult> CreateAsync(
        EpisodeEditor editor,
        EpisodeReader reader,
        CurrentPerson me,
        EpisodeInput body,
        CancellationToken ct
    )
    {
        var made = await editor.CreateAsync(me.Id, body, known: null, ct);
        var view = made.Ok ? await reader.FindAsync(me.Id, made.Value, timeline: null, ct) : made.Failure;
        return view.ToResult(episode => TypedResults.Created($"/api/episodes/{episode.Id}", new EpisodeFound(episode)));
    }

    /// <param name="timeline">One of its timelines; without, the one that is shown.</param>
    /// <param name="after">A <c>seq</c> of it: only the steps that began or ended after it, or are not done, and later messages.</param>
    private static async Task<IResult> GetAsync(
        EpisodeReader reader,
        CurrentPerson me,
        Guid id,
        Guid? timeline,
        long? after,
        CancellationToken ct
    )
    {
        var found = after is { } seq
            ? await reader.ChangesAsync(me.Id, id, timeline, seq, ct)
            : await reader.FindAsync(me.Id, id, timeline, ct);
        return found.ToResult(episode => TypedResults.Ok(new EpisodeFound(episode)));
    }

    /// <summary>Shows another timeline, or looks behind the roles that its owner does not play, which the other players are told.</summary>
    private static async Task<IResult> UpdateAsync(
        EpisodeForks forks,
        EpisodeReader reader,
        CurrentPerson me,
        Guid id,
        EpisodeChange body,
        CancellationToken ct
    )
    {
        var changed = await forks.UpdateAsync(me.Id, id, body.TimelineId, body.SeenThrough == true, ct);
        return changed.Ok ? await GetAsync(reader, me, id, timeline: null, after: null, ct) : changed.Failure.ToProblem();
    }

    /// <summary>Its timelines, steps and journal go with it.</summary>
    private static async Task<IResult> DeleteAsync(EpisodeEditor editor, CurrentPerson me, Guid id, CancellationToken ct) =>
        (await editor.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> StartAsync(
        EpisodeControl control,
        EpisodeReader reader,
        CurrentPerson me,
        Guid id,
        CancellationToken ct
    )
    {
        var started = await control.StartAsync(me.Id, id, ct);
        return started.Ok ? await GetAsync(reader, me, id, timeline: null, after: null, ct) : started.Failure.ToProblem();
    }

    /// <summary>Who acts just now finishes; then it waits.</summary>
    private static async Task<IResult> PauseAsync([AsParameters] EpisodeAct act, CancellationToken ct) =>
        await FoundAsync(await act.Control.PauseAsync(act.Me.Id, act.Id, act.Timeline, ct), act, ct);

    /// <summary>Goes on: after a pause, after a step that failed, or with higher limits.</summary>
    private static async Task<IResult> ResumeAsync([AsParameters] EpisodeAct act, ResumeInput? body, CancellationToken ct) =>
        await FoundAsync(await act.Control.ResumeAsync(act.Me.Id, act.Id, act.Timeline, body?.Limits, ct), act, ct);

    /// <summary>Goes on until somebody has acted once.</summary>
    private static async Task<IResult> StepAsync([AsParameters] EpisodeAct act, CancellationToken ct) =>
        await FoundAsync(await act.Control.StepAsync(act.Me.Id, act.Id, act.Timeline, ct), act, ct);

    /// <summary>Ends it; its steps and its journal stay.</summary>
    private static async Task<IResult> StopAsync([AsParameters] EpisodeAct act, CancellationToken ct) =>
        await FoundAsync(await act.Control.StopAsync(act.Me.Id, act.Id, act.Timeline, ct), act, ct);

    /// <summary>Acts in a role that the person plays and whose turn it is. Otherwise 409, with where the episode stands.</summary>
    private static async Task<IResult> ActAsync([AsParameters] EpisodeAct act, ActInput body, CancellationToken ct) =>
        await FoundAsync(await act.Control.ActAsync(act.Me.Id, act.Id, act.Timeline, body, ct), act, ct);

    /// <summary>Takes the transition to a state, where a person is to choose, or nothing leads on.</summary>
    private static async Task<IResult> ChooseAsync([AsParameters] EpisodeAct act, ChooseInput body, CancellationToken ct) =>
        await FoundAsync(await act.Control.ChooseAsync(act.Me.Id, act.Id, act.Timeline, body.To, ct), act, ct);

    /// <summary>Adds a message, or a fact, that the roles of its audience get to know.</summary>
    private static async Task<IResult> InjectAsync([AsParameters] EpisodeAct act, InjectInput body, CancellationToken ct) =>
        await FoundAsync(await act.Control.InjectAsync(act.Me.Id, act.Id, act.Timeline, body, ct), act, ct);

    /// <summary>Gives a role to somebody else, or says otherwise how it is played.</summary>
    private static async Task<IResult> SwapAsync([AsParameters] EpisodeAct act, SwapInput body, CancellationToken ct) =>
        await FoundAsync(await act.Control.SwapAsync(act.Me.Id, act.Id, act.Timeline, body, ct), act, ct);

    private static async Task<IResult> FoundAsync(Outcome<Guid> done, EpisodeAct act, CancellationToken ct) =>
        done.Ok ? await GetAsync(act.Reader, act.Me, done.Value, act.Timeline, act.After, ct) : done.Failure.ToProblem();

    /// <summary>A request to act on a timeline of an episode, with what does so and what reads the episode for the answer.</summary>
    /// <param name="After">A <c>seq</c> that the caller knows: the answer has what was written after it.</param>
    internal sealed record EpisodeAct(
        EpisodeControl Control,
        EpisodeReader Reader,
        CurrentPerson Me,
        [FromRoute(Name = "id")] Guid Id,
        [FromQuery(Name = "timeline")] Guid? Timeline,
        [FromQuery(Name = "after")] long? After
    );

    internal sealed record EpisodeList(IReadOnlyList<EpisodeCard> Episodes, string? NextCursor);

    internal sealed record EpisodeFound(EpisodeView Episode);

    /// <param name="TimelineId">The timeline that is shown from now on; null leaves it.</param>
    /// <param name="SeenThrough">True looks behind the roles, for good.</param>
    internal sealed record EpisodeChange(Guid? TimelineId, bool? SeenThrough);

    /// <param name="Limits">In place of those there are; what is left out stays.</param>
    internal sealed record ResumeInput(ScenarioLimits? Limits);

    /// <param name="To">The name of the state.</param>
    internal sealed record ChooseInput(string? To);
}
