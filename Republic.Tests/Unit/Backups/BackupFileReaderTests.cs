using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Republic.Core.Backups;
using Republic.Core.Backups.Taking;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Backups;

/// <summary>Archives that nobody took with <c>republic backup</c>.</summary>
public sealed class BackupFileReaderTests : IDisposable
{
    private const string Damaged = "is no backup of Republic, or it was cut or changed";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-archives-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Archive => Path.Combine(folder.FullName, "backup.zip");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_small_archive_is_read_as_it_was_written()
    {
        await WriteAsync(Manifest(Held("documents/1", "files/1", "hello")), ("files/1", "hello"));

        Assert.Null(await ProblemAsync());
    }

    [Theory]
    [InlineData("../elsewhere/1")]
    [InlineData("/etc/cron.d/own")]
    [InlineData("keys/master.key")]
    [InlineData("pg/pg_hba.conf")]
    public async Task A_file_that_would_get_elsewhere_is_refused(string path)
    {
        await WriteAsync(Manifest(Held(path, "files/1", "hello")), ("files/1", "hello"));

        Assert.Contains(Damaged, await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Entries_that_are_not_named_missing_or_there_twice_are_refused()
    {
        await WriteAsync(Manifest(), ("files/1", "hello"));
        Assert.Contains(Damaged, await ProblemAsync(), StringComparison.Ordinal);

        await WriteAsync(Manifest(Held("documents/1", "files/1", "hello")));
        Assert.Contains(Damaged, await ProblemAsync(), StringComparison.Ordinal);

        await WriteAsync(Manifest(Held("documents/1", "files/1", "hello")), ("files/1", "hello"), ("files/1", "other"));
        Assert.Contains(Damaged, await ProblemAsync(), StringComparison.Ordinal);

        await WriteAsync(Manifest(Held("documents/1", "files/1", "hello"), Held("documents/1", "files/1", "hello")), ("files/1", "hello"));
        Assert.Contains(Damaged, await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Other_bytes_than_the_manifest_names_are_refused()
    {
        await WriteAsync(Manifest(Held("documents/1", "files/1", "hello")), ("files/1", "hellO"));
        Assert.Contains(Damaged, await ProblemAsync(), StringComparison.Ordinal);

        await WriteAsync(
            Manifest() with
            {
                Tables = [new BackupTable("people", ["id"], 2, 5, Hash("1\n2\n3"))],
            },
            ("tables/people.copy", "1\n2\n3")
        );
        Assert.Null(await ProblemAsync());

        await WriteAsync(
            Manifest() with
            {
                Tables = [new BackupTable("people", ["id"], 3, 5, Hash("1\n2\n3"))],
            },
            ("tables/people.copy", "1\n2\n3")
        );
        Assert.Contains(Damaged, await ProblemAsync(), StringComparison.Ordinal);
    }

    /// <summary>Of a small entry that unpacks to a large one no more is read than the manifest says there is.</summary>
    [Fact]
    public async Task A_bomb_is_not_unpacked()
    {
        await WriteAsync(Manifest(Held("documents/1", "files/1", "hello")), ("files/1", new string('a', 50_000_000)));
        var steps = new BackupSteps();
        using var backup = BackupFileReader.Open(Archive, null).Value!;

        Assert.NotNull(await backup.CheckAsync(new ProgressMeter(steps), Ct));

        Assert.Equal("hello".Length + 1, steps.All.Max(step => step.BytesDone));
    }

    [Fact]
    public async Task A_manifest_that_was_exchanged_is_refused()
    {
        await WriteAsync(Manifest());
        using (var archive = ZipFile.Open(Archive, ZipArchiveMode.Update))
        {
            archive.GetEntry(BackupManifest.Entry)!.Delete();
            await using var entry = archive.CreateEntry(BackupManifest.Entry).Open();
            await entry.WriteAsync((Manifest() with { Keys = ["00000000"] }).Serialize(), Ct);
        }

        Assert.Contains(Damaged, await ProblemAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_later_format_is_said_to_be_one()
    {
        await WriteAsync(Manifest() with { Format = BackupManifest.CurrentFormat + 1 });

        Assert.Contains("was made by a later version of Republic", await ProblemAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("PK")]
    [InlineData("RepSeal1")]
    [InlineData("RepSeal1 and more than the forty-four bytes of a header, but no chunk")]
    [InlineData("This is a letter to my aunt, who keeps bees.")]
    public async Task Other_files_are_no_backups(string text)
    {
        await File.WriteAllTextAsync(Archive, text, Ct);

        Assert.NotNull(await ProblemAsync());
        Assert.NotNull(await ProblemAsync("a passphrase"));
    }

    [Fact]
    public async Task A_passphrase_for_a_file_that_is_not_encrypted_is_a_reason_to_ask()
    {
        await WriteAsync(Manifest());

        Assert.Contains("is not encrypted", await ProblemAsync("seven moons"), StringComparison.Ordinal);
    }

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    private static BackupFile Held(string path, string entry, string text) =>
        new(path, entry, Encoding.UTF8.GetByteCount(text), Hash(text));

    private static BackupManifest Manifest(params BackupFile[] files) =>
        new(BackupManifest.CurrentFormat, "1.0", DateTimeOffset.UnixEpoch, "20261123025300_Initial", ["01234567"], [], [], files, []);

    private async Task WriteAsync(BackupManifest manifest, params (string Name, string Text)[] entries)
    {
        await using var file = new FileStream(Archive, FileMode.Create);
        await using var writer = new BackupWriter(file);
        foreach (var (name, text) in entries)
        {
            await using var from = new MemoryStream(Encoding.UTF8.GetBytes(text));
            await writer.AddAsync(name, CompressionLevel.Fastest, to => HashedCopy.RunAsync(from, to, long.MaxValue, _ => { }, Ct));
        }

        await writer.FinishAsync(manifest, Ct);
    }

    /// <summary>What is said of the archive; null where it is whole.</summary>
    private async Task<string?> ProblemAsync(string? passphrase = null)
    {
        var opened = BackupFileReader.Open(Archive, passphrase);
        if (!opened.Ok)
        {
            return opened.Failure.Message;
        }

        using var backup = opened.Value;
        return (await backup.CheckAsync(new ProgressMeter(null), Ct))?.Message;
    }
}
