using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Audit;
using Republic.Core.Data;

namespace Republic.Core.Security;

/// <summary>What a superuser allows, and takes back. It counts at once here, and at other nodes when they hear of it.</summary>
public sealed class AllowedHostEditor(
    RepublicDb db,
    OutboundGuard guard,
    AllowedHostWatch watch,
    AuditLog audit,
    AfterCommit after,
    TimeProvider time
)
{
    private static readonly Failure OnlySuperusers = Failure.Forbidden("Only a superuser decides which hosts may be used.");

    public Task<List<AllowedHost>> ListAsync(CancellationToken ct) =>
        db.AllowedHosts.AsNoTracking().OrderBy(host => host.Host).ToListAsync(ct);

    /// <param name="text">host:port. What is allowed already is no failure: the button may be pressed twice.</param>
    public async Task<Outcome<AllowedHost>> AllowAsync(Guid person, string? text, CancellationToken ct)
    {
        var host = guard.Entry(text ?? "");
        if (!host.Ok)
        {
            return host.Failure;
        }

        var entry = new AllowedHost
        {
            Host = host.Value,
            AllowedBy = person,
            AllowedAt = time.GetUtcNow(),
        };
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.KeepsAdministeringAsync(person, ct))
        {
            return OnlySuperusers;
        }

        await db.Database.ExecuteSqlAsync(
            $"""
            insert into allowed_hosts (id, host, allowed_by, allowed_at)
            values ({entry.Id}, {entry.Host}, {entry.AllowedBy}, {entry.AllowedAt})
            on conflict (host) do nothing
            """,
            ct
        );
        await audit.CommitAsync(db, person, AuditActions.HostAllowed, entry.Host, ct);
        await after.RunAsync(watch.ChangedAsync);
        return await db.AllowedHosts.AsNoTracking().SingleAsync(h => h.Host == entry.Host, ct);
    }

    public async Task<Outcome<string>> TakeBackAsync(Guid person, string? host, CancellationToken ct)
    {
        var plain = host?.Trim() ?? "";
        await using var transaction = await db.Database.BeginTransactionAsync(ct);
        if (!await db.KeepsAdministeringAsync(person, ct))
        {
            return OnlySuperusers;
        }

        if (await db.AllowedHosts.Where(allowed => allowed.Host == plain).ExecuteDeleteAsync(ct) == 0)
        {
            return Failure.NotFound("allowed host");
        }

        await audit.CommitAsync(db, person, AuditActions.HostTakenBack, plain, ct);
        await after.RunAsync(watch.ChangedAsync);
        return plain;
    }
}
