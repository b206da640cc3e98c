using System.Net;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>Every way a provider can fail, as an outside client sees it.</summary>
public sealed class OpenAiFaultTests(OpenAiFaultTests.Hasty republic) : IClassFixture<OpenAiFaultTests.Hasty>, IAsyncLifetime
{
    private readonly RawUpstream upstream = new();

    public static TheoryData<string, string, bool> EveryFault => ProtocolContractTests.EveryFault;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(EveryFault))]
    public async Task Every_fault_ends_in_an_error_of_their_shape_and_the_next_call_works(string protocol, string name, bool streamed)
    {
        var wire = Wire.Of(protocol);
        var fault = Faults.All.Single(fault => fault.Name == name);
        var body = $$"""{"stream":{{(streamed ? "true" : "false")}},"messages":[{"role":"user","content":"Hi"}]}""";
        var minion = await republic.Mira.NewMinionAsync(
            $"m{Guid.CreateVersion7():N}",
            vendor: null,
            new JsonObject
            {
                ["provider"] = wire.Provider,
                ["model_id"] = "vendor-model",
                ["base_url"] = upstream.BaseUrl.AbsoluteUri,
                ["api_key"] = Faults.Key,
            }
        );
        using var client = new OutsideClient(republic.Address, minion.Key);
        upstream.Script = fault.On(wire);

        using (var response = await client.ChatAsync(body))
        {
            var text = await response.Content.ReadAsStringAsync(Ct);
            Assert.DoesNotContain(Faults.Key, text);
            var error = response.IsSuccessStatusCode ? LastEvent(text) : JsonNode.Parse(text)!["error"]!;
            // Where the owner's servers stand is not for whoever holds a minion's key.
            Assert.Contains(fault.Kind == ProviderErrorKind.Unreachable ? "could not be reached" : fault.Says, (string?)error["message"]);
            Assert.DoesNotContain(upstream.Authority, text);
            Assert.NotNull((string?)error["type"]);
            Assert.True(
                response.IsSuccessStatusCode || (int)response.StatusCode is 400 or 413 or 422 or 429 or 502 or 503 or 504,
                $"{response.StatusCode}"
            );
        }

        upstream.Script = streamed ? call => call.StreamAsync(wire.Stream("Hello")) : call => call.JsonAsync(wire.Whole("Hello"));
        using var next = await client.ChatAsync(body);
        Assert.Contains("Hello", await next.Content.ReadAsStringAsync(Ct));
        Assert.DoesNotContain(republic.Log, line => line.Contains(Faults.Key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Many_bad_keys_from_one_address_have_to_wait_and_a_good_one_does_not()
    {
        var minion = await republic.Mira.NewMinionAsync("patient");
        using var good = new OutsideClient(republic.Address, minion.Key);
        using var bad = new OutsideClient(republic.Address, "rep_0123456789012345678901234567890123456789012");
        for (var i = 0; i < 5; i++)
        {
            await bad.ErrorAsync(401, "/v1/models");
        }

        using var refused = await bad.SendAsync("/v1/models");
        using var served = await good.SendAsync("/v1/models");

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.InRange(refused.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60));
        Assert.Equal(HttpStatusCode.OK, served.StatusCode);
    }

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => upstream.DisposeAsync();

    private static JsonNode LastEvent(string stream)
    {
        var last = stream.TrimEnd().Split('\n')[^1];
        Assert.StartsWith("data: {", last);
        var parsed = JsonNode.Parse(last[6..])!;
        Assert.NotNull(parsed["choices"]);
        return parsed["error"]!;
    }

    public sealed class Hasty(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override IEnumerable<(string Key, string Value)> Settings =>
            [
                ("Accounts:FailuresPerMinuteAndAddress", "5"),
                ("Providers:Limits:FirstByte", "00:00:01"),
                ("Providers:Limits:WholeAnswer", "00:00:01"),
                ("Providers:Limits:Idle", "00:00:01"),
                ("Providers:Limits:Total", "00:00:02.2"),
                ("Providers:Limits:MaxBodyBytes", "1048576"),
                ("Providers:Limits:MaxLineBytes", "65536"),
                // Two rounds show what three do, and nobody has to breathe between them.
                ("Providers:Routing:Rounds", "2"),
                ("Providers:Routing:FirstPause", "00:00:00.01"),
                ("Logging:LogLevel:Default", "Trace"),
            ];
    }
}
