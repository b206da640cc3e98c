using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Files;
using Republic.Core.Jobs;

namespace Republic.Core.Backups.Schedules;

/// <summary>Makes a backup, and then removes the oldest beyond the number kept. One that fails removes nothing.</summary>
internal sealed class BackupWork(IServiceScopeFactory scopes, BackupRows rows, BackupFolder folder, BackupRetention retention) : IJobWork
{
    public const string KindOfJob = "backup";
    private const int MaxPhase = 200;

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        if (await rows.FindAsync(run.Job.Subject, ct) is not { } backup)
        {
            return Failure.NotFound("backup");
        }

        if (backup.Status == BackupStatus.Failed)
        {
            return Failure.Conflict(backup.Error ?? "This backup failed.");
        }

        // An earlier start may have made it, and died over the old ones.
        if (backup.Status == BackupStatus.Running)
        {
            var made = await MakeAsync(run, backup.FileName, ct);
            await rows.EndAsync(run, made, ct);
            if (!made.Ok)
            {
                return made.Failure;
            }
        }

        run.Report(1, "Removing old backups");
        await retention.TrimAsync(backup, ct);
        return JobResult.Nothing;
    }

    private async Task<Outcome<long>> MakeAsync(JobRun run, string fileName, CancellationToken ct)
    {
        var passphrase = folder.Passphrase();
        if (!passphrase.Ok)
        {
            return passphrase.Failure;
        }

        await using var scope = scopes.CreateAsyncScope();
        try
        {
            Directory.CreateDirectory(folder.Root);
            var file = folder.PathOf(fileName);
            if (File.Exists(file))
            {
                return await TakeOverAsync(scope.ServiceProvider.GetRequiredService<BackupCheck>(), file, passphrase.Value, ct);
            }

            var taker = scope.ServiceProvider.GetRequiredService<BackupTaker>();
            var taken = await taker.TakeAsync(file, passphrase.Value, new Reporter(run), ct);
            return taken.Ok ? taken.Value.Bytes : taken.Failure;
        }
        catch (StartupRefusedException error)
        {
            // A key that cannot be used.
            return Failure.Conflict(error.Message);
        }
        catch (Exception error) when (DiskFaults.IsFull(error))
        {
            return DiskFaults.Refusal();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failure.Conflict($"The backup could not be written to {folder.Root}: {error.Message}");
        }
    }

    /// <summary>A start that died once the file was in its place left it whole. What stands there otherwise is not overwritten.</summary>
    private static async Task<Outcome<long>> TakeOverAsync(BackupCheck check, string file, string? passphrase, CancellationToken ct)
    {
        var found = await check.CheckAsync(file, passphrase, ct);
        return found.Ok
            ? new FileInfo(file).Length
            : Failure.Conflict($"{file} is there already, and is no backup that can be read. {found.Failure.Message}");
    }

    private sealed class Reporter(JobRun run) : IProgress<BackupProgress>
    {
        public void Report(BackupProgress value)
        {
            var share = value.BytesTotal is { } total and > 0 ? (double)value.BytesDone / total : 0;
            run.Report(share, $"{value.Doing}, {ByteSize.Of(value.BytesDone)}".AtMost(MaxPhase));
        }
    }
}
