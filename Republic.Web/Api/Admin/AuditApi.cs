using Microsoft.AspNetCore.Mvc;
using Republic.Core.Audit;
using Republic.Web.Http;
using Republic.Web.Http.Auth;

namespace Republic.Web.Api.Admin;

/// <summary>What was done: everybody sees what they did themselves, superusers what was done here.</summary>
internal static class AuditApi
{
    public static void MapAudit(this IEndpointRouteBuilder app)
    {
        app.MapGet("/api/account/activity", OwnAsync).WithTags("Accounts").Produces<AuditPage>();
        var audit = app.MapGroup("/api/admin/audit").WithTags("Administration").RequireSuperuser("Only a superuser reads the audit log.");
        audit.MapGet("", ListAsync).Produces<AuditPage>();
        audit.MapGet("/verify", VerifyAsync).Produces<AuditCheck>();
    }

    private static async Task<IResult> OwnAsync(
        CurrentPerson me,
        AuditLog log,
        long? before,
        int? limit,
        string? cursor,
        CancellationToken ct
    ) => await PageAsync(log, new AuditFilter([me.Id], null, Before: before), limit, cursor, ct);

    private static async Task<IResult> ListAsync(
        AuditLog log,
        [FromQuery(Name = "person_id")] Guid? personId,
        string? action,
        DateTimeOffset? since,
        DateTimeOffset? until,
        long? before,
        int? limit,
        string? cursor,
        CancellationToken ct
    )
    {
        var filter = new AuditFilter(
            personId is { } one ? [one] : null,
            action,
            since?.ToUniversalTime(),
            until?.ToUniversalTime(),
            before
        );
        return await PageAsync(log, filter, limit, cursor, ct);
    }

    /// <summary>One page, from the cursor on where there is one; <c>before</c> is what the first clients send.</summary>
    private static async Task<IResult> PageAsync(AuditLog log, AuditFilter filter, int? limit, string? cursor, CancellationToken ct)
    {
        var asked = Cursor.ReadLong(cursor, limit, AuditLog.MaxPage);
        if (!asked.Ok)
        {
            return asked.Failure.ToProblem();
        }

        var entries = await log.ListAsync(filter with { Before = asked.Value.From ?? filter.Before }, asked.Value.Limit, ct);
        return TypedResults.Ok(AuditPage.Of(entries, asked.Value.Next(entries, last => Cursor.Of(last.Number))));
    }

    private static async Task<IResult> VerifyAsync(AuditLog log, CancellationToken ct)
    {
        var (count, broken) = await log.VerifyAsync(ct);
        return TypedResults.Ok(new AuditCheck(broken is null, count, broken));
    }

    /// <param name="Before">The number to ask for older entries with; null where this page is empty.</param>
    internal sealed record AuditPage(IReadOnlyList<AuditRow> Entries, long? Before, string? NextCursor)
    {
        public static AuditPage Of(IReadOnlyList<AuditEntry> entries, string? next) =>
            new([.. entries.Select(AuditRow.Of)], entries is [.., var last] ? last.Number : null, next);
    }

    internal sealed record AuditRow(
        long Number,
        DateTimeOffset At,
        Guid? PersonId,
        string Action,
        string? Subject,
        string? Address,
        string Hash
    )
    {
        public static AuditRow Of(AuditEntry entry) =>
            new(entry.Number, entry.At, entry.PersonId, entry.Action, entry.Subject, entry.Address, Convert.ToHexStringLower(entry.Hash));
    }

    /// <param name="Count">Entries whose hash is what it must be.</param>
    /// <param name="Broken">The first that was changed, or stands after one that is missing.</param>
    internal sealed record AuditCheck(bool IsWhole, long Count, long? Broken);
}
