namespace Republic.Core.PersonalModels.Downloads;

/// <summary>What a download is to fetch. What is known of the file from an earlier start or a look at its header tells whether it is still the same.</summary>
/// <param name="Path">Of the unfinished file: what it holds already is kept.</param>
/// <param name="MaxBytes">A larger file is refused.</param>
public sealed record DownloadOrder(Uri Url, string Path, long MaxBytes)
{
    /// <summary>Where to go on when the first address gives nothing more.</summary>
    public Uri? SecondUrl { get; init; }

    /// <summary>Of the file at <see cref="Url"/>.</summary>
    public string? ETag { get; init; }

    public long? TotalBytes { get; init; }

    /// <summary>64 hexadecimal digits that the file must have; null: those that the source says, if it says any.</summary>
    public string? Sha256 { get; init; }
}
