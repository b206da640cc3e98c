using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;

namespace Republic.Core.Tasks.Details;

/// <param name="By">Null where that account is deleted.</param>
public sealed record TaskCommentCard(
    Guid Id,
    TaskCommentKind Kind,
    string Content,
    TaskCitizen? By,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
)
{
    public string Author => By?.DisplayName ?? TaskCitizen.Former;

    public bool IsChanged => UpdatedAt > CreatedAt;
}
