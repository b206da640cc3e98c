using Republic.Core;
using Republic.Core.Security;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Security;

/// <summary>A change of the master key, cut wherever it can be cut.</summary>
public sealed class KeyRotationTests(TestDatabases databases)
{
    private const int Rows = 200;
    private const ulong Seed = 20_261_121;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Killed_at_random_rows_every_secret_stays_readable_and_the_last_run_finishes()
    {
        const int Kills = 25;
        await using var ring = await SealedRing.NewAsync(databases, Rows);
        var old = ring.Keys().Current.Version;
        var random = new SeededRandom(Seed);
        var cuts = Enumerable.Range(0, Rows).ToArray();
        random.Shuffle(cuts.AsSpan());

        foreach (var row in cuts.Take(Kills).Order())
        {
            await using (await ring.HoldAsync(ring.Ids[row]))
            {
                await using var command = new KeysProcess(ring);
                await Until.TrueAsync(async () => command.HasEnded || await ring.SomebodyWaitsAsync());
                Assert.False(command.HasEnded, "it ended before the row it was to be killed at");
                await command.KillAsync();
                await ring.OpenAllAsync();
            }

            // What the killed one had asked for last is still done by the server; the next one is not to be taken for it.
            await Until.TrueAsync(async () => !await ring.SomebodyWaitsAsync());
            var versions = await ring.OpenAllAsync();
            Assert.InRange(versions[old], Rows - row - 1, Rows - row);
            Assert.Equal(2, versions.Count);
        }

        await using var last = new KeysProcess(ring);
        var (exit, output) = await last.ToEndAsync();

        Assert.True(exit == 0, output);
        Assert.Contains("nothing needs", output, StringComparison.Ordinal);
        Assert.Equal(ring.Keys().Current.Version, Assert.Single(await ring.OpenAllAsync()).Key);
        await FinishesAsync(ring, old);
    }

    [Fact]
    public async Task Stopped_at_each_single_row_nothing_is_lost_and_nothing_is_done_twice()
    {
        await using var ring = await SealedRing.NewAsync(databases, Rows);
        var old = ring.Keys().Current.Version;
        await ring.Rotation().ChangeKeyAsync(Ct);

        for (var row = 0; row < Rows; row++)
        {
            await using var hold = await ring.HoldAsync(ring.Ids[row]);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
            var sealing = ring.Rotation().SealAnewAsync(line => Assert.Fail(line), stop.Token);
            await Until.TrueAsync(async () => sealing.IsCompleted || await ring.SomebodyWaitsAsync());
            await stop.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => sealing);

            Assert.Equal(Rows - row, (await ring.OpenAllAsync())[old]);
        }

        Assert.False(await ring.Rotation().ChangeKeyAsync(Ct), "a change under way is finished before another begins");
        Assert.Equal(1, await ring.Rotation().SealAnewAsync(line => Assert.Fail(line), Ct));
        Assert.Equal(0, await ring.Rotation().SealAnewAsync(line => Assert.Fail(line), Ct));
        await FinishesAsync(ring, old);
    }

    [Fact]
    public async Task The_old_key_stays_while_anything_needs_it_and_while_somebody_may_still_be_saving_under_it()
    {
        await using var ring = await SealedRing.NewAsync(databases, 3);
        await ring.Rotation().ChangeKeyAsync(Ct);

        var needed = await ring.Rotation().FinishAsync(TimeProvider.System, Ct);
        await ring.Rotation().SealAnewAsync(line => Assert.Fail(line), Ct);
        var early = await ring.Rotation().FinishAsync(TimeProvider.System, Ct);

        Assert.Contains("3 values are still under another key", needed.Failure?.Message);
        Assert.Contains("less than a minute ago", early.Failure?.Message);
        Assert.Single(ring.Keys().Earlier);
        await ring.OpenAllAsync();
    }

    [Fact]
    public async Task A_value_saved_while_it_is_sealed_anew_is_not_written_over()
    {
        await using var ring = await SealedRing.NewAsync(databases, 1);
        await ring.Rotation().ChangeKeyAsync(Ct);
        Task<long> sealing;
        byte[] saved;
        await using (var hold = await ring.HoldAsync(ring.Ids[0]))
        {
            sealing = ring.Rotation().SealAnewAsync(line => Assert.Fail(line), Ct);
            await Until.TrueAsync(ring.SomebodyWaitsAsync);
            saved = await hold.SaveAsync("entered meanwhile");
        }

        Assert.Equal(0, await sealing);
        Assert.Equal(saved, await ring.ValueAsync(ring.Ids[0]));
    }

    private static async Task FinishesAsync(SealedRing ring, uint old)
    {
        var removed = await ring.Rotation().FinishAsync(new LaterTime(TimeSpan.FromMinutes(2)), Ct);

        Assert.True(removed.Ok, removed.Failure?.Message);
        Assert.Equal([old], removed.Value.Select(key => key.Version));
        Assert.Empty(ring.Keys().Earlier);
        await ring.OpenAllAsync();
    }

    private sealed class LaterTime(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;
    }
}
