using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Audit;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Backups;

/// <summary>A backup from the button to its deletion, on a node that makes it.</summary>
public sealed class BackupJobTests(RunningRepublic republic) : IClassFixture<RunningRepublic>
{
    private const string Address = "/api/admin/backups";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_backup_is_made_downloaded_checked_found_damaged_and_deleted()
    {
        var browser = await republic.Mira.BrowserAsync();
        using var asked = await browser.SubmitAsync("/admin/backups", new Dictionary<string, string>(), "handler=Now");
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        var id = Assert.Single(await republic.BackupsAsync()).Id;
        var made = await EndAsync(id);
        Assert.Equal(("COMPLETED", (string?)null), ((string?)made["status"], (string?)made["error"]));
        var file = republic.Backups().PathOf((string)made["file_name"]!);
        var bytes = await File.ReadAllBytesAsync(file, Ct);
        Assert.Equal(bytes.Length, (long)made["bytes"]!);
        Assert.Contains("less than an hour old", await browser.ReadAsync("/admin/backups"), StringComparison.Ordinal);
        Assert.NotNull((await republic.Mira.Api.GetAsync("/api/admin/health"))["last_backup_at"]);

        using var download = await browser.GetAsync($"{Address}/{id}/download");
        Assert.True(download.Headers.CacheControl is { NoStore: true });
        Assert.Equal(Path.GetFileName(file), download.Content.Headers.ContentDisposition?.FileName?.Trim('"'));
        Assert.Equal(bytes, await download.Content.ReadAsByteArrayAsync(Ct));

        Assert.Equal("COMPLETED", (string?)(await CheckAsync(id))["status"]);
        await File.WriteAllBytesAsync(file, bytes[..(bytes.Length / 2)], Ct);
        var damaged = await CheckAsync(id);
        Assert.Equal("UNREADABLE", (string?)damaged["status"]);
        Assert.NotEmpty((string)damaged["error"]!);
        Assert.Contains("cannot be read", await browser.ReadAsync("/admin/backups"), StringComparison.Ordinal);
        await File.WriteAllBytesAsync(file, bytes, Ct);
        var mended = await CheckAsync(id);
        Assert.Equal(("COMPLETED", (string?)null), ((string?)mended["status"], (string?)mended["error"]));

        await republic.Mira.Api.DeleteAsync($"{Address}/{id}");
        Assert.False(File.Exists(file));
        Assert.Equal(
            [
                AuditActions.BackupStarted,
                AuditActions.BackupDownloaded,
                AuditActions.BackupChecked,
                AuditActions.BackupChecked,
                AuditActions.BackupChecked,
                AuditActions.BackupDeleted,
            ],
            await republic.QueryAsync(db =>
                db.AuditEntries.Where(e => e.PersonId == republic.Mira.Id && e.Action.StartsWith("backup."))
                    .OrderBy(e => e.Number)
                    .Select(e => e.Action)
                    .ToListAsync(Ct)
            )
        );
    }

    private async Task<JsonNode> CheckAsync(Guid id)
    {
        await republic.Mira.Api.PostAsync($"{Address}/{id}/check");
        return await EndAsync(id);
    }

    /// <summary>The backup once no job works on it any more.</summary>
    private Task<JsonNode> EndAsync(Guid id) =>
        Until.SomethingAsync(async () =>
            (await republic.Mira.Api.GetAsync($"{Address}/{id}"))["backup"]! is var now && now["progress"] is null ? now : null
        );
}
