using System.Text.Json.Serialization;

namespace Republic.Core.Episodes;

/// <summary>Whether an episode goes on, or how it ended.</summary>
public enum EpisodeStatus
{
    [JsonStringEnumMemberName("RUNNING")]
    Running,

    /// <summary>It came to an end of its scenario.</summary>
    [JsonStringEnumMemberName("COMPLETED")]
    Completed,

    /// <summary>A person ended it, or a step failed three times.</summary>
    [JsonStringEnumMemberName("TERMINATED")]
    Terminated,
}
