using Republic.Core.Training.Runs;

namespace Republic.Tests.Unit.Training;

/// <summary>The time left of recorded runs, and of runs where it cannot be known.</summary>
public sealed class RunForecastTests
{
    private const double Within = 1.5;
    private readonly SetClock clock = new();

    /// <summary>
    /// Runs on the built-in model with the usual settings, over so many rows. Those of 60 and of 120 had answered clearly after 192 of 417
    /// questions, which could not be known of the second before it had.
    /// </summary>
    [Theory]
    [InlineData(10, 0.95)]
    [InlineData(25, 0.95)]
    [InlineData(60, 0.95)]
    [InlineData(120, 0.9)]
    [InlineData(200, 0.95)]
    public void After_the_first_tenth_the_time_left_is_within_a_factor_of_what_came(int rows, double share)
    {
        var run = RecordedRun.Read(rows);
        var off = run.Replay().Where(now => now.At > run.Seconds / 10 && run.Seconds - now.At > 1).ToList();
        var near = off.Count(now => now.Left is { } left && left / (run.Seconds - now.At) is >= 1 / Within and <= Within);

        Assert.True(near >= share * off.Count, $"{near} of {off.Count}");
        Assert.All(off, now => Assert.NotNull(now.Left));
    }

    /// <summary>Half a minute after another program began to use a core, or ended, in runs that asked all questions.</summary>
    [Theory]
    [InlineData(10, 0.2, 2)]
    [InlineData(25, 0.2, 2)]
    [InlineData(200, 0.2, 2)]
    [InlineData(10, 0.2, 0.5)]
    [InlineData(25, 0.2, 0.5)]
    [InlineData(200, 0.2, 0.5)]
    public void A_change_of_pace_is_followed_within_half_a_minute(int rows, double from, double times)
    {
        var run = RecordedRun.Read(rows).Slowed(from, times);
        var turn = RecordedRun.Read(rows).Seconds * from;
        var off = run.Replay().Where(now => now.At > turn + 30 && run.Seconds - now.At > 1).ToList();
        var near = off.Count(now => now.Left is { } left && left / (run.Seconds - now.At) is >= 1 / Within and <= Within);

        Assert.True(near >= 0.95 * off.Count, $"{near} of {off.Count}");
    }

    [Theory]
    [InlineData(10)]
    [InlineData(25)]
    [InlineData(60)]
    [InlineData(120)]
    [InlineData(200)]
    public void What_comes_after_the_weights_counts_in_the_progress(int rows)
    {
        var run = RecordedRun.Read(rows);
        var all = run.Replay().ToList();

        Assert.All(all.Zip(all.Skip(1)), pair => Assert.True(pair.Second.Progress >= pair.First.Progress));
        var trained = all.Last(now => now.Call.StartsWith($"done {WorkKind.Training} ", StringComparison.Ordinal));
        Assert.InRange(trained.Progress, (trained.At / run.Seconds) - 0.2, (trained.At / run.Seconds) + 0.2);
    }

    [Fact]
    public void Nothing_is_known_before_anything_was_measured_or_while_a_step_to_come_is_not()
    {
        var forecast = New(isBuiltIn: true);
        forecast.Begin(Work((WorkKind.Answers, 4)), Work((WorkKind.Training, 100)));
        Assert.Null(forecast.Left);

        forecast.Begin(Work((WorkKind.Answers, 4)), after: null);
        Did(forecast, WorkKind.Answers, seconds: 5, pieces: 3);
        Assert.Null(forecast.Left);

        forecast.Begin(Work((WorkKind.Answers, 4)), Work((WorkKind.Answers, 4)));
        Did(forecast, WorkKind.Answers, seconds: 5, pieces: 1);
        Did(forecast, WorkKind.Answers, seconds: 5, pieces: 2);
        Assert.NotNull(forecast.Left);
    }

    [Fact]
    public void Of_another_model_the_steps_are_known_once_some_were_done_and_grades_once_some_were_given()
    {
        var forecast = New(isBuiltIn: false);
        forecast.Begin(Work((WorkKind.Training, 100)), Work((WorkKind.Retention, 100), (WorkKind.Grades, 10)));
        forecast.DidOf(WorkKind.Training, 0, 100);
        Did(forecast, WorkKind.Training, seconds: 20, pieces: 10);
        Assert.Null(forecast.Left);

        forecast.Begin(Work((WorkKind.Retention, 100), (WorkKind.Grades, 10)), Work());
        Did(forecast, WorkKind.Grades, seconds: 2, pieces: 1);
        Assert.Null(forecast.Left);
        Did(forecast, WorkKind.Grades, seconds: 4, pieces: 2);
        Assert.NotNull(forecast.Left);
    }

    [Fact]
    public void Calls_are_reckoned_at_their_own_pace_and_those_of_the_judge_at_the_judges()
    {
        var forecast = New(isBuiltIn: false);
        forecast.Begin(Work((WorkKind.Answers, 4), (WorkKind.Grades, 6)), Work((WorkKind.Answers, 2)));
        // The first of a kind waits for what has to get ready.
        Did(forecast, WorkKind.Answers, seconds: 60, pieces: 1);
        Did(forecast, WorkKind.Answers, seconds: 4, pieces: 2);
        Did(forecast, WorkKind.Grades, seconds: 1, pieces: 1);
        Did(forecast, WorkKind.Grades, seconds: 20, pieces: 2);

        Assert.Equal((3 * 2) + (3 * 10), forecast.Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void What_an_earlier_start_did_takes_no_time_and_sets_no_pace()
    {
        var forecast = New(isBuiltIn: false);
        forecast.Begin(Work((WorkKind.Answers, 10)), Work());
        forecast.Did(WorkKind.Answers, 5, isNew: false);
        Did(forecast, WorkKind.Answers, seconds: 3, pieces: 1);
        Did(forecast, WorkKind.Answers, seconds: 4, pieces: 2);

        Assert.Equal(4, forecast.Left!.Value.TotalSeconds, 6);
    }

    [Fact]
    public void Training_moves_the_bar_before_a_judge_has_given_a_grade_and_it_is_full_only_at_the_end()
    {
        var forecast = New(isBuiltIn: false);
        forecast.Begin(Work((WorkKind.Training, 100)), Work((WorkKind.Grades, 10)));
        forecast.DidOf(WorkKind.Training, 0, 100);
        List<double> shown = [];
        for (var step = 1; step <= 100; step++)
        {
            clock.Now += TimeSpan.FromSeconds(2);
            forecast.DidOf(WorkKind.Training, step, 100);
            shown.Add(forecast.Progress);
        }

        Assert.Null(forecast.Left);
        Assert.All(shown.Zip(shown.Skip(1)), pair => Assert.True(pair.Second > pair.First, $"{pair.First} {pair.Second}"));
        Assert.InRange(shown[49], 0.3, 0.6);

        forecast.Begin(Work((WorkKind.Grades, 10)), Work());
        Did(forecast, WorkKind.Grades, seconds: 1, pieces: 1);
        Did(forecast, WorkKind.Grades, seconds: 9, pieces: 9);
        Assert.InRange(forecast.Progress, shown[^1], 0.99);
    }

    [Fact]
    public void Questions_move_the_bar_before_it_is_known_what_comes_after_them()
    {
        var forecast = New(isBuiltIn: true);
        forecast.Begin(Work((WorkKind.Answers, 12)), after: null);
        List<double> shown = [];
        for (var answer = 1; answer <= 12; answer++)
        {
            Did(forecast, WorkKind.Answers, seconds: 1, pieces: 1);
            shown.Add(forecast.Progress);
        }

        Assert.All(shown.Zip(shown.Skip(1)), pair => Assert.True(pair.Second > pair.First, $"{pair.First} {pair.Second}"));
        Assert.InRange(shown[^1], 0.01, 0.05);
    }

    [Fact]
    public void Grades_of_a_judge_that_is_not_asked_after_all_are_not_waited_for()
    {
        var forecast = New(isBuiltIn: false);
        forecast.Begin(Work((WorkKind.Answers, 4), (WorkKind.Grades, 40)), Work());
        Did(forecast, WorkKind.Answers, seconds: 1, pieces: 1);
        Did(forecast, WorkKind.Answers, seconds: 2, pieces: 1);
        Assert.Null(forecast.Left);

        forecast.Drop(WorkKind.Grades, 40);

        Assert.Equal(4, forecast.Left!.Value.TotalSeconds, 6);
        Assert.Equal(3.0 / 7, forecast.Progress, 6);
    }

    [Fact]
    public void A_run_that_is_continued_knows_the_pace_of_what_an_earlier_start_trained()
    {
        var forecast = new RunForecast(isBuiltIn: false, TimeSpan.FromSeconds(300), clock);
        forecast.Recall(WorkKind.Training, pieces: 100, seconds: 300);
        forecast.Begin(Work((WorkKind.Losses, 20), (WorkKind.Retention, 1000)), Work());

        Assert.NotNull(forecast.Left);
        Assert.InRange(forecast.Progress, 0.5, 0.9);
    }

    private RunForecast New(bool isBuiltIn) => new(isBuiltIn, TimeSpan.Zero, clock);

    private void Did(RunForecast forecast, WorkKind kind, double seconds, int pieces)
    {
        clock.Now += TimeSpan.FromSeconds(seconds);
        forecast.Did(kind, pieces, isNew: true);
    }

    private static Dictionary<WorkKind, int> Work(params (WorkKind Kind, int Pieces)[] work) =>
        work.ToDictionary(one => one.Kind, one => one.Pieces);
}
