using System.Text.Json.Serialization;

namespace Republic.Core.Episodes;

/// <summary>How far a step is.</summary>
public enum StepStatus
{
    [JsonStringEnumMemberName("PENDING")]
    Pending,

    [JsonStringEnumMemberName("RUNNING")]
    Running,

    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    [JsonStringEnumMemberName("FAILED")]
    Failed,
}
