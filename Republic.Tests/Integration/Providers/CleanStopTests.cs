using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Minions.Access;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Routing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>What calls leave behind, when the app ends.</summary>
public sealed class CleanStopTests(CleanStopTests.BehindADoor republic) : IClassFixture<CleanStopTests.BehindADoor>, IAsyncLifetime
{
    private readonly FakeVendor vendor = new();
    private TestMinion minion = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private string Folder => Path.Combine(republic.DataFolder, "unwritten");

    [Fact]
    public async Task A_stop_writes_what_was_not_written_yet()
    {
        Take(3);

        await republic.RestartAsync();

        Assert.Equal((3, 3), await StoredAsync());
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task What_a_stop_cannot_write_since_the_database_is_away_is_written_by_the_next_start_and_only_once()
    {
        await republic.Door.CloseAsync();
        Take(3);

        var files = await RestartInTheDarkAsync();
        await Until.TrueAsync(() => Directory.GetFiles(Folder).Length == 0);
        Assert.Equal((3, 3), await StoredAsync());

        // As if the process had died between writing and removing them.
        foreach (var (path, content) in files)
        {
            await File.WriteAllBytesAsync(path, content, Ct);
        }

        await republic.RestartAsync();
        await Until.TrueAsync(() => Directory.GetFiles(Folder).Length == 0);
        Assert.Equal((3, 3), await StoredAsync());
    }

    [Fact]
    public async Task What_was_taken_in_is_remembered_as_long_as_a_file_of_then_would_be_taken_in_and_no_longer()
    {
        Directory.CreateDirectory(Folder);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        List<Guid> batches = [Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7()];
        var (old, known, young) = (batches[0], batches[1], batches[2]);
        await LeaveAsync(old, today.AddDays(-91));
        await LeaveAsync(young, today.AddDays(-89));
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"insert into counted_batches (id, taken_in_at) values ({old}, now() - interval '92 days'), ({known}, now() - interval '90 days')",
                Ct
            )
        );

        await republic.RestartAsync();

        await Until.TrueAsync(() => Directory.GetFiles(Folder).Length == 0);
        await Until.TrueAsync(async () => await republic.QueryAsync(db => db.CountedBatches.CountAsync(batch => batch.Id == old)) == 0);
        Assert.Equal(
            [known, young],
            await republic.QueryAsync(db =>
                db.CountedBatches.Where(batch => batches.Contains(batch.Id))
                    .OrderBy(batch => batch.TakenInAt)
                    .Select(batch => batch.Id)
                    .ToListAsync()
            )
        );
        Assert.Equal((0, 5), await StoredAsync());
    }

    [Fact]
    public async Task A_call_that_the_database_refuses_keeps_no_other_out()
    {
        Take(2);
        Take(1, cost: 1e12m);
        Take(2);

        await republic.RestartAsync();

        Assert.Equal(4, (await StoredAsync()).Calls);
        Assert.Empty(Directory.GetFiles(Folder));
    }

    [Fact]
    public async Task A_file_that_cannot_be_read_is_named_and_left_and_the_others_are_taken_in()
    {
        await republic.Door.CloseAsync();
        Take(2);
        Directory.CreateDirectory(Folder);
        var broken = Path.Combine(Folder, $"calls-{Guid.Empty}.json");
        await File.WriteAllTextAsync(broken, "[{", Ct);

        await RestartInTheDarkAsync();

        await Until.TrueAsync(async () => await StoredAsync() == (2, 2));
        await Until.TrueAsync(() => Directory.GetFiles(Folder).SequenceEqual([broken]));
        Assert.Contains(republic.Log, line => line.Contains(broken, StringComparison.Ordinal));
        File.Delete(broken);
    }

    public async ValueTask InitializeAsync() => minion = await republic.Mira.NewMinionAsync($"m{Guid.CreateVersion7():N}", vendor);

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    /// <summary>Five queries of that day, as a stop would have left them.</summary>
    private Task LeaveAsync(Guid file, DateOnly day) =>
        File.WriteAllTextAsync(
            Path.Combine(Folder, $"counts-{file}.json"),
            JsonSerializer.Serialize(new[] { new QueryCount(minion.Id, day, null, 5, 5, 5) }),
            Ct
        );

    /// <summary>The contents of the files that the stop left.</summary>
    private async Task<List<(string Path, byte[] Content)>> RestartInTheDarkAsync()
    {
        var restart = republic.RestartAsync();
        await Until.TrueAsync(() =>
            Directory.Exists(Folder)
            && Directory.GetFiles(Folder, "counts-*.json").Length == 1
            && Directory.GetFiles(Folder, "calls-*.json").Any(path => !path.Contains(Guid.Empty.ToString(), StringComparison.Ordinal))
        );
        var files = Directory.GetFiles(Folder).Select(path => (path, File.ReadAllBytes(path))).ToList();
        republic.Door.Open();
        await restart;
        return files;
    }

    private void Take(int calls, decimal? cost = null)
    {
        var (log, counts) = (republic.Services.GetRequiredService<CallLog>(), republic.Services.GetRequiredService<QueryCounts>());
        for (var call = 0; call < calls; call++)
        {
            counts.Add(minion.Id, provider: null, succeeded: true, byKey: true);
            log.Add(
                new ModelCall
                {
                    OwnerId = republic.Mira.Id,
                    RouteId = Guid.CreateVersion7(),
                    Hop = 0,
                    MinionId = minion.Id,
                    Purpose = CallPurpose.Outside,
                    Provider = "custom",
                    Model = "vendor-model",
                    Outcome = RouteOutcome.Answered,
                    StartedAt = TimeProvider.System.GetUtcNow(),
                    DurationMs = 1,
                    Cost = cost,
                    LeftMachine = true,
                }
            );
        }
    }

    private Task<(int Calls, long Queries)> StoredAsync() =>
        republic.QueryAsync(async db =>
            (
                await db.ModelCalls.CountAsync(call => call.MinionId == minion.Id, Ct),
                await db.Minions.Where(m => m.Id == minion.Id).Select(m => m.TotalQueries).SingleAsync(Ct)
            )
        );

    /// <summary>For all tests, each of which has a minion of its own and leaves no file behind.</summary>
    public sealed class BehindADoor(TestDatabases databases) : EmptyRepublic(databases)
    {
        private readonly TestDatabases servers = databases;
        private string behind = "";

        public Inhabitant Mira { get; private set; } = null!;

        public DatabaseDoor Door { get; private set; } = null!;

        protected override bool OwnsDatabase => false;

        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            Mira = await Inhabitant.SignUpAsync(Address, "Mira");
        }

        public override async ValueTask DisposeAsync()
        {
            await base.DisposeAsync();
            await Door.DisposeAsync();
            await servers.DropAsync(behind);
        }

        protected override async Task<string> DatabaseAsync()
        {
            behind = await servers.NewAsync();
            Door = new DatabaseDoor(behind);
            Door.Open();
            return Door.ConnectionString;
        }
    }
}
