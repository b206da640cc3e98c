using System.Text;
using System.Text.Json.Nodes;
using Republic.Core.Providers.Routing;
using Republic.Core.Providers.Spending.Admission;

namespace Republic.Tests.Unit.Providers;

public sealed class CostCeilingTests
{
    [Fact]
    public void No_token_is_shorter_than_a_byte()
    {
        const string Body = """{"messages":[{"role":"user","content":"Grüße"}],"max_tokens":50}""";

        Assert.Equal(new CostCeiling(Encoding.UTF8.GetByteCount(Body), 50), Of(Body));
    }

    [Fact]
    public void Without_a_limit_one_is_sent()
    {
        const string Body = """ {"messages":[],"seed":1}""";
        Assert.Null(Of(Body)!.Value.Answer);

        var sent = JsonNode.Parse(CostCeiling.WithLimit(Encoding.UTF8.GetBytes(Body), "max_tokens").Span)!;

        Assert.Equal((4096, 1), (sent["max_tokens"]!.GetValue<int>(), sent["seed"]!.GetValue<int>()));
    }

    [Theory]
    [InlineData("""{"max_tokens":0}""")]
    [InlineData("""{"max_tokens":-1}""")]
    [InlineData("""{"max_tokens":"900"}""")]
    [InlineData("""{"max_tokens":1.5}""")]
    [InlineData("""{"service_tier":"priority","max_tokens":5}""")]
    public void What_sets_no_bound_or_has_a_price_of_its_own_is_not_known(string body) => Assert.Null(Of(body));

    [Fact]
    public void A_picture_counts_by_a_bound_and_not_by_its_bytes()
    {
        var picture =
            """{"messages":[{"role":"user","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,"""
            + new string('A', 900_000)
            + "\"}}]}]}";

        Assert.InRange(Of(picture)!.Value.Prompt, 16_384, 17_000);
    }

    [Theory]
    [InlineData(@"image\u005furl", "url")]
    [InlineData(@"image_ur\u006c", "url")]
    [InlineData("image_url", @"ur\u006C")]
    public void A_picture_whose_names_are_escaped_counts_as_one(string picture, string url)
    {
        var body =
            $$"""{"messages":[{"role":"user","content":[{"type":"{{picture}}","{{picture}}":{"{{url}}":"data:image/png;base64,"""
            + new string('A', 900_000)
            + "\"}}]}]}";

        Assert.InRange(Of(body)!.Value.Prompt, 16_384, 17_000);
    }

    [Fact]
    public void A_text_about_pictures_is_none()
    {
        const string body = """{"messages":[{"role":"user","content":"image_url"}],"stop":["image_url"]}""";

        Assert.Equal(body.Length, Of(body)!.Value.Prompt);
    }

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"data:image/png;base64,LONG"}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"text","text":"data:image/png;base64,LONG"}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"x","image_url":{"url":"data:text/plain,LONG"}}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"x","image_url":"data:image/png;base64,LONG"}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"type":"x","image_url":{"detail":"data:image/png;base64,LONG"}}]}]}""")]
    [InlineData("""{"messages":[{"role":"user","content":[{"x":{"url":"data:image/png;base64,LONG"}}]}]}""")]
    [InlineData("""{"messages":[],"tools":[{"content":[{"image_url":{"url":"data:image/png;base64,LONG"}}]}]}""")]
    [InlineData("""{"messages":[],"stop":"data:image/png;base64,LONG"}""")]
    public void A_text_that_looks_like_a_picture_counts_as_text(string body)
    {
        body = body.Replace("LONG", new string('A', 100_000), StringComparison.Ordinal);

        Assert.True(Of(body)!.Value.Prompt >= body.Length, $"{Of(body)!.Value.Prompt} of {body.Length}");
    }

    [Fact]
    public void Every_picture_of_every_message_counts_by_a_bound()
    {
        const string picture = """{"type":"image_url","image_url":{"detail":"low","url":"data:image\/png;base64,LONG"}}""";
        var body =
            $$"""{"messages":[{"content":[{{picture}},{"type":"text","text":"LONG"},{{picture}}],"role":"user"},{"content":[{{picture}}]}]}""";
        body = body.Replace("LONG", new string('A', 100_000), StringComparison.Ordinal);

        // Three pictures, and one text.
        Assert.InRange(Of(body)!.Value.Prompt, (3 * 16_384) + 100_000, (3 * 16_384) + 101_000);
    }

    [Fact]
    public void Each_of_several_answers_can_be_as_long_as_the_limit()
    {
        Assert.Equal(150, Of("""{"n":3,"max_tokens":50}""")!.Value.LongestAnswer);
        Assert.Equal(2 * 4096, Of("""{"n":2}""")!.Value.LongestAnswer);
        Assert.True(Of($$"""{"n":8,"max_tokens":{{long.MaxValue}}}""")!.Value.LongestAnswer > long.MaxValue / 2);
        Assert.Null(Of("""{"n":"many"}"""));
    }

    [Fact]
    public void An_embedding_has_no_answer() => Assert.Equal(new CostCeiling(14, 0), OfEmbedding("""{"input":"hi"}"""));

    [Fact]
    public void A_picture_of_which_an_embedding_is_made_counts_by_a_bound()
    {
        const string picture = """{"type":"image_url","image_url":{"url":"https://pictures.example.org/1.png"}}""";

        Assert.InRange(OfEmbedding($$"""{"input":[{{picture}},{{picture}}]}""")!.Value.Prompt, 2 * 16_384, (2 * 16_384) + 1000);
    }

    private static CostCeiling? OfEmbedding(string body) =>
        CostCeiling.Of(new ModelRequest(ModelRequest.Embeddings, "data", false, _ => default), Encoding.UTF8.GetBytes(body), "max_tokens");

    private static CostCeiling? Of(string body) =>
        CostCeiling.Of(
            new ModelRequest(ModelRequest.Completions, "choices", false, _ => default),
            Encoding.UTF8.GetBytes(body),
            "max_tokens"
        );
}
