using System.Text.Json.Serialization;

namespace Republic.Core.Episodes;

/// <summary>How far a step is.</summary>
public enum StepStatus
{
    [JsonStringEnumMemberName("PENDING")]
    Pending,

    [JsonStringEnumMemberName("RUNNING")]
    Running,

    /// <summary>Its minion asked for tool calls on which the owner is to decide.</summary>
    [JsonStringEnumMemberName("WAITING")]
    Waiting,

    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    [JsonStringEnumMemberName("FAILED")]
    Failed,
}
