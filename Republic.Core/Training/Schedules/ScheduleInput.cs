using System.Text.Json;
using System.Text.Json.Serialization;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Runs;

namespace Republic.Core.Training.Schedules;

/// <summary>A schedule as somebody asks for it. What is left out stays as it is, or is as usual in a new one.</summary>
/// <param name="Config">A <see cref="TrainingConfig"/>, of which any part may be left out.</param>
/// <param name="Day">A day of the week in English, or <c>every</c>.</param>
/// <param name="At">HH:mm.</param>
/// <param name="Until">HH:mm, the end of the off-peak hours; empty for a fixed time.</param>
public sealed record ScheduleInput(
    string? Name = null,
    Guid? MinionId = null,
    IReadOnlyList<Guid>? DatasetIds = null,
    JsonElement? Config = null,
    string? Day = null,
    string? At = null,
    string? Until = null,
    string? TimeZone = null,
    bool? Paused = null,
    string? TrainingType = null,
    IReadOnlyList<Guid>? CollectionIds = null
)
{
    /// <summary>What its runs learn from; of a new schedule.</summary>
    [JsonIgnore]
    public RunOrigin Origin { get; init; }

    /// <summary>Takes the type, the collections and the settings of this run, in place of those given here.</summary>
    [JsonIgnore]
    public Guid? LikeRun { get; init; }

    /// <summary>Says who judges, whatever the settings say: <see cref="JudgeMinionId"/>, or nobody.</summary>
    [JsonIgnore]
    public bool HasJudge { get; init; }

    [JsonIgnore]
    public Guid? JudgeMinionId { get; init; }
}
