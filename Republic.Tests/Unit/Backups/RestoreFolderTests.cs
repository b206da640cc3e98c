using Republic.Core;
using Republic.Core.Backups.Restoring;
using Republic.Core.Data;

namespace Republic.Tests.Unit.Backups;

public sealed class RestoreFolderTests : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("republic-restoring-");
    private readonly DataFolder folder;

    public RestoreFolderTests() => folder = new DataFolder(root.FullName);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public void Dispose() => root.Delete(recursive: true);

    [Fact]
    public async Task Until_all_is_moved_nothing_starts_and_then_nothing_of_the_restore_is_left()
    {
        using var target = RestoreFolder.TryEnter(folder)!;
        await target.ClearAsync(holdsDatabase: false, Ct);
        await File.WriteAllTextAsync(Path.Combine(target.Made.Folder("documents"), "1"), "A document.", Ct);
        Assert.Null(RestoreFolder.TryEnter(folder));
        Assert.Throws<StartupRefusedException>(folder.RefuseUnrestored);
        target.MarkFilled(RestoreFolder.MarkOf("ab", folder)!);

        target.Finish();

        folder.RefuseUnrestored();
        Assert.Equal("A document.", await File.ReadAllTextAsync(folder.Path("documents", "1"), Ct));
        Assert.Equal(["documents"], Directory.EnumerateFileSystemEntries(folder.Root).Select(Path.GetFileName));
    }

    [Fact]
    public void A_stop_while_what_is_left_is_deleted_keeps_nothing_from_starting()
    {
        File.WriteAllText(Path.Combine(folder.Folder("restoring"), "filled"), "all of it");

        folder.RefuseUnrestored();
    }
}
