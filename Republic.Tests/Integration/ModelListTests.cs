using Republic.Core.Providers;
using Republic.Core.Providers.Upstream;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>Lists of models as vendors give them.</summary>
public sealed class ModelListTests : IAsyncLifetime
{
    private readonly RawUpstream upstream = new();
    private ProviderLayer layer = null!;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        layer = new ProviderLayer([("Outbound:AllowedHosts:0", upstream.Authority)]);
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("""{"id":"m","object":"model","owned_by":"x"}""", null, null, null, null)]
    [InlineData("""{"id":"m","max_model_len":32768}""", 32768, null, null, null)]
    [InlineData("""{"id":"m","context_window":131072}""", 131072, null, null, null)]
    [InlineData("""{"id":"m","meta":{"n_ctx_train":8192}}""", 8192, null, null, null)]
    [InlineData("""{"id":"m","max_context_length":128000,"deprecation":"2027-01-14T12:00:00Z"}""", 128000, null, null, "2027-01-14")]
    [InlineData(
        """{"id":"m","context_length":200000,"pricing":{"prompt":"0.000003","completion":"0.000015","input_cache_read":"3e-7"},"expiration_date":null}""",
        200000,
        3.0,
        15.0,
        null
    )]
    [InlineData("""{"id":"m","pricing":{"prompt":"-1","completion":"-1"}}""", null, null, null, null)]
    [InlineData("""{"id":"m","context_length":"many","pricing":"free","deprecation":7}""", null, null, null, null)]
    [InlineData(
        """{"id":"m","providers":[{"context_length":8000,"pricing":{"input":0.1,"output":0.2}},{"context_length":131072,"pricing":{"input":0.6,"output":0.8}},{"status":"live"}]}""",
        131072,
        0.6,
        0.8,
        null
    )]
    public async Task Length_price_and_last_day_are_read_where_the_list_has_them(
        string model,
        int? length,
        double? input,
        double? output,
        string? ends
    )
    {
        upstream.Script = call => call.JsonAsync($$"""{"object":"list","data":[{{model}}]}""");

        var listed = Assert.Single(await ListAsync("custom"));

        Assert.Equal(("m", length), (listed.Id, listed.ContextLength));
        Assert.Equal(((decimal?)input, (decimal?)output), (listed.Price?.Input, listed.Price?.Output));
        Assert.Equal(ends, listed.EndsOn?.ToString("yyyy-MM-dd", null));
    }

    [Fact]
    public async Task A_bare_list_is_a_list_too()
    {
        upstream.Script = call => call.JsonAsync("""[{"id":"a","context_length":4096,"pricing":{"input":0.88,"output":0.88}}]""");

        Assert.Equal("4,096 tokens · $0.88 in, $0.88 out per million", Assert.Single(await ListAsync("togetherai")).Facts);
    }

    [Fact]
    public async Task A_list_in_pages_is_read_to_its_end()
    {
        upstream.Script = call =>
            call.JsonAsync(
                call.Request.Contains("after_id=two%202", StringComparison.Ordinal)
                    ? """{"data":[{"type":"model","id":"three","max_input_tokens":200000}],"has_more":false,"last_id":"three"}"""
                    : """{"data":[{"type":"model","id":"one"},{"type":"model","id":"two 2"}],"has_more":true,"last_id":"two 2"}"""
            );

        var listed = await ListAsync("anthropic");

        Assert.Equal(["one", "two 2", "three"], listed.Select(model => model.Id));
        Assert.Equal(200000, listed[2].ContextLength);
        Assert.All(upstream.Requests, request => Assert.StartsWith("GET /v1/models?limit=1000", request));
    }

    [Fact]
    public async Task A_list_without_an_end_is_left_at_some_page()
    {
        var page = 0;
        upstream.Script = call =>
        {
            var id = $"m{Interlocked.Increment(ref page)}";
            return call.JsonAsync($$"""{"data":[{"id":"{{id}}"}],"has_more":true,"last_id":"{{id}}"}""");
        };

        Assert.Equal(20, (await ListAsync("anthropic")).Count);
    }

    [Theory]
    [InlineData("custom")]
    [InlineData("anthropic")]
    public async Task What_is_no_list_is_said_to_be_none(string provider)
    {
        upstream.Script = call => call.JsonAsync("""{"models":[]}""");

        var error = await Assert.ThrowsAsync<ProviderException>(() => ListAsync(provider));

        Assert.Contains("did not answer with a list of models", error.Message);
    }

    public async ValueTask DisposeAsync()
    {
        await layer.DisposeAsync();
        await upstream.DisposeAsync();
    }

    private Task<IReadOnlyList<ListedModel>> ListAsync(string provider) =>
        layer.Router.ListModelsAsync(layer.Target(provider, upstream.BaseUrl), Ct);
}
