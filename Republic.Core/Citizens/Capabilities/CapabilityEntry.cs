namespace Republic.Core.Citizens.Capabilities;

/// <summary>One thing that counted for a capability. Entries are only added to; a person may strike one.</summary>
public sealed class CapabilityEntry
{
    public const int MaxSourceType = 32;
    public const int MaxNote = 500;

    /// <summary>The kind of source that counts for each capability that was shown in it, and not for one alone.</summary>
    public const string EpisodeSource = "episode";

    public Guid Id { get; init; } = Guid.CreateVersion7();

    public required Guid CapabilityId { get; init; }

    public required Guid CitizenId { get; init; }

    public required CapabilityEntryKind Kind { get; init; }

    /// <summary>A success and a failure are both an outcome, and a round has one of them; feedback is counted beside it.</summary>
    public required bool IsFeedback { get; init; }

    /// <summary>0 to 1; null for an outcome.</summary>
    public double? Score { get; init; }

    /// <summary>The kind of thing that the entry was counted for, e.g. <c>task</c>.</summary>
    public required string SourceType { get; init; }

    public required Guid SourceId { get; init; }

    /// <summary>Which attempt at it: work that is sent back begins another.</summary>
    public required int Round { get; init; }

    /// <summary>The citizen who judged; never the one who was judged.</summary>
    public required Guid RecordedBy { get; init; }

    public string? Note { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Since when it counts no longer.</summary>
    public DateTimeOffset? StruckAt { get; set; }
}
