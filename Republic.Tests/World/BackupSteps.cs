using Republic.Core.Backups;

namespace Republic.Tests.World;

/// <summary>Keeps what a backup or a restore reported, and does something at each step.</summary>
internal sealed class BackupSteps(Action<BackupProgress>? onStep = null) : IProgress<BackupProgress>
{
    public List<BackupProgress> All { get; } = [];

    public void Report(BackupProgress value)
    {
        All.Add(value);
        onStep?.Invoke(value);
    }
}
