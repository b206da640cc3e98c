using System.Text.Json.Nodes;
using Republic.Tests.World;
using Republic.Web.Cli.Remote;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic list</c> and <c>show</c>, and what every command says that cannot ask its Republic.</summary>
public sealed class RemoteTests : IAsyncDisposable
{
    private const string List = "GET /api/personal-models";
    private const string Token = "rpat_0123456789";

    private const string Ready = """
        {"id":"0198-a","model_id":"llama-3.2-3b-instruct","variant":"Q4_K_M","custom_name":"Fast Assistant","status":"ready",
         "download_progress":1,"bytes_total":2147483648,"model_size_gb":2.147,"usage_count":1204,"load_anyway":true,
         "verdict":"tight","reason":"It leaves 0.6 GB free.","fine_tune_version":0,"performance_score":null,
         "estimate":{"weights":2147483648,"kv":939524096,"state":0,"compute":104857600,"need":3258974208},
         "measured":{"load_s":2.1,"first_token_ms":180,"tokens_per_s":41.2,"ram_bytes":3221225472,"vram_bytes":0,"gpu_layers":0},
         "local_path":"ab12.gguf","created_at":"2026-11-24T10:00:00Z","something_new":{"deep":[1]}}
        """;
    private const string Coming = """
        {"id":"0198-b","model_id":"phi-3-medium","status":"downloading","download_progress":0.615,"bytes_done":645922816,
         "bytes_total":1050000000,"bytes_per_second":18874368.5,"eta_seconds":21.4,"usage_count":0}
        """;

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
    public async Task The_list_is_a_table_with_a_line_for_each_model()
    {
        api.Says(List, $$"""{"personal_models":[{{Ready}},{{Coming}}],"next_cursor":null}""");

        Assert.Equal(0, await RunAsync("list"));

        Assert.Equal(
            """
            Name            Model                            Size  Status               Speed   Used
            Fast Assistant  llama-3.2-3b-instruct:Q4_K_M     2 GB  ready             41 tok/s  1,204
            phi-3-medium    phi-3-medium                  1001 MB  downloading 61 %                0

            """,
            output.ToString()
        );
        Assert.Contains($"Authorization: Bearer {Token}\r\n", api.Requests[0], StringComparison.OrdinalIgnoreCase);
        Assert.Equal("", error.ToString());
    }

    [Fact]
    public async Task As_json_it_is_what_the_api_sends_with_all_pages_in_one()
    {
        api.Says(List, $$"""{"personal_models":[{{Ready}}],"next_cursor":"a b"}""");
        api.Says($"{List}?cursor=a%20b", $$"""{"personal_models":[{{Coming}}],"next_cursor":null}""");

        Assert.Equal(0, await RunAsync("list", "--json"));

        var printed = JsonNode.Parse(output.ToString())!;
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse($"[{Ready},{Coming}]"), printed["personal_models"]));
        Assert.True(printed.AsObject().ContainsKey("next_cursor"));
        Assert.Null(printed["next_cursor"]);
    }

    [Fact]
    public async Task Without_models_it_says_where_they_are()
    {
        api.Says(List, """{"personal_models":[]}""");

        Assert.Equal(0, await RunAsync("list"));

        Assert.Equal(
            $"You have no personal models there. {api.Url}/personal-models shows what republic pull can get.\n",
            output.ToString()
        );
    }

    [Fact]
    public async Task A_cursor_that_leads_in_a_circle_is_followed_once()
    {
        api.Says(List, $$"""{"personal_models":[{{Ready}}],"next_cursor":"x"}""");
        api.Says($"{List}?cursor=x", $$"""{"personal_models":[{{Coming}}],"next_cursor":"x"}""");

        Assert.Equal(0, await RunAsync("list"));

        Assert.Equal([List, $"{List}?cursor=x"], api.Asked);
    }

    [Theory]
    [InlineData("fast assistant")]
    [InlineData("0198-a")]
    [InlineData("llama-3.2-3b-instruct")]
    [InlineData("llama-3.2-3b-instruct:q4_k_m")]
    public async Task A_model_is_shown_with_all_that_is_known(string word)
    {
        api.Says(List, $$"""{"personal_models":[{{Ready}},{{Coming}}]}""");
        api.Says("GET /api/personal-models/0198-a/status", """{"id":"0198-a","status":"ready","waiting":null}""");

        Assert.Equal(0, await RunAsync("show", word));

        Assert.Equal(
            $"""
            Name      Fast Assistant
            Id        0198-a
            Model     llama-3.2-3b-instruct:Q4_K_M
            Status    ready
            Stages    checking done, downloading done, verifying done, installing done, testing done
            Verdict   tight (loaded anyway). It leaves 0.6 GB free.
            Estimate  3 GB in all: 2 GB weights, 896 MB cache, 100 MB compute
            Measured  41 tok/s, first token after 0.18 s, loaded in 2.1 s, 3 GB of memory
            Size      2 GB
            File      ab12.gguf
            Used      1,204 answers
            Added     2026-11-24 10:00 UTC
            Page      {api.Url}/personal-models/0198-a

            """,
            output.ToString()
        );
    }

    [Fact]
    public async Task One_that_is_on_its_way_shows_how_far_it_is_and_what_it_waits_for()
    {
        api.Says(List, $$"""{"personal_models":[{{Ready}},{{Coming}}]}""");
        api.Says("GET /api/personal-models/0198-b/status", """{"id":"0198-b","status":"downloading","waiting":"waiting 8 s, 61 % kept"}""");

        Assert.Equal(0, await RunAsync("show", "phi-3-medium"));

        Assert.Contains(
            "Status  downloading 61 %  616 MB of 1001 MB  18 MB/s  0:21 left  waiting 8 s, 61 % kept\n",
            output.ToString(),
            StringComparison.Ordinal
        );
        Assert.Contains("checking done, downloading now, verifying to come", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_verdict_and_the_estimate_are_those_of_the_status()
    {
        api.Says(List, $$"""{"personal_models":[{{Coming}}]}""");
        const string status = """{"id":"0198-b","status":"ready","verdict":"fits_ram","reason":"It fits.","estimate":{"need":1024}}""";
        api.Says("GET /api/personal-models/0198-b/status", status);

        Assert.Equal(0, await RunAsync("show", "phi-3-medium"));

        Assert.Contains("Verdict   fits in memory. It fits.\nEstimate  1 kB\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task As_json_one_model_is_what_the_api_sends_of_it()
    {
        api.Says(List, $$"""{"personal_models":[{{Ready}},{{Coming}}]}""");

        Assert.Equal(0, await RunAsync("show", "Fast Assistant", "--json"));

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Ready), JsonNode.Parse(output.ToString())));
    }

    [Fact]
    public async Task A_model_that_is_not_there_or_is_two_is_not_shown()
    {
        api.Says(List, $$"""{"personal_models":[{{Ready}},{{Coming}},{{Coming.Replace("-b", "-c")}}]}""");

        Assert.Equal((1, 1), (await RunAsync("show", "nobody"), await RunAsync("show", "phi-3-medium")));

        Assert.Equal(
            """
            None of your personal models is called nobody. republic list shows them.
            phi-3-medium is the name of 2 models. Give an id: 0198-b (phi-3-medium, downloading 61 %), 0198-c (phi-3-medium, downloading 61 %).

            """,
            error.ToString()
        );
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public async Task Names_from_elsewhere_steer_no_terminal()
    {
        var hostile =
            """{"id":"x","status":"fai\u001b[2Jled","custom_name":"a\u001b[31m\r\nb\u202eexe","model_id":"m","error":"\u009b1A\nready"}""";
        api.Says(List, $$"""{"personal_models":[{{hostile}}]}""");
        api.Says("GET /api/personal-models/x/status", """{"id":"x","status":"failed"}""");

        Assert.Equal(0, await RunAsync("list"));
        Assert.Equal(2, output.ToString().TrimEnd('\n').Split('\n').Length);
        Assert.Equal(0, await RunAsync("show", "x"));

        Assert.DoesNotContain(output.ToString(), letter => letter is '\u202e' || (char.IsControl(letter) && letter is not '\n'));
        Assert.Contains("\nError   1A ready\n", output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(
        "401 Unauthorized",
        "No",
        2,
        "does not accept the token in REPUBLIC_TOKEN: it is mistyped, revoked or expired. Make one at "
    )]
    [InlineData("403 Forbidden", "This token lacks the scope “read”.", 2, "This token lacks the scope “read”. Tokens are made at ")]
    [InlineData("429 Too Many Requests", "Wait a minute.", 1, "Wait a minute.")]
    [InlineData("409 Conflict", "Not as things are.", 1, "Not as things are.")]
    [InlineData("500 Internal Server Error", "Something broke.", 1, "Something broke.")]
    public async Task A_refusal_is_said_in_its_own_words(string status, string detail, int code, string expected)
    {
        api.Refuses(List, status, detail);

        Assert.Equal(code, await RunAsync("list"));

        Assert.Contains(expected, Assert.Single(error.ToString().TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.DoesNotContain(Token, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
    }

    [Theory]
    [InlineData("200 OK", "text/html", "<!doctype html><title>Hello</title>")]
    [InlineData("200 OK", "application/json", "[]")]
    [InlineData("200 OK", "application/json", "{\"models\":[]}")]
    [InlineData("200 OK", "application/json", "{\"personal_models\":[{\"id\":\"x\"}]}")]
    [InlineData("200 OK", "application/json", "{\"personal_models\":[{\"id\":1,\"status\":\"ready\"}]}")]
    [InlineData("200 OK", "application/json", "{\"personal_models\":[{\"id\":\"x\",\"status\":\"\\ud800\"}]}")]
    [InlineData("200 OK", "application/json", "")]
    [InlineData("404 Not Found", "text/html", "<!doctype html><title>Nothing here</title>")]
    [InlineData("502 Bad Gateway", "text/html", "<html>nginx</html>")]
    public async Task What_is_no_republic_is_told_from_one(string status, string type, string body)
    {
        api.Answers(List, status, body, type);

        Assert.Equal(2, await RunAsync("list"));

        Assert.Contains("Is the address right?", Assert.Single(error.ToString().TrimEnd('\n').Split('\n')), StringComparison.Ordinal);
        Assert.Equal("", output.ToString());
    }

    [Fact]
    public async Task The_token_follows_no_redirection()
    {
        await using var elsewhere = new RawUpstream();
        await using var leading = new RawUpstream();
        leading.Script = call => call.JsonAsync("{}", "307 Temporary Redirect", $"Location: http://{elsewhere.Authority}/api\r\n");

        Assert.Equal(2, await RunAsync("list", "--url", $"http://{leading.Authority}"));

        Assert.Contains(
            $"redirects to http://{elsewhere.Authority}. Give that address with --url.",
            error.ToString(),
            StringComparison.Ordinal
        );
        Assert.Empty(elsewhere.Requests);
    }

    [Fact]
    public async Task Where_nothing_listens_it_says_so()
    {
        var gone = new PlayedApi();
        await gone.DisposeAsync();

        Assert.Equal(2, await RunAsync("list", "--url", gone.Url));

        Assert.Matches($"^{gone.Url} does not answer: .+[^.]\\. Is Republic running there\\?\n$", error.ToString());
    }

    [Theory]
    [InlineData(null, "REPUBLIC_TOKEN is not set. Make an access token at http://127.0.0.1:")]
    [InlineData(" ", "REPUBLIC_TOKEN is not set.")]
    [InlineData("rpat_a b", "a space, or signs beyond ASCII")]
    [InlineData("rpat_é", "a space, or signs beyond ASCII")]
    [InlineData("rpat_a\nX-Other: b", "a space, or signs beyond ASCII")]
    public async Task Without_a_token_nothing_is_asked(string? token, string expected)
    {
        Assert.Equal(2, await Command(token).RunAsync("list", [], TestContext.Current.CancellationToken));

        Assert.Contains(expected, error.ToString(), StringComparison.Ordinal);
        Assert.Empty(api.Requests);
    }

    private Task<int> RunAsync(string verb, params string[] args) =>
        Command(Token).RunAsync(verb, args, TestContext.Current.CancellationToken);

    private RemoteCommand Command(string? token) =>
        new(
            output,
            error,
            name =>
                name switch
                {
                    "REPUBLIC_TOKEN" => token,
                    "REPUBLIC_URL" => api.Url,
                    _ => null,
                }
        );
}
