using System.Runtime.InteropServices;

namespace Republic.Core.Files;

/// <summary>A second name of a file, made in one step and only where that name is free: the bytes stay as long as one of its names does.</summary>
internal static partial class HardLink
{
    /// <returns>False where the name is taken, the file is gone or not this account's, or the file system has no such links.</returns>
    public static bool TryMake(string from, string to) => OperatingSystem.IsWindows() ? CreateHardLink(to, from, 0) : Link(from, to) == 0;

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string from, string to);

    [LibraryImport("kernel32", EntryPoint = "CreateHardLinkW", StringMarshalling = StringMarshalling.Utf16)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.System32)]
    [return: MarshalAs(UnmanagedType.Bool)]
    private static partial bool CreateHardLink(string name, string file, nint security);
}
