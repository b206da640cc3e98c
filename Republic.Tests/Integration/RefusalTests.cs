using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>What the caller did wrong is answered as the caller's, with a status that clients do not try again.</summary>
public sealed class RefusalTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Theory]
    [InlineData("/api/account/register", """{"email":"nul@republic.example","password":"a long password","username":"a\u0000b"}""")]
    [InlineData("/api/account/login", """{"email":"a\u0000","password":"x"}""")]
    [InlineData("/api/account/tokens", """{"name":"a\u0000b"}""")]
    [InlineData("/api/conversations", """{"participants":[],"title":"a\u0000b"}""")]
    [InlineData("/api/account/tokens", """{"name":"none","scopes":[]}""")]
    public async Task A_text_that_cannot_be_kept_and_a_choice_of_nothing_are_bad_requests(string path, string body) =>
        await republic.Jonas.Api.ProblemAsync(400, HttpMethod.Post, path, JsonNode.Parse(body));

    [Theory]
    [InlineData("/api/admin/audit?action=%00")]
    [InlineData("/api/admin/jobs?kind=a%00b")]
    [InlineData("/api/admin/people?search=%00")]
    [InlineData("/api/tasks?q=%00")]
    [InlineData("/api/tasks?label=%00")]
    [InlineData("/api/scenarios?q=%00")]
    [InlineData("/live?x=%00")]
    public async Task A_search_for_what_no_text_holds_is_refused_before_anybody_looks(string path)
    {
        var problem = await republic.Mira.Api.ProblemAsync(400, HttpMethod.Get, path);
        Assert.Equal("A query cannot hold U+0000.", problem["detail"]!.GetValue<string>());

        // Where who asks was looked at first, a stranger would be told to sign in.
        using var toAStranger = await republic.NewVisitor().GetAsync(path);
        Assert.Equal(HttpStatusCode.BadRequest, toAStranger.StatusCode);
    }

    [Fact]
    public async Task What_only_looks_like_it_is_looked_for() =>
        Assert.Empty((await republic.Mira.Api.GetAsync("/api/tasks?q=%2500"))["tasks"]!.AsArray());

    [Fact]
    public async Task On_v1_a_prompt_without_end_and_a_missing_key_are_not_the_minions_failures()
    {
        var sprout = await republic.Jonas.NewMinionAsync("long");
        var keyless = await republic.Jonas.NewMinionAsync(
            "keyless",
            more: new JsonObject { ["provider"] = "openai", ["model_id"] = "gpt-x" }
        );

        var (tooLong, error) = await AskAsync(sprout.Key, string.Join(' ', Enumerable.Repeat("word", 20_000)));
        Assert.Equal(400, tooLong);
        Assert.Equal("context_length_exceeded", error["code"]!.GetValue<string>());
        var (noKey, _) = await AskAsync(keyless.Key, "Hello");
        Assert.Equal(400, noKey);

        var (fine, _) = await AskAsync(sprout.Key, "Hello");
        Assert.Equal(200, fine);
        var counted = await Until.SomethingAsync(async () =>
        {
            var minion = (await republic.Jonas.Api.GetAsync($"/api/minions/{sprout.Id}"))["minion"]!;
            return minion["total_queries"]!.GetValue<long>() > 0 ? minion : null;
        });
        Assert.Equal(1, counted["total_queries"]!.GetValue<long>());
        Assert.Equal(1, counted["success_rate"]!.GetValue<double>());
    }

    private async Task<(int Status, JsonNode Error)> AskAsync(string key, string content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(republic.Address, "/v1/chat/completions"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", key);
        request.Content = JsonContent.Create(new { messages = new[] { new { role = "user", content } } });
        using var http = new HttpClient();
        using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
        var body = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
        return ((int)response.StatusCode, body["error"] ?? new JsonObject());
    }
}
