using System.Security.Cryptography;
using System.Text;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Core.Security;

/// <summary>
/// <c>keys/master.key</c> in the data folder, beside and never inside the database's folder: a copied database alone opens nothing.
/// Earlier keys lie beside it as <c>master-{version}.key</c> until nothing needs them.
/// </summary>
internal static class MasterKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>The key that seals; made when there is none.</summary>
    public static MasterKey Load(DataFolder data)
    {
        var path = PathOf(data);
        return Usable(
            path,
            () =>
            {
                if (!File.Exists(path))
                {
                    MakeFolder(data);
                    Place(path, NewText(), overwrite: false);
                }

                return Read(path);
            }
        );
    }

    /// <summary>The key that seals, where there is one; none is made.</summary>
    public static MasterKey? Existing(DataFolder data)
    {
        var path = PathOf(data);
        return File.Exists(path) ? Usable(path, () => Read(path)) : null;
    }

    /// <summary>Null where there is no file, or none that can be read just now: for looking again while the app runs.</summary>
    public static MasterKey? Current(DataFolder data) => TryRead(PathOf(data));

    public static IEnumerable<MasterKey> Earlier(DataFolder data) =>
        Directory.Exists(data.Path("keys"))
            ? Directory.EnumerateFiles(data.Path("keys"), "master-*.key").Order(StringComparer.Ordinal).Select(TryRead).OfType<MasterKey>()
            : [];

    /// <summary>Makes a new key the one that seals. The old one is on the disk under its own name before, so no cut loses it.</summary>
    public static MasterKey Change(DataFolder data)
    {
        var path = PathOf(data);
        return Usable(
            path,
            () =>
            {
                var old = Read(path);
                Place(data.Path("keys", $"master-{old.Name}.key"), File.ReadAllText(path), overwrite: true);
                Place(path, NewText(), overwrite: true);
                return Read(path);
            }
        );
    }

    /// <summary>Since when the key that seals does so.</summary>
    public static DateTimeOffset ChangedAt(DataFolder data) => new(File.GetLastWriteTimeUtc(PathOf(data)), TimeSpan.Zero);

    /// <summary>Takes away a key that nothing needs any more. Only files of this folder can be meant.</summary>
    public static void Remove(DataFolder data, MasterKey key) => File.Delete(data.Path("keys", $"master-{key.Name}.key"));

    public static string PathOf(DataFolder data) => data.Path("keys", "master.key");

    private static MasterKey Usable(string path, Func<MasterKey> work)
    {
        try
        {
            return work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException(
                $"The key file {path} cannot be used: {e.Message} Give this user access to it, or set {MasterKey.Setting}.",
                e
            );
        }
    }

    private static MasterKey Read(string path)
    {
        if (!OperatingSystem.IsWindows() && File.GetUnixFileMode(path) != OwnerOnly)
        {
            File.SetUnixFileMode(path, OwnerOnly);
        }

        return MasterKey.Parse(
            File.ReadAllText(path),
            path,
            $"Put the right file back from a backup, or set {MasterKey.Setting}. A new key cannot open what the lost one sealed."
        );
    }

    private static MasterKey? TryRead(string path)
    {
        try
        {
            return File.Exists(path) ? Read(path) : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or StartupRefusedException)
        {
            return null;
        }
    }

    private static void MakeFolder(DataFolder data)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(data.Path("keys"));
        }
        else
        {
            Directory.CreateDirectory(data.Path("keys"), OwnerOnly | UnixFileMode.UserExecute);
        }
    }

    private static string NewText() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n";

    // Written whole under another name and then put into place: two copies starting at once agree on the first one's key,
    // and a crash in between never leaves half a key.
    private static void Place(string path, string text, bool overwrite)
    {
        var draft = Path.Combine(Path.GetDirectoryName(path)!, $".{Guid.CreateVersion7():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(text));
            file.Flush(flushToDisk: true);
        }

        try
        {
            // File.Move looks whether the target is there and then renames, and so would replace a key that was placed between the two.
            if (overwrite || OperatingSystem.IsWindows() || (!HardLink.TryMake(draft, path) && !File.Exists(path)))
            {
                File.Move(draft, path, overwrite);
            }
        }
        catch (IOException) when (!overwrite && File.Exists(path))
        {
            // Another copy was first, and its key counts.
        }
        finally
        {
            File.Delete(draft);
        }
    }
}
