using Microsoft.Extensions.Logging;

namespace Republic.Core.Backups;

/// <summary>Reads the file of a backup from its beginning to its end, and says whether it can be relied on.</summary>
public sealed class BackupCheck(ILogger<BackupCheck> log)
{
    /// <returns>What is in the backup, or in a sentence why it cannot be used.</returns>
    public Task<Outcome<BackupManifest>> CheckAsync(string file, string? passphrase, CancellationToken ct) =>
        CheckAsync(file, passphrase, new ProgressMeter(null), ct);

    internal async Task<Outcome<BackupManifest>> CheckAsync(string file, string? passphrase, ProgressMeter meter, CancellationToken ct)
    {
        var opened = BackupFileReader.Open(file, passphrase);
        if (!opened.Ok)
        {
            return opened.Failure;
        }

        using var backup = opened.Value;
        if (await backup.CheckAsync(meter, ct) is { } damage)
        {
            log.LogError("A backup cannot be used: {Reason}", damage.Message);
            return damage;
        }

        return backup.Manifest;
    }
}
