using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Runs;

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
)
{
    /// <summary>What the rows come from; not for clients to say.</summary>
    [JsonIgnore]
    public RunOrigin Origin { get; init; }

    /// <summary>What was sent but could not be read at all, such as letters for a number. Reported with the rest.</summary>
    [JsonIgnore]
    public IReadOnlyList<FieldError> Unreadable { get; init; } = [];
}
