using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Files;

namespace Republic.Tests.Unit.Files;

public sealed class DiskSpaceTests
{
    private const long Gigabyte = 1_000_000_000;

    private long free = 12 * Gigabyte;
    private long total = 20 * Gigabyte;

    private DiskSpace Disk() => new(() => (free, total));

    [Fact]
    public void What_all_have_still_to_come_leaves_two_gigabytes()
    {
        var disk = Disk();
        var first = disk.Reserve(6 * Gigabyte).Value!;

        Assert.True(disk.Reserve(4 * Gigabyte).Ok);
        var refused = disk.Reserve(1).Failure!;

        Assert.Equal((FailureKind.QuotaExceeded, 10 * Gigabyte), (refused.Kind, disk.Reserved));
        first.Dispose();
        Assert.True(disk.Reserve(6 * Gigabyte).Ok);
    }

    [Fact]
    public void A_write_has_what_nobody_has_reserved()
    {
        var disk = Disk();
        using var reserved = disk.Reserve(9 * Gigabyte).Value!;

        Assert.True(disk.Has(Gigabyte));
        Assert.False(disk.Has(Gigabyte + 1));
        Assert.Equal(9 * Gigabyte, disk.Reserved);
    }

    [Fact]
    public void A_twentieth_of_a_large_disk_stays_free()
    {
        total = 100 * Gigabyte;
        var refused = Disk().Reserve(7 * Gigabyte + 1).Failure!;

        Assert.StartsWith(
            "This needs 6.5 GB of disk space on the server, and 6.5 GB are available.",
            refused.Message,
            StringComparison.Ordinal
        );
        Assert.True(Disk().Reserve(7 * Gigabyte).Ok);
    }

    [Fact]
    public void What_is_written_is_given_back_and_counts_once()
    {
        var disk = Disk();
        var file = disk.Reserve(10 * Gigabyte).Value!;
        free -= 4 * Gigabyte;

        Assert.Null(file.Resize(6 * Gigabyte));

        Assert.Equal(6 * Gigabyte, disk.Reserved);
        Assert.False(disk.Reserve(1).Ok);
    }

    [Fact]
    public void A_file_that_turns_out_longer_takes_more_where_there_is_room()
    {
        var disk = Disk();
        var file = disk.Reserve(Gigabyte).Value!;

        Assert.Null(file.Resize(10 * Gigabyte));
        Assert.NotNull(file.Resize(10 * Gigabyte + 1));

        Assert.Equal(10 * Gigabyte, disk.Reserved);
    }

    [Fact]
    public void A_disk_that_others_filled_takes_nothing_more_and_gives_back_all_the_same()
    {
        var disk = Disk();
        using (var file = disk.Reserve(Gigabyte).Value!)
        {
            free = Gigabyte;
            Assert.Null(file.Resize(Gigabyte - 1));
            Assert.Contains("and 0 bytes are available.", disk.Reserve(1).Failure!.Message, StringComparison.Ordinal);
        }

        Assert.Equal(0, disk.Reserved);
    }

    [Fact]
    public void The_disk_is_that_of_the_data_folder()
    {
        var folder = Directory.CreateTempSubdirectory("republic-disk-");
        var disk = new DiskSpace(new DataFolder(Path.Combine(folder.FullName, "new")));

        Assert.False(disk.Reserve(1L << 60).Ok);
        Assert.True(disk.Reserve(0).Ok);
        folder.Delete(recursive: true);
    }
}
