using System.IO.Compression;
using System.Text;
using Republic.Core.Datasets.Refining;

namespace Republic.Tests.Unit.Datasets;

public sealed class RefusalTests
{
    public static TheoryData<byte[], string> Files() =>
        new()
        {
            { [], "The file is empty." },
            { " \r\n\t\n"u8.ToArray(), "The file is empty." },
            { [0xEF, 0xBB, 0xBF], "The file is empty." },
            { Zip(), "This is a zip archive" },
            { Gzip(), "This is a gzip archive" },
            { [.. "PAR1"u8, 0, 1, 2, 3], "This is a Parquet file" },
            { [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("{\"prompt\":\"a\"}")], "This file is UTF-16" },
            { [0xFE, 0xFF, .. Encoding.BigEndianUnicode.GetBytes("{\"prompt\":\"a\"}")], "This file is UTF-16" },
            { [0xFF, 0xFE, 0, 0, .. Encoding.UTF32.GetBytes("{\"prompt\":\"a\"}")], "This file is UTF-32" },
            { [0, 0, 0xFE, 0xFF, .. new UTF32Encoding(bigEndian: true, false).GetBytes("{\"prompt\":\"a\"}")], "This file is UTF-32" },
            { Encoding.Unicode.GetBytes("{\"prompt\":\"a\"}"), "This file is UTF-16" },
            { Encoding.BigEndianUnicode.GetBytes("question,answer\nWho?,Me.\n"), "This file is UTF-16" },
            { [0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 13], "This is no text file" },
            { "just some words\nand more of them\n"u8.ToArray(), "There are no rows in it: no line is a JSON object" },
            { "one;two;three\n1;2;3\n"u8.ToArray(), "Choose which column is the prompt" },
        };

    [Theory]
    [MemberData(nameof(Files))]
    public void A_file_of_another_kind_is_refused_with_what_to_do_about_it(byte[] bytes, string message)
    {
        using var source = new Source(bytes);

        var outcome = source.Run(into: source.NewFolder());

        Assert.StartsWith(message, outcome.Failure!.Message);
        Assert.Equal(["source"], source.Entries);
    }

    [Theory]
    [InlineData("min_text_length", -1, 10, 0.7, 0)]
    [InlineData("max_text_length", 10, 9, 0.7, 0)]
    [InlineData("max_text_length", 10, 1_000_001, 0.7, 0)]
    [InlineData("near_duplicate_threshold", 10, 100, 0.49, 0)]
    [InlineData("near_duplicate_threshold", 10, 100, double.NaN, 0)]
    [InlineData("min_quality", 10, 100, 0.7, 1.01)]
    public void Settings_that_cannot_be_are_refused_by_name(string field, int least, int most, double threshold, double quality)
    {
        using var source = new Source(Source.Pair("a", "b"));
        var settings = new RefinerySettings
        {
            MinTextLength = least,
            MaxTextLength = most,
            NearDuplicateThreshold = threshold,
            MinQuality = quality,
        };

        Assert.Equal(field, Assert.Single(source.Run(settings).Failure!.Fields).Field);
    }

    [Fact]
    public void A_run_that_is_stopped_leaves_nothing_behind()
    {
        using var source = new Source([.. Enumerable.Range(0, 20_000).Select(i => Source.Pair($"question {i}", $"answer {i}"))]);
        using var stop = new CancellationTokenSource();
        var input = new RefineryInput(source.Path, source.NewFolder(), new RefinerySettings());

        Assert.ThrowsAny<OperationCanceledException>(() => DatasetRefinery.Run(input, new Stopper(stop), stop.Token));

        Assert.Equal(["source"], source.Entries);
    }

    [Fact]
    public void What_a_killed_run_left_is_cleared_away()
    {
        using var source = new Source(Source.Pair("question", "answer"));
        var folder = source.NewFolder();
        Directory.CreateDirectory(folder + ".part");
        File.WriteAllText(Path.Combine(folder + ".part", "samples.jsonl"), "half");

        source.Run(into: folder);

        Assert.Equal(["source", "v1"], source.Entries);
        Assert.Single(File.ReadAllLines(Path.Combine(folder, "samples.jsonl")));
    }

    [Fact]
    public void A_dry_run_counts_the_same_and_writes_nothing()
    {
        using var source = new Source([
            .. Enumerable.Range(0, 50).Select(i => Source.Pair($"the same long question as ever, number {i % 7}", "b")),
        ]);
        var settings = new RefinerySettings();

        var counted = source.Counted(settings);

        Assert.Equal(["source"], source.Entries);
        using var version = source.Version(settings);
        Assert.Equal(version.Result.Counts, counted.Counts);
        Assert.Equivalent(version.Result.Statistics, counted.Statistics);
    }

    private static byte[] Zip()
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create))
        {
            zip.CreateEntry("rows.jsonl").Open().Dispose();
        }

        return bytes.ToArray();
    }

    private static byte[] Gzip()
    {
        using var bytes = new MemoryStream();
        using (var gzip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            gzip.Write("{}"u8);
        }

        return bytes.ToArray();
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<RefineryProgress>
    {
        public void Report(RefineryProgress value) => stop.Cancel();
    }
}
