using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Providers;

/// <summary>However many models a call is tried with, it takes no longer than <c>Providers:Limits:Total</c> together.</summary>
public sealed class TotalTimeTests(TotalTimeTests.Hurried republic) : IClassFixture<TotalTimeTests.Hurried>
{
    [Fact]
    public async Task Each_further_model_has_only_the_time_that_those_before_it_left()
    {
        await using var upstream = new RawUpstream();
        upstream.Script = call => call.HangAsync();
        var baseUrl = upstream.BaseUrl.AbsoluteUri;
        JsonObject Model(string id) =>
            new()
            {
                ["provider"] = "custom",
                ["model_id"] = id,
                ["base_url"] = baseUrl,
            };
        var fields = Model("first");
        fields["fallbacks"] = new JsonArray([.. Enumerable.Range(0, 5).Select(number => Model($"fallback-{number}"))]);
        var minion = await republic.Ada.NewMinionAsync("hurried", vendor: null, fields);
        using var client = new OutsideClient(republic.Address, minion.Key);

        var time = TimeProvider.System;
        var started = time.GetTimestamp();
        var error = await client.ErrorAsync(504, "/v1/chat/completions", OutsideClient.Hi);

        // Two seconds; three if the second had as long as the first.
        Assert.InRange(time.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(2.9));
        // The first takes a second and a half of the two, the second what is left.
        Assert.InRange(upstream.Requests.Count, 1, 2);
        Assert.Equal("upstream_timeout", (string?)error["code"]);
    }

    public sealed class Hurried(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings =>
            [
                ("Providers:Limits:Total", "00:00:02"),
                ("Providers:Limits:FirstByte", "00:00:01.5"),
                ("Providers:Limits:WholeAnswer", "00:00:01.5"),
            ];
    }
}
