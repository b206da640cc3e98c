using System.Text.Json.Nodes;
using Republic.Tests.World;
using Republic.Web.Cli.Remote;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic pull</c>, beside a server that plays a download.</summary>
public sealed class PullTests : IAsyncDisposable
{
    private const string Download = "POST /api/personal-models/download";
    private const string Status = "GET /api/personal-models/0198-a/status";
    private const string Pending = """{"personal_model":{"id":"0198-a","model_id":"phi-3","custom_name":"Phi","status":"pending"}}""";

    private readonly PlayedApi api = new();
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await output.DisposeAsync();
        await error.DisposeAsync();
    }

    [Fact]
    public async Task It_tells_each_stage_and_each_tenth_until_the_model_is_ready()
    {
        const string kept = """, "download_progress":0.29,"bytes_done":311385128,"bytes_total":1073741824""";
        api.Answers(Download, "202 Accepted", Pending);
        api.Says(
            Status,
            Now("checking"),
            Now("checking"),
            Now("downloading", """, "download_progress":0.01,"bytes_done":10737418,"bytes_total":1073741824"""),
            Now(
                "downloading",
                """, "download_progress":0.25,"bytes_done":268435456,"bytes_total":1073741824,"bytes_per_second":18874368,"eta_seconds":42.6"""
            ),
            Now("downloading", kept),
            Now("downloading", kept + ",\"waiting\":\"waiting 8 s\""),
            Now("downloading", kept + ",\"waiting\":\"waiting 7 s\""),
            Now("verifying", """, "download_progress":1"""),
            Now("installing"),
            Now("testing"),
            Now("ready", """, "measured":{"tokens_per_s":41.2}""")
        );

        Assert.Equal(0, await RunAsync("phi-3:Q4_K_M"));

        Assert.Equal(
            """
            pending
            checking
            downloading 1 %  10.2 MB of 1 GB
            downloading 25 %  256 MB of 1 GB  18 MB/s  0:43 left
            downloading 29 %  297 MB of 1 GB  waiting 8 s
            verifying
            installing
            testing
            Phi is ready, 41 tok/s here. A minion with the provider local and the model Phi answers with it.

            """,
            output.ToString()
        );
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task In_a_terminal_it_is_one_line_that_is_written_over()
    {
        api.Answers(Download, "202 Accepted", Pending);
        api.Says(
            Status,
            Now("downloading", """, "download_progress":0.5,"bytes_done":536870912,"bytes_total":1073741824,"bytes_per_second":18874368"""),
            Now("testing", """, "download_progress":1"""),
            Now("ready")
        );

        Assert.Equal(0, await Command(width: 60).RunAsync("pull", ["phi-3"], TestContext.Current.CancellationToken));

        var lines = output.ToString().Split('\r');
        Assert.StartsWith("[....................] pending", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("[##########..........] downloading 50 %  512 MB of 1 GB  18", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("[####################] testing", lines[3], StringComparison.Ordinal);
        Assert.All(lines[1..4], line => Assert.Equal(59, line.Length));
        Assert.Equal(new string(' ', 59), lines[4]);
        Assert.StartsWith("Phi is ready. ", lines[5], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', output.ToString());
    }

    [Theory]
    [InlineData("""{"model_id":"meta/llama","variant":"Q8_0"}""", "meta/llama:Q8_0")]
    [InlineData("""{"model_id":"phi-3"}""", "phi-3")]
    [InlineData("""{"model_id":"phi-3","load_anyway":true}""", "--load-anyway", "phi-3")]
    [InlineData("""{"url":"https://example.org/a.gguf?x=1"}""", "https://example.org/a.gguf?x=1")]
    [InlineData(
        """{"url":"http://example.org:81/a.gguf","custom_name":"My own","sha256":"abababababababababababababababababababababababababababababababab","second_url":"https://other.example/a.gguf","load_anyway":true}""",
        "--name",
        "My own",
        "http://example.org:81/a.gguf",
        "--sha256=ABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABABAB",
        "--second-url",
        "https://other.example/a.gguf",
        "--load-anyway"
    )]
    public async Task It_asks_for_what_was_named(string expected, params string[] args)
    {
        api.Answers(Download, "202 Accepted", Pending);

        Assert.Equal(0, await RunAsync([.. args, "--detach"]));

        var body = Assert.Single(api.Requests).Split("\r\n\r\n")[1];
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(body)), body);
        Assert.Equal("Phi: pending. The server continues; republic show 0198-a shows the progress.\n", output.ToString());
    }

    [Theory]
    [InlineData(
        "failed",
        ",\"error\":\"The SHA-256 is another.\"",
        "Phi failed while verifying: The SHA-256 is another. To try again, repeat the command or open "
    )]
    [InlineData("failed", "", "Phi failed while verifying. To try again, repeat the command")]
    [InlineData(
        "failed",
        ",\"verdict\":\"does_not_fit\",\"reason\":\"2 GB are missing.\"",
        "Phi failed while verifying: 2 GB are missing. "
    )]
    [InlineData(
        "paused",
        ",\"download_progress\":0.93,\"error\":\"The disk is full\"",
        "Phi is paused at 93 %: The disk is full. To resume, repeat the command or open "
    )]
    public async Task What_cannot_go_on_is_said_with_its_reason_and_the_way_on(string status, string more, string expected)
    {
        api.Answers(Download, "202 Accepted", Pending);
        api.Says(Status, Now("verifying"), Now(status, more));

        Assert.Equal(1, await RunAsync("phi-3"));

        var said = Assert.Single(error.ToString().TrimEnd('\n').Split('\n'));
        Assert.StartsWith(expected, said, StringComparison.Ordinal);
        Assert.Contains($"{api.Url}/personal-models/0198-a", said, StringComparison.Ordinal);
        Assert.Equal("pending\nverifying\n", output.ToString());
    }

    [Theory]
    [InlineData("paused", "resume")]
    [InlineData("failed", "retry")]
    public async Task One_that_stands_still_goes_on_with_the_same_command(string status, string told)
    {
        api.Answers(Download, "202 Accepted", Pending.Replace("pending", status));
        api.Answers($"POST /api/personal-models/0198-a/{told}", "204 No Content", "");
        api.Says(Status, Now("downloading"), Now("ready"));

        Assert.Equal(0, await RunAsync("phi-3"));

        Assert.Equal([Download, $"POST /api/personal-models/0198-a/{told}", Status, Status], api.Asked);
        Assert.StartsWith("downloading\nPhi is ready.", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_download_is_said_field_by_field()
    {
        api.Answers(
            Download,
            "400 Bad Request",
            """{"title":"Not right","detail":"There is no such variant.","errors":{"variant":["There is no such variant."],"model_id":["And no such model."]}}"""
        );

        Assert.Equal(1, await RunAsync("phi-3:Q9"));

        Assert.Equal("There is no such variant. And no such model.\n", error.ToString());
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_moment_is_asked_again()
    {
        api.Answers(Download, "202 Accepted", Pending);
        api.Says(Status, Now("downloading"));
        api.Answers(Status, "503 Service Unavailable", "<html>starting</html>", "text/html");
        api.Refuses(Status, "429 Too Many Requests", "Slowly.");
        api.Says(Status, Now("ready"));

        Assert.Equal(0, await RunAsync("phi-3"));

        Assert.Equal("", error.ToString());
        Assert.Equal(5, api.Asked.Count);
    }

    [Fact]
    public async Task One_that_stays_away_ends_it_after_a_while()
    {
        api.Answers(Download, "202 Accepted", Pending);
        api.Answers(Status, "503 Service Unavailable", "<html>starting</html>", "text/html");

        Assert.Equal(2, await RunAsync("phi-3"));

        Assert.Contains("answers with 503", error.ToString(), StringComparison.Ordinal);
        Assert.Equal(61, api.Asked.Count);
    }

    [Fact]
    public async Task A_model_that_was_removed_meanwhile_ends_it_at_once()
    {
        api.Answers(Download, "202 Accepted", Pending);
        api.Refuses(Status, "404 Not Found", "There is no such personal model, or it is not yours.");

        Assert.Equal(1, await RunAsync("phi-3"));

        Assert.Equal("There is no such personal model, or it is not yours.\n", error.ToString());
        Assert.Equal([Download, Status], api.Asked);
    }

    [Fact]
    public async Task Ctrl_c_leaves_the_download_to_the_server_and_says_so()
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        api.Answers(Download, "202 Accepted", Pending);
        api.Says(Status, Now("downloading"));
        var pull = Command().RunAsync("pull", ["phi-3"], stop.Token);
        await Until.TrueAsync(() => api.Asked.Count > 2);

        await stop.CancelAsync();

        Assert.Equal(130, await pull);
        Assert.EndsWith(
            "\nStopped waiting. The server continues with Phi; republic show 0198-a shows the progress.\n",
            output.ToString(),
            StringComparison.Ordinal
        );
        Assert.All(api.Asked.Skip(1), door => Assert.Equal(Status, door));
    }

    private static string Now(string status, string more = "") => $$"""{"id":"0198-a","status":"{{status}}"{{more}}}""";

    private Task<int> RunAsync(params string[] args) => Command().RunAsync("pull", args, TestContext.Current.CancellationToken);

    private RemoteCommand Command(int width = 0) =>
        new(output, error, name => name == "REPUBLIC_TOKEN" ? "rpat_0123456789" : api.Url)
        {
            Width = width,
            Every = TimeSpan.FromMilliseconds(2),
        };
}
