using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>Pages name a model as having answered only where it was called.</summary>
public sealed class RanTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Unasked = "<dt>Ran</dt><dd>nowhere: no model was asked</dd>";

    [Fact]
    public async Task A_call_that_the_guard_refuses_ran_nowhere_and_is_no_call()
    {
        var person = await republic.NewPersonAsync("Guarded");
        var olli = await person.NewMinionAsync("olli", more: new JsonObject { ["provider"] = "ollama", ["model_id"] = "llama3" });
        // As a name would that leads into a private network by now.
        await republic.QueryAsync(db =>
            db.Minions.Where(m => m.Id == olli.Id).ExecuteUpdateAsync(set => set.SetProperty(m => m.BaseUrl, "http://10.0.0.5:11434/v1"))
        );
        var chat = await Chat.BeginAsync(person, olli.Id);

        var answer = await chat.AskAsync("Hi");

        Assert.Equal("failed", Chat.State(answer));
        Assert.Null(answer["provider"]);
        Assert.Equal(0, answer["cost"]!.GetValue<decimal>());
        var page = await (await person.BrowserAsync()).ReadAsync($"/chats/{chat.Id}");
        Assert.Contains(Unasked, page);
        Assert.Contains("llama3</bdi>, passed over", page);
        var card = (await person.Api.GetAsync($"/api/users/{person.Id}/providers/health"))["providers"]!.AsArray().Single()!;
        Assert.Equal(("not_used", 0), ((string?)card["state"], (int)card["calls"]!));
    }

    [Fact]
    public async Task One_that_is_left_alone_after_it_failed_ran_nowhere()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Waiting");
        var minion = await person.NewMinionAsync("rested", vendor);
        var chat = await Chat.BeginAsync(person, minion.Id);
        vendor.Refuses(HttpStatusCode.ServiceUnavailable, "Later.");
        var browser = await person.BrowserAsync();

        Assert.Equal("custom", (string?)(await chat.AskAsync("Hi"))["provider"]);
        Assert.Contains("<dt>Ran</dt><dd>nowhere: no model answered</dd>", await browser.ReadAsync($"/chats/{chat.Id}"));
        // Calls are written down a moment after the answer, some of them perhaps between the two that are read here.
        await Until.TrueAsync(async () =>
        {
            var card = (await person.Api.GetAsync($"/api/users/{person.Id}/providers/health"))["providers"]!.AsArray().Single()!;
            Assert.Equal(("failing", 0), ((string?)card["state"], (int)card["answered"]!));
            var providers = await browser.ReadAsync("/providers");
            Assert.DoesNotContain("Healthy", providers);
            return providers.Contains($"0 of {card["judged_calls"]} answered", StringComparison.Ordinal);
        });

        // So many failures in a row, and it is left alone.
        await Until.TrueAsync(async () => (await chat.AskAsync("And now?"))["provider"] is null);
        Assert.Contains(Unasked, await browser.ReadAsync($"/chats/{chat.Id}"));
    }
}
