namespace Republic.Core.Citizens.Capabilities;

/// <summary>An entry as pages and the API show it.</summary>
/// <param name="StruckAt">Not null: it counts no longer.</param>
public sealed record CapabilityEntryCard(
    Guid Id,
    CapabilityEntryKind Kind,
    double? Score,
    string SourceType,
    Guid SourceId,
    int Round,
    Guid RecordedBy,
    string? Note,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StruckAt
);
