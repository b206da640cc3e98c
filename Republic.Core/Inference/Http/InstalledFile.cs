namespace Republic.Core.Inference.Http;

/// <summary>A model file that is a person's own: found by its SHA-256, whatever the person calls it.</summary>
/// <param name="Pinned">It gives way to no other model.</param>
/// <param name="KeepAliveMinutes">Minutes without a request after which it is unloaded; null for the default.</param>
/// <param name="ContextLength">Tokens per sequence; null for the default.</param>
internal sealed record InstalledFile(string? File, bool LoadAnyway, bool Pinned, int? KeepAliveMinutes, int? ContextLength);
