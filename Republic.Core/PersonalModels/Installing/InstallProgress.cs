namespace Republic.Core.PersonalModels.Installing;

/// <summary>How far a download is, as its job carries it.</summary>
/// <param name="EtaSeconds">At this speed; null where it is not known.</param>
/// <param name="Waiting">Why nothing comes just now; null while bytes come.</param>
public sealed record InstallProgress(long BytesDone, long? BytesTotal, double BytesPerSecond, double? EtaSeconds, string? Waiting);
