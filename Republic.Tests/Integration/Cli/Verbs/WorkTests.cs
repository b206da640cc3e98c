using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli.Verbs;

/// <summary><c>republic test</c>, <c>quantize</c>, <c>pause</c> and <c>resume</c>, beside a server that plays the work.</summary>
public sealed class WorkTests : IAsyncDisposable
{
    private const string Models = "/api/personal-models";
    private const string Status = $"GET {Models}/0198-a/status";
    private const string Test = $"POST {Models}/0198-a/test";
    private const string Quantize = $"POST {Models}/0198-a/quantize";
    private const string CopyStatus = $"GET {Models}/0198-c/status";

    private readonly PlayedCommand command = new();

    public ValueTask DisposeAsync() => command.DisposeAsync();

    [Fact]
    public async Task A_test_waits_and_prints_what_was_measured()
    {
        command.Has(Phi("ready"));
        command.Api.Answers(Test, "202 Accepted", Found(Phi("testing")));
        command.Api.Says(
            Status,
            Now("testing"),
            Now("ready", """, "measured":{"load_s":2.1,"first_token_ms":180,"tokens_per_s":41.2,"ram_bytes":3221225472}""")
        );

        Assert.Equal(0, await command.RunAsync("test", "Phi"));

        Assert.Equal("testing\nPhi: 41 tok/s, first token after 0.18 s, loaded in 2.1 s, 3 GB of memory\n", command.Output);
        Assert.Equal([PlayedCommand.List, Test, Status, Status], command.Api.Asked);
    }

    [Fact]
    public async Task A_failed_test_says_why_and_how_it_is_tried_again()
    {
        command.Has(Phi("ready"));
        command.Api.Answers(Test, "202 Accepted", Found(Phi("testing")));
        command.Api.Says(Status, Now("failed", ""","error":"It gave no answer." """));

        Assert.Equal(1, await command.RunAsync("test", "Phi"));

        Assert.Equal(
            $"Phi failed while testing: It gave no answer. To try again, use republic resume 0198-a or open {command.Api.Url}/personal-models/0198-a.\n",
            command.Error
        );
    }

    [Theory]
    [InlineData("test", Test)]
    [InlineData("quantize", Quantize, "Q8_0")]
    public async Task Detached_nothing_is_waited_for(string verb, string door, params string[] more)
    {
        command.Has(Phi("ready"));
        command.Api.Answers(door, "202 Accepted", Found(Phi("verifying")));

        Assert.Equal(0, await command.RunAsync(verb, ["Phi", .. more, "--detach"]));

        Assert.Equal("Phi: verifying. The server continues; republic show 0198-a shows the progress.\n", command.Output);
        Assert.Equal([PlayedCommand.List, door], command.Api.Asked);
    }

    [Fact]
    public async Task A_smaller_copy_is_waited_for_as_a_download_is()
    {
        command.Has(Phi("ready"));
        command.Api.Answers(Quantize, "202 Accepted", Found("""{"id":"0198-c","custom_name":"Small","status":"quantizing"}"""));
        command.Api.Says(
            CopyStatus,
            """{"id":"0198-c","status":"verifying"}""",
            """{"id":"0198-c","status":"ready","measured":{"tokens_per_s":80}}"""
        );

        Assert.Equal(0, await command.RunAsync("quantize", "Phi", "q4_k_m", "--name", "Small"));

        Assert.Equal(
            "quantizing\nverifying\nSmall is ready, 80 tok/s here. A minion with the provider local and the model Small answers with it.\n",
            command.Output
        );
        var body = command.Api.Requests[1].Split("\r\n\r\n")[1];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"type":"Q4_K_M","custom_name":"Small"}"""), JsonNode.Parse(body)), body);
    }

    [Fact]
    public async Task A_copy_that_cannot_be_made_is_refused_in_the_words_of_the_server()
    {
        command.Has(Phi("ready"));
        command.Api.Answers(
            Quantize,
            "400 Bad Request",
            """{"title":"Not right","detail":"Give Q4_K_M or Q8_0.","errors":{"type":["Give Q4_K_M or Q8_0."]}}"""
        );

        Assert.Equal(1, await command.RunAsync("quantize", "Phi", "Q9"));

        Assert.Equal("Give Q4_K_M or Q8_0.\n", command.Error);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse("""{"type":"Q9"}"""), command.Body));
    }

    [Fact]
    public async Task Ctrl_c_leaves_the_test_to_the_server()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        command.Has(Phi("ready"));
        command.Api.Answers(Test, "202 Accepted", Found(Phi("testing")));
        command.Api.Says(Status, Now("testing"));
        var test = command.RunAsync("test", ["Phi"], stop.Token);
        await Until.TrueAsync(() => command.Api.Asked.Count > 3);

        await stop.CancelAsync();

        Assert.Equal(130, await test);
        Assert.EndsWith(
            "Stopped waiting. The server continues with Phi; republic show 0198-a shows the progress.\n",
            command.Output,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_download_is_paused()
    {
        command.Has(Phi("downloading"));
        command.Api.Answers($"POST {Models}/0198-a/pause", "202 Accepted", Found(Phi("paused", ""","download_progress":0.61""")));

        Assert.Equal(0, await command.RunAsync("pause", "0198-a"));

        Assert.Equal("Phi: paused 61 %. republic resume 0198-a continues.\n", command.Output);
    }

    [Theory]
    [InlineData("paused", "", "resume")]
    [InlineData("failed", "", "retry")]
    [InlineData("ready", ""","quarantined":{"at":"2026-11-24T10:00:00Z","reason":"It crashed."}""", "retry")]
    public async Task What_stands_still_goes_on(string status, string more, string action)
    {
        command.Has(Phi(status, more));
        command.Api.Answers($"POST {Models}/0198-a/{action}", "202 Accepted", Found(Phi("testing")));

        Assert.Equal(0, await command.RunAsync("resume", "Phi"));

        Assert.Equal("Phi: testing. The server continues; republic show 0198-a shows the progress.\n", command.Output);
        Assert.Equal([PlayedCommand.List, $"POST {Models}/0198-a/{action}"], command.Api.Asked);
    }

    [Theory]
    [InlineData("pause", "Only a download can be paused, and this model is not being downloaded.")]
    [InlineData("resume", "This model is ready; there is nothing to resume.")]
    [InlineData("test", "Only a model that is ready can be tested.")]
    public async Task What_the_server_refuses_is_said_in_its_words(string verb, string words)
    {
        command.Has(Phi("ready"));
        command.Api.Refuses($"POST {Models}/0198-a/{verb}", "409 Conflict", words);

        Assert.Equal(1, await command.RunAsync(verb, "Phi"));

        Assert.Equal(("", words + "\n"), (command.Output, command.Error));
    }

    [Fact]
    public async Task A_response_without_a_model_is_that_of_another_program()
    {
        command.Has(Phi("ready"));
        command.Api.Says($"POST {Models}/0198-a/pause", "{}");

        Assert.Equal(2, await command.RunAsync("pause", "Phi"));

        Assert.Contains("Is the address right?", command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_quarantined_copy_is_shown_as_such()
    {
        const string more =
            ""","quarantined":{"at":"2026-11-24T10:00:00Z","reason":"It crashed."},"quantized_from":"0198-z","pinned":true,"context_length":8192""";
        command.Has(Phi("ready", more));
        command.Api.Says(Status, Now("ready"));

        Assert.Equal((0, 0), (await command.RunAsync("list"), await command.RunAsync("show", "Phi")));

        Assert.Contains("quarantined\n", command.Output, StringComparison.Ordinal);
        Assert.Contains(
            """
            Status      quarantined
            Stages      quantizing done, verifying done, installing done, testing done
            Quarantine  not loaded since 2026-11-24 10:00 UTC: It crashed. republic resume tries it again.
            In memory   once loaded, until it is unpinned
            Context     8,192 tokens
            Copy of     0198-z

            """,
            command.Output,
            StringComparison.Ordinal
        );
    }

    private static string Phi(string status, string more = "") => $$"""{"id":"0198-a","custom_name":"Phi","status":"{{status}}"{{more}}}""";

    private static string Now(string status, string more = "") => $$"""{"id":"0198-a","status":"{{status}}"{{more}}}""";

    private static string Found(string model) => $$"""{"personal_model":{{model}}}""";
}
