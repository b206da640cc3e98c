using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A run that is deleted while others delete or start it.</summary>
public sealed class RunDeletionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_two_deletions_at_the_same_moment_the_second_finds_nothing()
    {
        await using var vendor = new FakeVendor();
        var (person, run) = await RunAsync("Twice", vendor);
        Task<HttpResponseMessage>[] deletions;
        await using (var turn = await TurnAsync(person))
        {
            deletions = [.. Enumerable.Range(0, 2).Select(_ => DeleteAsync(person, run))];
            await turn.WaitedForAsync(2, "pg_advisory_xact_lock");
        }

        var answers = await Task.WhenAll(deletions);

        Assert.Equal([204, 404], answers.Select(answer => (int)answer.StatusCode).Order());
    }

    [Fact]
    public async Task What_was_started_while_the_deletion_waited_is_ended_too()
    {
        await using var vendor = new FakeVendor();
        vendor.Hangs();
        var (person, run) = await RunAsync("Starter", vendor);
        Task<HttpResponseMessage> start;
        Task<HttpResponseMessage> deletion;
        await using (var turn = await TurnAsync(person))
        {
            start = person.Api.SendAsync(HttpMethod.Post, TrainingWorld.PathOf(person, $"/{run}/start"));
            await turn.WaitedForAsync(1, "pg_advisory_xact_lock");
            deletion = DeleteAsync(person, run);
            await turn.WaitedForAsync(2, "pg_advisory_xact_lock");
        }

        // It may be gone by the time that it is shown.
        Assert.Contains((int)(await start).StatusCode, new[] { 202, 404 });
        Assert.Equal(204, (int)(await deletion).StatusCode);
        var work = await republic.QueryAsync(db => db.Jobs.AsNoTracking().SingleAsync(job => job.Subject == run, Ct));
        Assert.Equal(JobStatus.Cancelled, work.Status);
    }

    private async Task<(Inhabitant Person, Guid Run)> RunAsync(string name, FakeVendor vendor)
    {
        var person = await republic.NewPersonAsync(name);
        var minion = await person.NewMinionAsync("learner", vendor);
        var dataset = await TrainingWorld.NewDatasetAsync(person, 12);
        await DatasetWorld.EndOfAsync(person, $"{dataset}");
        return (person, await TrainingWorld.NewJobAsync(person, minion.Id, [dataset], TrainingWorld.Friendly(repeats: 1)));
    }

    private Task<HeldTurn> TurnAsync(Inhabitant person) =>
        HeldTurn.TakeAsync(republic, db => AdvisoryLocks.TakeAsync(db, person.Id, AdvisoryLocks.TrainingControl, Ct));

    private static Task<HttpResponseMessage> DeleteAsync(Inhabitant person, Guid run) =>
        person.Api.SendAsync(HttpMethod.Delete, TrainingWorld.PathOf(person, $"/{run}"));
}
