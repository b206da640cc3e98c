namespace Republic.Core.Files;

/// <summary>How much a person may keep of one kind of files.</summary>
/// <param name="All">What several are called, as in "Delete datasets you no longer need".</param>
/// <param name="One">What one is called, as in "A file has at most 2 GB".</param>
/// <param name="MaxFile">Bytes of one.</param>
/// <param name="MaxFiles">How many one form may carry.</param>
/// <param name="Quota">Bytes of all of them together.</param>
public sealed record FileLimits(string All, string One, long MaxFile, int MaxFiles, long Quota);
