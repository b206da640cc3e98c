namespace Republic.Core.PersonalModels;

/// <summary>The file that a download request resolves to.</summary>
/// <param name="Bytes">The size of the file; 0 where it is not known yet.</param>
internal sealed record WantedFile(ModelOrigin Origin, string ModelId, string? Variant, Uri Url, long Bytes)
{
    public Uri? SecondUrl { get; init; }

    /// <summary>True where the URL is the first of several parts.</summary>
    public bool IsSplit { get; init; }

    public string? Sha256 { get; init; }
}
