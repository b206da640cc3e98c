using System.Text.Json.Serialization;

namespace Republic.Core.Training.Runs;

[JsonConverter(typeof(JsonStringEnumConverter<TrainingStatus>))]
public enum TrainingStatus
{
    /// <summary>Made, and not started yet.</summary>
    [JsonStringEnumMemberName("PENDING")]
    Pending,

    /// <summary>Waits for a node with room.</summary>
    [JsonStringEnumMemberName("QUEUED")]
    Queued,

    [JsonStringEnumMemberName("RUNNING")]
    Running,

    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    [JsonStringEnumMemberName("FAILED")]
    Failed,

    /// <summary>By a person. Starting it again goes on where it was.</summary>
    [JsonStringEnumMemberName("STOPPED")]
    Stopped,

    /// <summary>By a limit, which the message names.</summary>
    [JsonStringEnumMemberName("PAUSED")]
    Paused,
}
