namespace Republic.Core.Llama.Files;

/// <param name="Sha256">Null until it is computed.</param>
/// <param name="At">When the model host crashed over it.</param>
internal sealed record QuarantinedModel(string Path, long Bytes, DateTime ChangedUtc, string? Sha256, DateTimeOffset At);
