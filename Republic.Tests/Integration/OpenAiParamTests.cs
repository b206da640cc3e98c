using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What is wrong with a call to <c>/v1</c>, by its field and as the client counts its messages.</summary>
public sealed class OpenAiParamTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Chat = "/v1/chat/completions";
    private const string Embed = "/v1/embeddings";
    private const string Hi = "\"messages\":[{\"role\":\"user\",\"content\":\"Hi\"}]";

    [Theory]
    [InlineData(Chat, """{"messages":[{"role":"king","content":"x"}]}""", "messages", "messages[0].role is \"king\"")]
    [InlineData(Chat, """{"messages":[{"role":"user"}]}""", "messages", "messages[0].content has to be a text")]
    [InlineData(Chat, """{"messages":[{"role":"user","content":[{"type":"image_url"}]}]}""", "messages", "messages[0] has a part")]
    [InlineData(
        Chat,
        """{"messages":[{"role":"user","content":"x"},{"role":"user","content":5}]}""",
        "messages",
        "messages[1].content has to be a text"
    )]
    [InlineData(
        Chat,
        """{"messages":[{"role":"system","content":"x"},{"role":"king","content":"x"}]}""",
        "messages",
        "messages[1].role is \"king\""
    )]
    [InlineData(Chat, "{\"temperature\":9," + Hi + "}", "temperature", "temperature is 9")]
    [InlineData(Chat, "{\"top_p\":7," + Hi + "}", "top_p", "top_p is 7")]
    [InlineData(Chat, "{\"seed\":\"x\"," + Hi + "}", "seed", "wrong kind")]
    [InlineData(Chat, "{\"max_tokens\":0," + Hi + "}", "max_tokens", "1 or more")]
    [InlineData(Chat, "{\"n\":2," + Hi + "}", "n", "gives one answer to a request")]
    [InlineData(Chat, """{"messages":[{"role":"user","content":"x"},null]}""", "messages", "must hold objects")]
    [InlineData(Chat, "{\"tools\":[{}]," + Hi + "}", "tools", "leave out tools")]
    [InlineData(Chat, "{\"stream\":true,\"response_format\":{\"type\":\"json_object\"}," + Hi + "}", "response_format", "leave out")]
    [InlineData(Embed, """{"input":"x","dimensions":7}""", "dimensions", "this model's vectors have 384 numbers")]
    [InlineData(Embed, """{"input":"x","encoding_format":"zz"}""", "encoding_format", "float or base64")]
    public async Task A_wrong_field_is_named_as_the_client_sent_it(string path, string body, string field, string says)
    {
        var minion = await republic.Mira.NewMinionAsync($"m{Guid.CreateVersion7():N}");
        using var client = new OutsideClient(republic.Address, minion.Key);

        var error = await client.ErrorAsync(400, path, body);

        Assert.Equal(field, (string?)error["param"]);
        Assert.Contains(says, (string?)error["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_length_that_vectors_have_anyway_can_be_asked_for()
    {
        var minion = await republic.Mira.NewMinionAsync("measured");
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var answer = await client.SendAsync(Embed, """{"input":"x","dimensions":384,"encoding_format":"float"}""");

        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
    }
}
