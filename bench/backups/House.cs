using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Audit;
using Republic.Core.Backups;
using Republic.Core.Data;
using Republic.Core.Security;

namespace Republic.Bench;

/// <summary>A database and a data folder that belong together, and what must be so of both.</summary>
internal sealed class House(string connectionString, DataFolder folder) : IAsyncDisposable
{
    private readonly ServiceProvider services = new ServiceCollection()
        .AddLogging()
        .AddSingleton<TimeProvider>(new DatabaseClock())
        .AddSingleton<IConfiguration>(new ConfigurationBuilder().Build())
        .AddSingleton(DataProtectionKey.SealedKeys)
        .AddAudit()
        .AddBackups()
        .AddRepublicData(folder, connectionString)
        .BuildServiceProvider();

    public BackupCheck Check => services.GetRequiredService<BackupCheck>();

    public Task<Outcome<BackupTaken>> TakeAsync(string file) =>
        services.GetRequiredService<BackupTaker>().TakeAsync(file, passphrase: null, progress: null, CancellationToken.None);

    /// <summary>How many files that a row names are not there, or hold other bytes than the row says.</summary>
    public async Task<int> MissingAsync()
    {
        await using var db = await services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync();
        var adapters = await db.MinionVersions.Where(version => version.Adapter != null && version.AdapterSha256 != null).ToListAsync();
        var datasets = await db.DatasetVersions.ToListAsync();
        var documents = await db.Documents.ToListAsync();
        return adapters.Count(version => HashOf("adapters", $"{version.Adapter}.gguf") != version.AdapterSha256)
            + documents.Count(document => HashOf("documents", $"{document.Id}") != document.Sha256)
            + datasets.Count(version => !File.Exists(folder.Path("datasets", $"{version.DatasetId}", version.Folder, "samples.jsonl")));
    }

    /// <summary>Whether the audit log is as it was written.</summary>
    public async Task<bool> IsAuditWholeAsync() =>
        (await services.GetRequiredService<AuditLog>().VerifyAsync(CancellationToken.None)).Broken is null;

    public ValueTask DisposeAsync() => services.DisposeAsync();

    private string? HashOf(params ReadOnlySpan<string> parts)
    {
        var path = folder.Path(parts);
        return File.Exists(path) ? Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(path))) : null;
    }
}
