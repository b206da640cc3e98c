namespace Republic.Core.Backups;

/// <summary>How far a backup is, or a restore.</summary>
/// <param name="Doing">What is being done, as the beginning of a line: “Writing tables”.</param>
/// <param name="BytesTotal">Null where nobody knows it before the end.</param>
public sealed record BackupProgress(string Doing, long BytesDone, long? BytesTotal);
