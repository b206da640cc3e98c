namespace Republic.Core.PersonalModels;

/// <summary>The state of a personal model. States from Pending to Ready are in the order of the stages.</summary>
public enum ModelState
{
    /// <summary>It was ordered, and no stage has started.</summary>
    Pending,

    /// <summary>Its header is read at the source and compared with the free memory.</summary>
    Checking,
    Downloading,

    /// <summary>Its file is made from that of another model, with fewer bits a weight.</summary>
    Quantizing,

    /// <summary>The file is complete, and its header is checked.</summary>
    Verifying,

    /// <summary>The file is renamed to its digest.</summary>
    Installing,

    /// <summary>It is loaded and answers a test question.</summary>
    Testing,
    Ready,

    /// <summary>It was stopped by its owner, or by an unreachable source or a full disk.</summary>
    Paused,
    Failed,
}
