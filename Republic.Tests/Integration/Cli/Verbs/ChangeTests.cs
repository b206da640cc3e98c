using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli.Verbs;

/// <summary><c>republic mv</c>, <c>pin</c>, <c>unpin</c> and <c>set</c>.</summary>
public sealed class ChangeTests : IAsyncDisposable
{
    private const string Phi = """{"id":"0198-a","model_id":"phi-3","custom_name":"Phi","status":"ready"}""";
    private const string Put = "PUT /api/personal-models/0198-a";

    private readonly PlayedCommand command = new();

    public ValueTask DisposeAsync() => command.DisposeAsync();

    [Theory]
    [InlineData("""{"custom_name":"My Phi"}""", """{"custom_name":"My Phi"}""", "Phi is now called My Phi.", "mv", "phi-3", "My Phi")]
    [InlineData("""{"pinned":true}""", """{"pinned":true}""", "Phi is pinned: once loaded, it stays in memory.", "pin", "Phi")]
    [InlineData(
        """{"pinned":false}""",
        """{"pinned":false}""",
        "Phi is no longer pinned: it is unloaded when it was not used for a time.",
        "unpin",
        "Phi"
    )]
    [InlineData(
        """{"keep_alive_minutes":1440,"context_length":8000}""",
        """{"keep_alive_minutes":1440,"context_length":8192}""",
        "Phi: keep-alive 1,440 min, context 8,192 tokens",
        "set",
        "Phi",
        "--keep-alive",
        "1440",
        "--context=8000"
    )]
    [InlineData(
        """{"keep_alive_minutes":null}""",
        """{"keep_alive_minutes":null,"context_length":512}""",
        "Phi: keep-alive default, context 512 tokens",
        "set",
        "Phi",
        "--keep-alive=default"
    )]
    [InlineData(
        """{"context_length":null}""",
        """{"keep_alive_minutes":null}""",
        "Phi: keep-alive default, context default",
        "set",
        "--context",
        "default",
        "Phi"
    )]
    public async Task What_is_given_is_changed_and_nothing_else(
        string sent,
        string changed,
        string expected,
        string verb,
        params string[] args
    )
    {
        command.Has(Phi);
        var model = JsonNode.Parse(Phi)!;
        foreach (var (member, value) in JsonNode.Parse(changed)!.AsObject())
        {
            model[member] = value?.DeepClone();
        }

        command.Api.Says(Put, new JsonObject { ["personal_model"] = model }.ToJsonString());

        Assert.Equal(0, await command.RunAsync(verb, args));

        Assert.Equal((expected + "\n", ""), (command.Output, command.Error));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sent), command.Body), command.Body?.ToJsonString());
        Assert.Equal([PlayedCommand.List, Put], command.Api.Asked);
    }

    [Theory]
    [InlineData("mv", "Phi", "Odd")]
    [InlineData("pin", "Phi")]
    [InlineData("unpin", "Phi")]
    [InlineData("set", "Phi", "--keep-alive", "525600")]
    [InlineData("set", "Phi", "--keep-alive", "-5")]
    public async Task What_the_server_refuses_is_said_in_its_words(string verb, params string[] args)
    {
        command.Has(Phi);
        command.Api.Answers(
            Put,
            "400 Bad Request",
            """{"title":"Not right","detail":"That is out of range.","errors":{"keep_alive_minutes":["At most 7 days; pin it instead."]}}"""
        );

        Assert.Equal(1, await command.RunAsync(verb, args));

        Assert.Equal(("", "That is out of range. At most 7 days; pin it instead.\n"), (command.Output, command.Error));
    }

    [Fact]
    public async Task Without_a_setting_the_server_is_not_asked()
    {
        Assert.Equal(2, await command.RunAsync("set", "Phi"));

        Assert.Equal("Nothing is to be set. Give --keep-alive, --context or both. See republic set --help.\n", command.Error);
        Assert.Empty(command.Api.Asked);
    }

    [Fact]
    public async Task A_verb_that_does_not_exist_asks_nothing()
    {
        Assert.Equal(2, await command.RunAsync("sell", "Phi"));

        Assert.Equal("There is no command \"sell\". See republic --help.\n", command.Error);
        Assert.Empty(command.Api.Asked);
    }
}
