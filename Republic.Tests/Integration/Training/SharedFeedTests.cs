using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Runs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>A journal that others see too than the owner of its subject, each in a view of their own.</summary>
public sealed class SharedFeedTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private LiveEvents Live => world.Services.GetRequiredService<LiveEvents>();

    private IDbContextFactory<RepublicDb> Databases => world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>();

    [Fact]
    public async Task Each_who_may_see_a_subject_gets_what_is_drawn_for_them()
    {
        var job = await NewJobAsync();
        var feed = new JournalFeed<SharedJournal>(new SharedJournal(new RunEvents(), world.Jonas.Id), Databases, Live, TimeProvider.System);
        await TellAsync(job, "first");

        Assert.False((await feed.OpenAsync(world.Mira.Id, job, null, Ct)).Ok);
        await using var owner = await ReadAsync(feed, world.Ada.Id, job);
        await using var guest = await ReadAsync(feed, world.Jonas.Id, job);
        Assert.Equal("first", await NextLineAsync(owner));
        Assert.Equal("FIRST", await NextLineAsync(guest));
        Assert.Equal(2, feed.ViewersOf(job));
        await TellAsync(job, "a secret", "last");

        Assert.Equal("a secret", await NextLineAsync(owner));
        Assert.Equal("last", await NextLineAsync(owner));
        Assert.Equal("LAST", await NextLineAsync(guest));
    }

    [Fact]
    public async Task Whoever_may_see_a_subject_of_somebody_else_is_told_at_once_and_no_longer_than_they_may()
    {
        var job = await NewJobAsync();
        var journal = new SharedJournal(new RunEvents(), world.Jonas.Id);
        // It stands still: whatever comes was published.
        var time = new ManualTime();
        var feed = new JournalFeed<SharedJournal>(journal, Databases, Live, time);
        await using var guest = await ReadAsync(feed, world.Jonas.Id, job);
        Assert.True(await guest.MoveNextAsync());
        Assert.Equal("progress", guest.Current.Name);

        await TellAsync(job, "first");
        Assert.Equal("FIRST", await NextLineAsync(guest));

        journal.IsShared = false;
        time.Pass(JournalWatch.Quiet);
        await TellAsync(job, "late");
        Assert.Null(await NextLineAsync(guest));
        Assert.Null(feed.ViewersOf(job));
    }

    [Fact]
    public async Task A_viewer_who_leaves_at_once_leaves_no_subscription_behind()
    {
        using var notices = new NodeNotices(Databases, TimeProvider.System, NullLogger<NodeNotices>.Instance);
        var live = new LiveEvents(notices, TimeProvider.System);

        foreach (var subject in Enumerable.Range(0, 100).Select(_ => Guid.CreateVersion7()))
        {
            new JournalWatch(new RunEvents(), Databases, live, TimeProvider.System, world.Ada.Id, subject).Dispose();
        }

        await Until.TrueAsync(() => live.Readers == 0);
    }

    private static async Task<IAsyncEnumerator<ServerEvent>> ReadAsync(JournalFeed<SharedJournal> feed, Guid viewer, Guid job) =>
        (await feed.OpenAsync(viewer, job, null, Ct)).Value!.Items.GetAsyncEnumerator(Ct);

    /// <summary>Null at the end of the stream.</summary>
    private static async Task<string?> NextLineAsync(IAsyncEnumerator<ServerEvent> viewer)
    {
        while (await viewer.MoveNextAsync())
        {
            if (viewer.Current is { Name: "log", Data: JsonElement data })
            {
                return data.EnumerateObject().Single().Value.GetString();
            }
        }

        return null;
    }

    private async Task<Guid> NewJobAsync()
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Ada.NewMinionAsync($"m{Guid.CreateVersion7():N}", vendor);
        return await TrainingWorld.NewJobAsync(world.Ada, minion.Id, [], TrainingWorld.Friendly(1));
    }

    /// <summary>Saves lines, and publishes to the owner of the run that there are some.</summary>
    private async Task TellAsync(Guid job, params string[] texts)
    {
        await world.QueryAsync(db =>
        {
            db.TrainingEvents.AddRange(
                texts.Select(text => new TrainingEvent
                {
                    TrainingJobId = job,
                    Kind = "log",
                    Data = $$"""{"text": "{{text}}"}""",
                    At = DateTimeOffset.UnixEpoch,
                })
            );
            return db.SaveChangesAsync(Ct);
        });
        Live.Publish(world.Ada.Id, new LiveEvent(TrainingWork.Changed, job, null));
    }

    /// <summary>The journal of a run that a guest sees too: in capitals, and without its secrets.</summary>
    private sealed class SharedJournal(RunEvents events, Guid guest) : IJournal
    {
        public bool IsShared { get; set; } = true;

        public string Noun => events.Noun;

        public Task<Guid?> OwnerAsync(RepublicDb db, Guid subject, CancellationToken ct) => events.OwnerAsync(db, subject, ct);

        public Task<bool> MaySeeAsync(RepublicDb db, Guid person, Guid subject, CancellationToken ct) =>
            Task.FromResult(IsShared && person == guest);

        public IQueryable<JournalEntry> Entries(RepublicDb db, Guid subject) => events.Entries(db, subject);

        public Task<JournalSnapshot?> SnapshotAsync(RepublicDb db, Guid subject, CancellationToken ct) =>
            events.SnapshotAsync(db, subject, ct);

        public ServerEvent? Draw(JournalEntry entry, Guid viewer) =>
            viewer != guest ? events.Draw(entry, viewer)
            : entry.Data.Contains("secret", StringComparison.Ordinal) ? null
            : new ServerEvent($"{entry.Number}", entry.Kind, JsonElement.Parse(entry.Data.ToUpperInvariant()));
    }
}
