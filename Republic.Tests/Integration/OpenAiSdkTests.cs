using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What agents do through the clients of their vendors, with a minion on the built-in model: schemas, tools, several answers.</summary>
public sealed class OpenAiSdkTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Theory]
    [InlineData(
        "openai.mjs",
        """
            {"parsed":true,"refusal":null,"streamed":true,"called":["tool_calls","function","weather",true],"answered":true,"streamed call":["weather"],
            "several":[3,true],"request":"string","options":[400,"stream_options"],"usage apart":[[0,true],true]}
            """
    )]
    [InlineData(
        "ai.mjs",
        """
            {"whole":[true,true,true],"stream":[true,true,"stop"],"object":true,"acted":[true,2,true],"streamed call":["weather"],"embeddings":[384,384]}
            """
    )]
    [InlineData(
        "langchain.mjs",
        """
            {"whole":[true,true],"stream":[true,true],"object":true,"object by call":true,"called":["weather"],"answered":[true,true],
            "embeddings":[384,384],"bad key":401}
            """
    )]
    public async Task A_vendors_client_gets_what_it_asks_for(string script, string expected)
    {
        var minion = await republic.Mira.NewMinionAsync($"m{Guid.CreateVersion7():N}");

        var said = await ClientProgram.RunAsync(script, republic, minion.Key);

        foreach (var (name, value) in JsonNode.Parse(expected)!.AsObject())
        {
            Assert.True(JsonNode.DeepEquals(value, said[name]), $"{name}: {said[name]?.ToJsonString()}");
        }
    }
}
