using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>A provider that fails under load, and a fallback that stands in for it.</summary>
public sealed class OpenAiSwitchTests(OpenAiSwitchTests.Stubborn republic) : IClassFixture<OpenAiSwitchTests.Stubborn>, IAsyncLifetime
{
    private const int Switches = 1000;
    private const int Clients = 16;

    private readonly RawUpstream first = new();
    private readonly RawUpstream second = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_thousand_calls_whose_provider_fails_are_all_answered_by_the_fallback()
    {
        var asked = 0;
        first.Script = call =>
            (Interlocked.Increment(ref asked) % 4) switch
            {
                0 => call.JsonAsync("""{"error":{"message":"Overloaded"}}""", "503 Service Unavailable"),
                1 => call.JsonAsync("""{"error":{"message":"Broken"}}""", "500 Internal Server Error"),
                2 => call.JsonAsync("<html>Bad gateway</html>"),
                // Hung up on without a word.
                _ => Task.CompletedTask,
            };
        second.Script = call =>
            call.Request.Contains("\"stream\":true", StringComparison.Ordinal)
                ? call.StreamAsync(Say.Piece("Hello"), Say.Finish, Say.Usage, Say.Done)
                : call.JsonAsync(Say.Whole("Hello"));
        var person = await republic.NewPersonAsync("Switcher");
        var minion = await person.NewMinionAsync("switcher", vendor: null, Fields());
        using var client = new OutsideClient(republic.Address, minion.Key);
        var left = Switches;

        await Task.WhenAll(Enumerable.Range(0, Clients).Select(_ => AskAsync()));

        Assert.Equal(Switches, second.Requests.Count);
        Assert.True(first.Requests.Count >= Switches, $"{first.Requests.Count}");

        async Task AskAsync()
        {
            int turn;
            while ((turn = Interlocked.Decrement(ref left)) >= 0)
            {
                var stream = turn % 2 == 0 ? "true" : "false";
                using var answer = await client.ChatAsync($$"""{"stream":{{stream}},"messages":[{"role":"user","content":"Hi"}]}""");
                var text = await answer.Content.ReadAsStringAsync(Ct);
                Assert.True(answer.IsSuccessStatusCode, text);
                Assert.Contains("Hello", text);
                Assert.Equal("2", Assert.Single(answer.Headers.GetValues("x-republic-hops")));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await first.DisposeAsync();
        await second.DisposeAsync();
    }

    private JsonObject Fields() =>
        new()
        {
            ["provider"] = "custom",
            ["model_id"] = "failing-model",
            ["base_url"] = first.BaseUrl.AbsoluteUri,
            ["fallbacks"] = new JsonArray(
                new JsonObject
                {
                    ["provider"] = "custom",
                    ["model_id"] = "vendor-model",
                    ["base_url"] = second.BaseUrl.AbsoluteUri,
                }
            ),
        };

    /// <summary>Never leaves a failing provider alone, so that every call has to switch.</summary>
    public sealed class Stubborn(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings =>
            [.. base.Settings, ("Providers:Routing:FailuresToOpen", "1000000"), ("OpenAi:RequestsPerMinute", "0")];
    }
}
