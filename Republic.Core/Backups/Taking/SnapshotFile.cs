namespace Republic.Core.Backups.Taking;

/// <summary>A file that a backup takes.</summary>
/// <param name="Path">Below the data folder, with forward slashes.</param>
/// <param name="Link">The full path of the name that the backup has for it.</param>
internal sealed record SnapshotFile(string Path, string Link, long Bytes);
