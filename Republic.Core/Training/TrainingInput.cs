using System.Text.Json;

namespace Republic.Core.Training;

/// <summary>A run as somebody asks for it.</summary>
/// <param name="Config">A <see cref="TrainingConfig"/>, of which any part may be left out.</param>
public sealed record TrainingInput(
    string? JobName,
    Guid? MinionId,
    string? TrainingType,
    string? Description = null,
    IReadOnlyList<Guid>? DatasetIds = null,
    IReadOnlyList<Guid>? CollectionIds = null,
    JsonElement? Config = null
);
