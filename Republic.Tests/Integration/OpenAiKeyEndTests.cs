using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration;

/// <summary>Calls of <c>/v1</c> that are being answered when their key stops being good.</summary>
public sealed class OpenAiKeyEndTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Theory]
    [InlineData("deactivate")]
    [InlineData("replace")]
    [InlineData("revoke")]
    public async Task A_stream_ends_with_what_came_and_nothing_more_is_asked_of_its_provider(string how)
    {
        await using var vendor = new FakeVendor();
        var hand = vendor.AnswersByHand();
        var person = await republic.NewPersonAsync($"Ends-{how}");
        var minion = await person.NewMinionAsync("speaker", vendor);
        var token = await person.Api.PostAsync("/api/account/tokens", new { name = "script" });
        using var client = new OutsideClient(republic.Address, how == "revoke" ? (string)token["token"]! : minion.Key);
        using var other = new OutsideClient(republic.Address, how == "revoke" ? minion.Key : (string)token["token"]!);
        var question = $$"""{"model":"{{minion.RepublicId}}","stream":true,"messages":[{"role":"user","content":"Hi"}]}""";
        hand.Says("Hel");
        using var stream = new AnswerStream(await client.ChatAsync(question));
        Assert.Equal("Hel", await stream.PieceAsync());

        await EndAsync(how, person, minion, token);

        var error = (await stream.NextAsync())!.Value.GetProperty("error");
        Assert.Equal("invalid_api_key", error.GetProperty("code").GetString());
        Assert.Null(await stream.NextAsync());
        await hand.ClientGone;
        // Another key of the same person is good as long as they are.
        vendor.Answers("Hello");
        using var after = await other.ChatAsync(question);
        Assert.Equal(how == "deactivate" ? 401 : 200, (int)after.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_answer_that_has_not_begun_is_refused_also_where_it_would_be_kept_for_its_caller(bool isKept)
    {
        await using var vendor = new FakeVendor();
        vendor.Hangs();
        var person = await republic.NewPersonAsync($"Waits-{isKept}");
        var minion = await person.NewMinionAsync("thinker", vendor);
        using var client = new OutsideClient(republic.Address, minion.Key);
        (string, string)[] headers = isKept ? [("Idempotency-Key", "once")] : [];
        var refused = client.ErrorAsync(401, "/v1/chat/completions", OutsideClient.Hi, headers);
        await Until.TrueAsync(() => vendor.Requests.Any(request => request.Path.EndsWith("/completions", StringComparison.Ordinal)));

        await EndAsync("replace", person, minion, token: null);

        Assert.Equal("invalid_api_key", (string?)(await refused)["code"]);
    }

    private Task EndAsync(string how, Inhabitant person, TestMinion minion, JsonNode? token) =>
        how switch
        {
            "deactivate" => republic.Mira.Api.PostAsync($"/api/admin/people/{person.Id}/deactivate"),
            "replace" => person.Api.PostAsync($"/api/minions/{minion.Id}/republic-key"),
            _ => person.Api.DeleteAsync($"/api/account/tokens/{token!["access_token"]!["id"]}"),
        };
}
