using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Data;
using Republic.Core.Training.Configuration;
using Republic.Core.Training.Journal;
using Republic.Core.Training.Runs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>Many who watch one run, wherever they begin.</summary>
public sealed class FeedTests(TrainingWorld world) : IClassFixture<TrainingWorld>
{
    private const int More = (2 * RunWatch.Kept) + 7;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private TrainingFeed Feed => world.Services.GetRequiredService<TrainingFeed>();

    [Fact]
    public async Task Viewers_share_one_watch_that_ends_with_the_last_of_them()
    {
        var job = await NewJobAsync();
        var viewers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => OpenAsync(job)));
        await Task.WhenAll(viewers.Select(viewer => viewer.UntilAsync("progress")));
        // Those of other tests have gone by then.
        await Until.TrueAsync(() => Feed.Watched == 1);

        await TellAsync(job, "a", "b");
        var heard = await Task.WhenAll(viewers.Select(viewer => HearAsync(viewer, 2)));
        Assert.All(heard, texts => Assert.Equal(["a", "b"], texts));

        Array.ForEach(viewers, viewer => viewer.Dispose());
        await Until.TrueAsync(() => Feed.Watched == 0);
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
        foreach (var seen in new[] { 1, RunWatch.Kept, More - RunWatch.Kept, More - 1 })
        {
            using var back = await OpenAsync(job, ids[seen - 1]);
            Assert.Equal(all[seen..], await HearAsync(back, More - seen));
        }

        await TellAsync(job, "the last");
        Assert.Equal(["the last"], await HearAsync(late, 1));
        Assert.Equal(["the last"], await HearAsync(early, 1));
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
        foreach (var text in texts)
        {
            db.TrainingEvents.Add(
                new TrainingEvent
                {
                    TrainingJobId = job,
                    Kind = "log",
                    Data = $$"""{"text": "{{text}}"}""",
                    At = DateTimeOffset.UnixEpoch,
                }
            );
        }

        await db.SaveChangesAsync(Ct);
    }

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
}
