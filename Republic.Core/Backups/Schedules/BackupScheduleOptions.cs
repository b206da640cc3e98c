namespace Republic.Core.Backups.Schedules;

/// <summary>Settings below <c>Backups</c>.</summary>
public sealed class BackupScheduleOptions
{
    /// <summary>Where the files are written; without, <c>backups</c> in the data folder.</summary>
    public string? Folder { get; set; }

    /// <summary>A file with the passphrase that backups are encrypted with; without, they are not.</summary>
    public string? PassphraseFile { get; set; }
}
