namespace Republic.Core.Backups.Schedules;

/// <summary>The states of a <see cref="BackupRun"/>.</summary>
public static class BackupStatus
{
    public const string Running = "Running";

    /// <summary>Its file was read whole when it was last checked.</summary>
    public const string Completed = "Completed";

    /// <summary>There is no file.</summary>
    public const string Failed = "Failed";

    /// <summary>It was made, and a later check found that its file is damaged, gone, or does not open with the passphrase.</summary>
    public const string Unreadable = "Unreadable";
}
