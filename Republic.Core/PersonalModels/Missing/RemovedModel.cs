using Republic.Core.Data;

namespace Republic.Core.PersonalModels.Missing;

/// <summary>The facts of a model that its owner deleted while minions named it, by which a substitute is suggested to them.</summary>
public sealed class RemovedModel : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    /// <summary>The name by which minions used it.</summary>
    public required string Name { get; init; }

    public required string ModelId { get; set; }

    /// <summary>The SHA-256 of its file; null where it was never installed.</summary>
    public string? Sha256 { get; set; }

    public long Bytes { get; set; }

    /// <summary>The models with the same weights in other bits: the one that it was quantized from, and the copies made of either.</summary>
    public List<Guid> Relatives { get; set; } = [];

    public required DateTimeOffset RemovedAt { get; set; }
}
