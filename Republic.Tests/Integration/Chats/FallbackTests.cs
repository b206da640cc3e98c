using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

public sealed class FallbackTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    [Fact]
    public async Task A_fallback_answers_where_the_minions_own_model_does_not_and_the_receipt_says_why()
    {
        await using var broken = new FakeVendor();
        broken.Refuses(HttpStatusCode.ServiceUnavailable, "no room today");
        await using var spare = new FakeVendor();
        spare.Answers("Here ", "I am");
        var fallback = new JsonObject
        {
            ["provider"] = "custom",
            ["model_id"] = "spare-model",
            ["base_url"] = spare.BaseUrl.ToString(),
        };
        var minion = await mira.NewMinionAsync("steady", broken, new JsonObject { ["fallbacks"] = new JsonArray(fallback) });
        var chat = await Chat.BeginAsync(mira, minion.Id);

        var answer = await chat.AskAsync("Are you there?");

        Assert.Equal("Here I am", Chat.Content(answer));
        var attempts = answer["route"]!["hops"]!.AsArray();
        Assert.Equal(
            [("vendor-model", "failed"), ("spare-model", "answered")],
            attempts.Select(attempt => (attempt!["model"]!.GetValue<string>(), attempt["outcome"]!.GetValue<string>()))
        );
        Assert.Contains("no room today", attempts[0]!["reason"]!.GetValue<string>());
        Assert.Equal("spare-model", spare.LastRequest.Body!["model"]!.GetValue<string>());
        var page = await (await mira.BrowserAsync()).ReadAsync($"/chats/{chat.Id}");
        Assert.Contains("a fallback or a second try answered", page);
        Assert.Contains("no room today", page);
        Assert.Contains("did not answer", page);
        await Until.TrueAsync(async () =>
            await republic.QueryAsync(db => db.ModelCalls.CountAsync(call => call.MinionId == minion.Id)) == 2
        );
    }

    [Fact]
    public async Task A_fallback_that_cannot_be_is_refused_with_what_it_needs()
    {
        var problem = await mira.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            "/api/minions",
            new JsonObject
            {
                ["name"] = "unsteady",
                ["provider"] = "local",
                ["model_id"] = "sprout",
                ["fallbacks"] = new JsonArray(new JsonObject { ["provider"] = "nobody", ["model_id"] = "m" }),
            }
        );

        Assert.Contains("A fallback needs a provider", problem.ToJsonString());
    }
}
