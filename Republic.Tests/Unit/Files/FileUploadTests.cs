using System.IO.Pipelines;
using System.Security.Cryptography;
using Republic.Core;
using Republic.Core.Files;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Files;

public sealed class FileUploadTests : IDisposable
{
    private readonly SmallFiles files = new();

    public void Dispose() => files.Dispose();

    [Fact]
    public async Task A_file_is_called_by_its_own_name_when_it_is_whole_and_stays_when_it_is_kept()
    {
        var content = RandomNumberGenerator.GetBytes(700_000);
        var pipe = new Pipe();
        var receiving = files.ReceiveAsync(pipe.Reader.AsStream(), "../../a.md");
        await pipe.Writer.WriteAsync(content.AsMemory(0, 600_000), TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => files.Names is [var name] && name.EndsWith(".part", StringComparison.Ordinal));
        await pipe.Writer.WriteAsync(content.AsMemory(600_000), TestContext.Current.CancellationToken);
        await pipe.Writer.CompleteAsync();

        using (var received = (await receiving).Value!)
        {
            Assert.Equal([$"{received.Id}"], files.Names);
            Assert.Equal(("a.md", 700_000), (received.Name, received.Bytes));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(content)), received.Sha256);
            received.Keep();
        }

        Assert.Equal(
            content,
            await File.ReadAllBytesAsync(Path.Combine(files.Folder, files.Names.Single()), TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public async Task A_file_that_is_cut_off_leaves_nothing_and_takes_none_of_the_quota()
    {
        var pipe = new Pipe();
        var receiving = files.ReceiveAsync(pipe.Reader.AsStream());
        await pipe.Writer.WriteAsync(new byte[900_000], TestContext.Current.CancellationToken);
        await Until.TrueAsync(() => files.Names.Length == 1);
        await pipe.Writer.CompleteAsync(new IOException("The connection broke."));

        await Assert.ThrowsAsync<IOException>(() => receiving);

        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_file_that_nobody_makes_something_of_leaves_nothing_and_takes_none_of_the_quota()
    {
        var received = (await files.ReceiveAsync(new byte[900_000])).Value!;
        Assert.NotNull(await RefusalAsync(SmallFiles.PerPerson));

        received.Dispose();

        await NothingIsLeftAsync();
    }

    [Theory]
    [InlineData("", 0, FailureKind.Invalid, "The file is empty.")]
    [InlineData("MZ", 600_000, FailureKind.Invalid, "This is a program.")]
    [InlineData(
        "",
        1_100_000,
        FailureKind.Invalid,
        "A note has at most 1 MB. Use a smaller one, or ask the administrator of this server for a higher limit."
    )]
    public async Task A_file_that_is_refused_leaves_nothing_and_takes_none_of_the_quota(
        string start,
        int length,
        FailureKind kind,
        string message
    )
    {
        var content = new byte[length];
        System.Text.Encoding.ASCII.GetBytes(start, content);

        var refused = (await files.ReceiveAsync(content)).Failure;

        Assert.Equal((kind, message), (refused?.Kind, refused?.Message));
        await NothingIsLeftAsync();
    }

    [Fact]
    public async Task A_file_does_not_take_what_the_disk_has_to_keep_free()
    {
        using var narrow = new SmallFiles(new DiskSpace(() => (2_000_100_000, 20_000_000_000)));

        var refused = (await narrow.ReceiveAsync(new byte[600_000])).Failure;

        Assert.StartsWith("The server's disk is full", refused?.Message, StringComparison.Ordinal);
        Assert.Empty(narrow.Names);
    }

    [Fact]
    public async Task Files_under_way_together_do_not_pass_the_quota()
    {
        files.Quota.Kept = SmallFiles.PerPerson - 1_000_000;
        using var first = (await files.ReceiveAsync(new byte[600_000])).Value!;

        var second = await files.ReceiveAsync(new byte[600_000]);

        Assert.Equal(FailureKind.QuotaExceeded, second.Failure?.Kind);
        Assert.Equal([$"{first.Id}"], files.Names);
        first.Dispose();
        using var again = (await files.ReceiveAsync(new byte[600_000])).Value;
        Assert.NotNull(again);
    }

    private async Task NothingIsLeftAsync()
    {
        Assert.Empty(files.Names);
        Assert.Null(await RefusalAsync(SmallFiles.PerPerson));
    }

    private Task<Failure?> RefusalAsync(long bytes) => files.Quota.RefusalAsync(files.Owner, bytes, TestContext.Current.CancellationToken);
}
