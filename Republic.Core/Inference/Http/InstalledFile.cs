namespace Republic.Core.Inference.Http;

/// <summary>A model file that is a person's own: found by its SHA-256, whatever the person calls it.</summary>
internal sealed record InstalledFile(string? File, bool LoadAnyway);
