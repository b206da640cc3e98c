namespace Republic.Core.Files;

/// <summary>Recognises the errors that mean a full disk, and makes the failure that people read for them.</summary>
internal static class DiskFaults
{
    /// <param name="alternative">What a person can do instead of waiting, as the end of the sentence; empty for nothing.</param>
    public static Failure Refusal(string alternative = "") =>
        Failure.Conflict(
            $"The server's disk is full, so this could not be saved. Nothing of it is left behind; try again when there is free space{alternative}."
        );

    // Unix gives errno itself: ENOSPC, EDQUOT, EFBIG. Windows: ERROR_DISK_FULL, ERROR_HANDLE_DISK_FULL. A file that outgrows what
    // the system allows, .NET reports as an argument out of range of its own write; which of its methods throws it depends on the compiler.
    public static bool IsFull(Exception error) =>
        error is IOException { HResult: 28 or 122 or 27 or unchecked((int)0x80070070) or unchecked((int)0x80070027) }
        || (
            error is ArgumentOutOfRangeException { ParamName: "value", TargetSite.DeclaringType: { } thrower }
            && thrower.Assembly == typeof(RandomAccess).Assembly
            && thrower.Namespace is "System.IO" or "System.IO.Strategies" or "Microsoft.Win32.SafeHandles"
        );
}
