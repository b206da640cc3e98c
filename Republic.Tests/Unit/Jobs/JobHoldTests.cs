using Republic.Core.Jobs;

namespace Republic.Tests.Unit.Jobs;

public sealed class JobHoldTests
{
    private static readonly JobOptions Usual = new();

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 30)]
    [InlineData(2, 120)]
    [InlineData(3, 360)]
    [InlineData(100, 360)]
    public void Each_hold_is_longer_than_the_one_before_up_to_six_hours(int holds, int minutes) =>
        Assert.InRange(PauseOf(Guid.CreateVersion7(), holds), minutes * 0.9, minutes);

    [Fact]
    public void Jobs_that_were_held_together_are_begun_again_one_after_the_other_and_a_job_is_held_as_long_each_time_it_is_asked()
    {
        var jobs = Enumerable.Range(0, 20).Select(i => new Guid($"01900000-0000-7000-8000-0000000000{i:x2}")).ToList();

        Assert.Equal(20, jobs.Select(job => PauseOf(job, holds: 0)).Distinct().Count());
        Assert.All(jobs, job => Assert.Equal(PauseOf(job, holds: 0), PauseOf(job, holds: 0)));
    }

    [Theory]
    [InlineData("01900000-0000-7000-8000-000000000000")]
    [InlineData("01900000-0000-7000-8000-0000000000ff")]
    public void With_the_usual_times_a_job_is_given_up_a_day_after_it_was_first_held(string job)
    {
        var held = Enumerable.Range(0, Usual.Holds).Sum(holds => PauseOf(new Guid(job), holds));

        Assert.InRange(held / 60, 23.99, 27);
    }

    [Fact]
    public void What_is_said_names_the_starts_and_the_holds()
    {
        Assert.Equal("It was begun 5 times, and each time its process died or lost the database", JobHold.Why(5));
        Assert.Equal(
            "It was begun 12 times, and each time its process died or lost the database, though it was held 7 times in between. Look at the log.",
            JobHold.GivenUp(12, 7)
        );
        Assert.Equal("It was begun 5 times, and each time its process died or lost the database. Look at the log.", JobHold.GivenUp(5, 0));
    }

    /// <summary>In minutes.</summary>
    private static double PauseOf(Guid id, int holds) =>
        JobHold
            .Pause(
                Usual.HoldFor,
                new Job
                {
                    Id = id,
                    OwnerId = Guid.CreateVersion7(),
                    Kind = "hand",
                    Subject = Guid.CreateVersion7(),
                    Holds = holds,
                    CreatedAt = DateTimeOffset.UnixEpoch,
                }
            )
            .TotalMinutes;
}
