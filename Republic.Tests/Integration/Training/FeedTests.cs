using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Events;
using Republic.Core.Training;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Runs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Many who watch one run, wherever they begin.</summary>
public sealed class FeedTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    private const int More = (2 * JournalWatch.Kept) + 7;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private JournalFeed<RunEvents> Feed => world.Services.GetRequiredService<JournalFeed<RunEvents>>();

    [Fact]
    public async Task Viewers_share_one_watch_that_ends_with_the_last_of_them()
    {
        var job = await NewJobAsync();
        var viewers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenAsync(job)));
        await Task.WhenAll(viewers.Select(viewer => viewer.UntilAsync("progress")));
        Assert.Equal(20, Feed.ViewersOf(job));

        await TellAsync(job, "a", "b");
        var heard = await Task.WhenAll(viewers.Select(viewer => HearAsync(viewer, 2)));
        Assert.All(heard, texts => Assert.Equal(["a", "b"], texts));

        Array.ForEach(viewers, viewer => viewer.Dispose());
        await Until.TrueAsync(() => Feed.ViewersOf(job) is null);
    }

    [Fact]
    public async Task Whoever_comes_late_or_comes_back_gets_each_event_once_and_in_order()
    {
        var job = await NewJobAsync();
        var all = Enumerable.Range(0, More).Select(i => $"line {i}").ToArray();
        using var early = await OpenAsync(job);
        await early.UntilAsync("progress");
        await TellAsync(job, all);

        Assert.Equal(all, await HearAsync(early, More));
        using var late = await OpenAsync(job);
        Assert.Equal(all, await HearAsync(late, More));
        var ids = await IdsAsync(job);
        foreach (var seen in new[] { 1, JournalWatch.Kept, More - JournalWatch.Kept, More - 1 })
        {
            using var back = await OpenAsync(job, ids[seen - 1]);
            Assert.Equal(all[seen..], await HearAsync(back, More - seen));
        }

        await TellAsync(job, "the last");
        Assert.Equal(["the last"], await HearAsync(late, 1));
        Assert.Equal(["the last"], await HearAsync(early, 1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(JournalWatch.Kept - 1)]
    [InlineData(More)]
    public async Task An_event_that_is_written_while_a_reader_starts_is_neither_lost_nor_doubled(int before)
    {
        var job = await NewJobAsync();
        await TellAsync(job, [.. Enumerable.Range(0, before).Select(i => $"line {i}")]);
        var live = world.Services.GetRequiredService<LiveEvents>();
        var databases = world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>();
        var journal = new InterruptedJournal(
            new RunEvents(),
            when =>
            {
                using var db = databases.CreateDbContext();
                db.TrainingEvents.Add(Line(job, when));
                db.SaveChanges();
                live.Publish(world.Ada.Id, new LiveEvent(TrainingWork.Changed, job, null));
            }
        );
        var feed = new JournalFeed<InterruptedJournal>(journal, databases, live, TimeProvider.System);

        foreach (var seen in new[] { 0, before / 2, before })
        {
            journal.Begin();
            var all = await IdsAsync(job);
            var opened = await feed.OpenAsync(world.Ada.Id, job, seen == 0 ? null : $"{all[seen - 1]}", Ct);
            List<long> heard = [];
            await foreach (var item in opened.Value!.Items.WithCancellation(Ct))
            {
                if (item.Id is { } id)
                {
                    heard.Add(long.Parse(id, CultureInfo.InvariantCulture));
                }

                if (journal.Interruptions == InterruptedJournal.Most && heard.Count >= (await IdsAsync(job)).Count - seen)
                {
                    break;
                }
            }

            Assert.Equal((await IdsAsync(job))[seen..], heard);
        }
    }

    [Fact]
    public async Task Readers_that_come_while_much_is_written_get_all_of_it_from_where_they_begin()
    {
        var job = await NewJobAsync();
        var texts = Enumerable.Range(0, More).Select(i => $"line {i}").ToArray();
        var writing = Task.Run(
            async () =>
            {
                foreach (var some in texts.Chunk(25))
                {
                    await TellAsync(job, some);
                }
            },
            Ct
        );
        List<Task<List<string>>> readers = [];
        while (readers.Count < 12)
        {
            var ids = await IdsAsync(job);
            var seen = readers.Count % 3 == 0 ? 0 : ids.Count / (readers.Count % 3);
            readers.Add(
                Task.Run(
                    async () =>
                    {
                        using var viewer = await OpenAsync(job, seen == 0 ? null : ids[seen - 1]);
                        return await HearAsync(viewer, More - seen);
                    },
                    Ct
                )
            );
            await Task.Delay(20, Ct);
        }

        await writing;

        Assert.All(await Task.WhenAll(readers), heard => Assert.Equal(texts[^heard.Count..], heard));
    }

    [Fact]
    public async Task A_run_that_is_deleted_ends_its_streams()
    {
        var job = await NewJobAsync();
        using var viewer = await OpenAsync(job);
        await viewer.UntilAsync("progress");

        await world.Ada.Api.DeleteAsync(TrainingWorld.PathOf(world.Ada, $"/{job}"));

        Assert.Null(await viewer.NextAsync());
    }

    private async Task<Guid> NewJobAsync()
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Ada.NewMinionAsync($"m{Guid.CreateVersion7():N}", vendor);
        return await TrainingWorld.NewJobAsync(world.Ada, minion.Id, [], TrainingWorld.Friendly(1));
    }

    private Task<EventStream> OpenAsync(Guid job, long? after = null) =>
        EventStream.OpenAsync(world.Ada.Api.Http, TrainingWorld.PathOf(world.Ada, $"/{job}/events"), after?.ToString());

    /// <summary>As another node would, whose notice was lost.</summary>
    private async Task TellAsync(Guid job, params string[] texts)
    {
        await using var db = await DbAsync();
        db.TrainingEvents.AddRange(texts.Select(text => Line(job, text)));
        await db.SaveChangesAsync(Ct);
    }

    private static TrainingEvent Line(Guid job, string text) =>
        new()
        {
            TrainingJobId = job,
            Kind = "log",
            Data = $$"""{"text": "{{text}}"}""",
            At = DateTimeOffset.UnixEpoch,
        };

    private async Task<List<long>> IdsAsync(Guid job)
    {
        await using var db = await DbAsync();
        return await db.TrainingEvents.Where(e => e.TrainingJobId == job).OrderBy(e => e.Id).Select(e => e.Id).ToListAsync(Ct);
    }

    private Task<RepublicDb> DbAsync() => world.Services.GetRequiredService<IDbContextFactory<RepublicDb>>().CreateDbContextAsync(Ct);

    private static async Task<List<string>> HearAsync(EventStream viewer, int count)
    {
        List<string> texts = [];
        while (texts.Count < count)
        {
            var one = await viewer.NextAsync() ?? throw new InvalidOperationException("The stream ended.");
            if (one.Name == "log")
            {
                texts.Add(one.Data["text"]!.GetValue<string>());
            }
        }

        return texts;
    }

    /// <summary>The journal of a run to which something is added while it is looked at.</summary>
    private sealed class InterruptedJournal(RunEvents events, Action<string> write) : IJournal
    {
        public const int Most = 4;

        public int Interruptions { get; private set; } = Most;

        public string Noun => events.Noun;

        public void Begin() => Interruptions = 0;

        public async Task<Guid?> OwnerAsync(RepublicDb db, Guid subject, CancellationToken ct)
        {
            var owner = await events.OwnerAsync(db, subject, ct);
            Interrupt("after whose it is");
            return owner;
        }

        public Task<bool> MaySeeAsync(RepublicDb db, Guid person, Guid subject, CancellationToken ct) =>
            events.MaySeeAsync(db, person, subject, ct);

        public IQueryable<JournalEntry> Entries(RepublicDb db, Guid subject)
        {
            Interrupt("before the entries");
            return events.Entries(db, subject);
        }

        public async Task<JournalSnapshot?> SnapshotAsync(RepublicDb db, Guid subject, CancellationToken ct)
        {
            var snapshot = await events.SnapshotAsync(db, subject, ct);
            Interrupt("after the snapshot");
            return snapshot;
        }

        public ServerEvent Draw(JournalEntry entry, Guid viewer) => events.Draw(entry, viewer);

        private void Interrupt(string when)
        {
            if (Interruptions < Most)
            {
                Interruptions++;
                write(when);
            }
        }
    }
}
