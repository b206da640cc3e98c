namespace Republic.Core.PersonalModels.Sources;

/// <summary>A source did not give what it was asked for. The message is for people.</summary>
/// <param name="isTransient">It may do so in a while.</param>
public sealed class SourceException(string message, bool isTransient) : IOException(message)
{
    public bool IsTransient => isTransient;

    /// <summary>Bytes came, but so few that the download would never end.</summary>
    public bool IsSlow { get; init; }

    /// <summary>How long the source asks to be left alone.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The host and port that a superuser may allow; null where an address is not what was refused, or nobody can.</summary>
    public string? AllowableHost { get; init; }
}
