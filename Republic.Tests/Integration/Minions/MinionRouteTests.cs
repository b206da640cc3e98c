using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Minions;

public sealed class MinionRouteTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_dry_run_says_who_would_answer_and_asks_nobody()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Planner");
        var minion = await person.NewMinionAsync(
            "planner",
            vendor,
            new JsonObject
            {
                ["context_length"] = 600,
                ["fallbacks"] = new JsonArray(
                    new JsonObject { ["provider"] = "groq", ["model_id"] = "llama" },
                    new JsonObject { ["provider"] = "local", ["model_id"] = "sprout" }
                ),
            }
        );

        var route = (await person.Api.PostAsync($"/api/minions/{minion.Id}/route", new { prompt = "Hello" }))["route"]!;

        Assert.Equal(("custom", "vendor-model"), Of(route["chosen"]!));
        Assert.False(route["may_leave_machine"]!.GetValue<bool>());
        var attempts = route["hops"]!.AsArray();
        Assert.Equal([1, null, 2], attempts.Select(attempt => attempt!["turn"]?.GetValue<int>()));
        Assert.Contains("needs a key", attempts[1]!["reason"]!.GetValue<string>());

        // Too long for the first: the fallback that can take it is chosen.
        var longer = (await person.Api.PostAsync($"/api/minions/{minion.Id}/route", new { prompt = new string('x', 20_000) }))["route"]!;
        Assert.Equal(("local", "sprout"), Of(longer["chosen"]!));
        Assert.InRange(longer["prompt_tokens"]!.GetValue<int>(), 4000, 4500);
        Assert.Empty(vendor.Requests);
    }

    [Fact]
    public async Task After_failures_the_dry_run_says_for_how_long_the_first_is_left_alone_as_the_chat_does()
    {
        await using var vendor = new FakeVendor();
        vendor.Refuses(HttpStatusCode.InternalServerError, "broken");
        var person = await republic.NewPersonAsync("Patient");
        var minion = await person.NewMinionAsync("patient", vendor);
        for (var i = 0; i < 5; i++)
        {
            await person.Api.PostAsync($"/api/minions/{minion.Id}/test", new { });
        }

        var route = (await person.Api.PostAsync($"/api/minions/{minion.Id}/route", new { }))["route"]!;

        Assert.Null(route["chosen"]);
        Assert.Contains("left alone for another", route["hops"]![0]!["reason"]!.GetValue<string>());
        var page = await (await person.BrowserAsync()).ReadAsync($"/models/{minion.Id}");
        Assert.Contains("Nobody could be asked just now", page);
    }

    private static (string, string) Of(JsonNode attempt) => (attempt["provider"]!.GetValue<string>(), attempt["model"]!.GetValue<string>());
}
