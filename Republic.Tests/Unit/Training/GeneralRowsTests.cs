using Republic.Core.Lora;
using Republic.Core.Training.Gate;

namespace Republic.Tests.Unit.Training;

public sealed class GeneralRowsTests : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("republic-test-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task They_are_sixty_different_questions_that_can_be_read_as_rows_and_replace_what_was_there()
    {
        var path = Path.Combine(folder.FullName, "general.jsonl");
        await File.WriteAllTextAsync(path, new string('x', 100_000), TestContext.Current.CancellationToken);

        await GeneralRows.WriteAsync(path, TestContext.Current.CancellationToken);

        var problems = new List<RowProblem>();
        using var reader = ChatRowReader.Open(path);
        var rows = ChatRowReader.Read(reader, problems);
        Assert.Empty(problems);
        Assert.Equal(GeneralRows.Count, rows.Count);
        Assert.Equal(GeneralRows.Count, rows.Select(row => row.Lines[^2].Content).Distinct().Count());
        Assert.Equal(GeneralRows.Count, rows.Select(row => row.Lines[^1].Content).Distinct().Count());
    }

    [Fact]
    public void Rows_that_were_measured_both_times_count_each_the_same()
    {
        var guard = ForgettingGuard.Of([2, null, 4, 9], [3, 5, 4, null]);

        Assert.Equal((3, 3.5), (guard.Before, guard.After));
        Assert.Equal(1.0 / 6, guard.Rise, 1e-12);
        Assert.True(guard.Forgets);
        Assert.False(ForgettingGuard.Of([2.0, 4.0], [2.2, 4.3]).Forgets);
    }

    [Fact]
    public void What_is_no_number_or_could_not_be_measured_has_not_passed()
    {
        Assert.True(ForgettingGuard.Of([2.0, 2.0], [1.0, double.NaN]).Forgets);
        Assert.True(ForgettingGuard.Of([null], [1.0]).Forgets);
        Assert.Throws<ArgumentException>(() => ForgettingGuard.Of([1.0], []));
    }
}
