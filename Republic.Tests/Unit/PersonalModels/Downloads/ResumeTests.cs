using Republic.Core.PersonalModels.Downloads;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels.Downloads;

/// <summary>What was received is kept, whatever happens to the connection, and never fetched twice.</summary>
public sealed class ResumeTests : IAsyncLifetime
{
    private readonly DownloadTrial trial = new();

    private FileSource Source => trial.Source;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => trial.DisposeAsync();

    [Fact]
    public async Task A_file_arrives_whole_and_its_hash_is_known()
    {
        var result = await trial.RunAsync();

        trial.AssertWhole(result);
        Assert.Equal("\"v1\"", result.File!.ETag);
        Assert.Single(Source.Requests);
        Assert.DoesNotContain("Range:", Source.Requests[0], StringComparison.Ordinal);
        Assert.Equal(Source.Content.Length, trial.Reports[^1].Bytes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(65_537)]
    [InlineData(1_500_000)]
    [InlineData(2_999_999)]
    public async Task What_an_earlier_start_received_is_kept(int had)
    {
        trial.Have(had);

        var result = await trial.RunAsync(trial.Order with { ETag = "\"v1\"", TotalBytes = Source.Content.Length });

        trial.AssertWhole(result);
        Assert.Equal(Source.Content.Length - had, Source.Sent);
        Assert.Contains($"Range: bytes={had}-\r\n", Source.Requests.Single(), StringComparison.Ordinal);
        Assert.Contains("If-Range: \"v1\"\r\n", Source.Requests.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_here_already_is_only_hashed()
    {
        trial.Have(Source.Content.Length);

        trial.AssertWhole(await trial.RunAsync(trial.Order with { TotalBytes = Source.Content.Length }));

        Assert.Empty(Source.Requests);
    }

    [Fact]
    public async Task A_file_that_is_here_already_is_found_whole_by_its_source_too()
    {
        trial.Have(Source.Content.Length);

        trial.AssertWhole(await trial.RunAsync());

        Assert.Equal(0, Source.Sent);
    }

    [Fact]
    public async Task After_cuts_at_any_byte_nothing_is_fetched_twice()
    {
        var cuts = new[] { 0, 1, 262_143, 262_144, 700_000, 5, 1_000_000 };
        Source.Next(cuts.Select(cut => (Func<FileCall, Task>)(call => call.GiveAsync(cut))));

        trial.AssertWhole(await trial.RunAsync());

        Assert.Equal(Source.Content.Length, Source.Sent);
        Assert.Equal(cuts.Length + 1, Source.Requests.Count);
        Assert.All(trial.Waits, wait => Assert.InRange(wait.TotalSeconds, 0.8, 2.4));
    }

    [Fact]
    public async Task A_process_that_is_killed_loses_a_megabyte_at_most()
    {
        await using var large = new DownloadTrial(6_000_000);
        large.Source.Next(call => call.StallAsync(5_500_000));
        using var kill = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var running = large.RunAsync(ct: kill.Token);

        // No time passes, so what is not written by now would not be later.
        await Until.TrueAsync(() => File.Exists(large.Path) && new FileInfo(large.Path).Length >= 5_500_000 - (1 << 20));

        await kill.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        var here = await File.ReadAllBytesAsync(large.Path, TestContext.Current.CancellationToken);
        Assert.InRange(here.Length, 5_500_000 - (1 << 20), 5_500_000);
        Assert.Equal(large.Source.Content[..here.Length], here);
    }

    [Fact]
    public async Task A_source_that_sends_nothing_for_half_a_minute_is_asked_again()
    {
        Source.Next(call => call.StallAsync(1_000_000));
        var running = trial.RunAsync();
        await Until.TrueAsync(() => Source.Sent == 1_000_000 && new FileInfo(trial.Path).Length > 500_000);

        trial.Time.Pass(TimeSpan.FromSeconds(29));
        await Task.Delay(100, TestContext.Current.CancellationToken);
        Assert.Single(Source.Requests);
        await Until.TrueAsync(() =>
        {
            trial.Time.Pass(TimeSpan.FromSeconds(Source.Requests.Count == 1 ? 1 : 0));
            return running.IsCompleted;
        });

        trial.AssertWhole(await running);
        Assert.Equal(Source.Content.Length, Source.Sent);
        Assert.Contains("127.0.0.1 sent nothing for 30 seconds. 33 % are kept.", trial.Waiting.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_starts_cannot_write_one_file()
    {
        Source.Next(call => call.StallAsync(1_000_000));
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var first = trial.RunAsync(ct: stop.Token);
        await Until.TrueAsync(() => Source.Sent == 1_000_000);

        var second = await trial.RunAsync();

        Assert.Equal((DownloadEnd.InUse, false), (second.End, second.MayGoOn));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        trial.AssertWhole(await trial.RunAsync());
    }

    [Fact]
    public async Task A_disk_that_is_full_pauses()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        var result = await trial.RunAsync(trial.Order with { Path = "/dev/full" });

        Assert.Equal((DownloadEnd.DiskFull, true), (result.End, result.MayGoOn));
        Assert.Contains("The server's disk is full.", result.Message, StringComparison.Ordinal);
    }
}
