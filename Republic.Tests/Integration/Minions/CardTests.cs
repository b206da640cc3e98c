using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

public sealed class CardTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_minion_moves_to_another_person_as_json()
    {
        var minion = await republic.Jonas.NewMinionAsync("traveller", more: Fields());
        var card = await republic.Jonas.Api.GetAsync($"/api/minions/{minion.Id}/card");
        Assert.Equal("chara_card_v3", card["spec"]!.GetValue<string>());
        AssertMoved(await republic.Ada.Api.PostAsync("/api/minions/import", card), "traveller");
    }

    [Fact]
    public async Task A_minion_moves_inside_a_picture_and_wears_it_afterwards()
    {
        var minion = await republic.Jonas.NewMinionAsync("pictured", more: Fields());
        using var exported = await republic.Jonas.Api.SendAsync(HttpMethod.Get, $"/api/minions/{minion.Id}/card?format=png");
        Assert.Equal("image/png", exported.Content.Headers.ContentType!.ToString());
        var file = new ByteArrayContent(await exported.Content.ReadAsByteArrayAsync(Ct));
        file.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var answer = await republic.Ada.Api.Http.PostAsync(
            "/api/minions/import",
            new MultipartFormDataContent { { file, "file", "card.png" } },
            Ct
        );
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        var made = JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!;
        AssertMoved(made, "pictured");
        using var picture = await republic.Ada.Api.SendAsync(HttpMethod.Get, made["minion"]!["avatar_url"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, picture.StatusCode);
    }

    [Fact]
    public async Task The_same_card_twice_makes_two_minions_with_two_names()
    {
        var card = new { data = new { name = "Clone" } };
        var first = await republic.Jonas.Api.PostAsync("/api/minions/import", card);
        var second = await republic.Jonas.Api.PostAsync("/api/minions/import", card);
        Assert.Equal(("clone", "clone-2"), (first["minion"]!["name"]!.GetValue<string>(), second["minion"]!["name"]!.GetValue<string>()));
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("{}")]
    [InlineData("""{"data":{"name":"x","description":"\ud800"}}""")]
    public async Task A_file_that_is_no_card_is_refused_or_read_without_what_is_broken(string body)
    {
        using var content = new StringContent(body);
        using var answer = await republic.Jonas.Api.Http.PostAsync("/api/minions/import", content, Ct);
        Assert.True((int)answer.StatusCode is 400 or 201, $"{(int)answer.StatusCode}");
    }

    private static JsonObject Fields() =>
        new()
        {
            ["provider"] = "nvidia",
            ["model_id"] = "m",
            ["api_key"] = "nvapi-SUPERSECRET-0123456789",
            ["description"] = "Plans",
            ["personality"] = "calm",
            ["system_prompt"] = "Plan first.",
            ["temperature"] = 0.25,
            ["tags"] = new JsonArray("work"),
            ["skillset"] = new JsonArray("planning"),
            ["avatar"] = "🧠",
        };

    private static void AssertMoved(JsonNode made, string name)
    {
        var minion = made["minion"]!;
        Assert.Equal(name, minion["name"]!.GetValue<string>());
        foreach (var (field, value) in Fields().Where(field => field.Key != "api_key"))
        {
            Assert.True(JsonNode.DeepEquals(value, minion[field]), field);
        }

        Assert.False(minion["api_key_set"]!.GetValue<bool>());
        Assert.DoesNotContain("SUPERSECRET", made.ToJsonString());
    }
}
