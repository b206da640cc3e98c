namespace Republic.Core.PersonalModels.Downloads;

/// <summary>A file that is whole, and that the disk holds. It has its unfinished name still.</summary>
/// <param name="Sha256">64 lower-case hexadecimal digits.</param>
public sealed record DownloadedFile(long Bytes, string Sha256, string? ETag);
