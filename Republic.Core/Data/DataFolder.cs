using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Extensions.Configuration;

namespace Republic.Core.Data;

/// <summary>Where everything lives that is not in the database: the embedded database itself, keys, models, sockets.</summary>
public sealed partial class DataFolder(string root)
{
    /// <summary>Where a restore makes everything before it is moved up.</summary>
    internal const string RestoringFolder = "restoring";

    /// <summary>A file in that folder. As long as it is there, the restore is not over.</summary>
    internal const string RestoringId = "id";

    // The permissions of group and others, which no new file gets.
    private const uint Others = 0b_000_111_111;
    private const UnixFileMode OwnerAlone = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode PassThrough = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    public string Root { get; } = System.IO.Path.GetFullPath(root);

    public static DataFolder From(IConfiguration configuration, string contentRoot)
    {
        var chosen = configuration["REPUBLIC_DATA"];
        return new DataFolder(string.IsNullOrWhiteSpace(chosen) ? System.IO.Path.Combine(contentRoot, ".republic") : chosen);
    }

    public string Path(params ReadOnlySpan<string> parts) => System.IO.Path.Combine([Root, .. parts]);

    public string Folder(params ReadOnlySpan<string> parts) => Directory.CreateDirectory(Path(parts)).FullName;

    /// <exception cref="StartupRefusedException">A restore into this folder was begun and is not over.</exception>
    public void RefuseUnrestored()
    {
        if (File.Exists(Path(RestoringFolder, RestoringId)))
        {
            throw new StartupRefusedException(
                $"A backup is being restored into {Root}, or its restore was stopped before it was over. Run the same republic restore command "
                    + "again, which goes on safely; to give it up, delete everything in that folder but keys and backups."
            );
        }
    }

    /// <summary>
    /// Everything in it is for this account of the machine alone: chats, keys and weights of everybody here. What is made from now on is so
    /// by itself, child processes' files included; what was made before is changed. What PostgreSQL keeps, it guards itself.
    /// </summary>
    /// <param name="holdsDatabase">PostgreSQL's files lie in it. Root's app gives them to another account, which then passes through.</param>
    public void Lock(bool holdsDatabase)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        _ = Umask(Others);
        var folder = Directory.CreateDirectory(Root);
        var mode = holdsDatabase && Environment.IsPrivilegedProcess ? OwnerAlone | PassThrough : OwnerAlone;
        SetMode(folder, _ => mode);
        // Links lead elsewhere, such as to models that several programs share.
        var options = new EnumerationOptions { AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var entry in folder.EnumerateFileSystemInfos("*", options).Where(entry => !IsOfPostgres(entry.Name)))
        {
            LockAll(entry);
        }
    }

    private static bool IsOfPostgres(string name) => name == "pg" || name.StartsWith("pg.new-", StringComparison.Ordinal);

    [UnsupportedOSPlatform("windows")]
    private static void LockAll(FileSystemInfo entry)
    {
        SetMode(entry, mode => mode & OwnerAlone);
        if (entry is DirectoryInfo folder)
        {
            var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
            foreach (var below in folder.EnumerateFileSystemInfos("*", options))
            {
                SetMode(below, mode => mode & OwnerAlone);
            }
        }
    }

    [UnsupportedOSPlatform("windows")]
    private static void SetMode(FileSystemInfo entry, Func<UnixFileMode, UnixFileMode> change)
    {
        try
        {
            var mode = entry.UnixFileMode;
            if (change(mode) != mode)
            {
                entry.UnixFileMode = change(mode);
            }
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException)
        {
            // It belongs to another account, which put it here, or it is gone by now. The folder keeps strangers out all the same.
        }
    }

    [LibraryImport("libc", EntryPoint = "umask")]
    private static partial uint Umask(uint mask);
}
