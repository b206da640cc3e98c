using Republic.Core.Data;

namespace Republic.Core.Comparisons;

/// <summary>One prompt that was put to several versions of a minion, their answers side by side, and which of them the person found best.</summary>
public sealed class Comparison : IOwned
{
    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid OwnerId { get; init; }

    public required Guid MinionId { get; init; }

    public required string Prompt { get; init; }

    /// <summary>True where the person is told only after the vote which version wrote which answer.</summary>
    public required bool IsBlind { get; init; }

    /// <summary>The seed of sampling, the same for all answers, and of their order where the comparison is blind.</summary>
    public required long Seed { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? VotedAt { get; set; }

    /// <summary>The position of the answer that was chosen; null before the vote, and where there is no difference.</summary>
    public int? Best { get; set; }

    public bool IsTie { get; set; }

    public List<ComparisonAnswer> Answers { get; init; } = [];

    /// <summary>True while nobody may see which version wrote which answer.</summary>
    public bool IsHidden => IsBlind && VotedAt is null;
}
