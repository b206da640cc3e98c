namespace Republic.Core.PersonalModels.Downloads;

/// <summary>How far a download is. The first one that names the file's length and ETag comes before the first byte of it is written.</summary>
/// <param name="Bytes">Received, those of earlier starts included.</param>
/// <param name="BytesPerSecond">Over the last ten seconds.</param>
/// <param name="Remaining">At this speed; null where speed or length is not known.</param>
/// <param name="ETag">Of the file at the first address; to be kept for a later start, as is the length.</param>
/// <param name="Waiting">Why nothing comes just now, for people; null while bytes come.</param>
public sealed record DownloadProgress(
    long Bytes,
    long? TotalBytes,
    double BytesPerSecond,
    TimeSpan? Remaining,
    string? ETag,
    string? Waiting
);
