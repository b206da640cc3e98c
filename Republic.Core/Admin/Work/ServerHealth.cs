namespace Republic.Core.Admin.Work;

/// <summary>The state of what all people share: database, disk, model host, queue and backups.</summary>
/// <param name="DatabaseMilliseconds">How long the database took to answer.</param>
/// <param name="DatabaseBytes">The size of this database on its disk.</param>
/// <param name="DiskIsFull">Uploads and downloads are refused, because what is free is the reserve for the database.</param>
/// <param name="ModelHostAnswers">False where it is starting, or has crashed.</param>
/// <param name="ModelBytes">The memory of the models that are loaded.</param>
/// <param name="ModelBudgetBytes">The memory that models may have together.</param>
/// <param name="JobsWaiting">Without those of deactivated people, and those that are held.</param>
/// <param name="WaitingSince">When the job that has waited longest was made; null where none waits.</param>
/// <param name="LastBackupAt">When the newest good backup was begun; null where there is none.</param>
public sealed record ServerHealth(
    double DatabaseMilliseconds,
    long DatabaseBytes,
    long DiskFreeBytes,
    long DiskTotalBytes,
    bool DiskIsFull,
    bool ModelHostAnswers,
    int ModelsLoaded,
    long ModelBytes,
    long ModelBudgetBytes,
    int JobsWaiting,
    DateTimeOffset? WaitingSince,
    DateTimeOffset? LastBackupAt
);
