using System.Text.Json.Serialization;

namespace Republic.Core.Training.Runs;

[JsonConverter(typeof(JsonStringEnumConverter<StepStatus>))]
public enum StepStatus
{
    [JsonStringEnumMemberName("pending")]
    Pending,

    [JsonStringEnumMemberName("active")]
    Active,

    [JsonStringEnumMemberName("completed")]
    Completed,

    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>Nothing to do for this run's type.</summary>
    [JsonStringEnumMemberName("skipped")]
    Skipped,
}
