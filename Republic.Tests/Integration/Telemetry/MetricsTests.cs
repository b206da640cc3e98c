using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Telemetry;

/// <summary><c>/metrics</c>, as Prometheus asks for it.</summary>
public sealed class MetricsTests(MetricsTests.WatchedRepublic republic) : IClassFixture<MetricsTests.WatchedRepublic>
{
    private const string Token = "canary-metrics-token-0123456789";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_call_is_counted_with_its_tokens_and_how_it_ended()
    {
        var person = await republic.NewPersonAsync("Meter");
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("counted", vendor, new JsonObject { ["model_id"] = "model-\"of\"-metrics" });
        using var outside = new OutsideClient(republic.Address, minion.Key);
        await outside.AnswerAsync(OutsideClient.Hi);
        vendor.Refuses(HttpStatusCode.BadRequest, "Not like this");
        await outside.ErrorAsync(400, "/v1/chat/completions", OutsideClient.Hi);

        var (status, type, text) = await ScrapeAsync(Token);

        Assert.Equal((HttpStatusCode.OK, "text/plain; version=0.0.4; charset=utf-8"), (status, type));
        const string Labels = """gen_ai_operation_name="chat",gen_ai_provider_name="custom",gen_ai_request_model="model-\"of\"-metrics" """;
        var labels = Labels.Trim();
        Assert.Contains($$"""republic_hops_total{{{labels}},republic_outcome="answered"} 1""", text, StringComparison.Ordinal);
        Assert.Contains($$"""republic_hops_total{{{labels}},republic_outcome="failed"} 1""", text, StringComparison.Ordinal);
        Assert.Contains($$"""gen_ai_client_operation_duration_seconds_count{{{labels}}} 1""", text, StringComparison.Ordinal);
        Assert.Contains("error_type=\"bad_request\",gen_ai_operation_name", text, StringComparison.Ordinal);
        Assert.Contains($$"""gen_ai_client_token_usage_count{{{labels}},gen_ai_token_type="input"} 1""", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE republic_calls_waiting gauge", text, StringComparison.Ordinal);
        Assert.Contains("republic_upstream_busy{gen_ai_provider_name=\"custom\"} 0", text, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_bucket", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Not like this", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_from_memory_is_a_call_that_asked_no_model()
    {
        var person = await republic.NewPersonAsync("Rememberer");
        await using var vendor = new FakeVendor();
        var more = new JsonObject { ["model_id"] = "remembered-of-metrics", ["cache_minutes"] = 60 };
        var minion = await person.NewMinionAsync("remembered", vendor, more);
        using var outside = new OutsideClient(republic.Address, minion.Key);
        await outside.AnswerAsync(OutsideClient.Hi);
        var before = Cached(PrometheusPage.Parse((await ScrapeAsync(Token)).Text));
        await outside.AnswerAsync(OutsideClient.Hi);

        var page = PrometheusPage.Parse((await ScrapeAsync(Token)).Text);

        Assert.Equal(before + 1, Cached(page));
        var asked = Assert.Single(
            page.Lines,
            line =>
                line.StartsWith("republic_hops_total", StringComparison.Ordinal)
                && line.Contains("remembered-of-metrics", StringComparison.Ordinal)
        );
        Assert.EndsWith("republic_outcome=\"answered\"}", asked);
        Assert.Equal(1, page[asked]);

        // Other tests of this process remember answers too.
        static double Cached(PrometheusPage page)
        {
            const string Series = "republic_calls_total{republic_outcome=\"cached\",republic_purpose=\"outside\"}";
            return page.Lines.Contains(Series) ? page[Series] : 0;
        }
    }

    [Fact]
    public async Task A_page_keeps_the_rules_of_the_format_and_says_what_the_node_is_doing()
    {
        await using var vendor = new FakeVendor();
        vendor.Refuses(HttpStatusCode.BadRequest, "Not like this");
        var person = await republic.NewPersonAsync("Reader");
        var minion = await person.NewMinionAsync("typed", vendor, new JsonObject { ["model_id"] = "a name that never answered" });
        using var outside = new OutsideClient(republic.Address, minion.Key);
        await outside.ErrorAsync(400, "/v1/chat/completions", OutsideClient.Hi);

        var page = PrometheusPage.Parse((await ScrapeAsync(Token)).Text);

        Assert.Equal("counter", page.TypeOf("republic_hops_total"));
        Assert.Equal("histogram", page.TypeOf("http_server_request_duration_seconds"));
        Assert.True(page["republic_calls_total{republic_outcome=\"failed\",republic_purpose=\"outside\"}"] >= 1);
        Assert.True(
            page[
                "republic_hops_total{gen_ai_operation_name=\"chat\",gen_ai_provider_name=\"custom\","
                    + "gen_ai_request_model=\"_OTHER\",republic_outcome=\"failed\"}"
            ] >= 1
        );
        Assert.DoesNotContain(page.Lines, line => line.Contains("never answered", StringComparison.Ordinal));
        Assert.Equal(0, page["republic_jobs_running{republic_job_kind=\"dataset\"}"]);
        Assert.Equal(0, page["republic_live_streams"]);
        await Until.TrueAsync(async () => PrometheusPage.Parse((await ScrapeAsync(Token)).Text)["republic_model_host_up"] == 1);
    }

    [Fact]
    public async Task An_answer_from_a_fallback_is_counted_as_one_and_a_stream_tells_when_its_first_piece_came()
    {
        var person = await republic.NewPersonAsync("Faller");
        await using var broken = new FakeVendor();
        await using var vendor = new FakeVendor();
        broken.Refuses(HttpStatusCode.InternalServerError, "Broken");
        var fallbacks = new JsonArray(
            new JsonObject
            {
                ["provider"] = "custom",
                ["model_id"] = "second-of-metrics",
                ["base_url"] = vendor.BaseUrl.ToString(),
            }
        );
        var minion = await person.NewMinionAsync(
            "falls",
            broken,
            new JsonObject
            {
                ["model_id"] = "first-of-metrics",
                ["fallbacks"] = fallbacks,
                ["fallback_consent"] = true,
            }
        );
        using var outside = new OutsideClient(republic.Address, minion.Key);
        using (var answer = await outside.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}"""))
        {
            Assert.Contains("[DONE]", await OutsideClient.FramesAsync(answer));
        }

        var text = await Until.SomethingAsync(async () =>
            (await ScrapeAsync(Token)).Text is var now && now.Split('\n').Any(IsOurs) ? now : null
        );

        // Other tests' calls are counted beside ours.
        bool IsOurs(string one) =>
            one.StartsWith("republic_fallbacks_total{", StringComparison.Ordinal)
            && one.Contains("second-of-metrics", StringComparison.Ordinal);
        var line = text.Split('\n').Single(IsOurs);
        Assert.Equal(
            """republic_fallbacks_total{gen_ai_operation_name="chat",gen_ai_provider_name="custom",gen_ai_request_model="second-of-metrics"} 1""",
            line
        );
        Assert.Contains("gen_ai_client_operation_time_to_first_chunk_seconds_count{", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_breaker_is_told_by_the_id_of_its_key_and_closes_again()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Breaker");
        var minion = await person.NewMinionAsync("breaks", vendor);
        using var outside = new OutsideClient(republic.Address, minion.Key);
        var breaker = $"republic_upstream_breaker{{gen_ai_provider_name=\"custom\",republic_key_id=\"{minion.Id}\"}}";
        await outside.AnswerAsync(OutsideClient.Hi);
        Assert.Equal(0, PrometheusPage.Parse((await ScrapeAsync(Token)).Text)[breaker]);

        vendor.Refuses(HttpStatusCode.InternalServerError, "Broken");
        for (var i = 0; i < 5; i++)
        {
            using var answer = await outside.ChatAsync(OutsideClient.Hi);
        }

        var text = (await ScrapeAsync(Token)).Text;
        Assert.Equal(1, PrometheusPage.Parse(text)[breaker]);
        Assert.DoesNotContain(FakeVendor.Key, text, StringComparison.Ordinal);
        // A test asks whatever its health.
        vendor.Answers("Well again");
        Assert.True((bool)(await person.Api.PostAsync($"/api/minions/{minion.Id}/test"))["ok"]!);
        Assert.Equal(0, PrometheusPage.Parse((await ScrapeAsync(Token)).Text)[breaker]);
    }

    [Fact]
    public async Task Without_the_token_there_is_nothing_to_see_and_it_cannot_be_guessed_for_long()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, (await ScrapeAsync(null)).Status);
        Assert.Equal(HttpStatusCode.Unauthorized, (await ScrapeAsync(Token + "x")).Status);
        await Until.TrueAsync(async () => (await ScrapeAsync("guess")).Status == HttpStatusCode.TooManyRequests);
        Assert.Equal(HttpStatusCode.OK, (await ScrapeAsync(Token)).Status);
    }

    private async Task<(HttpStatusCode Status, string? Type, string Text)> ScrapeAsync(string? token)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(republic.Address, "/metrics"));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, Ct);
        return (response.StatusCode, response.Content.Headers.ContentType?.ToString(), await response.Content.ReadAsStringAsync(Ct));
    }

    public sealed class WatchedRepublic(TestDatabases databases) : RunningRepublic(databases)
    {
        protected override bool HasModelHost => true;

        protected override IEnumerable<(string Key, string Value)> Settings => [("Metrics:Token", Token)];
    }
}
