using System.Diagnostics.CodeAnalysis;

namespace Republic.Core.PersonalModels.Downloads;

/// <summary>What came of a download: the file, or why there is none.</summary>
/// <param name="Message">For people; null where the file is whole.</param>
public sealed record DownloadResult(DownloadEnd End, string? Message)
{
    public DownloadedFile? File { get; init; }

    /// <summary>The host and port that a superuser may allow, where an address was refused.</summary>
    public string? AllowableHost { get; init; }

    [MemberNotNullWhen(true, nameof(File))]
    [MemberNotNullWhen(false, nameof(Message))]
    public bool IsWhole => End == DownloadEnd.Whole;

    /// <summary>It is paused and not failed: the same order goes on from what is here.</summary>
    public bool MayGoOn => End is DownloadEnd.SourceAway or DownloadEnd.DiskFull;

    internal static DownloadResult Whole(DownloadedFile file) => new(DownloadEnd.Whole, null) { File = file };
}
