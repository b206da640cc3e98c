using Republic.Core.Archives.Importing;
using Republic.Core.Archives.Importing.Reading;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Archives;

public sealed class ContentsReaderTests : IDisposable
{
    private static readonly ArchiveLimits Limits = new(MaxEntries: 2000, MaxBytes: 1 << 24);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-archives-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minions_are_listed_by_their_names()
    {
        var contents = await ReadAsync(Minions(2));

        Assert.Equal(2, contents.Counts["minions"]);
        Assert.Equal(["Minion 0", "Minion 1"], contents.Minions.Select(minion => minion.Name).Order());
    }

    [Fact]
    public async Task So_many_that_no_form_takes_them_are_counted_alone()
    {
        var contents = await ReadAsync(Minions(501));

        Assert.Equal(501, contents.Counts["minions"]);
        Assert.Empty(contents.Minions);
    }

    [Fact]
    public async Task What_an_archive_counts_can_be_summed_up_whatever_it_says()
    {
        var contents = await ReadAsync(
            ArchiveFile.OfProfile().Count("profile", int.MaxValue).Count("chats", int.MaxValue).Count("tasks", -5)
        );

        Assert.Equal(0, contents.Counts["tasks"]);
        Assert.True(contents.Counts.Values.Sum() > 0);
    }

    public void Dispose() => folder.Delete(recursive: true);

    private static ArchiveFile Minions(int count)
    {
        var archive = new ArchiveFile();
        for (var i = 0; i < count; i++)
        {
            var id = Guid.CreateVersion7();
            archive.Add($"minions/{id}/minion.json", $$"""{"id":"{{id}}","display_name":"Minion {{i}}"}""");
        }

        return archive;
    }

    private async Task<ArchiveContents> ReadAsync(ArchiveFile archive)
    {
        var path = Path.Combine(folder.FullName, $"{Guid.CreateVersion7()}.zip");
        await File.WriteAllBytesAsync(path, archive.ToBytes(), Ct);
        using var opened = (await ArchiveReader.OpenAsync(path, Limits, Ct)).Value!;
        return await ContentsReader.ReadAsync(opened, Ct);
    }
}
