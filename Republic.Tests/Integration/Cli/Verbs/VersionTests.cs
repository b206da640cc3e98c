using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli.Verbs;

/// <summary><c>republic versions</c> and <c>rollback</c>.</summary>
public sealed class VersionTests : IAsyncDisposable
{
    private const string Versions = "GET /api/personal-models/0198-a/versions";
    private const string RollBack = "POST /api/personal-models/0198-a/rollback";

    private const string Known = """
        {"versions":[
          {"version":3,"minion_id":"m-1","minion_name":"Iris","adapter_id":"iris-3","run_id":"r","run_name":"Tuesday","dataset_version":7,
           "verdict":"better","deployed_at":"2026-11-24T10:00:00Z","is_live":true},
          {"version":12,"minion_id":"m-2","minion_name":"Bob","adapter_id":"bob-12","run_id":null,"run_name":null,"dataset_version":null,
           "verdict":null,"deployed_at":null,"is_live":false},
          {"version":1,"minion_id":"m-3","minion_name":"bob","is_live":false}]}
        """;

    private readonly PlayedCommand command = new();

    public ValueTask DisposeAsync() => command.DisposeAsync();

    [Fact]
    public async Task The_versions_are_a_table()
    {
        command.Has(Phi());
        command.Api.Says(Versions, Known);

        Assert.Equal(0, await command.RunAsync("versions", "Phi"));

        Assert.Equal(
            """
            Version  Minion  Run      Dataset  Verdict  Deployed              Live
                  3  Iris    Tuesday        7  better   2026-11-24 10:00 UTC  live
                 12  Bob
                  1  bob

            """,
            command.Output
        );
    }

    [Fact]
    public async Task As_json_they_are_what_the_api_sends()
    {
        command.Has(Phi());
        command.Api.Says(Versions, Known);

        Assert.Equal(0, await command.RunAsync("versions", "Phi", "--json"));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Known), JsonNode.Parse(command.Output)));
    }

    [Fact]
    public async Task Without_versions_it_says_so()
    {
        command.Has(Phi());
        command.Api.Says(Versions, """{"versions":[]}""");

        Assert.Equal(0, await command.RunAsync("versions", "Phi"));

        Assert.Equal("No minion has been trained on Phi.\n", command.Output);
    }

    [Theory]
    [InlineData("{}", 2, "Phi is back at version 2.")]
    [InlineData("{}", 0, "Phi answers without training again.")]
    [InlineData("""{"version":1}""", 2, "Phi is back at version 1.", "--version", "1")]
    [InlineData("""{"version":0}""", 2, "Phi answers without training again.", "--version=0")]
    [InlineData("""{"version":2,"minion_id":"m-1"}""", 5, "Phi is back at version 2.", "--version", "2", "--minion", "iris")]
    [InlineData(
        """{"minion_id":"m-1"}""",
        5,
        "Phi is back at the version before. republic versions 0198-a shows which one is live.",
        "--minion",
        "Iris"
    )]
    public async Task The_minion_is_put_back(string sent, int version, string expected, params string[] more)
    {
        command.Has(Phi());
        command.Api.Says(Versions, Known);
        command.Api.Says(RollBack, $$"""{"personal_model":{{Phi($",\"fine_tune_version\":{version}")}}}""");

        Assert.Equal(0, await command.RunAsync("rollback", ["Phi", .. more]));

        Assert.Equal(expected + "\n", command.Output);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(sent), command.Body), command.Body?.ToJsonString());
    }

    [Fact]
    public async Task The_id_of_a_minion_needs_no_question()
    {
        command.Has(Phi());
        command.Api.Says(RollBack, $$"""{"personal_model":{{Phi()}}}""");

        Assert.Equal(0, await command.RunAsync("rollback", "Phi", "--minion", "01985a20-0000-7000-8000-000000000001"));

        Assert.Equal([PlayedCommand.List, RollBack], command.Api.Asked);
        Assert.Equal("01985a20-0000-7000-8000-000000000001", command.Body?["minion_id"]?.GetValue<string>());
    }

    [Theory]
    [InlineData("Nobody", "No minion called Nobody has a version on Phi. republic versions 0198-a shows them.")]
    [InlineData("Bob", "Bob is the name of 2 minions. Give an id: m-2, m-3.")]
    public async Task A_minion_that_is_not_there_or_is_two_is_not_put_back(string minion, string expected)
    {
        command.Has(Phi());
        command.Api.Says(Versions, Known);

        Assert.Equal(1, await command.RunAsync("rollback", "Phi", "--minion", minion));

        Assert.Equal(expected + "\n", command.Error);
        Assert.Equal([PlayedCommand.List, Versions], command.Api.Asked);
    }

    [Fact]
    public async Task Where_several_minions_are_possible_the_server_names_them()
    {
        command.Has(Phi());
        command.Api.Answers(
            RollBack,
            "400 Bad Request",
            """{"title":"Not right","detail":"Which minion?","errors":{"minion_id":["Iris and Bob have versions on it. Name one."]}}"""
        );

        Assert.Equal(1, await command.RunAsync("rollback", "Phi"));

        Assert.Equal("Which minion? Iris and Bob have versions on it. Name one.\n", command.Error);
    }

    private static string Phi(string more = "") => $$"""{"id":"0198-a","custom_name":"Phi","status":"ready"{{more}}}""";
}
