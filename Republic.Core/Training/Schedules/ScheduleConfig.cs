using System.Text.Json.Serialization;
using Republic.Core.Training.Configuration;

namespace Republic.Core.Training.Schedules;

/// <summary>What the runs of a schedule are made with beside their datasets.</summary>
public sealed record ScheduleConfig : TrainingConfig
{
    [JsonConstructor]
    public ScheduleConfig() { }

    public ScheduleConfig(TrainingConfig run)
        : base(run) { }

    public TrainingType TrainingType { get; init; }

    public IReadOnlyList<Guid> CollectionIds { get; init; } = [];
}
