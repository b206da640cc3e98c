using Republic.Core;
using Republic.Core.Data;

namespace Republic.Tests.Unit.Data;

public sealed class PostgresBinariesTests : IDisposable
{
    private readonly string package = Directory.CreateTempSubdirectory("republic-package-").FullName;

    public void Dispose() => Directory.Delete(package, recursive: true);

    [Fact]
    public void Links_and_modes_that_a_blocked_install_script_left_out_are_made()
    {
        Put("native/lib/libpq.so.5.18", "the library");
        Put("native/pg-symlinks.json", """[{"source":"native/lib/libpq.so.5.18","target":"native/lib/libpq.so.5"}]""");
        foreach (var program in new[] { "initdb", "pg_ctl", "postgres" })
        {
            Put($"native/bin/{program}", "");
            File.SetUnixFileMode(Path.Combine(package, "native/bin", program), UnixFileMode.UserRead);
        }

        var binaries = PostgresBinaries.In(package);
        PostgresBinaries.In(package);

        Assert.Equal("libpq.so.5.18", new FileInfo(Path.Combine(package, "native/lib/libpq.so.5")).LinkTarget);
        Assert.True(File.GetUnixFileMode(binaries.Postgres).HasFlag(UnixFileMode.UserExecute | UnixFileMode.OtherExecute));
    }

    [Fact]
    public void A_package_with_files_missing_is_said_with_the_way_on()
    {
        var error = Assert.Throws<StartupRefusedException>(() => PostgresBinaries.In(package));
        Assert.Contains("npm ci", error.Message);
    }

    [Fact]
    public void What_npm_installed_is_found_from_any_folder_below()
    {
        Put("node_modules/@scope/thing/file", "");
        var below = Directory.CreateDirectory(Path.Combine(package, "app", "bin", "Debug")).FullName;

        Assert.Equal(Path.Combine(package, "node_modules", "@scope/thing"), NodeModules.Find("@scope/thing", [below]));
        Assert.Null(NodeModules.Find("@scope/other", [below]));
    }

    private void Put(string path, string text)
    {
        var file = Path.Combine(package, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text);
    }
}
