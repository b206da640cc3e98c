using System.IO.Pipelines;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Files;

public sealed class OrphanSweepTests : IDisposable
{
    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_file_that_no_row_knows_goes_with_its_unfinished_part_and_whatever_is_in_its_folder()
    {
        var (file, part, folder, known) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        await WriteAsync($"{file}");
        await WriteAsync($"{part}.part");
        await WriteAsync($"{folder}/source");
        await WriteAsync($"{known}");
        await WriteAsync("readme.txt");

        Assert.Equal(3, await files.SweepAsync(known));

        Assert.Equal([$"{known}", "readme.txt"], files.Names);
    }

    [Fact]
    public async Task What_was_touched_in_the_last_hour_may_be_coming_in_at_another_node()
    {
        var id = Guid.CreateVersion7();
        await WriteAsync($"{id}/source.part");
        var folder = Path.Combine(files.Folder, $"{id}");
        Directory.SetLastWriteTimeUtc(folder, DateTime.UnixEpoch);
        File.SetLastWriteTimeUtc(Path.Combine(folder, "source.part"), TimeProvider.System.GetUtcNow().UtcDateTime.AddMinutes(61));

        Assert.Equal(0, await files.SweepAsync());

        Assert.Equal([$"{id}"], files.Names);
    }

    [Fact]
    public async Task A_file_under_way_stays_however_long_it_lies_still()
    {
        var pipe = new Pipe();
        var receiving = files.ReceiveAsync(pipe.Reader.AsStream());
        await pipe.Writer.WriteAsync(new byte[600_000], TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => files.Names.Length == 1);

        Assert.Equal(0, await files.SweepAsync());

        await pipe.Writer.CompleteAsync();
        using var received = (await receiving).Value!;
        // Whole, and waiting for the rest of its form.
        Assert.Equal(0, await files.SweepAsync());
        Assert.Equal([$"{received.Id}"], files.Names);

        received.Keep();
        Assert.Equal(0, await files.SweepAsync(received.Id));
        Assert.Equal(1, await files.SweepAsync());
        Assert.Empty(files.Names);
    }

    private async Task WriteAsync(string name)
    {
        var path = Path.Combine(files.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, name, TestContext.Current.CancellationToken);
    }
}
