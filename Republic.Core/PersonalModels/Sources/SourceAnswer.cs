namespace Republic.Core.PersonalModels.Sources;

/// <summary>Bytes that a source gives, from one of them on. Reading them may throw what networks do.</summary>
public sealed class SourceAnswer(HttpResponseMessage response, Stream content) : IDisposable
{
    public Stream Content => content;

    /// <summary>Which byte of the file comes first: 0 where the source gives no parts of files, or the file is another one by now.</summary>
    public required long From { get; init; }

    /// <summary>Of the whole file; null where the source does not say.</summary>
    public required long? TotalBytes { get; init; }

    /// <summary>Null where there is none that compares bytes.</summary>
    public required string? ETag { get; init; }

    /// <summary>64 lower-case hexadecimal digits of the whole file, where the source says it.</summary>
    public required string? Sha256 { get; init; }

    public bool GivesParts { get; init; }

    public void Dispose()
    {
        content.Dispose();
        response.Dispose();
    }
}
