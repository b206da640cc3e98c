using Republic.Core;
using Republic.Core.Admin.Work;
using Republic.Core.Jobs;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Admin;

/// <summary>The long work of all people, without contents. For superusers.</summary>
internal static class WorkApi
{
    private const int MostPerPage = 200;

    public static void MapWork(this IEndpointRouteBuilder app)
    {
        var work = app.MapGroup("/api/admin").WithTags("Administration").RequireSuperuser("Only a superuser sees the work of all.");
        work.MapGet("/jobs", ListAsync).Produces<JobPage>();
        work.MapPost("/jobs/{id:guid}/stop", StopAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
        work.MapGet("/nodes", NodesAsync).Produces<NodeList>();
        work.MapGet("/models", ModelsAsync).Produces<ModelFileList>();
        work.MapGet("/health", HealthAsync).Produces<ServerHealth>();
    }

    private static async Task<IResult> ListAsync(
        WorkReader reader,
        string? status,
        [Microsoft.AspNetCore.Mvc.FromQuery(Name = "owner_id")] Guid? ownerId,
        string? kind,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var asked = Cursor.ReadId(cursor, limit, MostPerPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        JobStatus? only = Enum.TryParse<JobStatus>(status, ignoreCase: true, out var read) && Enum.IsDefined(read) ? read : null;
        if (status is not null && only is null)
        {
            return Failure
                .Invalid(
                    "status",
                    $"status is one of {string.Join(", ", Enum.GetNames<JobStatus>().Select(name => name.ToUpperInvariant()))}."
                )
                .ToProblem();
        }

        var page = await reader.ListAsync(new JobFilter(only, ownerId, kind), asked.Value.From, asked.Value.Limit, ct);
        return TypedResults.Ok(new JobPage([.. page.Select(JobCard.Of)], asked.Value.Next(page, last => Cursor.Of(last.Id))));
    }

    private static async Task<IResult> StopAsync(Guid id, CurrentPerson me, WorkControl control, CancellationToken ct) =>
        (await control.StopAsync(me.Id, me.Name, id, ct)).ToResult(_ => TypedResults.NoContent());

    private static async Task<IResult> NodesAsync(WorkReader reader, CancellationToken ct) =>
        TypedResults.Ok(new NodeList(await reader.NodesAsync(ct)));

    private static async Task<IResult> ModelsAsync(WorkReader reader, CancellationToken ct) =>
        TypedResults.Ok(new ModelFileList(await reader.ModelsAsync(ct)));

    private static async Task<IResult> HealthAsync(HealthReader reader, CancellationToken ct) =>
        TypedResults.Ok(await reader.ReadAsync(ct));

    internal sealed record JobPage(IReadOnlyList<JobCard> Jobs, string? NextCursor);

    internal sealed record NodeList(IReadOnlyList<NodeLine> Nodes);

    internal sealed record ModelFileList(IReadOnlyList<ModelLine> Models);

    /// <param name="IsHeld">Its owner is deactivated, so that no node takes it.</param>
    /// <param name="HeldUntil">No node begins it before this time, because its process died again and again; null where that is not so.</param>
    internal sealed record JobCard(
        Guid Id,
        string Kind,
        Guid OwnerId,
        string Owner,
        string Status,
        double Progress,
        int Attempts,
        string? Node,
        string? Error,
        DateTimeOffset CreatedAt,
        DateTimeOffset? StartedAt,
        DateTimeOffset? FinishedAt,
        decimal? Cost,
        bool IsHeld,
        DateTimeOffset? HeldUntil
    )
    {
        public static JobCard Of(JobLine job) =>
            new(
                job.Id,
                job.Kind,
                job.OwnerId,
                job.Owner,
                job.Status.ToString().ToUpperInvariant(),
                job.Progress,
                job.Attempts,
                job.Node,
                job.Error,
                job.CreatedAt,
                job.StartedAt,
                job.FinishedAt,
                job.Cost,
                job.IsHeld,
                job.HeldUntil
            );
    }
}
