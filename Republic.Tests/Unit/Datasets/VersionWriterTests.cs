using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Rows;
using Republic.Core.Datasets.Versions;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Tests.Unit.Datasets;

public sealed class VersionWriterTests
{
    private static readonly CancellationToken Ct = TestContext.Current.CancellationToken;
    private static readonly RowMessage[] New =
    [
        new("system", "Be kind."),
        new("user", "a new \"question\""),
        new("assistant", "a new answer"),
    ];

    private static string[] Numbered(int count) => [.. Enumerable.Range(0, count).Select(i => Source.Pair($"question {i}", $"answer {i}"))];

    [Fact]
    public void A_copy_reads_as_the_version_does_and_lacks_its_rejected_rows()
    {
        using var source = new Source([.. Numbered(30), "bad", Source.Pair("question 5", "answer 5")]);
        using var before = source.Version(Source.KeepAll with { ValidationShare = 0.3, NearDuplicateThreshold = 0.9 });
        var folder = source.NewFolder();

        var result = VersionWriter.Copy(before, folder, Ct);

        using var after = VersionReader.Open(folder);
        Assert.Equivalent(before.Result with { BytesOnDisk = result.BytesOnDisk }, after.Result);
        Assert.Equivalent(before.Rows(0, 100), after.Rows(0, 100), strict: true);
        Assert.Equivalent(before.Clusters(0, 10), after.Clusters(0, 10), strict: true);
        Assert.Equal(
            result.BytesOnDisk,
            new DirectoryInfo(folder).EnumerateFiles().Where(file => file.Name != "stats.json").Sum(file => file.Length)
        );
        Assert.Empty(after.Rejected(0, 10).Rows);
    }

    [Fact]
    public void A_copy_that_is_cancelled_leaves_nothing_behind()
    {
        using var source = new Source(Numbered(3));
        using var before = source.Version();
        var entries = source.Entries;

        Assert.Throws<OperationCanceledException>(() => VersionWriter.Copy(before, source.NewFolder(), new CancellationToken(true)));

        Assert.Equal(entries, source.Entries);
    }

    [Fact]
    public void Changed_rows_stay_in_place_and_dropped_ones_are_counted()
    {
        using var source = new Source([
            .. Numbered(6),
            "bad",
            Source.Pair("question 5", "answer 5"),
            Source.Pair("question 4", "answer 4"),
        ]);
        using var before = source.Version(Source.KeepAll with { ValidationShare = 0.5 });
        var folder = source.NewFolder();

        var result = VersionWriter
            .Write(
                before,
                folder,
                [
                    new RowChange(before.Row(1)!.Hash, null),
                    new RowChange(before.Row(4)!.Hash, New),
                    new RowChange(new string('a', 32), null),
                    new RowChange("?", null),
                ],
                null,
                Ct
            )
            .Value!;

        using var after = VersionReader.Open(folder);
        Assert.True(result.Counts.AddUp);
        Assert.Equal(
            (9, 5, 1, 2, 1),
            (result.Counts.Rows, result.Counts.Samples, result.Counts.Malformed, result.Counts.ExactDuplicates, result.Counts.Dropped)
        );
        Assert.Equal([1, 3, 4, 5, 6], after.Rows(0, 10).Select(row => row.Line));
        Assert.Equal(New, after.Row(3)!.Messages);
        Assert.Equal(before.Row(4)!.IsValidation, after.Row(3)!.IsValidation);
        Assert.Equal(28, after.Row(3)!.Characters);
        Assert.Equal("bad", Assert.Single(after.Rejected(0, 10).Rows).Raw);
        var samples = File.ReadAllBytes(Path.Combine(folder, VersionReader.SamplesFile));
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(samples)), result.Sha256);
    }

    [Fact]
    public void What_repeated_a_row_before_it_was_changed_is_shown_as_it_is()
    {
        using var source = new Source(
            Source.Pair("question", "answer"),
            Source.Pair("question", "answer"),
            Source.Pair("Question!", "answer")
        );
        using var before = source.Version(Source.KeepAll with { NearDuplicateThreshold = 0.7 });
        var folder = source.NewFolder();
        VersionWriter.Write(before, folder, [new RowChange(before.Row(0)!.Hash, New)], null, Ct);
        using var after = VersionReader.Open(folder);

        var repeats = Assert.Single(after.Clusters(0, 10).Clusters).Repeats;

        Assert.Equal(["question", "Question!"], repeats.Select(repeat => repeat.Messages[0].Content));
    }

    [Fact]
    public void A_row_that_becomes_what_another_says_is_its_duplicate()
    {
        using var source = new Source(Numbered(4));
        using var before = source.Version();
        RowMessage[] taken = [new("user", "question 0"), new("assistant", "answer 0")];

        var counts = VersionWriter
            .Write(
                before,
                source.NewFolder(),
                [
                    new RowChange(before.Row(1)!.Hash, taken),
                    new RowChange(before.Row(2)!.Hash, New),
                    new RowChange(before.Row(3)!.Hash, New),
                ],
                null,
                Ct
            )
            .Value!.Counts;

        Assert.Equal((2, 2), (counts.Samples, counts.ExactDuplicates));
        Assert.True(counts.AddUp);
    }

    [Fact]
    public void Two_rows_may_change_places()
    {
        using var source = new Source(Numbered(2));
        using var before = source.Version();
        var folder = source.NewFolder();
        VersionWriter.Write(
            before,
            folder,
            [new RowChange(before.Row(0)!.Hash, before.Row(1)!.Messages), new RowChange(before.Row(1)!.Hash, before.Row(0)!.Messages)],
            null,
            Ct
        );
        using var after = VersionReader.Open(folder);

        Assert.Equal(["question 1", "question 0"], after.Rows(0, 2).Select(row => row.Messages[0].Content));
    }

    [Theory]
    [InlineData("wizard", "a", "The role \"wizard\" is unknown")]
    [InlineData("user", " ", "The row cannot be learned from: message 1 is empty.")]
    [InlineData("user", "a\0", "The row cannot be learned from: it holds a NUL character.")]
    [InlineData("assistant", "a", "The row cannot be learned from: it has no message of the user.")]
    public void A_change_into_no_row_is_refused(string role, string text, string message)
    {
        Assert.StartsWith(message, VersionWriter.Check([new RowMessage(role, text), new RowMessage("assistant", "b")])!.Message);
        Assert.Null(VersionWriter.Check(New));
    }

    [Fact]
    public void Half_a_character_is_refused() =>
        Assert.StartsWith(
            "The text holds half of a character",
            VersionWriter.Check([new RowMessage("user", "a\ud800"), new RowMessage("assistant", "b")])!.Message
        );

    [Fact]
    public void Changes_go_over_to_a_version_of_other_settings()
    {
        using var source = new Source([.. Numbered(20), Source.Pair("x", "y")]);
        using var before = source.Version();
        var folder = source.NewFolder();
        var input = new RefineryInput(source.Path, folder, Source.KeepAll with { MinTextLength = 10 })
        {
            Changes =
            [
                new RowChange(before.Row(3)!.Hash, null),
                new RowChange(before.Row(5)!.Hash, New),
                new RowChange(before.Row(20)!.Hash, New),
            ],
        };

        var counts = DatasetRefinery.Run(input, null, Ct).Value!.Counts;

        Assert.True(counts.AddUp);
        Assert.Equal((21, 19, 1, 1), (counts.Rows, counts.Samples, counts.TooShort, counts.Dropped));
        Assert.Equal(["source", "v1", "v2"], source.Entries);
        using var after = VersionReader.Open(folder);
        Assert.Equal(New, after.Row(4)!.Messages);
    }

    [Fact]
    public void What_was_changed_in_one_version_and_again_in_the_next_is_what_it_became_last()
    {
        using var source = new Source(Numbered(4));
        using var before = source.Version();
        RowMessage[] once = [new("user", "once"), new("assistant", "changed")];
        RowMessage[] twice = [new("user", "twice"), new("assistant", "changed")];
        using var second = source.Version(
            Source.KeepAll,
            [new RowChange(before.Row(1)!.Hash, once) { SavedIn = 2 }, new RowChange(before.Row(2)!.Hash, New) { SavedIn = 2 }]
        );

        using var third = source.Version(
            Source.KeepAll,
            [
                new RowChange(second.Row(2)!.Hash, null) { SavedIn = 3 },
                new RowChange(second.Row(1)!.Hash, twice) { SavedIn = 3 },
                new RowChange(before.Row(1)!.Hash, once) { SavedIn = 2 },
                new RowChange(before.Row(2)!.Hash, New) { SavedIn = 2 },
            ]
        );

        Assert.Equal([1, 2, 4], third.Rows(0, 10).Select(row => row.Line));
        Assert.Equal(twice, third.Row(1)!.Messages);
        Assert.Equal((1, true), (third.Result.Counts.Dropped, third.Result.Counts.AddUp));
    }
}
