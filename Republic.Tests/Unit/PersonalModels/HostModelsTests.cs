using System.Net;
using System.Text;
using Republic.Core.PersonalModels.Fitting;
using Republic.Core.Providers;
using Republic.Tests.World;

namespace Republic.Tests.Unit.PersonalModels;

public sealed class HostModelsTests
{
    [Theory]
    [InlineData(
        """{"models":[{"planned_bytes":5,"active":0,"waiting":0},{"planned_bytes":7,"active":1},{"planned_bytes":9,"waiting":2}]}""",
        16,
        5
    )]
    [InlineData("""{"models":[]}""", 0, 0)]
    [InlineData("{}", 0, 0)]
    [InlineData("null", 0, 0)]
    [InlineData("<html>", 0, 0)]
    public async Task What_the_host_tells_is_summed_up(string told, long busy, long idle)
    {
        using var models = new HostModels(new Host(() => Json(told)), IdleThreads.New(), TimeProvider.System);

        var load = await models.LoadAsync(TestContext.Current.CancellationToken);
        Assert.Equal((busy, idle), (load.BusyBytes, load.IdleBytes));
    }

    [Fact]
    public async Task A_host_that_refuses_breaks_or_is_absent_has_nothing_in_memory()
    {
        foreach (
            var transport in new IModelHostTransport[]
            {
                new NoModelHost(),
                new Host(() => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable)),
                new Host(() => throw new IOException("gone")),
                new Host(() => throw new TaskCanceledException("too late")),
            }
        )
        {
            using var models = new HostModels(transport, IdleThreads.New(), TimeProvider.System);
            Assert.Equal(HostLoad.None, await models.LoadAsync(TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task It_is_asked_every_few_seconds_at_most()
    {
        var (time, asked) = (new Ticking(), 0);
        using var models = new HostModels(
            new Host(() => Json($$"""{"models":[{"planned_bytes":{{++asked}}}]}""")),
            IdleThreads.New(),
            time
        );

        Assert.Equal(1, (await models.LoadAsync(TestContext.Current.CancellationToken)).IdleBytes);
        time.Passed = TimeSpan.FromSeconds(2);
        Assert.Equal(1, (await models.LoadAsync(TestContext.Current.CancellationToken)).IdleBytes);
        time.Passed = TimeSpan.FromSeconds(4);
        Assert.Equal(2, (await models.LoadAsync(TestContext.Current.CancellationToken)).IdleBytes);
    }

    private static HttpResponseMessage Json(string text) =>
        new(HttpStatusCode.OK) { Content = new StringContent(text, Encoding.UTF8, "application/json") };

    private sealed class Host(Func<HttpResponseMessage> answer) : HttpMessageHandler, IModelHostTransport
    {
        public HttpMessageHandler CreateHandler() => this;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Assert.Equal("/health", request.RequestUri!.AbsolutePath);
            return Task.FromResult(answer());
        }
    }

    private sealed class Ticking : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
