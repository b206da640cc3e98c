using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli.Verbs;

/// <summary><c>republic ps</c> and <c>stop</c>.</summary>
public sealed class LoadedTests : IAsyncDisposable
{
    private const string Loaded = "GET /api/personal-models/loaded";
    private const string Unload = "POST /api/personal-models/0198-a/unload";

    private const string Busy = """
        {"memory":{"budget_bytes":8589934592,"planned_bytes":4294967296,"process_bytes":3221225472},
         "models":[
          {"personal_model_id":"0198-a","name":"Phi","is_own":true,"bytes":2147483648,"context_bytes":104857600,"context_length":4096,"slots":4,
           "active":2,"waiting":3,"tokens_per_second":41.2,"adapters":1,"pinned":false,"idle_seconds":0,"unloads_in_seconds":null},
          {"personal_model_id":"0198-b","name":"Own","is_own":true,"bytes":1073741824,"context_length":2048,"slots":4,"active":0,"waiting":0,
           "tokens_per_second":null,"pinned":true,"idle_seconds":5,"unloads_in_seconds":null},
          {"personal_model_id":null,"name":null,"is_own":false,"bytes":1073741824,"context_length":8192,"slots":2,"active":0,"waiting":0,
           "tokens_per_second":8.5,"pinned":false,"idle_seconds":1080,"unloads_in_seconds":720}],
         "waiting":[{"personal_model_id":"0198-d","name":"L\u001barge","need_bytes":6442450944,"requests":2,"seconds":12.2},
          {"personal_model_id":null,"name":null,"need_bytes":1024,"requests":1,"seconds":1}]}
        """;

    private readonly PlayedCommand command = new();

    public ValueTask DisposeAsync() => command.DisposeAsync();

    [Fact]
    public async Task The_models_in_memory_are_a_table_with_what_waits_below()
    {
        command.Api.Says(Loaded, Busy);

        Assert.Equal(0, await command.RunAsync("ps"));

        Assert.Equal(
            """
            Name                 Memory  Context  Slots      Speed  Waiting  Unloaded
            Phi                    2 GB    4,096    2/4   41 tok/s        3  in use
            Own                    1 GB    2,048    0/4                   0  never, pinned
            (of another person)    1 GB    8,192    0/2  8.5 tok/s        0  in about 12 min
            L arge waits for 6 GB of memory (2 requests, since 0:12).
            A model of another person waits for 1 kB of memory (1 request, since 0:01).
            Memory: 4 GB of 8 GB planned; the process takes 3 GB

            """,
            command.Output
        );
    }

    [Fact]
    public async Task As_json_it_is_what_the_api_sends()
    {
        command.Api.Says(Loaded, Busy);

        Assert.Equal(0, await command.RunAsync("ps", "--json"));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Busy), JsonNode.Parse(command.Output)));
    }

    [Theory]
    [InlineData(
        """{"memory":{"budget_bytes":8589934592,"planned_bytes":0},"models":[],"waiting":[]}""",
        "Memory: 0 bytes of 8 GB planned\n"
    )]
    [InlineData("""{"memory":null,"models":[null]}""", "")]
    [InlineData("{}", "")]
    public async Task Without_models_in_memory_it_says_so(string body, string memory)
    {
        command.Api.Says(Loaded, body);

        Assert.Equal(0, await command.RunAsync("ps"));

        Assert.Equal("No model is in memory.\n" + memory, command.Output);
    }

    [Fact]
    public async Task What_cannot_be_read_is_no_list_of_models()
    {
        command.Api.Says(Loaded, """{"models":"many"}""");

        Assert.Equal(2, await command.RunAsync("ps"));

        Assert.Contains("Is the address right?", command.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"unloaded":true}""", "Phi is unloaded.")]
    [InlineData("""{"unloaded":false}""", "Phi was not in memory.")]
    [InlineData(
        """{"unloaded":false,"unloading":true}""",
        "Phi is answering. It takes no new requests, and is unloaded when its answers end."
    )]
    public async Task A_model_is_unloaded(string body, string expected)
    {
        command.Has("""{"id":"0198-a","custom_name":"Phi","status":"ready"}""");
        command.Api.Says(Unload, body);

        Assert.Equal(0, await command.RunAsync("stop", "Phi"));

        Assert.Equal(expected + "\n", command.Output);
        Assert.Equal([PlayedCommand.List, Unload], command.Api.Asked);
    }

    [Fact]
    public async Task A_refusal_is_said_in_the_words_of_the_server()
    {
        command.Has("""{"id":"0198-a","custom_name":"Phi","status":"ready"}""");
        command.Api.Refuses(Unload, "503 Service Unavailable", "The model host is starting. Try again in a moment.");
        command.Api.Refuses(Loaded, "503 Service Unavailable", "The model host is starting. Try again in a moment.");

        Assert.Equal((1, 1), (await command.RunAsync("stop", "Phi"), await command.RunAsync("ps")));

        Assert.Equal(string.Concat(Enumerable.Repeat("The model host is starting. Try again in a moment.\n", 2)), command.Error);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"unloaded":1}""")]
    public async Task A_response_of_another_program_is_not_taken_for_one(string body)
    {
        command.Has("""{"id":"0198-a","custom_name":"Phi","status":"ready"}""");
        command.Api.Says(Unload, body);

        Assert.Equal(2, await command.RunAsync("stop", "Phi"));

        Assert.Equal("", command.Output);
    }
}
