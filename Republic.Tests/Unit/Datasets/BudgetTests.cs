using Republic.Core;
using Republic.Core.Datasets.Refining;
using Republic.Core.Datasets.Versions;
using Republic.Core.Datasets.Versions.Changes;

namespace Republic.Tests.Unit.Datasets;

public sealed class BudgetTests
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public void A_version_that_would_take_more_than_it_may_is_a_failure_and_leaves_nothing()
    {
        using var source = new Source([.. Enumerable.Repeat("{", 50_000)]);
        var input = new RefineryInput(source.Path, source.NewFolder(), Source.KeepAll) { MostBytes = 100_000 };

        var failure = DatasetRefinery.Run(input, null, Ct).Failure!;

        Assert.Equal(FailureKind.QuotaExceeded, failure.Kind);
        Assert.StartsWith("The version would take more than 97.7 kB", failure.Message);
        Assert.Equal(["source"], source.Entries);
    }

    [Fact]
    public void A_version_that_takes_just_what_it_may_is_made()
    {
        using var source = new Source([
            .. Enumerable.Range(0, 3000).Select(i => Source.Pair($"the same question over and over {i % 9}", "b")),
        ]);
        var settings = new RefinerySettings();
        using var free = source.Version(settings);
        var most = free.Result.BytesOnDisk;

        Assert.True(DatasetRefinery.Run(new(source.Path, source.NewFolder(), settings) { MostBytes = most }, null, Ct).Ok);
        Assert.False(DatasetRefinery.Run(new(source.Path, source.NewFolder(), settings) { MostBytes = most - 1 }, null, Ct).Ok);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void More_rows_than_memory_holds_are_a_failure_and_leave_nothing(bool isDry)
    {
        using var source = new Source([.. Enumerable.Range(0, 1200).Select(i => Source.Pair($"question {i}", $"answer {i}"))]);
        var input = new RefineryInput(source.Path, isDry ? null : source.NewFolder(), Source.KeepAll) { MostRows = 1199 };

        var failure = DatasetRefinery.Run(input, null, Ct).Failure!;

        Assert.StartsWith("The file has more than 1,199 good rows", failure.Message);
        Assert.Equal(["source"], source.Entries);
        Assert.True(DatasetRefinery.Run(input with { MostRows = 1200 }, null, Ct).Ok);
    }

    [Fact]
    public void Changes_by_hand_are_held_to_it_too()
    {
        using var source = new Source(Source.Pair("a", "b"), Source.Pair("c", "d"));
        using var before = source.Version();
        var changes = new[] { new RowChange(before.Row(0)!.Hash, null) };
        var folder = source.NewFolder();

        var failure = VersionWriter.Write(before, folder, changes, 10, Ct).Failure!;
        var again = DatasetRefinery.Run(new(source.Path, folder, Source.KeepAll) { MostBytes = 10, Changes = changes }, null, Ct).Failure!;

        Assert.Equal([FailureKind.QuotaExceeded, FailureKind.QuotaExceeded], [failure.Kind, again.Kind]);
        Assert.Equal(["source", "v1"], source.Entries);
    }
}
