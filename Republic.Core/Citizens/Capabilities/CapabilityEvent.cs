namespace Republic.Core.Citizens.Capabilities;

/// <summary>Something that shows how well a citizen did what it was to do.</summary>
/// <param name="Capability">By name, in any case; one that is not there yet is made.</param>
/// <param name="SourceType">What it was done for, e.g. <c>task</c>.</param>
/// <param name="Round">Which attempt at it, from 1.</param>
/// <param name="RecordedBy">The citizen who judged.</param>
public sealed record CapabilityEvent(
    Guid CitizenId,
    string Capability,
    CapabilityEntryKind Kind,
    string SourceType,
    Guid SourceId,
    int Round,
    Guid RecordedBy
)
{
    /// <summary>0 to 1, of feedback alone.</summary>
    public double? Score { get; init; }

    public string? Note { get; init; }
}
