using System.Globalization;
using Republic.Core.Backups.Schedules;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Admin;

/// <summary>Backups of the whole installation, and when they are made. For superusers.</summary>
internal static class BackupsApi
{
    public static void MapBackups(this IEndpointRouteBuilder app)
    {
        var backups = app.MapGroup("/api/admin/backups")
            .WithTags("Administration")
            .RequireSuperuser("Only a superuser makes backups and reads them.");
        backups.MapGet("", ListAsync).Produces<BackupList>();
        backups.MapPost("", StartAsync).RequireSession().Produces<BackupFound>(StatusCodes.Status202Accepted);
        backups.MapPut("/schedule", ChangeScheduleAsync).RequireSession().Produces<BackupScheduleFound>();
        backups.MapGet("/{id:guid}", FindAsync).Produces<BackupFound>();
        backups
            .MapGet("/{id:guid}/download", DownloadAsync)
            .RequireSession()
            .Produces(StatusCodes.Status200OK, contentType: "application/octet-stream");
        backups.MapPost("/{id:guid}/check", CheckAsync).RequireSession().Produces<BackupFound>(StatusCodes.Status202Accepted);
        backups.MapDelete("/{id:guid}", DeleteAsync).RequireSession().Produces(StatusCodes.Status204NoContent);
    }

    /// <summary>The newest first, and when the next one is made.</summary>
    private static async Task<IResult> ListAsync(BackupReader reader, CancellationToken ct)
    {
        var now = await reader.ReadAsync(ct);
        return TypedResults.Ok(
            new BackupList([.. now.Backups.Select(BackupLine.Of)], BackupScheduleLine.Of(now.Schedule), now.Schedule.NextAt)
        );
    }

    private static async Task<IResult> FindAsync(Guid id, BackupReader reader, CancellationToken ct) =>
        (await reader.FindAsync(id, ct)).ToResult(backup => TypedResults.Ok(new BackupFound(BackupLine.Of(backup))));

    /// <summary>Begins one now.</summary>
    private static async Task<IResult> StartAsync(CurrentPerson me, BackupEditor editor, BackupReader reader, CancellationToken ct)
    {
        var started = await editor.StartAsync(me.Id, ct);
        return started.Ok ? await AcceptedAsync(started.Value.Id, reader, ct) : started.Failure.ToProblem();
    }

    /// <summary>Has its file read whole once more.</summary>
    private static async Task<IResult> CheckAsync(Guid id, CurrentPerson me, BackupEditor editor, BackupReader reader, CancellationToken ct)
    {
        var asked = await editor.CheckAsync(me.Id, id, ct);
        return asked.Ok ? await AcceptedAsync(id, reader, ct) : asked.Failure.ToProblem();
    }

    private static async Task<IResult> DownloadAsync(Guid id, CurrentPerson me, BackupEditor editor, CancellationToken ct) =>
        (await editor.OpenAsync(me.Id, id, ct)).ToResult(path =>
            TypedResults.PhysicalFile(path, "application/octet-stream", Path.GetFileName(path), enableRangeProcessing: true)
        );

    /// <summary>Its file too.</summary>
    private static async Task<IResult> DeleteAsync(Guid id, CurrentPerson me, BackupEditor editor, CancellationToken ct) =>
        (await editor.DeleteAsync(me.Id, id, ct)).ToResult(_ => TypedResults.NoContent());

    /// <summary>What is left out stays as it is.</summary>
    private static async Task<IResult> ChangeScheduleAsync(
        BackupScheduleInput body,
        CurrentPerson me,
        BackupScheduleEditor schedules,
        CancellationToken ct
    ) =>
        (await schedules.ChangeAsync(me.Id, body, ct)).ToResult(schedule =>
            TypedResults.Ok(new BackupScheduleFound(BackupScheduleLine.Of(schedule), schedule.NextAt))
        );

    private static async Task<IResult> AcceptedAsync(Guid id, BackupReader reader, CancellationToken ct) =>
        (await reader.FindAsync(id, ct)).ToResult(backup =>
            TypedResults.Accepted($"/api/admin/backups/{id}", new BackupFound(BackupLine.Of(backup)))
        );

    /// <param name="NextAt">Null while no backup is made by itself.</param>
    internal sealed record BackupList(IReadOnlyList<BackupLine> Backups, BackupScheduleLine Schedule, DateTimeOffset? NextAt);

    internal sealed record BackupFound(BackupLine Backup);

    internal sealed record BackupScheduleFound(BackupScheduleLine Schedule, DateTimeOffset? NextAt);

    /// <param name="Day"><c>off</c>, <c>every</c>, or a day of the week in English.</param>
    /// <param name="Keep">How many files are kept.</param>
    internal sealed record BackupScheduleLine(string Day, string At, string TimeZone, int Keep)
    {
        public static BackupScheduleLine Of(BackupSchedule schedule) =>
            new(schedule.DayName, schedule.At.ToString("HH:mm", CultureInfo.InvariantCulture), schedule.TimeZone, schedule.Keep);
    }

    /// <param name="Status">RUNNING, COMPLETED, FAILED, or UNREADABLE where a check found that the file is no good.</param>
    /// <param name="CheckedAt">When its file was last read whole.</param>
    /// <param name="Error">Why it failed or cannot be read.</param>
    /// <param name="HasFile">The file is in the folder of backups.</param>
    /// <param name="Progress">Of what makes or checks it, 0 to 1; null where nothing does.</param>
    internal sealed record BackupLine(
        Guid Id,
        string FileName,
        string Status,
        long? Bytes,
        DateTimeOffset StartedAt,
        DateTimeOffset? FinishedAt,
        DateTimeOffset? CheckedAt,
        string? Error,
        bool HasFile,
        double? Progress,
        string? Phase
    )
    {
        public static BackupLine Of(BackupCard backup) =>
            new(
                backup.Id,
                backup.FileName,
                backup.Status.ToUpperInvariant(),
                backup.Bytes,
                backup.StartedAt,
                backup.FinishedAt,
                backup.CheckedAt,
                backup.Error,
                backup.HasFile,
                backup.Progress,
                backup.Phase
            );
    }
}
