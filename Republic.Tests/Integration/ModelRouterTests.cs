using System.Net;
using System.Text;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

public sealed class ModelRouterTests : IAsyncLifetime
{
    private readonly RawUpstream upstream = new();
    private readonly ModelHostDouble host = new();
    private ProviderLayer layer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer(
            [("Outbound:AllowedHosts:0", upstream.Authority)],
            services => services.AddSingleton<IModelHostTransport>(host)
        );
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task A_connection_test_is_a_real_completion_of_one_token()
    {
        var test = await layer.Router.TestAsync(layer.Target("custom", upstream.BaseUrl), Ct);

        Assert.Equal((true, "vendor-model", null), (test.Ok, test.Model, test.Error));
        Assert.InRange(test.LatencyMs, 0, 60_000);
        Assert.Contains("\"max_tokens\":1", Assert.Single(upstream.Requests));
    }

    [Fact]
    public async Task A_failed_connection_test_tells_in_the_providers_own_words()
    {
        upstream.Script = call => call.JsonAsync("""{"error":{"message":"Invalid username or password."}}""", "401 Unauthorized");

        var test = await layer.Router.TestAsync(layer.Target("huggingface", upstream.BaseUrl), Ct);

        Assert.False(test.Ok);
        Assert.StartsWith("Hugging Face answered 401: “Invalid username or password”. Check the key", test.Error);
    }

    [Fact]
    public async Task Models_are_listed_as_the_provider_lists_them()
    {
        upstream.Script = call =>
            call.JsonAsync("""{"object":"list","data":[{"id":"b"},{"id":"a"},{"id":"b"},{"id":7},{"name":"x"},3,{"id":""}]}""");

        var listed = await layer.Router.ListModelsAsync(layer.Target("custom", upstream.BaseUrl), Ct);

        Assert.Equal(["b", "a"], listed.Select(model => model.Id));
        Assert.StartsWith("GET /v1/models HTTP/1.1", Assert.Single(upstream.Requests));
    }

    [Theory]
    [InlineData("/v1", "/v1/models")]
    [InlineData("/v1/", "/v1/models")]
    [InlineData("", "/models")]
    [InlineData("/openai?api-version=2", "/openai/models?api-version=2")]
    public async Task The_path_is_joined_to_the_base_url_as_a_person_means_it(string path, string expected)
    {
        upstream.Script = call => call.JsonAsync("""{"data":[]}""");

        await layer.Router.ListModelsAsync(layer.Target("custom", new Uri($"http://{upstream.Authority}{path}")), Ct);

        Assert.StartsWith($"GET {expected} HTTP/1.1", Assert.Single(upstream.Requests));
    }

    [Theory]
    [InlineData("openai", null, "OpenAI needs an API key")]
    [InlineData("openai", "", "OpenAI needs an API key")]
    [InlineData("openai", "sk-a\nX-Evil: 1", "Paste it again")]
    [InlineData("openai", "sk-ключ", "Paste it again")]
    [InlineData("custom", "two words", "Paste it again")]
    public async Task A_key_that_cannot_be_right_never_leaves_the_house(string provider, string? key, string says)
    {
        var test = await layer.Router.TestAsync(layer.Target(provider, upstream.BaseUrl, key), Ct);

        Assert.False(test.Ok);
        Assert.Contains(says, test.Error);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task Custom_without_a_base_url_says_what_is_missing()
    {
        var test = await layer.Router.TestAsync(layer.Target("custom"), Ct);

        Assert.Contains("Custom needs a base URL, e.g. https://api.example.com/v1", test.Error);
    }

    [Fact]
    public async Task A_provider_that_takes_no_key_is_sent_none()
    {
        await layer.Router.TestAsync(layer.Target("ollama", upstream.BaseUrl), Ct);

        Assert.DoesNotContain("Authorization", Assert.Single(upstream.Requests));
    }

    [Fact]
    public async Task Where_nothing_listens_the_message_says_so()
    {
        await upstream.DisposeAsync();

        var test = await layer.Router.TestAsync(layer.Target("custom", upstream.BaseUrl), Ct);

        Assert.Contains($"could not be reached at {upstream.Authority}: nothing listens there", test.Error);
    }

    [Fact]
    public async Task A_name_without_an_address_says_so()
    {
        var test = await layer.Router.TestAsync(layer.Target("custom", new Uri("http://no-such-host.invalid/v1")), Ct);

        Assert.Contains("no-such-host.invalid: the name has no address", test.Error);
    }

    [Fact]
    public async Task A_stream_comes_through_as_the_upstreams_bytes()
    {
        upstream.Script = call => call.StreamAsync(Say.Piece("Hel"), ": odd\n\n", Say.Finish, Say.Done);
        var target = layer.Target("custom", upstream.BaseUrl);
        var request = new ModelRequest(ModelRequest.Completions, "choices", Stream: true, _ => "{\"stream\":true}"u8.ToArray());

        await using var answer = await layer.Router.SendAsync(ModelRoute.Direct(target), request, Ct);

        using var came = new MemoryStream();
        ReadOnlyMemory<byte> lines;
        while (!(lines = await answer.NextAsync(Ct)).IsEmpty)
        {
            came.Write(lines.Span);
        }

        Assert.Equal(Say.Piece("Hel") + ": odd\n\n" + Say.Finish, Encoding.UTF8.GetString(came.ToArray()));
    }

    [Fact]
    public async Task Local_goes_to_the_model_host_and_no_base_url_takes_it_elsewhere()
    {
        var test = await layer.Router.TestAsync(layer.Target("local", upstream.BaseUrl), Ct);

        Assert.True(test.Ok, test.Error);
        Assert.Equal("http://model-host/v1/chat/completions", host.Asked);
        Assert.Empty(upstream.Requests);
    }

    [Fact]
    public async Task A_dead_model_host_is_told_in_its_own_words()
    {
        host.Fails = new HttpRequestException("The model host is starting again. Try in a moment.");

        var test = await layer.Router.TestAsync(layer.Target("local"), Ct);

        Assert.Equal("The model host is starting again. Try in a moment.", test.Error);
    }

    [Fact]
    public async Task A_refusal_for_memory_is_told_with_the_context_that_fits_and_no_fallback_is_asked()
    {
        host.Refusal =
            """{"error":{"message":"It needs 96 MB. Load it with a context of 1280 tokens.","code":"insufficient_memory","largest_context":1280}}""";
        var route = new ModelRoute([RouteCandidate.To(layer.Target("local")), RouteCandidate.To(layer.Target("custom", upstream.BaseUrl))])
        {
            HasConsent = true,
        };
        using var client = layer.Router.ChatClient(route);

        var refused = await Assert.ThrowsAsync<ProviderException>(() => client.GetResponseAsync("Hello", cancellationToken: Ct));

        Assert.Equal((ProviderErrorKind.OutOfMemory, 1280), (refused.Kind, refused.LargestContext));
        Assert.Equal("It needs 96 MB. Load it with a context of 1280 tokens.", refused.Message);
        Assert.Empty(upstream.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        await upstream.DisposeAsync();
    }

    private sealed class ModelHostDouble : IModelHostTransport
    {
        public string? Asked { get; private set; }

        public Exception? Fails { get; set; }

        /// <summary>The body of a 503; null where it answers.</summary>
        public string? Refusal { get; set; }

        public HttpMessageHandler CreateHandler() => new Handler(this);

        private sealed class Handler(ModelHostDouble host) : HttpMessageHandler
        {
            protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            {
                host.Asked = request.RequestUri?.AbsoluteUri;
                return host.Fails is { } e
                    ? Task.FromException<HttpResponseMessage>(e)
                    : Task.FromResult(
                        new HttpResponseMessage(host.Refusal is null ? HttpStatusCode.OK : HttpStatusCode.ServiceUnavailable)
                        {
                            Content = new StringContent(host.Refusal ?? Say.Whole("Hi"), Encoding.UTF8, "application/json"),
                        }
                    );
            }
        }
    }
}
