namespace Republic.Core.Files;

/// <summary>The limits of one kind of files, and the words for it in messages.</summary>
/// <param name="All">The plural of the kind, as in "Delete datasets you no longer need".</param>
/// <param name="One">The singular with its article, as in "A file has at most 2 GB".</param>
/// <param name="MaxFile">The largest file, in bytes.</param>
/// <param name="MaxFiles">The number of files that one form may carry.</param>
/// <param name="Quota">The bytes that all files of one person may take together.</param>
public sealed record FileLimits(string All, string One, long MaxFile, int MaxFiles, long Quota);
