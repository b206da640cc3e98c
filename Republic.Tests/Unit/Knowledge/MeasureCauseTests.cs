using Republic.Core.Knowledge.Measuring;

namespace Republic.Tests.Unit.Knowledge;

public sealed class MeasureCauseTests
{
    private static readonly Guid One = Guid.CreateVersion7();
    private static readonly Guid Other = Guid.CreateVersion7();

    [Fact]
    public void Changes_of_one_kind_are_counted_and_others_named_beside_them()
    {
        Assert.Equal("A question was added", MeasureCause.Reason([MeasureCause.Added(One)]));
        Assert.Equal(
            "2 questions were added. The settings were changed",
            MeasureCause.Reason([MeasureCause.Added(One), MeasureCause.Settings(One), MeasureCause.Added(Other)])
        );
        Assert.Equal("A question was changed", MeasureCause.Reason([MeasureCause.Changed(One), MeasureCause.Changed(One)]));
        Assert.Equal(
            "Vectors were given up: found by words alone",
            MeasureCause.Reason([MeasureCause.Model(null, One), MeasureCause.Model(null, One)])
        );
    }

    [Fact]
    public void Questions_are_counted_by_what_is_there_and_not_by_what_was_told()
    {
        var (first, second) = (new HashSet<Guid> { One }, new HashSet<Guid> { One, Other });
        var told = new[] { MeasureCause.Added(One) };

        Assert.Equal("2 questions were added", MeasureCause.Reason(MeasureCause.Counted(told, new HashSet<Guid>(), second)));
        Assert.Empty(MeasureCause.Counted(told, second, second));
        Assert.Equal(
            "A question was taken away. The settings were changed",
            MeasureCause.Reason(MeasureCause.Counted([.. told, MeasureCause.Settings(One)], second, first))
        );
        Assert.Equal([MeasureCause.Changed(One)], MeasureCause.Counted([MeasureCause.Changed(One)], first, second));
    }

    [Fact]
    public void A_reason_is_never_longer_than_is_kept()
    {
        var causes = Enumerable
            .Range(0, 40)
            .Select(i => MeasureCause.Drafted($"Minion number {i}", 1, Guid.CreateVersion7()) with { Many = $"{i}" });

        Assert.Equal(300, MeasureCause.Reason(causes).Length);
    }
}
