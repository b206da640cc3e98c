using Republic.Core.Answering.Turns;

namespace Republic.Core.Episodes;

/// <summary>One action of a role in a timeline, of a person or a minion. Its row says what the journal says, and has the receipt besides.</summary>
public sealed class Step : Turn
{
    public required Guid EpisodeId { get; init; }

    public required Guid TimelineId { get; init; }

    /// <summary>The number of the entry by which it was asked for.</summary>
    public required long Seq { get; init; }

    /// <summary>The number of the entry that ended it; null while it is not done.</summary>
    public long? DoneSeq { get; set; }

    /// <summary>The name of the scenario's state.</summary>
    public required string Action { get; init; }

    public required string Role { get; init; }

    /// <summary>Who acts.</summary>
    public required Guid CitizenId { get; init; }

    /// <summary>The label, such as <c>approve</c>; null where none was asked for.</summary>
    public string? Outcome { get; set; }

    public double? Score { get; set; }

    /// <summary>The roles that know of it; empty while it is not done.</summary>
    public List<string> Audience { get; set; } = [];

    /// <summary>SHA-256 of what the minion was asked; null for people.</summary>
    public string? PromptHash { get; set; }

    public required DateTimeOffset CreatedAt { get; init; }
}
