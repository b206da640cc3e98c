namespace Republic.Core.PersonalModels;

/// <summary>A file that a person asked for.</summary>
/// <param name="Bytes">0 where nobody says it yet.</param>
internal sealed record WantedFile(ModelOrigin Origin, string ModelId, string? Variant, Uri Url, long Bytes)
{
    public Uri? SecondUrl { get; init; }

    /// <summary>It is the first of several parts.</summary>
    public bool IsSplit { get; init; }

    public string? Sha256 { get; init; }
}
