using Republic.Core.Tasks.Comments;

namespace Republic.Core.Archives.Records;

/// <param name="MinionId">The minion that wrote it; null for a person.</param>
/// <param name="Guest">The name of another person who wrote it; null for the owner of the task, or a minion of theirs.</param>
internal sealed record ArchivedComment(
    Guid Id,
    TaskCommentKind Kind,
    string Content,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    Guid? MinionId = null,
    string? Guest = null
);
