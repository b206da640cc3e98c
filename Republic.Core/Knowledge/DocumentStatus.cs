namespace Republic.Core.Knowledge;

public enum DocumentStatus
{
    /// <summary>It is being indexed.</summary>
    Processing,
    Ready,

    /// <summary>The last indexing came to nothing; passages of an earlier one are still there.</summary>
    Failed,
}
