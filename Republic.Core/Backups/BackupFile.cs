namespace Republic.Core.Backups;

/// <summary>A file of the data folder in a backup.</summary>
/// <param name="Path">Below the data folder, with forward slashes.</param>
/// <param name="Entry">The entry of the archive with its bytes. Files with the same bytes have the same.</param>
public sealed record BackupFile(string Path, string Entry, long Bytes, string Sha256);
