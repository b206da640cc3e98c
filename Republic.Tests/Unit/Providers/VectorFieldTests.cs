using System.Text;
using System.Text.Json.Nodes;
using Republic.Core.Providers;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Tests.Unit.Providers;

/// <summary>Requests for vectors, and the form in which they come.</summary>
public sealed class VectorFieldTests
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.Embedded();

    [Theory]
    [InlineData(""" "a" """)]
    [InlineData("""["a","b"]""")]
    [InlineData("[0,1,99999]")]
    [InlineData("[[1],[2,3]]")]
    [InlineData("""[{"image":"x"}]""")]
    public void What_can_be_compared_goes_on_as_it_came(string input)
    {
        var sent = Sent($$"""{"input":{{input}},"dimensions":8}""");

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(input), JsonNode.Parse(sent.Value!)!["input"]));
    }

    [Theory]
    [InlineData("""{"input":""}""", "input")]
    [InlineData("""{"input":[]}""", "input")]
    [InlineData("""{"input":["a",""]}""", "input")]
    [InlineData("""{"input":[[]]}""", "input")]
    [InlineData("""{"input":[[1],[]]}""", "input")]
    [InlineData("""{"input":[1,"a"]}""", "input")]
    [InlineData("""{"input":["a",null]}""", "input")]
    [InlineData("""{"input":[-1]}""", "input")]
    [InlineData("""{"input":[1.5]}""", "input")]
    [InlineData("""{"input":[[1,"a"]]}""", "input")]
    [InlineData("""{"input":5}""", "input")]
    [InlineData("""{"input":"a","dimensions":0}""", "dimensions")]
    [InlineData("""{"input":"a","dimensions":-5}""", "dimensions")]
    [InlineData("""{"input":"a","dimensions":"8"}""", "dimensions")]
    [InlineData("""{"input":"a","dimensions":1.5}""", "dimensions")]
    [InlineData("""{"input":"a","encoding_format":"int8"}""", "encoding_format")]
    [InlineData("""{"input":"a","encoding_format":5}""", "encoding_format")]
    public void What_cannot_is_refused_by_its_field(string body, string field) =>
        Assert.Equal(field, Assert.Single(Sent(body).Failure!.Fields).Field);

    [Fact]
    public void More_than_2048_texts_are_refused_and_as_many_tokens_are_one_text()
    {
        Assert.False(Sent($$"""{"input":[{{string.Join(',', Enumerable.Repeat("\"a\"", 2049))}}]}""").Ok);
        Assert.True(Sent($$"""{"input":[{{string.Join(',', Enumerable.Repeat("1", 2049))}}]}""").Ok);
    }

    [Fact]
    public void A_length_is_not_left_out_in_silence_where_the_provider_does_not_take_it() =>
        Assert.Equal("dimensions", Assert.Single(Sent("""{"input":"a","dimensions":8}""", "togetherai").Failure!.Fields).Field);

    [Fact]
    public void Numbers_are_packed_and_what_is_packed_stays()
    {
        const string answer =
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":[1,-2.5]},{"index":1,"embedding":"AACAPw=="}],"usage":{"total_tokens":3}}""";

        var packed = OpenAiVectorFields.Packed(Encoding.UTF8.GetBytes(answer));

        Assert.Equal(
            """{"object":"list","data":[{"object":"embedding","index":0,"embedding":"AACAPwAAIMA="},{"index":1,"embedding":"AACAPw=="}],"usage":{"total_tokens":3}}""",
            Encoding.UTF8.GetString(packed.Span)
        );
        var again = OpenAiVectorFields.Packed(packed);
        Assert.True(again.Span == packed.Span);
    }

    private static Republic.Core.Outcome<byte[]> Sent(string body, string provider = "custom") =>
        OpenAiRelayRequest
            .Parse(Encoding.UTF8.GetBytes(body))
            .Value!.Embeddings(new OpenAiRelayRules(Catalog.Find(provider)!, "vendor-model", null, null, null, null));
}
