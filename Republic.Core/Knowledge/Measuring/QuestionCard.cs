namespace Republic.Core.Knowledge.Measuring;

/// <summary>A golden question as it is shown: with the document and what stands at its place.</summary>
/// <param name="PassageId">The passage that holds most of the place now; null where none does.</param>
public sealed record QuestionCard(
    Guid Id,
    string Text,
    string? Answer,
    Guid DocumentId,
    string Document,
    int Start,
    int Length,
    Guid? PassageId,
    Guid? DraftedBy,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt
)
{
    /// <summary>What stands there.</summary>
    public required string Place { get; init; }
}
