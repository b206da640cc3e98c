using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Jobs;

namespace Republic.Core.Backups.Schedules;

/// <summary>Reads the file of a backup whole, and writes down what came of it.</summary>
internal sealed class BackupCheckWork(IServiceScopeFactory scopes, BackupRows rows, BackupFolder folder, TimeProvider time) : IJobWork
{
    public const string KindOfJob = "backup_check";

    public async Task<Outcome<JobResult>> RunAsync(JobRun run, CancellationToken ct)
    {
        if (await rows.FindAsync(run.Job.Subject, ct) is not { } backup)
        {
            return Failure.NotFound("backup");
        }

        run.Report(0, "Reading the file");
        var problem = await ProblemAsync(backup.FileName, ct);
        var now = time.GetUtcNow();
        return new JobResult((db, end) => BackupRows.SaveCheckAsync(db, backup.Id, problem, now, end));
    }

    private async Task<Failure?> ProblemAsync(string fileName, CancellationToken ct)
    {
        if (!folder.Has(fileName))
        {
            return folder.Missing(fileName);
        }

        var passphrase = folder.Passphrase();
        if (!passphrase.Ok)
        {
            return passphrase.Failure;
        }

        await using var scope = scopes.CreateAsyncScope();
        try
        {
            var check = scope.ServiceProvider.GetRequiredService<BackupCheck>();
            return (await check.CheckAsync(folder.PathOf(fileName), passphrase.Value, ct)).Failure;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return Failure.Conflict($"The file cannot be read: {error.Message}");
        }
    }
}
