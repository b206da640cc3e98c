namespace Republic.Core.Providers.Credentials;

/// <summary>A model file that a person has installed here, and how it is to be kept in memory.</summary>
/// <param name="File">The SHA-256 by which the model host knows it.</param>
/// <param name="LoadAnyway">It is loaded even where it takes more memory than models may.</param>
public sealed record InstalledModel(string File, bool LoadAnyway)
{
    /// <summary>It gives way to no other model.</summary>
    public bool IsPinned { get; init; }

    /// <summary>Minutes without a request after which it is unloaded; null for the model host's default.</summary>
    public int? KeepAliveMinutes { get; init; }

    /// <summary>Tokens per sequence; null for the model host's default.</summary>
    public int? ContextLength { get; init; }
}
