using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Backups.Schedules;

namespace Republic.Tests.World;

/// <summary>Backups as they stand in the list. Nobody could restore their files, which are as good as any until they are read.</summary>
internal static class PlantedBackups
{
    public static BackupFolder Backups(this IRepublic republic) => republic.Services.GetRequiredService<BackupFolder>();

    /// <param name="age">How long ago it was begun.</param>
    /// <param name="hasFile">Whether there is a file of its name.</param>
    /// <param name="id">Where it is known before.</param>
    public static async Task<BackupRun> PlantBackupAsync(
        this IRepublic republic,
        TimeSpan age,
        string status = BackupStatus.Completed,
        bool hasFile = true,
        Guid? id = null
    )
    {
        var begun = TimeProvider.System.GetUtcNow() - age;
        var isOver = status != BackupStatus.Running;
        var backup = new BackupRun
        {
            Id = id ?? Guid.CreateVersion7(),
            FileName = $"planted-{Guid.CreateVersion7():N}.zip",
            Status = status,
            Bytes = status is BackupStatus.Completed or BackupStatus.Unreadable ? 123_456_789 : null,
            StartedAt = begun,
            FinishedAt = isOver ? begun.AddSeconds(90) : null,
            CheckedAt = status == BackupStatus.Completed ? begun.AddSeconds(90) : null,
            Error = status is BackupStatus.Failed or BackupStatus.Unreadable ? "The planted disk is full." : null,
        };
        if (hasFile)
        {
            Directory.CreateDirectory(republic.Backups().Root);
            await File.WriteAllTextAsync(republic.Backups().PathOf(backup.FileName), "planted", TestContext.Current.CancellationToken);
        }

        await republic.QueryAsync(db =>
        {
            db.BackupRuns.Add(backup);
            return db.SaveChangesAsync();
        });
        return backup;
    }

    public static Task<List<BackupRun>> BackupsAsync(this IRepublic republic) =>
        republic.QueryAsync(db => db.BackupRuns.AsNoTracking().OrderBy(run => run.StartedAt).ToListAsync());
}
