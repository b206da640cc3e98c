using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Data;
using Republic.Core.Jobs;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Installing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.PersonalModels;

/// <summary>Whatever becomes of the work on a model, and however often somebody presses: it can be gone on with, and one job does so.</summary>
public sealed class InstallControlTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const int Part = 3_000_000;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(JobStatus.Failed, "It was begun 5 times, and each time its process died.")]
    [InlineData(JobStatus.Cancelled, null)]
    public async Task A_model_whose_job_died_is_failed_says_so_and_goes_on_where_it_was(JobStatus end, string? why)
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        var person = await republic.NewPersonAsync($"Left-{end}");
        var id = await StalledAsync(person, source);

        // The row stays in the state it was in: nobody was left to change it.
        Assert.Equal(1, await EndJobsAsync(id, end, why));

        var failed = await OwnModels.ModelAsync(person, id);
        Assert.Equal(("failed", "downloading"), (OwnModels.State(failed), failed["stopped_at"]!.GetValue<string>()));
        Assert.NotEmpty(OwnModels.Error(failed));
        Assert.Contains(why ?? "", OwnModels.Error(failed), StringComparison.Ordinal);
        Assert.Equal("failed", OwnModels.State(await person.Api.GetAsync(OwnModels.PathOf(id, "status"))));
        await person.Api.ProblemAsync(409, HttpMethod.Post, OwnModels.PathOf(id, "test"));
        var before = source.Sent;
        await person.Api.PostAsync(OwnModels.PathOf(id, "resume"));

        var ready = await OwnModels.UntilAsync(person, id, "ready");
        Assert.Equal(OwnModels.Digest(GgufMutations.Sprout), ready["sha256"]!.GetValue<string>());
        Assert.Null(ready["error"]);
        Assert.InRange(source.Sent - before, 1, GgufMutations.Sprout.Length - Part + (1 << 20));
    }

    [Fact]
    public async Task A_sha256_that_comes_with_a_second_order_holds_where_the_job_died_too()
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        var person = await republic.NewPersonAsync("Bereaved");
        var id = await StalledAsync(person, source);
        await EndJobsAsync(id, JobStatus.Failed, "It was begun 5 times, and each time its process died.");
        var digest = OwnModels.Digest(GgufMutations.Sprout);

        var same = await OwnModels.DownloadAsync(person, new { url = source.Url, sha256 = digest });
        await person.Api.PostAsync(OwnModels.PathOf(id, "resume"));

        Assert.Equal(id, same);
        Assert.Equal(digest, (await OwnModels.UntilAsync(person, id, "ready"))["sha256"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_model_whose_job_is_held_says_until_when_and_goes_on_when_its_person_says_so()
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        var person = await republic.NewPersonAsync("Held");
        var id = await StalledAsync(person, source);
        var job = (await JobsAsync(id)).Single().Id;
        await HeldJobs.HoldAsync(republic, id);

        var held = await OwnModels.ModelAsync(person, id);
        Assert.Equal(("downloading", HeldJobs.Why), (OwnModels.State(held), held["phase"]!.GetValue<string>()));
        Assert.True(held["held_until"]!.GetValue<DateTimeOffset>() > TimeProvider.System.GetUtcNow());
        var page = await (await person.BrowserAsync()).ReadAsync($"/personal-models/{id}");
        Assert.Contains("Held until <time", page, StringComparison.Ordinal);
        Assert.Contains("Go on now", page, StringComparison.Ordinal);
        await person.Api.PostAsync(OwnModels.PathOf(id, "resume"));

        Assert.Null((await OwnModels.UntilAsync(person, id, "ready"))["held_until"]);
        var done = (await JobsAsync(id)).Single();
        Assert.Equal((job, JobStatus.Completed, 0), (done.Id, done.Status, done.Holds));
    }

    [Fact]
    public async Task A_job_that_a_source_paused_is_over_when_another_goes_on_in_its_place()
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        var person = await republic.NewPersonAsync("Ghostly");
        var id = await StalledAsync(person, source);
        var former = (await JobsAsync(id)).Single().Id;
        await EndJobsAsync(id, JobStatus.Paused, "The source does not answer.");

        await person.Api.PostAsync(OwnModels.PathOf(id, "resume"));

        var ended = (await JobsAsync(id)).Single(job => job.Id == former);
        Assert.Equal(JobStatus.Cancelled, ended.Status);
        Assert.NotNull(ended.FinishedAt);
        await OwnModels.UntilAsync(person, id, "ready");
    }

    [Fact]
    public async Task Paused_twice_and_resumed_twice_at_a_time_one_job_is_under_way()
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        var person = await republic.NewPersonAsync("Impatient");
        var id = await StalledAsync(person, source);
        var job = (await JobsAsync(id)).Single().Id;

        var paused = await AtATimeAsync(person, id, "pause", db => db.LockJobAsync(job), waitsFor: "update jobs set status = ");
        Assert.Contains(HttpStatusCode.Accepted, paused);
        Assert.All(paused, status => Assert.Contains(status, new[] { HttpStatusCode.Accepted, HttpStatusCode.Conflict }));
        Assert.Equal("paused", OwnModels.State(await OwnModels.ModelAsync(person, id)));
        Assert.DoesNotContain(await JobsAsync(id), work => work.IsActive);

        source.Next(call => call.StallAsync(Part / 4));
        var resumed = await AtATimeAsync(person, id, "resume", db => db.LockModelAsync(id), waitsFor: "");
        Assert.Equal([HttpStatusCode.Accepted, HttpStatusCode.Conflict], resumed.Order());
        var jobs = await JobsAsync(id);
        Assert.Equal((2, 1), (jobs.Count, jobs.Count(work => work.IsActive)));
        Assert.Equal("downloading", OwnModels.State(await OwnModels.ModelAsync(person, id)));

        await OwnModels.CameAsync(person, id, Part + (Part / 4));
        await person.Api.PostAsync(OwnModels.PathOf(id, "pause"));
        await person.Api.PostAsync(OwnModels.PathOf(id, "resume"));
        await OwnModels.UntilAsync(person, id, "ready");
    }

    [Fact]
    public async Task A_pause_that_comes_late_does_not_stop_what_was_resumed_meanwhile()
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        var person = await republic.NewPersonAsync("Late");
        var id = await StalledAsync(person, source);
        var former = (await JobsAsync(id)).Single();

        Task<HttpStatusCode> late;
        await using (var turn = await HeldTurn.TakeAsync(republic, db => db.LockJobAsync(former.Id)))
        {
            late = PressAsync(person, id, "pause");
            await turn.WaitedForAsync(1, "update jobs set status = ");
            // Another pause was quicker, and somebody has resumed it since.
            await ResumeAsync(turn, id, former);
        }

        Assert.Equal(HttpStatusCode.Conflict, await late);
        Assert.Single(await JobsAsync(id), work => work.IsActive);
        await OwnModels.UntilAsync(person, id, "ready");
    }

    [Fact]
    public async Task Deleted_and_resumed_at_a_time_it_is_gone()
    {
        await using var source = new FileSource(GgufMutations.Sprout);
        var person = await republic.NewPersonAsync("Torn");
        var id = await StalledAsync(person, source);
        var job = (await JobsAsync(id)).Single().Id;
        await EndJobsAsync(id, JobStatus.Paused, "The source does not answer.");

        Task deleted;
        Task<HttpStatusCode> resumed;
        await using (var turn = await HeldTurn.TakeAsync(republic, db => db.LockJobAsync(job)))
        {
            deleted = person.Api.DeleteAsync(OwnModels.PathOf(id));
            await turn.WaitedForAsync(1, "update jobs set status = ");
            resumed = PressAsync(person, id, "resume");
            await turn.WaitedForAsync(1, "update jobs as j");
        }

        await deleted;
        Assert.Equal(HttpStatusCode.NotFound, await resumed);
    }

    private static async Task<Guid> StalledAsync(Inhabitant person, FileSource source)
    {
        source.Next(call => call.GiveAsync(), call => call.StallAsync(Part));
        var id = await OwnModels.DownloadAsync(person, new { url = source.Url });
        await OwnModels.CameAsync(person, id, Part);
        return id;
    }

    private Task<int> EndJobsAsync(Guid model, JobStatus status, string? error) =>
        republic.QueryAsync(db =>
            db.Jobs.Where(job => job.Subject == model)
                .ExecuteUpdateAsync(set => set.SetProperty(job => job.Status, status).SetProperty(job => job.Error, error), Ct)
        );

    private Task<List<Job>> JobsAsync(Guid model) =>
        republic.QueryAsync(db => db.Jobs.AsNoTracking().Where(job => job.Subject == model).ToListAsync(Ct));

    /// <summary>Presses twice, and neither is heard before both are.</summary>
    private async Task<HttpStatusCode[]> AtATimeAsync(
        Inhabitant person,
        Guid id,
        string action,
        Func<RepublicDb, Task> take,
        string waitsFor
    )
    {
        Task<HttpStatusCode>[] both;
        await using (var turn = await HeldTurn.TakeAsync(republic, take))
        {
            both = [PressAsync(person, id, action), PressAsync(person, id, action)];
            await turn.WaitedForAsync(2, waitsFor);
        }

        return await Task.WhenAll(both);
    }

    private static async Task<HttpStatusCode> PressAsync(Inhabitant person, Guid id, string action)
    {
        using var answer = await person.Api.SendAsync(HttpMethod.Post, OwnModels.PathOf(id, action));
        return answer.StatusCode;
    }

    private static async Task ResumeAsync(HeldTurn turn, Guid id, Job former)
    {
        var model = await turn.Db.PersonalModels.SingleAsync(m => m.Id == id, Ct);
        (await turn.Db.Jobs.SingleAsync(job => job.Id == former.Id, Ct)).Status = JobStatus.Cancelled;
        var job = new Job
        {
            OwnerId = model.OwnerId,
            Kind = InstallWork.KindOfJob,
            Subject = id,
            CreatedAt = former.CreatedAt,
        };
        turn.Db.Jobs.Add(job);
        (model.State, model.JobId) = (ModelState.Downloading, job.Id);
        await turn.Db.SaveChangesAsync(Ct);
    }
}
