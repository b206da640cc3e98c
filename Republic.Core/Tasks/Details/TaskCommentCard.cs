using Republic.Core.Tasks.Board;
using Republic.Core.Tasks.Comments;

namespace Republic.Core.Tasks.Details;

public sealed record TaskCommentCard(
    Guid Id,
    TaskCommentKind Kind,
    string Content,
    TaskCitizen By,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
)
{
    public bool IsChanged => UpdatedAt > CreatedAt;
}
