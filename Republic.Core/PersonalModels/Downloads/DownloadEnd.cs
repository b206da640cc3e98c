namespace Republic.Core.PersonalModels.Downloads;

/// <summary>How a download ended.</summary>
public enum DownloadEnd
{
    Whole,

    /// <summary>The source gave nothing for as long as is waited for it. What is here is kept, and a later start goes on from there.</summary>
    SourceAway,

    /// <summary>What is here is kept, and a later start goes on from there.</summary>
    DiskFull,

    /// <summary>It was begun anew once. Whether it is again, a person says: then what is here is to be deleted.</summary>
    SourceChanged,

    /// <summary>The file is deleted.</summary>
    WrongDigest,

    TooLarge,

    /// <summary>The source will not give it, or not as it said.</summary>
    Refused,

    /// <summary>Another start writes this file.</summary>
    InUse,
}
