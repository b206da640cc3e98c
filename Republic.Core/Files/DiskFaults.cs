namespace Republic.Core.Files;

/// <summary>Tells a disk without room from everything else that can go wrong with a file.</summary>
internal static class DiskFaults
{
    /// <param name="orElse">What else a person can do than wait.</param>
    public static Failure Refusal(string orElse = "") =>
        Failure.Conflict(
            $"The server's disk is full, so this could not be kept. Nothing of it is left behind; try again when there is room{orElse}."
        );

    // Unix gives errno itself: ENOSPC, EDQUOT, EFBIG. Windows: ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL. A file that outgrows what
    // the system allows, .NET reports as an argument out of range of its own write.
    public static bool IsFull(Exception error) =>
        error is IOException { HResult: 28 or 122 or 27 or unchecked((int)0x80070070) or unchecked((int)0x80070027) }
        || (error is ArgumentOutOfRangeException && error.TargetSite?.DeclaringType == typeof(RandomAccess));
}
