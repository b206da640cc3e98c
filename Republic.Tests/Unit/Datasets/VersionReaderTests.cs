using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Versions;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Tests.Unit.Datasets;

public sealed class VersionReaderTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;

    private static string[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(i => Source.Pair($"question {i}", $"answer {i}"))];

    [Fact]
    public void Rows_are_read_by_page_by_position_and_by_hash()
    {
        using var source = new Source(Numbered(50));
        using var version = source.Version();

        var page = version.Rows(45, 10);

        Assert.Equal([45, 46, 47, 48, 49], page.Select(row => row.Position));
        Assert.Equivalent(page[1], version.Row(46));
        Assert.Equivalent(page[1], version.RowOf(page[1].Hash));
        Assert.Equal("question 46", page[1].Messages[0].Content);
        Assert.Null(version.Row(50));
        Assert.Null(version.Row(-1));
        Assert.Null(version.RowOf(new string('0', 32)));
        Assert.Null(version.RowOf("not a hash"));
        Assert.Empty(version.Rows(50, 10));
        Assert.Empty(version.Rows(0, -1));
    }

    [Fact]
    public void A_search_finds_every_row_once_page_by_page_whatever_the_case()
    {
        using var source = new Source([
            .. Enumerable.Range(0, 5000).Select(i => Source.Pair(i % 100 == 0 ? $"The GRÜNE \"Fee\"\n{i} Fee" : $"else {i}", "ok")),
        ]);
        using var version = source.Version();
        var found = new List<int>();

        for (int? from = 0; from is { } at; )
        {
            var page = version.Search("grüne \"fee\"\n", at, 7, Ct);
            found.AddRange(page.Rows.Select(row => row.Position));
            from = page.Next;
        }

        Assert.Equal(Enumerable.Range(0, 50).Select(i => i * 100), found);
    }

    [Theory]
    [InlineData("role")]
    [InlineData("messages")]
    [InlineData("\",\"")]
    [InlineData("nowhere")]
    public void A_search_looks_at_texts_and_not_at_how_they_are_kept(string text)
    {
        using var source = new Source(Numbered(10));
        using var version = source.Version();

        Assert.Empty(version.Search(text, 0, 10, Ct).Rows);
    }

    [Fact]
    public void A_version_keeps_its_result()
    {
        using var source = new Source([.. Numbered(20), "bad", Source.Pair("question 3", "answer 3")]);
        using var version = source.Version(new RefinerySettings { MinQuality = 0.2 });

        var result = version.Result;

        Assert.Equal((22, 20, 1, 1), (result.Counts.Rows, result.Counts.Samples, result.Counts.Malformed, result.Counts.ExactDuplicates));
        Assert.Equal(0.2, result.Settings.MinQuality);
        Assert.Equal(21, Assert.Single(result.Errors).Line);
        var samples = File.ReadAllBytes(Path.Combine(version.Folder, VersionReader.SamplesFile));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(samples)), result.Sha256);
        Assert.Equal(samples.Length, result.Bytes);
        Assert.True(result.BytesOnDisk > result.Bytes);
        Assert.Equal(20, result.Statistics.Tokens.Sum(bin => bin.Count));
    }

    [Fact]
    public void Rejected_rows_are_shown_as_they_were_and_cut_between_characters()
    {
        using var source = new Source(Source.Pair("a", "b"), "x\u0001\"y\"", new string('é', 3000));
        using var version = source.Version();
        var page = version.Rejected(0, 10);

        Assert.Equal(2, page.Rows.Count);
        Assert.Equal("x\u0001\"y\"", page.Rows[0].Raw);
        Assert.Equal(new string('é', 2048), page.Rows[1].Raw);
    }

    [Fact]
    public void A_rejected_row_that_is_cut_says_so()
    {
        using var source = new Source(
            Source.Pair("a question", "its answer"),
            new string('a', 4096),
            new string('b', 4097),
            Source.Pair(new string('c', 18_000), "d"),
            new string('e', 5 << 20)
        );
        using var version = source.Version(new RefinerySettings());

        Assert.Equal(
            [false, true, true, true],
            File.ReadLines(Path.Combine(version.Folder, VersionReader.RejectedFile)).Select(line => line.EndsWith(",\"truncated\":true}"))
        );
    }

    [Fact]
    public void A_search_for_nothing_finds_every_row()
    {
        using var source = new Source(Numbered(5));
        using var version = source.Version();

        Assert.Equal([3, 4], version.Search("", 3, 10, Ct).Rows.Select(row => row.Position));
        Assert.Empty(version.Search("", 9, 10, Ct).Rows);
    }

    [Fact]
    public void Two_versions_differ_by_rows_added_removed_and_changed()
    {
        using var source = new Source(Numbered(10));
        using var all = source.Version();
        var (first, second) = (all.Row(2)!, all.Row(7)!);
        var folder = source.NewFolder();
        VersionWriter.Write(
            all,
            folder,
            [new RowChange(first.Hash, null), new RowChange(second.Hash, [new("user", "new"), new("assistant", "text")])],
            null,
            Ct
        );
        using var edited = VersionReader.Open(folder);

        var diff = edited.DiffFrom(all, 0, 10);
        var back = all.DiffFrom(edited, 1, 10);

        Assert.Equal((0, 1, 1), (diff.Added, diff.Removed, diff.Changed));
        Assert.Equal(
            [(first.Hash, null), (second.Hash, edited.Row(6)!.Hash)],
            diff.Rows.Select(row => (row.Before?.Hash, row.After?.Hash))
        );
        Assert.Equal((1, 0, 1), (back.Added, back.Removed, back.Changed));
        Assert.Equal("new", Assert.Single(back.Rows).Before!.Messages[0].Content);
    }

    [Fact]
    public void Rows_of_one_line_are_told_apart_by_what_they_say()
    {
        using var source = new Source("[" + string.Join(',', Numbered(10)) + "]");
        using var all = source.Version();
        var (first, second) = (all.Row(2)!, all.Row(7)!);
        var folder = source.NewFolder();
        VersionWriter.Write(
            all,
            folder,
            [new RowChange(first.Hash, null), new RowChange(second.Hash, [new("user", "new"), new("assistant", "text")])],
            null,
            Ct
        );
        using var edited = VersionReader.Open(folder);

        var diff = edited.DiffFrom(all, 0, 10);
        var back = all.DiffFrom(edited, 0, 10);

        Assert.All(all.Rows(0, 10), row => Assert.Equal(1, row.Line));
        Assert.Equal((0, 1, 1), (diff.Added, diff.Removed, diff.Changed));
        Assert.Equal(
            [(first.Hash, null), (second.Hash, edited.Row(6)!.Hash)],
            diff.Rows.Select(row => (row.Before?.Hash, row.After?.Hash))
        );
        Assert.Equal((1, 0, 1), (back.Added, back.Removed, back.Changed));
        Assert.Equal(
            [(null, first.Hash), (edited.Row(6)!.Hash, second.Hash)],
            back.Rows.Select(row => (row.Before?.Hash, row.After?.Hash))
        );
    }

    [Fact]
    public void A_folder_that_is_no_version_is_an_error_of_the_disk()
    {
        using var source = new Source("a");

        Assert.ThrowsAny<IOException>(() => VersionReader.Open(source.NewFolder()));
    }
}
