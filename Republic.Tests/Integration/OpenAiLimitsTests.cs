using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What one caller of <c>/v1</c> may take, and what stands in the headers.</summary>
public sealed class OpenAiLimitsTests(OpenAiLimitsTests.Narrow republic) : IClassFixture<OpenAiLimitsTests.Narrow>
{
    private const string Hi = """{"messages":[{"role":"user","content":"Hi"}]}""";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_keys_minute_is_limited_and_no_other_keys()
    {
        await using var vendor = new FakeVendor();
        var minion = await republic.Ada.NewMinionAsync("hurried", vendor);
        var other = await republic.Ada.NewMinionAsync("patient", vendor);
        using var client = new OutsideClient(republic.Address, minion.Key);
        using var others = new OutsideClient(republic.Address, other.Key);

        for (var left = 4; left >= 0; left--)
        {
            using var answer = await client.ChatAsync(Hi);
            Assert.Equal(200, (int)answer.StatusCode);
            Assert.Equal("5", answer.Headers.GetValues("x-ratelimit-limit-requests").Single());
            Assert.Equal($"{left}", answer.Headers.GetValues("x-ratelimit-remaining-requests").Single());
        }

        using var refused = await client.ChatAsync(Hi);
        Assert.Equal(429, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        Assert.Equal("rate_limit_exceeded", (string)(await JsonAsync(refused))["error"]!["code"]!);
        using var unharmed = await others.ChatAsync(Hi);
        Assert.Equal(200, (int)unharmed.StatusCode);
    }

    [Fact]
    public async Task Streams_of_one_owner_are_limited_and_one_that_ends_makes_room()
    {
        await using var vendor = new FakeVendor();
        vendor.Hangs();
        var first = await republic.Jonas.NewMinionAsync("one", vendor);
        var second = await republic.Jonas.NewMinionAsync("two", vendor);
        using var third = new OutsideClient(republic.Address, second.Key);
        var one = new OutsideClient(republic.Address, first.Key);
        var two = new OutsideClient(republic.Address, second.Key);
        var open = Task.WhenAll(StreamAsync(one), StreamAsync(two));
        await Until.TrueAsync(() => vendor.Requests.Count == 2);

        using var refused = await StreamAsync(third);
        Assert.Equal(429, (int)refused.StatusCode);

        one.Dispose();
        two.Dispose();
        await Assert.ThrowsAnyAsync<Exception>(() => open);
        vendor.Answers("Hello");
        await Until.TrueAsync(async () =>
        {
            using var answer = await StreamAsync(third);
            return (int)answer.StatusCode == 200;
        });
    }

    [Fact]
    public async Task Calls_of_tools_are_requests_of_their_person()
    {
        using var client = await McpRequests.OfAsync(republic, await republic.NewPersonAsync("Toolsmith"));
        for (var i = 0; i < 5; i++)
        {
            using var answer = await client.SendAsync("tools/list");
            Assert.Equal(200, (int)answer.StatusCode);
        }

        using var refused = await client.SendAsync("tools/list");

        Assert.Equal(429, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
    }

    private static Task<HttpResponseMessage> StreamAsync(OutsideClient client) =>
        client.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");

    private static async Task<JsonNode> JsonAsync(HttpResponseMessage answer) =>
        JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancel))!;

    public sealed class Narrow(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings =>
            [("OpenAi:RequestsPerMinute", "5"), ("OpenAi:StreamsPerPerson", "2")];
    }
}
