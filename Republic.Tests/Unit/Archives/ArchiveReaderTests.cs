using System.Buffers.Binary;
using System.Text;
using Republic.Core;
using Republic.Core.Archives.Importing.Reading;
using Republic.Core.Archives.Records;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Archives;

public sealed class ArchiveReaderTests : IDisposable
{
    private const long Megabyte = 1 << 20;
    private static readonly ArchiveLimits Limits = new(MaxEntries: 20, MaxBytes: 512 * Megabyte);
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-archives-");

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task One_that_is_as_it_says_is_read()
    {
        using var archive = (await OpenAsync(ArchiveFile.OfProfile().Add("memories.jsonl", "{}\nno json\n{}"))).Value!;

        Assert.Null(await archive.CheckAsync(_ => { }, Ct));
        Assert.Equal("Vera", (await archive.ReadJsonAsync<ArchivedProfile>("profile.json", Ct)).Value!.UserName);
        Assert.Equal("{}\nno json\n{}", Encoding.UTF8.GetString((await archive.ReadAsync("memories.jsonl", 100, Ct))!));
        Assert.Null(await archive.ReadAsync("memories.jsonl", 3, Ct));
        Assert.Equal(FailureKind.NotFound, (await archive.ReadJsonAsync<ArchivedProfile>("chats/none.json", Ct)).Failure!.Kind);
    }

    [Fact]
    public async Task Each_line_is_read_or_says_that_it_cannot_be()
    {
        var file = $$"""{"id":"{{Guid.CreateVersion7()}}","number":1,"title":"One","status":"DONE"}""";
        using var archive = (await OpenAsync(new ArchiveFile().Add("tasks.jsonl", $"{file}\nno json\n\n{file}"))).Value!;
        List<Outcome<ArchivedTask>> read = [];
        await foreach (var line in archive.ReadLinesAsync<ArchivedTask>("tasks.jsonl", Ct))
        {
            read.Add(line);
        }

        Assert.Equal([true, false, false, true], read.Select(line => line.Ok));
    }

    [Fact]
    public async Task Behind_a_line_that_is_too_tooLongthe_next_one_is_read()
    {
        var line = $$"""{"id":"{{Guid.CreateVersion7()}}","number":1,"title":"One","status":"DONE"}""";
        var tooLong = new string('x', ArchiveLimits.MaxLine + (int)Megabyte);
        using var archive = (await OpenAsync(new ArchiveFile().Add("tasks.jsonl", $"{tooLong}\n{line}"))).Value!;
        List<Outcome<ArchivedTask>> read = [];
        await foreach (var one in archive.ReadLinesAsync<ArchivedTask>("tasks.jsonl", Ct))
        {
            read.Add(one);
        }

        Assert.Equal([false, true], read.Select(one => one.Ok));
    }

    [Theory]
    [InlineData("../passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("profile.JSON")]
    [InlineData("profile.json")]
    public async Task An_entry_whose_name_leads_elsewhere_or_stands_there_twice_is_refused(string name) =>
        await RefusedAsync(ArchiveFile.OfProfile().Add(name, "x", isListed: false), "which no archive of Republic has");

    [Fact]
    public async Task An_entry_that_is_not_in_the_list_is_refused() =>
        await RefusedAsync(ArchiveFile.OfProfile().Add("chats/more.json", "{}", isListed: false), "not in its list");

    [Fact]
    public async Task An_entry_that_is_in_the_list_alone_is_refused() =>
        await RefusedAsync(ArchiveFile.OfProfile().List("chats/more.json", 2, new string('0', 64)), "not in its list");

    [Fact]
    public async Task A_later_format_is_refused_with_its_version() =>
        await RefusedAsync(new ArchiveFile { Format = 2 }, "later version of Republic (1.0.0), in format 2");

    [Fact]
    public async Task A_zip_without_a_list_is_none_of_ours() =>
        await RefusedAsync(new ArchiveFile { Format = null }.Add("chats/x.json", "{}"), "no archive of Republic");

    [Fact]
    public async Task Too_many_entries_are_refused_before_they_are_listed()
    {
        var archive = new ArchiveFile();
        for (var i = 0; i < 30; i++)
        {
            archive.Add($"chats/{i}.json", "{}");
        }

        await RefusedAsync(archive, "more than 20 files");
    }

    [Fact]
    public async Task A_list_that_is_longer_than_its_entries_need_is_not_read()
    {
        var archive = ArchiveFile.OfProfile();
        for (var i = 0; i < 1000; i++)
        {
            archive.Count($"kind-{new string('x', 100)}-{i}", 1);
        }

        await RefusedAsync(archive, "no archive of Republic");
    }

    [Theory]
    [InlineData(60, 0.01, true)]
    [InlineData(500, 4, true)]
    [InlineData(100, 0.1, false)]
    [InlineData(513, 400, false)]
    public void How_much_may_come_of_an_archive_depends_on_its_size_and_on_the_quota(double unpacked, double packed, bool allowed) =>
        Assert.Equal(allowed, Limits.Allows((long)(unpacked * Megabyte), (long)(packed * Megabyte)));

    [Fact]
    public async Task A_bomb_is_refused_before_it_is_unpacked()
    {
        var bomb = new ArchiveFile().Add("tasks.jsonl", new byte[3 * Megabyte]);

        var opened = await ArchiveReader.OpenAsync(Write(bomb), Limits with { MaxBytes = 2 * Megabyte }, Ct);

        Assert.Contains("It was not opened.", opened.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Lengths_that_have_no_sum_are_refused()
    {
        var archive = ArchiveFile.OfProfile().ToBytes();
        // The last entry of the directory says that its length stands in an extra field, which says more than there can be.
        var entry = archive.AsSpan().LastIndexOf("PK\u0001\u0002"u8);
        var behind = entry + 46 + BinaryPrimitives.ReadUInt16LittleEndian(archive.AsSpan(entry + 28));
        BinaryPrimitives.WriteUInt32LittleEndian(archive.AsSpan(entry + 24), uint.MaxValue);
        BinaryPrimitives.WriteUInt16LittleEndian(archive.AsSpan(entry + 30), 12);
        var extra = new byte[12];
        (extra[0], extra[2]) = (1, 8);
        BinaryPrimitives.WriteInt64LittleEndian(extra.AsSpan(4), long.MaxValue);
        var path = Path.Combine(folder.FullName, "endless.zip");
        await File.WriteAllBytesAsync(path, [.. archive[..behind], .. extra, .. archive[behind..]], Ct);

        var opened = await ArchiveReader.OpenAsync(path, Limits, Ct);

        Assert.Contains("It was not opened.", opened.Failure!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_that_unpacks_to_more_than_it_says_is_found()
    {
        var archive = new ArchiveFile()
            .Add("tasks.jsonl", new byte[1000], isListed: false)
            .List("tasks.jsonl", 10, new string('0', 64))
            .ToBytes();
        // What the directory at its end says of the length of the first entry.
        var directory = archive.AsSpan().IndexOf("PK\u0001\u0002"u8);
        (archive[directory + 24], archive[directory + 25]) = (10, 0);
        var path = Path.Combine(folder.FullName, "liar.zip");
        await File.WriteAllBytesAsync(path, archive, Ct);
        using var opened = (await ArchiveReader.OpenAsync(path, Limits, Ct)).Value!;

        Assert.Contains("was changed", (await opened.CheckAsync(_ => { }, Ct))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_byte_that_was_changed_is_found()
    {
        var content = Encoding.UTF8.GetBytes("{\"id\":1}");
        using var archive = (
            await OpenAsync(
                new ArchiveFile().Add("chats/x.json", content, isListed: false).List("chats/x.json", content.Length, new string('a', 64))
            )
        ).Value!;

        Assert.Contains("was changed", (await archive.CheckAsync(_ => { }, Ct))!.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_that_is_nested_without_end_is_not_read()
    {
        var deep = $"{{\"user_name\":{new string('[', 1000)}{new string(']', 1000)}}}";
        using var archive = (await OpenAsync(new ArchiveFile().Add("profile.json", deep))).Value!;

        Assert.Equal(FailureKind.Invalid, (await archive.ReadJsonAsync<ArchivedProfile>("profile.json", Ct)).Failure!.Kind);
    }

    [Fact]
    public async Task One_that_is_cut_off_anywhere_is_refused()
    {
        var whole = ArchiveFile.OfProfile().Add("memories.jsonl", new string('x', 200)).ToBytes();
        for (var length = 0; length < whole.Length; length += 7)
        {
            var path = Path.Combine(folder.FullName, $"{length}.zip");
            await File.WriteAllBytesAsync(path, whole[..length], Ct);
            Assert.False((await ArchiveReader.OpenAsync(path, Limits, Ct)).Ok);
        }
    }

    public void Dispose() => folder.Delete(recursive: true);

    private Task<Outcome<ArchiveReader>> OpenAsync(ArchiveFile archive) => ArchiveReader.OpenAsync(Write(archive), Limits, Ct);

    private async Task RefusedAsync(ArchiveFile archive, string why)
    {
        var opened = await OpenAsync(archive);

        Assert.Contains(why, opened.Failure!.Message, StringComparison.Ordinal);
    }

    private string Write(ArchiveFile archive)
    {
        var path = Path.Combine(folder.FullName, $"{Guid.CreateVersion7()}.zip");
        File.WriteAllBytes(path, archive.ToBytes());
        return path;
    }
}
