namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The header of a file that has not been downloaded.</summary>
/// <param name="Url">The URL of the file itself, also where the URL of a page about it was given.</param>
/// <param name="Bytes">The size of the file as its source states it.</param>
/// <param name="ETag">The strong ETag of the file; null where the source gives none.</param>
/// <param name="Sha256">The SHA-256 of the file, 64 lower-case hexadecimal digits; null where the source does not state it.</param>
/// <param name="IsResumable">True where the source supports range requests, so that a download can be resumed.</param>
public sealed record RemoteHeader(Uri Url, long Bytes, string? ETag, string? Sha256, bool IsResumable, HeaderFacts Facts);
