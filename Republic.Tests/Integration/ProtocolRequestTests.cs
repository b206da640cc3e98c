using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What goes out, over real sockets: to each vendor in its own words, with its key where it wants it.</summary>
public sealed class ProtocolRequestTests : IAsyncLifetime
{
    private readonly RawUpstream upstream = new();
    private ProviderLayer layer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private VendorRequest Sent => VendorRequest.Parse(Assert.Single(upstream.Requests));

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer([("Outbound:AllowedHosts:0", upstream.Authority)]);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Chat_completions_are_asked_as_the_format_has_it()
    {
        await AskAsync(Wire.Of("openai"));

        Assert.Equal(("POST", "/v1/chat/completions"), (Sent.Method, Sent.Path));
        Assert.Equal("Bearer sk-canary-0123456789abcdef", Sent.Authorization);
        Assert.False(Sent.Headers.ContainsKey("traceparent"));
        Same(
            """{"model":"vendor-model","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Grüß \"dich\" 🌱 \ufffd"}],"temperature":0.7,"top_p":0.95,"max_tokens":64,"seed":5,"stop":["END"]}""",
            Sent.Body
        );
    }

    [Fact]
    public async Task A_message_is_asked_for_as_its_api_has_it()
    {
        await AskAsync(Wire.Of("anthropic"));

        Assert.Equal(("POST", "/v1/messages"), (Sent.Method, Sent.Path));
        Assert.Equal("sk-canary-0123456789abcdef", Sent.Headers["x-api-key"]);
        Assert.Equal("2023-06-01", Sent.Headers["anthropic-version"]);
        Assert.Null(Sent.Authorization);
        Same(
            """{"model":"vendor-model","max_tokens":64,"system":"Be brief.","messages":[{"role":"user","content":[{"type":"text","text":"Grüß \"dich\" 🌱 \ufffd"}]}],"temperature":0.7,"stop_sequences":["END"]}""",
            Sent.Body
        );
    }

    [Theory]
    [MemberData(nameof(ProtocolContractTests.Protocols), MemberType = typeof(ProtocolContractTests))]
    public async Task Sampling_that_is_not_set_is_not_sent(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call => call.JsonAsync(wire.Whole("Hello"));
        using var client = layer.Router.ChatClient(layer.Target(wire.Provider, upstream.BaseUrl));

        await client.GetResponseAsync(
            "Hi",
            new ChatOptions
            {
                Temperature = null,
                TopP = null,
                MaxOutputTokens = 9,
            },
            Ct
        );

        Assert.Empty(Sent.Body!.AsObject().Select(field => field.Key).Intersect(["temperature", "top_p", "top_k"]));
    }

    [Theory]
    [InlineData("openai", "max_completion_tokens")]
    [InlineData("groq", "max_completion_tokens")]
    [InlineData("openrouter", "max_tokens")]
    [InlineData("anthropic", "max_tokens")]
    public async Task The_catalogue_row_decides_what_the_limit_is_called(string provider, string field)
    {
        upstream.Script = call => call.JsonAsync(provider == "anthropic" ? new AnthropicWire().Whole("Hi") : Say.Whole("Hi"));
        using var client = layer.Router.ChatClient(layer.Target(provider, upstream.BaseUrl));

        await client.GetResponseAsync("Hi", new ChatOptions { MaxOutputTokens = 9 }, Ct);

        Assert.Equal(9, (int?)Sent.Body![field]);
    }

    [Theory]
    [InlineData("", "/v1/messages")]
    [InlineData("/v1", "/v1/messages")]
    [InlineData("/proxy/v1/", "/proxy/v1/messages")]
    [InlineData("/proxy", "/proxy/v1/messages")]
    public async Task The_version_may_stand_in_the_base_url_or_not(string path, string expected)
    {
        upstream.Script = call => call.JsonAsync(new AnthropicWire().Whole("Hi"));
        using var client = layer.Router.ChatClient(layer.Target("anthropic", new Uri($"http://{upstream.Authority}{path}")));

        await client.GetResponseAsync("Hi", cancellationToken: Ct);

        Assert.Equal(expected, Sent.Path);
    }

    [Theory]
    [InlineData("anthropic", "`temperature` is deprecated for this model.")]
    [InlineData("openai", "Unsupported value: 'temperature' does not support 0.7 with this model.")]
    public async Task A_model_that_refuses_sampling_is_asked_again_without_and_not_asked_so_twice(string protocol, string refusal)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call =>
            call.Request.Contains("\"temperature\"", StringComparison.Ordinal)
                ? call.JsonAsync(wire.Error(refusal, "invalid_request_error"), "400 Bad Request")
                : call.JsonAsync(wire.Whole("Hello"));
        using var client = layer.Router.ChatClient(layer.Target(wire.Provider, upstream.BaseUrl));
        var options = new ChatOptions { Temperature = 0.7f };

        Assert.Equal("Hello", (await client.GetResponseAsync("Hi", options, Ct)).Text);
        Assert.Equal(2, upstream.Requests.Count);
        Assert.Equal("Hello", (await client.GetResponseAsync("Hi", options, Ct)).Text);
        Assert.Equal(3, upstream.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(ProtocolContractTests.Protocols), MemberType = typeof(ProtocolContractTests))]
    public async Task A_setting_out_of_range_is_the_callers_mistake_and_is_told(string protocol)
    {
        var wire = Wire.Of(protocol);
        upstream.Script = call => call.JsonAsync(wire.Error("temperature: must be at most 2", "invalid_request_error"), "400 Bad Request");
        using var client = layer.Router.ChatClient(layer.Target(wire.Provider, upstream.BaseUrl));

        var error = await Assert.ThrowsAsync<ProviderException>(() =>
            client.GetResponseAsync("Hi", new ChatOptions { Temperature = 0.7f }, Ct)
        );

        Assert.Contains("must be at most 2", error.Message);
        Assert.Single(upstream.Requests);
    }

    [Fact]
    public async Task Where_there_are_no_embeddings_the_message_says_so_and_nothing_is_sent()
    {
        using var vectors = new OpenAiEmbeddingGenerator(layer.Router, ModelRoute.Direct(layer.Target("anthropic", upstream.BaseUrl)));

        var error = await Assert.ThrowsAsync<ProviderException>(() => vectors.GenerateAsync(["a"], cancellationToken: Ct));

        Assert.Equal(ProviderErrorKind.BadRequest, error.Kind);
        Assert.Equal("Anthropic has no embeddings. Choose a minion or model of another provider for them.", error.Message);
        Assert.Empty(upstream.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        await upstream.DisposeAsync();
    }

    private static void Same(string expected, JsonNode? actual) =>
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), actual), actual?.ToJsonString());

    private async Task AskAsync(Wire wire)
    {
        upstream.Script = call => call.JsonAsync(wire.Whole("Hello"));
        using var client = layer.Router.ChatClient(layer.Target(wire.Provider, upstream.BaseUrl));
        var options = new ChatOptions
        {
            Temperature = 0.7f,
            TopP = 0.95f,
            MaxOutputTokens = 64,
            StopSequences = ["END"],
            Seed = 5,
        };
        await client.GetResponseAsync([new(ChatRole.System, "Be brief."), new(ChatRole.User, "Grüß \"dich\" 🌱 \ud800")], options, Ct);
    }
}
