namespace Republic.Core.PersonalModels;

/// <summary>How far a personal model has come. Those of its way come in its order.</summary>
public enum ModelState
{
    /// <summary>It was asked for, and nobody has begun.</summary>
    Pending,

    /// <summary>Its header is read at the source, and held against the memory there is.</summary>
    Checking,
    Downloading,

    /// <summary>The file is whole; its digest and its header are checked.</summary>
    Verifying,

    /// <summary>It is given its name and place.</summary>
    Installing,

    /// <summary>It is loaded and asked something.</summary>
    Testing,
    Ready,

    /// <summary>By its person, or because its source, the disk or the network did not go on.</summary>
    Paused,
    Failed,
}
