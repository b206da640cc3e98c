using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Jobs;

/// <summary>Nodes that go down, and nodes whose clock is wrong.</summary>
[Collection(nameof(JobWorld))]
public sealed class NodeTests(JobWorld world, TestDatabases databases)
{
    [Fact]
    public async Task A_node_that_goes_down_hands_its_job_back_and_the_next_one_does_it()
    {
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);

        var restarting = world.RestartAsync();
        await start.CancelledAsync();
        start.Heeds();
        await restarting;

        var second = await world.Work.StartOfAsync(job.Id, epoch: 2);
        second.End.SetResult(world.Renames("Jonas"));
        var end = await world.EndOfAsync(job.Id);
        Assert.Equal((JobStatus.Completed, 1), (end.Status, end.Attempts));
    }

    [Fact]
    public async Task A_node_that_goes_down_takes_no_further_job()
    {
        var job = await world.StartAsync();
        var start = await world.Work.StartOfAsync(job.Id);
        var restarting = world.RestartAsync();
        await start.CancelledAsync();

        var late = JobWorld.NewJob(world.Jonas.Id);
        await world.AddAsync(late);
        // Five times as long as the queue is not looked at.
        await Task.Delay(TimeSpan.FromSeconds(1), TestContext.Current.CancellationToken);

        Assert.Equal(0, world.Work.StartsOf(late.Id));
        start.Heeds();
        await restarting;
        (await world.Work.StartOfAsync(late.Id)).End.SetResult(Failure.Conflict("The test is over."));
        (await world.Work.StartOfAsync(job.Id, epoch: 2)).End.SetResult(Failure.Conflict("The test is over."));
        await world.EndOfAsync(late.Id);
        await world.EndOfAsync(job.Id);
    }

    [Fact]
    public async Task A_node_whose_clock_is_wrong_says_so_and_takes_no_work_until_it_is_set()
    {
        await using var node = new SkewedNode(databases);
        await node.InitializeAsync();
        var mira = await node.NewPersonAsync("Mina");

        var job = JobWorld.NewJob(mira.Id);
        await node.QueryAsync(db =>
        {
            db.Jobs.Add(job);
            return db.SaveChangesAsync();
        });
        await Until.TrueAsync(() => node.Log.Count(line => line.Contains("s ahead of the database's")) > 5);

        Assert.Equal(0, node.Work.StartsOf(job.Id));
        node.Clock.Ahead = TimeSpan.Zero;
        (await node.Work.StartOfAsync(job.Id)).End.SetResult(Failure.Conflict("The test is over."));
    }

    private sealed class SkewedNode(TestDatabases databases) : RunningRepublic(databases)
    {
        public HandWork Work { get; } = new();

        public SkewedClock Clock { get; } = new();

        protected override IEnumerable<(string Key, string Value)> Settings =>
            [("Jobs:Silence", "00:00:00.2"), ("Jobs:SweepEvery", "00:00:00.1")];

        protected override void Arrange(IServiceCollection services)
        {
            services.AddSingleton(Work).AddJob<HandWork>(HandWork.Name);
            services.AddSingleton<TimeProvider>(Clock);
        }
    }

    private sealed class SkewedClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; } = TimeSpan.FromSeconds(1.5);

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
    }
}
