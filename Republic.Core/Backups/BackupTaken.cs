namespace Republic.Core.Backups;

/// <summary>A backup that was written and read again.</summary>
/// <param name="File">Its full path.</param>
/// <param name="Sha256">Of the whole file, in hexadecimal.</param>
public sealed record BackupTaken(string File, long Bytes, DateTimeOffset TakenAt, TimeSpan Took, string Sha256, BackupManifest Manifest);
