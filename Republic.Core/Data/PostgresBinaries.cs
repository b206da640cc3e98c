using System.Runtime.InteropServices;
using System.Text.Json;

namespace Republic.Core.Data;

/// <summary>PostgreSQL as npm delivers it: <c>native/bin</c>, <c>native/lib</c> and <c>native/share</c> of one package per system.</summary>
internal sealed class PostgresBinaries
{
    private PostgresBinaries(string native) => Native = native;

    private string Native { get; }

    public string InitDb => Binary("initdb");

    public string PgCtl => Binary("pg_ctl");

    public string Postgres => Binary("postgres");

    public static string PackageName
    {
        get
        {
            var system =
                OperatingSystem.IsWindows() ? "windows"
                : OperatingSystem.IsMacOS() ? "darwin"
                : "linux";
            return $"@embedded-postgres/{system}-{RuntimeInformation.OSArchitecture.ToString().ToLowerInvariant()}";
        }
    }

    public static PostgresBinaries Find()
    {
        var package =
            NodeModules.Find(PackageName)
            ?? throw new StartupRefusedException(
                $"The embedded database is not installed: no folder node_modules/{PackageName} above {AppContext.BaseDirectory}. "
                    + "Run `npm ci` in the repository, or set ConnectionStrings__Db to a PostgreSQL of your own."
            );
        return In(package);
    }

    public static PostgresBinaries In(string package)
    {
        var binaries = new PostgresBinaries(Path.Combine(package, "native"));
        if (!File.Exists(binaries.Postgres))
        {
            throw new StartupRefusedException(
                $"The npm package in {package} is not complete: {binaries.Postgres} is missing. Run `npm ci`."
            );
        }

        binaries.MakeLinks(package);
        binaries.MakeExecutable();
        return binaries;
    }

    private string Binary(string name) => Path.Combine(Native, "bin", OperatingSystem.IsWindows() ? name + ".exe" : name);

    /// <summary>npm packages cannot hold symbolic links, so the package makes them when installed, unless npm was told to run no scripts.</summary>
    private void MakeLinks(string package)
    {
        var list = Path.Combine(Native, "pg-symlinks.json");
        if (!File.Exists(list))
        {
            return;
        }

        var links = JsonSerializer.Deserialize<List<Link>>(File.ReadAllText(list), JsonSerializerOptions.Web) ?? [];
        foreach (var link in links.Where(link => !File.Exists(Path.Combine(package, link.Target))))
        {
            var target = Path.Combine(package, link.Target);
            try
            {
                File.CreateSymbolicLink(target, Path.GetRelativePath(Path.GetDirectoryName(target)!, Path.Combine(package, link.Source)));
            }
            catch (IOException) when (File.Exists(target))
            {
                // Another copy of the app made it a moment ago.
            }
            catch (UnauthorizedAccessException e)
            {
                throw new StartupRefusedException(
                    $"{target} is missing and cannot be made by this user. Run `npm ci` as the folder's owner.",
                    e
                );
            }
        }
    }

    private void MakeExecutable()
    {
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        foreach (var binary in new[] { InitDb, PgCtl, Postgres })
        {
            var mode = File.GetUnixFileMode(binary);
            if (!mode.HasFlag(UnixFileMode.UserExecute))
            {
                File.SetUnixFileMode(binary, mode | Execute);
            }
        }
    }

    private sealed record Link(string Source, string Target);
}
