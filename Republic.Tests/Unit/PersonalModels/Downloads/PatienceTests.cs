using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Sources;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels.Downloads;

/// <summary>How long a source that gives nothing is waited for, and what is told meanwhile.</summary>
public sealed class PatienceTests : IAsyncLifetime
{
    private readonly DownloadTrial trial = new();

    private FileSource Source => trial.Source;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => trial.DisposeAsync();

    [Theory]
    [InlineData("500 Oops")]
    [InlineData("503 Busy")]
    [InlineData("408 Request Timeout")]
    [InlineData("425 Too Early")]
    [InlineData("429 Too Many Requests")]
    public async Task Eight_tries_without_a_byte_and_longer_waits_between_them_pause_it(string status)
    {
        Source.Next(call => call.GiveAsync(2_000_000));
        Source.Usual = call => call.RefuseAsync(status);

        var result = await trial.RunAsync();

        Assert.Equal((DownloadEnd.SourceAway, true), (result.End, result.MayGoOn));
        Assert.Contains($"answered with {status}. It was tried 8 times. 66 % are kept.", result.Message, StringComparison.Ordinal);
        Assert.Equal(2_000_000, new FileInfo(trial.Path).Length);
        // One wait after the cut, which brought bytes, and the seven of the eight tries; the cut is the first of them.
        Assert.Equal(8, Source.Requests.Count);
        double[] expected = [1, 2, 4, 8, 16, 32, 60];
        Assert.Equal(expected.Length, trial.Waits.Count);
        Assert.All(expected.Zip(trial.Waits), pair => Assert.InRange(pair.Second.TotalSeconds, 0.8 * pair.First, 1.2 * pair.First));
    }

    [Fact]
    public async Task Each_new_byte_begins_the_tries_anew()
    {
        var tries = Enumerable.Repeat<Func<FileCall, Task>>(call => call.RefuseAsync("503 Busy"), 6);
        Source.Next([.. tries, call => call.GiveAsync(1), .. tries, call => call.GiveAsync(1), .. tries]);

        trial.AssertWhole(await trial.RunAsync());

        Assert.Equal(21, Source.Requests.Count);
    }

    [Fact]
    public async Task After_ten_minutes_it_is_paused_though_tries_are_left()
    {
        Source.Usual = call => call.RefuseAsync("429 Too Many Requests", "Retry-After: 3600\r\n");

        var result = await trial.RunAsync();

        Assert.Equal(DownloadEnd.SourceAway, result.End);
        Assert.Equal(5, trial.Waits.Count);
        Assert.All(trial.Waits, wait => Assert.Equal(TimeSpan.FromMinutes(2), wait));
    }

    [Theory]
    [InlineData("17")]
    [InlineData("Fri, 20 Nov 2026 12:00:17 GMT")]
    public async Task The_source_says_when_to_come_back(string later)
    {
        Source.Next(call => call.RefuseAsync("503 Busy", $"Retry-After: {later}\r\n"));

        trial.AssertWhole(await trial.RunAsync());

        Assert.Equal([TimeSpan.FromSeconds(17)], trial.Waits);
        Assert.Equal(["Waiting 17 s: 127.0.0.1 answered with 503 Busy. 0 bytes are kept."], trial.Waiting);
    }

    [Theory]
    [InlineData(21, 3)]
    [InlineData(0.1, 601)]
    public async Task A_source_that_sends_a_byte_now_and_then_is_slow_after_a_minute(double seconds, int bytes)
    {
        await using var content = new DrippingStream(trial.Time, TimeSpan.FromSeconds(seconds));
        using var response = new HttpResponseMessage { RequestMessage = new HttpRequestMessage(HttpMethod.Get, Source.Url) };
        using var answer = new SourceAnswer(response, content, trial.Time)
        {
            From = 0,
            TotalBytes = 1 << 20,
            ETag = null,
            Sha256 = null,
        };
        using var file = PartialFile.Open(trial.Path);
        await using var meter = new DownloadMeter(_ => { }, trial.Time);
        var receiver = new DownloadReceiver(file, meter, trial.Time);

        var error = await Assert.ThrowsAsync<SourceException>(() =>
            receiver.ReceiveAsync(answer, 1 << 20, TestContext.Current.CancellationToken)
        );

        Assert.Equal("127.0.0.1 sends less than 1 kB a second.", error.Message);
        Assert.True(error is { IsTransient: true, IsSlow: true });
        Assert.Equal(bytes, file.Length);
    }

    [Fact]
    public async Task Waiting_ends_at_once_when_it_is_stopped()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        Source.Usual = call => call.RefuseAsync("503 Busy");
        trial.OnWait = stop.Cancel;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => trial.RunAsync(ct: stop.Token));
    }

    [Fact]
    public async Task Length_and_etag_are_told_before_a_byte_is_written()
    {
        trial.AssertWhole(await trial.RunAsync());

        var first = trial.Reports.First(report => report.TotalBytes is not null);
        Assert.Equal((0, Source.Content.Length, "\"v1\""), (first.Bytes, first.TotalBytes, first.ETag));
    }

    [Fact]
    public async Task Speed_is_that_of_the_last_ten_seconds()
    {
        var reports = new List<DownloadProgress>();
        var meter = new DownloadMeter(reports.Add, trial.Time);
        meter.Learn(20_000, null);
        for (var second = 0; second < 12; second++)
        {
            meter.Receive(second < 2 ? 4_000 : 100);
            var told = reports.Count;
            trial.Time.Pass(TimeSpan.FromSeconds(1));
            await Until.TrueAsync(() => reports.Count > told);
        }

        Assert.Equal((100, 110), ((int)reports[^1].BytesPerSecond, (int)reports[^1].Remaining!.Value.TotalSeconds));
        trial.Time.Pass(TimeSpan.FromSeconds(11));
        await Until.TrueAsync(() => reports[^1].BytesPerSecond < 1);
        Assert.Null(reports[^1].Remaining);
        await meter.DisposeAsync();
    }
}
