namespace Republic.Core.Citizens.Capabilities;

public enum CapabilityEntryKind
{
    Success,
    Failure,

    /// <summary>A score from 0 to 1.</summary>
    Feedback,
}
