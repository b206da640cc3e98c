using Republic.Core.Training.Grading;
using Republic.Core.Training.Weights;
using Republic.Tests.Unit.Datasets;

namespace Republic.Tests.Unit.Training;

/// <summary>Which of the held-out rows are measured, and that those of one group count once.</summary>
public sealed class MeasuredRowsTests
{
    [Fact]
    public void As_many_groups_as_possible_are_measured_before_any_has_a_second_row()
    {
        // Twelve answers of ten rows each, and forty of one.
        var rows = Enumerable.Range(0, 160).Select(i => Row(i, i < 120 ? i % 12 : i));
        using var source = new Source([.. rows]);
        using var version = source.Version(Source.KeepAll with { ValidationShare = 0.5 });
        var heldOut = RowFiles.Rows(version).Where(row => row.IsValidation).ToList();
        var groups = heldOut.Select(row => row.Group).Distinct().Count();

        foreach (var most in new[] { 5, groups, groups + 7, 1000 })
        {
            var measured = RowFiles.Measured(version, most);

            Assert.Equal(Math.Min(most, heldOut.Count), measured.Count);
            Assert.Equal(Math.Min(most, groups), measured.Select(row => row.Group).Distinct().Count());
            Assert.All(measured, row => Assert.True(row.IsValidation));
            Assert.Equal(measured.OrderBy(row => row.Position), measured);
        }
    }

    [Fact]
    public void A_graded_pair_of_a_held_out_row_keeps_its_group()
    {
        var judged = new Judgement(new Grade(5, 5, 5, 5), new Grade(6, 6, 6, 6));
        var graded = new GradedPair("held/1", 0, "a", "b", "c", judged, judged) { Group = 7 };

        Assert.Equal([7, null], Pairing.Of([graded, graded with { Prompt = "question/1", Group = null }]).Select(pair => pair.Group));
    }

    private static string Row(int i, int answer) => Source.Pair($"q{i} r{i} s{i}", $"a{answer} b{answer} c{answer} d{answer} e{answer}");
}
