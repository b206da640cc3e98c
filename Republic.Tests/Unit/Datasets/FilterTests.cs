using Republic.Core.Datasets.Refining;

namespace Republic.Tests.Unit.Datasets;

public sealed class FilterTests
{
    [Fact]
    public void Short_and_long_rows_are_left_out_by_the_characters_of_prompt_and_answer()
    {
        using var source = new Source(
            Source.Pair("12345", "6789"),
            Source.Pair("12345", "67890"),
            Source.Pair("ÄÖÜ𝄞ß", "ÄÖÜ𝄞ß"),
            Source.Pair("12345", "678901234567890"),
            Source.Pair("12345", "6789012345678901"),
            """{"system":"a long text that does not count","prompt":"123","completion":"456"}"""
        );
        using var version = source.Version(Source.KeepAll with { MinTextLength = 10, MaxTextLength = 20 });

        var counts = version.Result.Counts;

        Assert.Equal((3, 2, 1), (counts.Samples, counts.TooShort, counts.TooLong));
        Assert.Equal([10, 10, 20], version.Rows(0, 10).Select(row => row.Characters));
        Assert.Equal(["too_short", "too_long", "too_short"], version.Rejected(0, 10).Rows.Select(row => row.Kind));
        Assert.Equal("it has 9 characters, fewer than 10", version.Rejected(0, 10).Rows[0].Reason);
    }

    [Theory]
    // 6 of 6 words differ; 30 plain of 32 characters; 4 of 8 answer words; it ends well.
    [InlineData("How are", "you today, my dear.", 0.4 + 0.3 + 0.1 + 0.1)]
    // 2 of 8 words differ.
    [InlineData("no no no no", "yes yes yes yes", (0.4 * 0.5) + 0.3 + 0.1)]
    // No letter or digit but one.
    [InlineData("####", "###a", 0.4 + (0.3 * (1 / 8.0 / 0.8)) + (0.2 / 8))]
    public void Quality_is_what_its_formula_says(string prompt, string answer, double expected)
    {
        using var source = new Source(Source.Pair(prompt, answer));
        using var version = source.Version();

        Assert.Equal(expected, version.Row(0)!.Quality, 0.001);
    }

    [Theory]
    [InlineData(".!?:)]}>=+~€`_…。”😀", 0.1)]
    [InlineData(",;-([{aé7文", 0)]
    public void An_answer_ends_well_with_what_the_formula_names(string endings, double more)
    {
        using var source = new Source([.. endings.EnumerateRunes().Select(end => Source.Pair("one two three", "four five six" + end))]);
        using var without = new Source(Source.Pair("one two three", "four five six"));
        using var version = source.Version();
        using var plain = without.Version();

        Assert.All(
            version.Rows(0, 100),
            row => Assert.True((row.Quality - plain.Row(0)!.Quality > 0.05) == (more > 0), row.Messages[1].Content)
        );
    }

    [Fact]
    public void Rows_below_the_least_quality_are_left_out_and_say_so()
    {
        using var source = new Source(
            Source.Pair("no no no no no no", "no no no no"),
            Source.Pair("How do I boil an egg?", "Seven minutes in boiling water is what you want.")
        );
        using var version = source.Version(Source.KeepAll with { MinQuality = 0.6 });

        Assert.Equal((1, 1), (version.Count, version.Result.Counts.LowQuality));
        Assert.Equal("low_quality", version.Rejected(0, 1).Rows[0].Kind);
    }

    [Theory]
    [InlineData(100, 0.1, 10)]
    [InlineData(3, 0.1, 1)]
    [InlineData(1, 0.5, 0)]
    [InlineData(40, 0, 0)]
    public void As_many_rows_are_held_out_as_the_share_says(int rows, double share, int expected)
    {
        using var source = new Source([.. Enumerable.Range(0, rows).Select(i => Source.Pair($"question {i}", $"answer {i}"))]);
        using var version = source.Version(Source.KeepAll with { ValidationShare = share });

        Assert.Equal(expected, version.Result.Statistics.Validation);
        Assert.Equal(rows - expected, version.Result.Statistics.Training);
        Assert.Equal(expected, version.Rows(0, 1000).Count(row => row.IsValidation));
    }

    [Fact]
    public void A_row_stays_on_its_side_when_others_come_and_another_seed_chooses_others()
    {
        var lines = Enumerable.Range(0, 200).Select(i => Source.Pair($"question {i}", "answer")).ToArray();
        var settings = Source.KeepAll with { ValidationShare = 0.2 };
        HashSet<string> HeldOut(IEnumerable<string> rows, RefinerySettings chosen)
        {
            using var source = new Source([.. rows]);
            using var version = source.Version(chosen);
            return [.. version.Rows(0, 1000).Where(row => row.IsValidation).Select(row => row.Hash)];
        }

        var all = HeldOut(lines, settings);

        Assert.Equal(all, HeldOut(lines.Reverse(), settings));
        Assert.True(all.Intersect(HeldOut(lines.Take(180), settings)).Count() >= 30);
        Assert.True(all.Intersect(HeldOut(lines, settings with { Seed = 2 })).Count() < 25);
    }

    [Fact]
    public void Statistics_are_of_the_samples()
    {
        using var source = new Source(
            Source.Pair(new string('a', 20), "b"),
            Source.Pair(new string('c', 200), "d"),
            "bad",
            Source.Pair("e", "f")
        );

        var statistics = source.Counted(Source.KeepAll with { MinTextLength = 10 }).Statistics;

        Assert.Equal((222, 21, 201), (statistics.Characters, statistics.ShortestCharacters, statistics.LongestCharacters));
        Assert.Equal((111, 2, 56), (statistics.MeanCharacters, statistics.MeanTurns, statistics.AboutTokens));
        // 6 and 51 tokens.
        Assert.Equal(
            [(0, 8, 1), (8, 16, 0), (16, 32, 0), (32, 64, 1)],
            statistics.Tokens.Select(bin => ((int)bin.From, (int)bin.To, bin.Count))
        );
        Assert.Equal(2, statistics.Quality.Sum(bin => bin.Count));
    }
}
