using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>The official client, as its users run it: from npm, in Node.</summary>
public sealed class OpenAiClientTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task It_talks_to_a_minion_on_the_built_in_model()
    {
        var minion = await republic.Mira.NewMinionAsync("sprout");

        var said = await RunAsync(minion.Key);

        Assert.Equal([minion.RepublicId], said["models"]!.AsArray().Select(id => (string?)id));
        Assert.Equal(minion.RepublicId, (string?)said["model"]);
        Assert.NotEqual("", (string?)said["whole"]!["text"]);
        Assert.InRange((int)said["whole"]!["usage"]!, 2, 1000);
        Assert.NotEqual("", (string?)said["stream"]!["text"]);
        Assert.InRange((int)said["stream"]!["usage"]!, 2, 1000);
        var lengths = said["embeddings"]!.AsArray().Select(length => (int)length!).ToList();
        Assert.Equal(2, lengths.Count);
        Assert.True(lengths[0] > 8 && lengths[0] == lengths[1], $"{lengths[0]} and {lengths[1]}");
    }

    [Fact]
    public async Task It_talks_to_a_minion_on_any_provider_and_raises_errors_as_its_own()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Hel", "lö");
        var minion = await republic.Mira.NewMinionAsync("custom", vendor);

        var said = await RunAsync(minion.Key);

        Assert.Equal("""{"text":"Hellö","usage":10,"reason":"stop"}""", Plain(said["whole"]));
        Assert.Equal("""{"text":"Hellö","usage":10}""", Plain(said["stream"]));
        Assert.Equal(
            """["BadRequestError",400,"messages","400 messages is empty. It must hold at least one message."]""",
            Plain(said["bad request"])
        );
        Assert.Equal("""["AuthenticationError",401,"invalid_api_key"]""", Plain(said["bad key"]));
    }

    [Fact]
    public async Task It_talks_to_a_minion_whose_provider_speaks_otherwise()
    {
        var wire = Wire.Of("anthropic");
        await using var vendor = new RawUpstream();
        vendor.Script = call =>
            VendorRequest.Parse(call.Request).IsStream ? call.StreamAsync(wire.Stream("Hel", "lö")) : call.JsonAsync(wire.Whole("Hellö"));
        var minion = await republic.Mira.NewMinionAsync(
            "messages",
            vendor: null,
            new JsonObject
            {
                ["provider"] = wire.Provider,
                ["model_id"] = "vendor-model",
                ["base_url"] = vendor.BaseUrl.AbsoluteUri,
                ["api_key"] = FakeVendor.Key,
            }
        );

        var said = await RunAsync(minion.Key);

        Assert.Equal("""{"text":"Hellö","usage":10,"reason":"stop"}""", Plain(said["whole"]));
        Assert.Equal("""{"text":"Hellö","usage":10}""", Plain(said["stream"]));
        Assert.Equal(400, (int)said["embeddings"]);
    }

    [Fact]
    public async Task A_stream_that_breaks_off_raises_an_error_and_is_not_taken_for_the_whole_answer()
    {
        await using var vendor = new FakeVendor();
        vendor.CutsAfter("Hel");
        var minion = await republic.Mira.NewMinionAsync("broken", vendor);
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var response = await client.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");
        var last = JsonNode.Parse((await OutsideClient.FramesAsync(response))[^1])!;

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("upstream_interrupted", (string?)last["error"]!["code"]);
    }

    private static string Plain(JsonNode? node) =>
        node!.ToJsonString(
            new System.Text.Json.JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );

    private Task<IReadOnlyDictionary<string, JsonNode>> RunAsync(string key) => ClientProgram.RunAsync("openai-basics.cjs", republic, key);
}
