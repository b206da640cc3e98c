using Microsoft.Extensions.AI;
using Republic.Core.Providers.Protocols.OpenAi;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

public sealed class EmbeddingTests : IAsyncLifetime
{
    private readonly RawUpstream upstream = new();
    private ProviderLayer layer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer([("Outbound:AllowedHosts:0", upstream.Authority)]);
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Every_text_gets_its_own_vector_whatever_order_they_come_in()
    {
        upstream.Script = call =>
            call.JsonAsync(
                """{"object":"list","model":"vendor-model","data":[{"index":1,"embedding":[0.5,-1]},{"index":0,"embedding":"AACAPwAAAEA="}],"usage":{"prompt_tokens":4,"total_tokens":4}}"""
            );

        var vectors = await EmbedAsync("a", "b");

        Assert.Equal([1, 2], vectors[0].Vector.ToArray());
        Assert.Equal([0.5f, -1], vectors[1].Vector.ToArray());
        Assert.Equal((4, "vendor-model"), (vectors.Usage?.InputTokenCount, vectors[0].ModelId));
        var sent = VendorRequest.Parse(Assert.Single(upstream.Requests));
        Assert.Equal("/v1/embeddings", sent.Path);
        Assert.Equal("""{"model":"vendor-model","input":["a","b"],"encoding_format":"float","dimensions":2}""", sent.Body!.ToJsonString());
    }

    [Theory]
    [InlineData("""{"data":[{"index":0,"embedding":[1]}]}""", "sent 1 vectors for 2 texts")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":0,"embedding":[1]}]}""", "no vector for the text at place 2")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":9,"embedding":[1]}]}""", "no vector for the text at place 2")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[]}]}""", "no vector for the text at place 2")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1e99]}]}""", "no vector for the text at place 2")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":"AAA="}]}""", "no vector for the text at place 2")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},7]}""", "no vector for the text at place 2")]
    [InlineData("""{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}""", "vectors of different lengths")]
    [InlineData("""{"data":{}}""", "without an answer in it")]
    [InlineData("""{"error":{"message":"no such pooling"}}""", "broke off: “no such pooling”")]
    public async Task Vectors_that_cannot_be_told_apart_are_refused(string answer, string says)
    {
        upstream.Script = call => call.JsonAsync(answer);

        var error = await Assert.ThrowsAsync<ProviderException>(() => EmbedAsync("a", "b"));

        Assert.Contains(says, error.Message);
    }

    [Fact]
    public async Task No_texts_are_not_sent()
    {
        Assert.Empty(await EmbedAsync());
        Assert.Empty(upstream.Requests);
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        await upstream.DisposeAsync();
    }

    private async Task<GeneratedEmbeddings<Embedding<float>>> EmbedAsync(params string[] texts)
    {
        using var vectors = new OpenAiEmbeddingGenerator(layer.Router, ModelRoute.Direct(layer.Target("custom", upstream.BaseUrl)));
        return await vectors.GenerateAsync(texts, new EmbeddingGenerationOptions { Dimensions = 2 }, Ct);
    }
}
