namespace Republic.Core.Datasets;

/// <summary>What made a version.</summary>
public enum VersionOrigin
{
    Upload,

    /// <summary>Other thresholds or another mapping, read again from the source.</summary>
    Settings,

    /// <summary>Rows that a person changed or dropped.</summary>
    Edits,
}
