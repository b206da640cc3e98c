using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Refining.Duplicates;

namespace Republic.Tests.Unit.Datasets;

public sealed class DuplicateTests
{
    private static readonly string[] Words = [.. Enumerable.Range(0, 60).Select(i => $"word{i}")];

    /// <summary>With an answer of one word it has 59 shingles. Each changed word takes three of them away and brings three others.</summary>
    private static string Changed(int count) =>
        string.Join(' ', Words.Select((word, i) => i % 10 == 5 && i < count * 10 ? $"other{i}" : word));

    [Fact]
    public void A_row_that_says_nearly_the_same_is_a_repeat_of_the_first()
    {
        using var source = new Source(
            Source.Pair(Changed(0), "yes"),
            Source.Pair("something else altogether", "that nobody has said"),
            Source.Pair(Changed(1), "yes"),
            Source.Pair(Changed(0), "yes")
        );
        using var version = source.Version(Source.KeepAll with { NearDuplicateThreshold = 0.7 });

        var cluster = Assert.Single(version.Clusters(0, 10).Clusters);

        Assert.Equal((2, 1, 1), (version.Count, version.Result.Counts.NearDuplicates, version.Result.Counts.ExactDuplicates));
        Assert.Equal((0, 2, 2), (cluster.Kept.Position, cluster.Count, cluster.Kept.Repeats));
        Assert.Equal([(3, false), (4, true)], cluster.Repeats.Select(repeat => (repeat.Line, repeat.IsExact)));
        Assert.Equal(Math.Round(56 / 62.0, 3), cluster.Repeats[0].Similarity);
        Assert.Equal(Changed(1), cluster.Repeats[0].Messages[0].Content);
        Assert.Equal(Changed(0), cluster.Repeats[1].Messages[0].Content);
    }

    [Theory]
    [InlineData(0.66, 1)]
    [InlineData(0.67, 0)]
    public void The_threshold_is_the_exact_similarity(double threshold, int repeats)
    {
        // Four changed words: 47 common shingles of 71, or 0.662.
        using var source = new Source(Source.Pair(Changed(0), "yes"), Source.Pair(Changed(4), "yes"));

        Assert.Equal(repeats, source.Counted(Source.KeepAll with { NearDuplicateThreshold = threshold }).Counts.NearDuplicates);
    }

    [Theory]
    [InlineData("What is 3 + 4, please, and quickly?", "What is 3 + 5, please, and quickly?", 0)]
    [InlineData("What is 3 + 4, please, and quickly?", "What is 3 - 4, please, and quickly?", 0)]
    [InlineData("What is 3 + 4, please, and quickly?", "what IS 3 + 4 please and “quickly”", 1)]
    [InlineData("ÄPFEL sind Obst und gesund", "äpfel sind obst und gesund", 1)]
    [InlineData("今日は天気がいいですね、散歩に行きましょう", "今日は天気がいいですね、散歩に行きましょうか", 1)]
    [InlineData("今日は天気がいいですね", "彼女は本を読んでいます", 0)]
    public void Digits_and_signs_differ_while_case_and_punctuation_do_not(string one, string other, int repeats)
    {
        using var source = new Source(Source.Pair(one, "ok"), Source.Pair(other, "ok"));

        Assert.Equal(repeats, source.Counted(Source.KeepAll with { NearDuplicateThreshold = 0.7 }).Counts.NearDuplicates);
    }

    [Fact]
    public void A_row_is_compared_with_rows_that_were_kept_alone()
    {
        // Each is like the one before it, and less and less like the first.
        using var source = new Source([.. Enumerable.Range(0, 7).Select(i => Source.Pair(Changed(i), "yes"))]);
        using var version = source.Version(Source.KeepAll with { NearDuplicateThreshold = 0.8 });

        // To the first of its kind: 1 changed 0.90, 2 changed 0.82, 3 changed 0.74.
        Assert.Equal([(1, 2), (4, 2), (7, 0)], version.Rows(0, 10).Select(row => (row.Line, row.Repeats)));
    }

    [Fact]
    public void An_exact_copy_of_a_near_repeat_stands_in_the_same_cluster()
    {
        using var source = new Source(Source.Pair(Changed(0), "yes"), Source.Pair(Changed(1), "yes"), Source.Pair(Changed(1), "yes"));
        using var version = source.Version(Source.KeepAll with { NearDuplicateThreshold = 0.7 });

        var repeats = version.RepeatsOf(0, 10);

        Assert.Equal([2, 3], repeats.Select(repeat => repeat.Line));
        Assert.Equal(repeats[0].Messages, repeats[1].Messages);
        Assert.Equal((1, 1), (version.Result.Counts.NearDuplicates, version.Result.Counts.ExactDuplicates));
    }

    [Fact]
    public void Thousands_of_rows_of_one_pattern_are_one_cluster()
    {
        using var source = new Source([.. Enumerable.Range(0, 5000).Select(i => Source.Pair(Changed(0), $"answer {i}"))]);
        using var version = source.Version(new RefinerySettings());

        Assert.Equal((1, 4999), (version.Count, version.Result.Counts.NearDuplicates));
        Assert.Equal(4999, Assert.Single(version.Clusters(0, 10, repeats: 5).Clusters).Count);
    }

    [Fact]
    public void Planted_pairs_are_found_among_many_rows()
    {
        var state = 7u;
        string Word() => $"w{(state = (state * 1664525) + 1013904223) >> 20}";
        var rows = Enumerable.Range(0, 4000).Select(_ => Enumerable.Range(0, 50).Select(_ => Word()).ToArray()).ToList();
        var copies = rows.Take(1000).Select(row => row.Select((word, i) => i is 10 or 30 ? Word() : word).ToArray());
        using var source = new Source([.. rows.Concat(copies).Select(row => Source.Pair(string.Join(' ', row), "yes"))]);

        // 43 common shingles of 55: 0.78.
        Assert.InRange(source.Counted(new RefinerySettings()).Counts.NearDuplicates, 990, 1000);
    }

    [Fact]
    public void The_same_rows_on_any_number_of_threads_make_the_same_version()
    {
        using var source = new Source([
            .. Enumerable.Range(0, 9000).Select(i => Source.Pair($"{Changed(i % 5)} {i % 900}", new string('x', i % 300))),
        ]);

        var digests = new[] { 1, 2, 5 }.Select(threads =>
            DatasetRefinery
                .Run(
                    new RefineryInput(source.Path, source.NewFolder(), new RefinerySettings()) { Threads = threads },
                    null,
                    TestContext.Current.CancellationToken
                )
                .Value!.Sha256
        );

        Assert.Single(digests.Distinct());
    }
}
