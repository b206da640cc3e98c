using Republic.Core.Backups.Taking;
using Republic.Core.Data;

namespace Republic.Tests.Unit.Backups;

public sealed class FileSnapshotTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-links-");
    private readonly DataFolder data;

    public FileSnapshotTests() => data = new DataFolder(folder.FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void A_file_that_is_deleted_meanwhile_is_still_there_to_be_read()
    {
        var (early, late) = (Write("documents/1", "one"), Write("datasets/2/source", "two"));
        using var files = new FileSnapshot(data);
        files.Take(Ct);
        File.Delete(early);
        Write("documents/3", "three");
        files.Take(Ct);
        File.Delete(late);

        var taken = files.Taken();

        Assert.Equal(["datasets/2/source", "documents/1", "documents/3"], taken.Select(file => file.Path));
        Assert.Equal(["two", "one", "three"], taken.Select(file => File.ReadAllText(file.Link)));
        Assert.Equal([3, 3, 5], taken.Select(file => file.Bytes));
    }

    [Fact]
    public void What_belongs_into_no_backup_is_not_taken()
    {
        foreach (var path in (string[])["keys/master.key", "pg/PG_VERSION", "documents/4.part", "loose.txt", "backups/old.zip"])
        {
            Write(path, "not this");
        }

        using var files = new FileSnapshot(data);
        files.Take(Ct);

        Assert.Empty(files.Taken());
        Assert.Empty(files.LeftOut);
    }

    [Fact]
    public void A_path_that_nothing_is_restored_to_is_named()
    {
        var name = $"documents/{string.Join('/', Enumerable.Repeat(new string('a', 200), 5))}";
        Write(name, "deep");
        using var files = new FileSnapshot(data);
        files.Take(Ct);

        Assert.Empty(files.Taken());
        Assert.Equal($"{name}: nothing is restored to such a path", Assert.Single(files.LeftOut));
    }

    [Fact]
    public void A_link_is_named_and_not_followed()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        Write("keys/secret", "not this");
        Directory.CreateSymbolicLink(data.Path("models"), data.Path("keys"));
        using var files = new FileSnapshot(data);
        files.Take(Ct);

        Assert.Empty(files.Taken());
        Assert.Equal("models: it is a link to something elsewhere", Assert.Single(files.LeftOut));
    }

    [Fact]
    public void What_a_stopped_backup_held_is_cleared_and_nothing_else()
    {
        var kept = Write("documents/1", "one");
        var stopped = new FileSnapshot(data);
        stopped.Take(Ct);
        Assert.Single(FileSnapshot.Leftovers(data));

        Assert.Equal(1, FileSnapshot.Clear(data));

        Assert.Empty(FileSnapshot.Leftovers(data));
        Assert.Equal("one", File.ReadAllText(kept));
    }

    [Fact]
    public void A_backup_leaves_nothing_behind()
    {
        Write("documents/1", "one");
        using (var files = new FileSnapshot(data))
        {
            files.Take(Ct);
        }

        Assert.Empty(FileSnapshot.Leftovers(data));
    }

    private string Write(string path, string text)
    {
        var full = data.Path(path.Split('/'));
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        File.WriteAllText(full, text);
        return full;
    }
}
