namespace Republic.Core.PersonalModels.Installing;

/// <summary>The progress of a download, as the detail of its job.</summary>
/// <param name="EtaSeconds">The remaining time at the current speed; null where it is not known.</param>
/// <param name="Waiting">The reason why the download waits, for people; null while it does not.</param>
public sealed record InstallProgress(long BytesDone, long? BytesTotal, double BytesPerSecond, double? EtaSeconds, string? Waiting);
