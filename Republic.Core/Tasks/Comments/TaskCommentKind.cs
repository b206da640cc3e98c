using System.Text.Json.Serialization;

namespace Republic.Core.Tasks.Comments;

public enum TaskCommentKind
{
    Comment,

    /// <summary>The result of an assignee's work.</summary>
    [JsonStringEnumMemberName("hand-in")]
    HandIn,

    /// <summary>What a minion must know before it can go on.</summary>
    Blocked,
}
