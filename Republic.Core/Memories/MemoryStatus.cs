namespace Republic.Core.Memories;

public enum MemoryStatus
{
    /// <summary>Waits for the person; not used.</summary>
    Proposed,

    Active,

    /// <summary>Lost against one that contradicted it; kept and never used.</summary>
    Superseded,
}
