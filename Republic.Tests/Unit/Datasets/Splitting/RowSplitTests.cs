using Republic.Core;
using Republic.Core.Datasets.Splitting;

namespace Republic.Tests.Unit.Datasets.Splitting;

/// <summary>Which clusters are held out, in a version as anywhere.</summary>
public sealed class RowSplitTests
{
    [Fact]
    public void Each_answer_twice_with_its_question_rephrased_is_never_on_both_sides()
    {
        var rows = Enumerable.Range(0, 120).Select(i => Row(i, answer: i / 2)).ToArray();
        for (var seed = 1; seed <= 20; seed++)
        {
            using var source = new Source(rows);
            using var version = source.Version(Source.KeepAll with { ValidationShare = null, Seed = seed });
            var sides = version.Rows(0, 1000).ToLookup(row => row.Messages[^1].Content, row => row.IsValidation);

            Assert.Equal(60, sides.Count);
            Assert.All(sides, answer => Assert.Single(answer.Distinct()));
            var statistics = version.Result.Statistics;
            Assert.Equal(
                (60, 12, 60, 24),
                (statistics.Groups, statistics.HeldOutGroups, statistics.DifferentAnswers, statistics.Validation)
            );
        }
    }

    [Fact]
    public void Six_templates_of_ten_rows_hold_two_out_and_say_what_to_add()
    {
        using var source = new Source([.. Enumerable.Range(0, 60).Select(i => Row(i, answer: i % 6))]);
        using var version = source.Version(Source.KeepAll with { ValidationShare = null });
        var statistics = version.Result.Statistics;

        Assert.Equal(
            (6, 2, 6, 20, 40),
            (statistics.Groups, statistics.HeldOutGroups, statistics.DifferentAnswers, statistics.Validation, statistics.Training)
        );
        Assert.Equal(
            "The answers of the 60 rows fall into 6 groups of nearly equal ones, so 2 groups of rows could be held out; 12 are needed to tell better from chance: add rows with about 42 answers that differ from these.",
            statistics.Advice
        );
        Assert.Null(HeldOutShare.Advice(60, 60, 60, 12));
        Assert.EndsWith("hold a larger share out.", HeldOutShare.Advice(100, 100, 100, 5), StringComparison.Ordinal);
    }

    [Fact]
    public void Whatever_the_rows_no_group_is_on_both_sides_and_enough_stay_to_learn_from()
    {
        var random = new SeededRandom(3);
        for (var round = 0; round < 200; round++)
        {
            var rows = 1 + random.Next(80);
            var kinds = 1 + random.Next(rows);
            var clusters = Clusters([.. Enumerable.Range(0, rows).Select(_ => random.Next(kinds))]);
            double? share = random.Next(3) == 0 ? null : random.Next(51) / 100.0;
            var split = new RowSplit(clusters, row => (ulong)row, share, round);

            var heldOut = Enumerable.Range(0, rows).Where(split.IsHeldOut).ToList();
            Assert.Empty(heldOut.Select(split.GroupOf).Intersect(Enumerable.Range(0, rows).Except(heldOut).Select(split.GroupOf)));
            Assert.Equal(heldOut.Select(split.GroupOf).Distinct().Count(), split.HeldOutGroups);
            Assert.True(heldOut.Count <= rows / 2);
            Assert.True(rows - heldOut.Count >= Math.Min(rows, RowSplit.FewestLearned) || heldOut.Count <= 1);
            Assert.True(share != 0 || heldOut.Count == 0);
            Assert.True(split.HeldOutGroups <= Math.Max(1, Math.Round(clusters.Count * (share ?? HeldOutShare.For(clusters.Count)))));
        }
    }

    [Theory]
    [InlineData(12, 3)]
    [InlineData(48, 12)]
    [InlineData(60, 12)]
    [InlineData(120, 12)]
    [InlineData(400, 40)]
    public void Twelve_groups_are_aimed_for_with_up_to_a_quarter_and_then_a_tenth(int groups, int heldOut)
    {
        var split = new RowSplit(Clusters([.. Enumerable.Range(0, groups * 2).Select(row => row / 2)]), row => (ulong)row, null, 1);

        Assert.Equal(heldOut, split.HeldOutGroups);
    }

    [Fact]
    public void A_cluster_stays_on_its_side_when_others_come_and_when_it_grows()
    {
        var before = new RowSplit(Clusters([.. Enumerable.Range(0, 400).Select(row => row / 2)]), Number, 0.2, 1);
        var more = new RowSplit(Clusters([.. Enumerable.Range(0, 440).Select(row => row / 2)]), Number, 0.2, 1);
        var grown = new RowSplit(
            Clusters([.. Enumerable.Range(0, 400).Select(row => row / 2), .. Enumerable.Range(0, 200)]),
            Number,
            0.2,
            1
        );
        var reseeded = new RowSplit(Clusters([.. Enumerable.Range(0, 400).Select(row => row / 2)]), Number, 0.2, 2);

        int Same(RowSplit after) => Enumerable.Range(0, 400).Count(row => before.IsHeldOut(row) && after.IsHeldOut(row));
        Assert.Equal(80, Same(before));
        Assert.True(Same(more) >= 70, $"{Same(more)}");
        Assert.True(Same(grown) >= 40, $"{Same(grown)}");
        Assert.True(Same(reseeded) <= 32, $"{Same(reseeded)}");
    }

    [Fact]
    public void Large_clusters_are_held_out_no_more_often_than_small_ones()
    {
        var (large, all) = (0, 0);
        for (var seed = 0; seed < 300; seed++)
        {
            // Two rows in each of 20, and one in each of 20.
            var split = new RowSplit(
                Clusters([.. Enumerable.Range(0, 40).Select(row => row / 2), .. Enumerable.Range(20, 20)]),
                Number,
                0.25,
                seed
            );
            large += Enumerable.Range(0, 20).Count(cluster => split.IsHeldOut(cluster * 2));
            all += split.HeldOutGroups;
        }

        Assert.InRange((double)large / all, 0.45, 0.55);
    }

    private static RowClusters Clusters(int[] of)
    {
        var numbers = of.Distinct().Select((kind, i) => (kind, i)).ToDictionary(pair => pair.kind, pair => pair.i);
        return new RowClusters([.. of.Select(kind => numbers[kind])], numbers.Count, numbers.Count);
    }

    private static ulong Number(int row) => new SeededRandom((ulong)row + 77).NextUInt64();

    private static string Row(int i, int answer) => Source.Pair(RowClustersTests.Words(i, 5), RowClustersTests.Words(9000 + answer, 10));
}
