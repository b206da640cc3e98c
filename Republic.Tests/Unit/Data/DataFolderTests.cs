using Republic.Core.Data;

namespace Republic.Tests.Unit.Data;

public sealed class DataFolderTests : IDisposable
{
    private const UnixFileMode File600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder700 = File600 | UnixFileMode.UserExecute;
    private const UnixFileMode Open = Folder700 | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-modes-");

    public void Dispose() => folder.Delete(recursive: true);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void What_is_there_and_what_is_made_later_is_for_its_owner_alone(bool holdsDatabase)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var (deep, database) = (folder.CreateSubdirectory("datasets/one"), folder.CreateSubdirectory("pg"));
        var (old, ofDatabase) = (Made(deep.FullName, "rows"), Made(database.FullName, "PG_VERSION"));
        foreach (var path in (string[])[deep.FullName, old, database.FullName, ofDatabase])
        {
            File.SetUnixFileMode(path, Open);
        }

        var data = new DataFolder(folder.FullName);
        data.Lock(holdsDatabase);
        var made = Made(data.Folder("documents"), "text");

        var passThrough = UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        var root = holdsDatabase && Environment.IsPrivilegedProcess ? Folder700 | passThrough : Folder700;
        Assert.Equal(root, File.GetUnixFileMode(folder.FullName));
        Assert.Equal(Folder700, File.GetUnixFileMode(deep.FullName));
        Assert.Equal(Folder700, File.GetUnixFileMode(data.Path("documents")));
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(old) & ~Folder700);
        Assert.Equal(File600, File.GetUnixFileMode(made));
        // PostgreSQL's own, which may belong to another account, stay as they are.
        Assert.Equal((Open, Open), (File.GetUnixFileMode(database.FullName), File.GetUnixFileMode(ofDatabase)));
    }

    [Fact]
    public void A_link_leads_to_what_others_may_share()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var elsewhere = Directory.CreateTempSubdirectory("republic-shared-");
        try
        {
            var shared = Made(elsewhere.FullName, "model.gguf");
            File.SetUnixFileMode(shared, Open);
            Directory.CreateSymbolicLink(Path.Combine(folder.FullName, "models"), elsewhere.FullName);

            new DataFolder(folder.FullName).Lock(holdsDatabase: false);

            Assert.Equal(Open, File.GetUnixFileMode(shared));
        }
        finally
        {
            elsewhere.Delete(recursive: true);
        }
    }

    private static string Made(string folder, string name)
    {
        var path = Path.Combine(folder, name);
        File.WriteAllText(path, name);
        return path;
    }
}
