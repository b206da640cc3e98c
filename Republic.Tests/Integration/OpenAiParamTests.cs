using System.Text.Json.Nodes;
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
    [InlineData(Chat, "{\"n\":9," + Hi + "}", "n", "from 1 to 8")]
    [InlineData(Chat, """{"messages":[{"role":"user","content":"x"},null]}""", "messages", "must hold objects")]
    [InlineData(Chat, "{\"tools\":[{}]," + Hi + "}", "tools", "tools[0] must have its name")]
    [InlineData(Chat, "{\"stream_options\":{\"include_usage\":true}," + Hi + "}", "stream_options", "only for streams")]
    [InlineData(
        Chat,
        """{"messages":[{"role":"user","content":"x"},{"role":"tool","tool_call_id":"c","content":"x"}]}""",
        "messages",
        "messages[1] is the result of a call that no message before it made"
    )]
    [InlineData(Chat, "{\"stream\":true,\"response_format\":{\"type\":\"xml\"}," + Hi + "}", "response_format", "json_schema")]
    [InlineData(Embed, """{"input":"x","dimensions":7}""", "dimensions", "this model's vectors have 384 numbers")]
    [InlineData(Embed, """{"input":"x","dimensions":0}""", "dimensions", "1 or more")]
    [InlineData(Embed, """{"input":"x","dimensions":385}""", "dimensions", "this model's vectors have 384 numbers")]
    [InlineData(Embed, """{"input":"x","encoding_format":"zz"}""", "encoding_format", "float or base64")]
    [InlineData(Embed, """{"input":[]}""", "input", "empty list")]
    [InlineData(Embed, """{"input":[1,-2]}""", "input", "no whole numbers of 0 or more")]
    [InlineData(
        Embed,
        """{"input":[[1],[30522]]}""",
        "input",
        "input holds 30522, and this model's tokens are whole numbers from 0 to 30521"
    )]
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

    [Fact]
    public async Task Tokens_are_taken_in_place_of_texts()
    {
        var minion = await republic.Mira.NewMinionAsync("tokens");
        using var client = new OutsideClient(republic.Address, minion.Key);

        // 101 and 102 stand around every text; 7592 is “hello”.
        var (text, one, several) = (
            await VectorsAsync(""" "hello" """),
            await VectorsAsync("[101,7592,102]"),
            await VectorsAsync("[[101,7592,102],[101,102]]")
        );

        Assert.Equal(text[0], one[0]);
        Assert.Equal([text[0]], several[..1]);
        Assert.NotEqual(several[0], several[1]);

        async Task<List<string>> VectorsAsync(string input)
        {
            using var answer = await client.SendAsync(Embed, $$"""{"input":{{input}},"encoding_format":"base64"}""");
            var body = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(answer.IsSuccessStatusCode, body);
            return [.. JsonNode.Parse(body)!["data"]!.AsArray().Select(item => (string)item!["embedding"]!)];
        }
    }
}
