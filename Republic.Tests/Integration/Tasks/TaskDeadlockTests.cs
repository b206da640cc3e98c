using Republic.Tests.Integration.Admin;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tasks;

/// <summary>
/// Work that ends at the moment at which its person stops it, over and over: each takes the person's turn, the job and the attempt, in one
/// order. It has an app of its own since deadlocks are counted by the database.
/// </summary>
public sealed class TaskDeadlockTests(DeadlockTests.Busy republic) : IClassFixture<DeadlockTests.Busy>
{
    private const int Rounds = 5;

    /// <summary>As many as run for one person.</summary>
    private const int AtOnce = 4;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private Tasked Tasks => new(republic, republic.Jonas);

    [Fact]
    public async Task Ends_and_stops_side_by_side_do_not_wait_for_each_other()
    {
        await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(RaceAsync));

        Assert.Equal(0, await republic.DeadlocksAsync());
    }

    private async Task RaceAsync(int lane)
    {
        await using var vendor = new FakeVendor();
        var minion = (await republic.Jonas.NewMinionAsync($"worker-{lane}", vendor)).Id;
        for (var round = 0; round < Rounds; round++)
        {
            var hand = vendor.AnswersByHand();
            var task = await Tasks.MakeAsync(minion);
            await hand.Asked;
            hand.Says("Done.");
            hand.Ends();
            await Task.Delay(2 * round, Ct);
            await Tasks.StopAsync(task);

            Assert.False((await Tasks.EndAsync(task)).IsActive);
        }
    }
}
