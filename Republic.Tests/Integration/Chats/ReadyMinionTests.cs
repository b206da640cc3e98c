using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>A new chat says which minions cannot answer, and a failed answer says why.</summary>
public sealed class ReadyMinionTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_new_chat_offers_the_paused_last_and_says_who_is_paused_or_has_no_key()
    {
        var person = await republic.NewPersonAsync("Chooses");
        await person.NewMinionAsync("asleep", more: new JsonObject { ["is_active"] = false });
        await person.NewMinionAsync("keyless", more: Keyless());
        await person.NewMinionAsync("ready");

        var page = await (await person.BrowserAsync()).ReadAsync("/chats");

        Assert.True(At(page, "<b>Asleep</b>") > At(page, "<b>Ready</b>"));
        Assert.True(At(page, "<b>Asleep</b>") > At(page, "<b>Keyless</b>"));
        Assert.Contains("Paused</span>", page[At(page, "<b>Asleep</b>")..], StringComparison.Ordinal);
        Assert.Contains("No key</span>", page[At(page, "<b>Keyless</b>")..At(page, "<b>Asleep</b>")], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_key_nothing_is_sent_out_and_the_answer_leads_to_where_it_is_entered()
    {
        var person = await republic.NewPersonAsync("Unkeyed");
        var minion = await person.NewMinionAsync("keyless", more: Keyless());
        var chat = await Chat.BeginAsync(person, minion.Id);

        var answer = await chat.AskAsync("Good day");

        Assert.Equal("failed", Chat.State(answer));
        var page = await (await person.BrowserAsync()).ReadAsync($"/chats/{chat.Id}");
        Assert.Contains("<dt>Sent out</dt><dd>nothing</dd>", page, StringComparison.Ordinal);
        Assert.Contains($"<a href=\"/models/{minion.Id}/edit\">Model and key of Keyless</a>", page, StringComparison.Ordinal);
    }

    private static JsonObject Keyless() => new() { ["provider"] = "openai", ["model_id"] = "gpt-4.1" };

    private static int At(string page, string text) => page.IndexOf(text, StringComparison.Ordinal);
}
