using Republic.Core.PersonalModels.Fitting;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels;

/// <summary>Headers that were read already, or that somebody else is reading.</summary>
public sealed class KnownHeadersTests : IAsyncDisposable
{
    private static readonly Guid Person = Guid.CreateVersion7();
    private readonly HeaderSource source = new(GgufMutations.Sprout);
    private readonly Clock clock = new();
    private readonly RemoteHeaders headers;

    public KnownHeadersTests() => headers = new RemoteHeaders(source.Client, clock);

    public async ValueTask DisposeAsync()
    {
        headers.Dispose();
        await source.DisposeAsync();
    }

    [Fact]
    public async Task Two_who_want_the_same_share_one_fetch_and_one_may_go_away()
    {
        var ready = new TaskCompletionSource();
        source.Ready = ready.Task;
        using var away = new CancellationTokenSource();

        var first = headers.ReadAsync(Person, source.Url, away.Token);
        var second = ReadAsync();
        await Until.TrueAsync(() => !source.Asked.IsEmpty);
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        ready.SetResult();

        Assert.NotNull((await second).Header);
        Assert.Single(source.Asked);
    }

    [Fact]
    public async Task A_person_who_waits_for_slow_sources_keeps_nobody_else_waiting()
    {
        var ready = new TaskCompletionSource();
        source.Ready = ready.Task;
        var ct = TestContext.Current.CancellationToken;

        var slow = Enumerable.Range(1, 4).Select(i => headers.ReadAsync(Person, Numbered(i), ct)).ToList();
        await Until.TrueAsync(() => source.Asked.Count == 2);
        var other = headers.ReadAsync(Guid.CreateVersion7(), source.Url, ct);
        await Until.TrueAsync(() => source.Asked.Count == 3);

        Assert.Equal(source.Url.AbsolutePath, source.Paths.Last());
        ready.SetResult();
        Assert.NotNull((await other).Header);
        Assert.All(await Task.WhenAll(slow), answer => Assert.NotNull(answer.Header));
    }

    [Fact]
    public async Task What_was_read_is_known_for_an_hour_and_what_failed_for_a_minute()
    {
        Assert.Null(headers.Known(source.Url));
        var type = source.Type;
        source.Type = "text/html";
        var failed = (await ReadAsync()).Failure!;
        source.Type = type;
        Assert.Equal(
            $"{failed.Message} It was read less than a minute ago: if it was replaced since, try again in a minute.",
            (await ReadAsync()).Failure!.Message
        );
        Assert.Null(headers.Known(source.Url));
        Assert.Single(source.Asked);

        clock.Pass(TimeSpan.FromMinutes(1));
        var header = (await ReadAsync()).Header;

        Assert.Same(header, (await ReadAsync()).Header);
        Assert.Same(header, headers.Known(source.Url));
        Assert.Equal(2, source.Asked.Count);

        clock.Pass(TimeSpan.FromHours(1));
        Assert.Null(headers.Known(source.Url));
        Assert.NotNull((await ReadAsync()).Header);
        Assert.Equal(3, source.Asked.Count);
    }

    [Fact]
    public async Task That_a_source_does_not_tell_is_known_for_a_minute_too()
    {
        source.Claims = null;
        Assert.NotNull((await ReadAsync()).NotKnown);

        Assert.NotNull((await ReadAsync()).NotKnown);

        Assert.Single(source.Asked);
    }

    [Fact]
    public async Task A_failure_is_known_no_longer_than_until_its_source_wants_to_be_asked_again()
    {
        source.Refusal = "503 Service Unavailable\r\nRetry-After: 5";
        var failed = await ReadAsync();
        Assert.Equal(TimeSpan.FromSeconds(5), failed.Failure!.RetryAfter);
        source.Refusal = null;
        Assert.Same(failed, await ReadAsync());

        clock.Pass(TimeSpan.FromSeconds(5));

        Assert.NotNull((await ReadAsync()).Header);
    }

    [Fact]
    public async Task Who_tries_once_more_is_not_told_of_the_last_failure_but_of_a_header_that_is_known()
    {
        var ct = TestContext.Current.CancellationToken;
        var type = source.Type;
        source.Type = "text/html";
        await ReadAsync();
        source.Type = type;

        var header = (await headers.ReadAgainAsync(Person, source.Url, ct)).Header;

        Assert.NotNull(header);
        Assert.Same(header, (await headers.ReadAgainAsync(Person, source.Url, ct)).Header);
        Assert.Equal(2, source.Asked.Count);
    }

    [Fact]
    public async Task A_host_that_may_be_allowed_is_asked_again_at_once()
    {
        source.Elsewhere = "http://10.0.0.5/a.gguf";
        Assert.NotNull((await ReadAsync()).AllowableHost);
        source.Elsewhere = null;

        Assert.NotNull((await ReadAsync()).Header);
    }

    [Fact]
    public async Task What_is_another_file_by_now_is_forgotten()
    {
        await ReadAsync();

        headers.Forget(source.Url, "\"1\"");
        Assert.NotNull(headers.Known(source.Url));
        headers.Forget(source.Url, "\"2\"");
        Assert.Null(headers.Known(source.Url));
    }

    [Fact]
    public async Task No_more_than_256_headers_are_kept()
    {
        for (var i = 0; i < 257; i++)
        {
            await headers.ReadAsync(Person, Numbered(i), TestContext.Current.CancellationToken);
            clock.Pass(TimeSpan.FromSeconds(1));
        }

        Assert.Null(headers.Known(Numbered(0)));
        Assert.All(Enumerable.Range(1, 256), i => Assert.NotNull(headers.Known(Numbered(i))));
    }

    private Uri Numbered(int i) => new(source.Url, $"/{i}.gguf");

    private Task<HeaderResult> ReadAsync() => headers.ReadAsync(Person, source.Url, TestContext.Current.CancellationToken);
}
