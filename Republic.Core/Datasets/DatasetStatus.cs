namespace Republic.Core.Datasets;

public enum DatasetStatus
{
    /// <summary>A version of it is being made.</summary>
    Processing,
    Ready,

    /// <summary>It has no version, and nothing is making one.</summary>
    Failed,
}
