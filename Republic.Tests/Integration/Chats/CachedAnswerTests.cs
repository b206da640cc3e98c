using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

public sealed class CachedAnswerTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_question_of_another_chat_is_answered_from_memory_and_answered_again_anew()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("Hel", "lo");
        var person = await republic.NewPersonAsync("Mindful");
        var minion = await person.NewMinionAsync("mindful", vendor, new JsonObject { ["cache_minutes"] = 60 });
        var first = await Chat.BeginAsync(person, minion.Id);
        await first.AskAsync("Are you there?");
        Assert.DoesNotContain("from memory", await (await person.BrowserAsync()).ReadAsync($"/chats/{first.Id}"));
        vendor.Answers("Another");
        var chat = await Chat.BeginAsync(person, minion.Id);

        var answer = await chat.AskAsync("Are you there?");

        Assert.Equal(("complete", "Hello"), (Chat.State(answer), Chat.Content(answer)));
        var attempt = Assert.Single(answer["route"]!["hops"]!.AsArray())!;
        Assert.Equal(
            ("cached", "vendor-model", false),
            ((string?)attempt["outcome"], (string?)attempt["model"], attempt["left_machine"]!.GetValue<bool>())
        );
        Assert.Equal(
            (0m, 0, 0),
            (answer["cost"]!.GetValue<decimal>(), answer["prompt_tokens"]!.GetValue<int>(), answer["completion_tokens"]!.GetValue<int>())
        );
        var page = await (await person.BrowserAsync()).ReadAsync($"/chats/{chat.Id}");
        Assert.Contains("from memory", page);
        Assert.Contains("answered from memory", page);
        Assert.Contains("nobody was asked, nothing left this machine", page);
        Assert.Contains("<dt>Sent out</dt><dd>nothing</dd>", page);
        Assert.Single(vendor.Requests);

        var again = await chat.RegenerateAsync(answer["id"]!.GetValue<Guid>());
        var anew = await chat.EndOfAsync(again["answer_id"]!.GetValue<Guid>());

        Assert.Equal("Another", Chat.Content(anew));
        Assert.Equal("Another", Chat.Content(await (await Chat.BeginAsync(person, minion.Id)).AskAsync("Are you there?")));
        Assert.Equal(2, vendor.Requests.Count);
    }

    [Fact]
    public async Task The_dry_run_says_what_would_be_answered_from_memory()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Foresighted");
        var minion = await person.NewMinionAsync("foresighted", vendor, new JsonObject { ["cache_minutes"] = 60 });
        Assert.False(await IsRememberedAsync("Hi"));
        await (await Chat.BeginAsync(person, minion.Id)).AskAsync("Hi");

        Assert.True(await IsRememberedAsync("Hi"));
        Assert.False(await IsRememberedAsync("Ho"));
        using var page = await (await person.BrowserAsync()).SubmitAsync(
            $"/models/{minion.Id}",
            new Dictionary<string, string> { ["prompt"] = "Hi" },
            $"/models/{minion.Id}/route"
        );
        Assert.Contains(
            "it would be answered <b>from memory</b>",
            await page.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)
        );
        await person.Api.PutAsync($"/api/minions/{minion.Id}", new { cache_minutes = 0 });
        Assert.False(await IsRememberedAsync("Hi"));
        Assert.Single(vendor.Requests);

        async Task<bool> IsRememberedAsync(string prompt) =>
            (await person.Api.PostAsync($"/api/minions/{minion.Id}/route", new { prompt }))["route"]!["is_remembered"]!.GetValue<bool>();
    }

    [Fact]
    public async Task What_was_asked_in_a_chat_no_outside_client_finds_out()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Discreet");
        var minion = await person.NewMinionAsync("discreet", vendor, new JsonObject { ["cache_minutes"] = 60 });
        await (await Chat.BeginAsync(person, minion.Id)).AskAsync("Hi");
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var answer = await client.ChatAsync("""{"stream":true,"messages":[{"role":"user","content":"Hi"}]}""");

        Assert.Equal("miss", Assert.Single(answer.Headers.GetValues("x-republic-cache")));
        Assert.Equal(2, vendor.Requests.Count);
    }
}
