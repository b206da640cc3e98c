namespace Republic.Core.PersonalModels.Fitting;

/// <summary>The header of a file that was not downloaded yet.</summary>
/// <param name="Url">Of the file itself, which a page about it may have led to.</param>
/// <param name="Bytes">Of the whole file, as its source says.</param>
/// <param name="ETag">Null where the source gives none that compares bytes.</param>
/// <param name="Sha256">64 lower-case hexadecimal digits of the whole file, where the source says it.</param>
/// <param name="GivesParts">The source gives parts of files, so that a download can be resumed.</param>
public sealed record RemoteHeader(Uri Url, long Bytes, string? ETag, string? Sha256, bool GivesParts, HeaderFacts Facts);
