using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A run gives up only where it gets no further, and loses nothing where it does.</summary>
public sealed class PatienceTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_provider_that_is_away_six_times_over_one_question_is_waited_for()
    {
        await using var vendor = new FakeVendor();
        var (person, job) = await PersonaAsync(vendor);
        vendor.Refuses(HttpStatusCode.ServiceUnavailable, "Overloaded", "Retry-After: 1\r\n");
        await TrainingWorld.StartAsync(person, job);
        await Until.TrueAsync(() => vendor.Requests.Count >= 6);
        vendor.Answers("Hello");

        var end = await TrainingWorld.EndAsync(person, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
    }

    [Fact]
    public async Task A_provider_that_stays_away_over_an_odd_question_has_not_answered_it()
    {
        await using var vendor = new FakeVendor();
        var (person, job) = await PersonaAsync(vendor);
        vendor.IsAwayFor("Was kannst du", "Hello there", "Retry-After: 0\r\n");
        await TrainingWorld.StartAsync(person, job);
        var failed = await TrainingWorld.EndAsync(person, job);
        Assert.Equal("FAILED", failed["status"]!.GetValue<string>());
        Assert.Contains("Overloaded", failed["error_message"]!.GetValue<string>());
        Assert.Equal(5, failed["current_step"]!.GetValue<int>());

        vendor.Answers("Hello again");
        await TrainingWorld.StartAsync(person, job);
        var end = await TrainingWorld.EndAsync(person, job);

        Assert.True(end["status"]!.GetValue<string>() == "COMPLETED", end.ToJsonString());
        var edges = end["steps"]![5]!["output"]!["edge_cases"]!.AsArray();
        Assert.Equal("Hello again", edges[3]!["response"]!.GetValue<string>());
        Assert.Equal("Hello there", edges[1]!["response"]!.GetValue<string>());
    }

    [Fact]
    public async Task Deaths_of_its_process_and_holds_do_not_count_any_more_once_a_run_has_an_answer_more()
    {
        await using var vendor = new FakeVendor();
        var (person, job) = await PersonaAsync(vendor);
        vendor.Hangs();
        await TrainingWorld.StartAsync(person, job);
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        vendor.AnswersAndHangs("Hello");
        // Four of its processes have died, the last just now; and it was held.
        await world.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                update jobs set epoch = 4, attempts = 4, holds = 1, node = 'dead', heartbeat_at = clock_timestamp() - interval '1 minute'
                where subject = {job}
                """,
                Ct
            )
        );

        await Until.TrueAsync(() => vendor.Requests.Count == 3);

        var work = await world.QueryAsync(db => db.Jobs.AsNoTracking().SingleAsync(j => j.Subject == job, Ct));
        Assert.Equal((JobStatus.Running, 5, 1, 0), (work.Status, work.Epoch, work.Attempts, work.Holds));
        Assert.Equal(0, (await TrainingWorld.JobAsync(person, job))["current_step"]!.GetValue<int>());
        await TrainingWorld.StopAsync(person, job);
    }

    private async Task<(Inhabitant Person, Guid Job)> PersonaAsync(FakeVendor vendor)
    {
        // Of the test's own, so that another test's minion is nobody's judge.
        var person = await world.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]);
        var minion = await person.NewMinionAsync("porter", vendor);
        var job = await TrainingWorld.NewJobAsync(person, minion.Id, [], TrainingWorld.Friendly(repeats: 1));
        return (person, job);
    }
}
