using System.Security.Cryptography;
using System.Text;
using Republic.Core.Data;

namespace Republic.Core.Security;

/// <summary><c>keys/master.key</c> in the data folder, beside and never inside the database's folder: a copied database alone opens nothing.</summary>
internal static class MasterKeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public static MasterKey Load(DataFolder data)
    {
        var folder = data.Path("keys");
        var path = Path.Combine(folder, "master.key");
        try
        {
            if (!File.Exists(path))
            {
                Create(folder, path);
            }

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
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartupRefusedException(
                $"The key file {path} cannot be used: {e.Message} Give this user access to it, or set {MasterKey.Setting}.",
                e
            );
        }
    }

    // Written whole under another name and then linked into place: two copies starting at once agree on the first one's key,
    // and a crash in between never leaves half a key.
    private static void Create(string folder, string path)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        }

        var draft = Path.Combine(folder, $".{Guid.CreateVersion7():N}.tmp");
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = OwnerOnly;
        }

        using (var file = new FileStream(draft, options))
        {
            file.Write(Encoding.ASCII.GetBytes(Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)) + "\n"));
            file.Flush(flushToDisk: true);
        }

        try
        {
            File.Move(draft, path, overwrite: false);
        }
        catch (IOException) when (File.Exists(path))
        {
            File.Delete(draft);
        }
    }
}
