using System.Security.Cryptography;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Republic.Core.Backups.Restoring;
using Republic.Core.Data;
using Republic.Core.Files;
using Republic.Core.Security;

namespace Republic.Core.Backups;

/// <summary>
/// Restores a backup into an empty data folder and an empty database. The whole file is checked before anything is written, and a restore
/// that was stopped at any point is begun again, or finished, by the same one.
/// </summary>
public sealed class BackupRestorer(DataFolder folder, IConfiguration configuration)
{
    /// <returns>What was restored, or in a sentence why nothing was.</returns>
    /// <exception cref="StartupRefusedException">A master key, or the embedded database, cannot be used.</exception>
    /// <exception cref="Npgsql.NpgsqlException">The database is away.</exception>
    public async Task<Outcome<BackupManifest>> RestoreAsync(RestoreOrder order, IProgress<BackupProgress>? progress, CancellationToken ct)
    {
        var opened = BackupFileReader.Open(order.File, order.Passphrase);
        if (!opened.Ok)
        {
            return opened.Failure;
        }

        using var backup = opened.Value;
        var meter = new ProgressMeter(progress);
        var wrong = RefusalOf(backup.Manifest) ?? await backup.CheckAsync(meter, ct);
        if ((wrong ?? await OccupiedAsync(backup, order, ct)) is { } refused)
        {
            return refused;
        }

        if (order.IsDryRun)
        {
            return backup.Manifest;
        }

        try
        {
            return await RestoreAsync(backup, order, meter, ct) is { } failure ? failure : backup.Manifest;
        }
        catch (Exception e) when (DiskFaults.IsFull(e))
        {
            return Failure.Conflict(
                $"The disk of {folder.Root} is full, so the backup is not restored. Free some space, and run the same command again."
            );
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or InvalidDataException or CryptographicException)
        {
            return Failure.Conflict($"The backup is not restored: {e.Message} Run the same command again when that is mended.");
        }
    }

    /// <summary>Why this Republic cannot restore it anywhere: it is of a later one, or of another house.</summary>
    private Failure? RefusalOf(BackupManifest manifest)
    {
        if (!DatabaseRestore.KnownMigrations().Contains(manifest.Migration))
        {
            return Failure.Conflict(
                $"This backup was made by another version of Republic, {manifest.AppVersion}, whose tables ({manifest.Migration}) this one does "
                    + "not know. Restore it with that version, or a later one."
            );
        }

        var here = MasterKeys.Present(configuration, folder).Select(key => key.Name).ToHashSet(StringComparer.Ordinal);
        return manifest.Keys.FirstOrDefault(name => !here.Contains(name)) is { } missing
            ? Failure.Conflict(
                $"What is secret in this backup is sealed under the master key {missing}, which is not here"
                    + (here.Count == 0 ? "" : $" (here is {string.Join(", ", here)})")
                    + $". Put its file as {MasterKeyFile.PathOf(folder)}, or set {MasterKey.Setting}, and run the same command again."
            )
            : null;
    }

    /// <summary>What is there already where the backup would go.</summary>
    private async Task<Failure?> OccupiedAsync(BackupFileReader backup, RestoreOrder order, CancellationToken ct) =>
        await IsFilledAsync(backup, order, ct) ? null
        : RestoreFolder.RefusalOf(folder) is { } occupied ? occupied
        : order.ConnectionString is { } connection ? await DatabaseRestore.RefusalAsync(connection, ct)
        : null;

    /// <summary>Whether an earlier restore of this backup has but to be finished.</summary>
    private async Task<bool> IsFilledAsync(BackupFileReader backup, RestoreOrder order, CancellationToken ct) =>
        RestoreFolder.MarkOf(backup.Digest, folder) is { } mark
        && (
            RestoreFolder.IsFilledWith(mark, folder)
            || (order.ConnectionString is { } connection && await DatabaseRestore.HasMarkAsync(mark, connection, ct))
        );

    private async Task<Failure?> RestoreAsync(BackupFileReader backup, RestoreOrder order, ProgressMeter meter, CancellationToken ct)
    {
        using var target = RestoreFolder.TryEnter(folder);
        if (target is null)
        {
            return Failure.Conflict($"Another restore into {folder.Root} is under way.");
        }

        if (order.ConnectionString is { } connection)
        {
            await DatabaseRestore.SettleAsync(connection, ct);
        }

        // As it is now that nobody else changes it.
        if (await OccupiedAsync(backup, order, ct) is { } occupied)
        {
            return occupied;
        }

        if (!await IsFilledAsync(backup, order, ct))
        {
            await target.ClearAsync(holdsDatabase: order.ConnectionString is null, ct);
            await FileRestore.RunAsync(backup, target.Made, meter, ct);
            if (await FillAsync(backup, order, target.Made, meter, ct) is { } refused)
            {
                return refused;
            }

            target.MarkFilled(RestoreFolder.MarkOf(backup.Digest, folder)!);
        }

        meter.Begin("Moving everything to where it belongs", null);
        ct.ThrowIfCancellationRequested();
        target.Finish();
        return null;
    }

    private async Task<Failure?> FillAsync(
        BackupFileReader backup,
        RestoreOrder order,
        DataFolder made,
        ProgressMeter meter,
        CancellationToken ct
    )
    {
        var mark = RestoreFolder.MarkOf(backup.Digest, folder)!;
        if (order.ConnectionString is { } connection)
        {
            return await DatabaseRestore.RunAsync(backup, connection, mark, meter, ct);
        }

        await using var postgres = await EmbeddedPostgres.StartAsync(made, NullLogger.Instance, ct);
        return await DatabaseRestore.RunAsync(backup, postgres.ConnectionString, mark, meter, ct);
    }
}
