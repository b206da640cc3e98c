using System.Text.Json.Serialization;

namespace Republic.Core.Tasks;

/// <summary>The columns of the board, in their order, and the archive.</summary>
public enum WorkTaskStatus
{
    [JsonStringEnumMemberName("TODO")]
    Todo,

    [JsonStringEnumMemberName("IN_PROGRESS")]
    InProgress,

    /// <summary>Handed in; it waits for somebody to accept it or to send it back.</summary>
    [JsonStringEnumMemberName("REVIEW")]
    Review,

    [JsonStringEnumMemberName("DONE")]
    Done,

    [JsonStringEnumMemberName("ARCHIVED")]
    Archived,
}
