using System.Net;
using System.Text.Json;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.EndToEnd.Looks;

/// <summary>Chats, and what is decided about them.</summary>
public sealed class ChatLookTests(SharedRepublic republic, LookWindow window) : IClassFixture<SharedRepublic>, IClassFixture<LookWindow>
{
    private const string Rich =
        "# Two defaults\n\nare in the *way* of [your stream](https://nginx.org/en/).\n\n```nginx\nproxy_buffering off; # at once\n```\n\n"
        + "| Setting | Now |\n|---|--:|\n| a | 1 |\n\n> said\n\n- [x] done\n\n$a_1$ and `code`.";

    [Theory]
    [InlineData("/chats", "How do I turn buffering off?")]
    [InlineData("/search?q=buffering", "How do I turn")]
    [InlineData("/chats/{rich}", "Two defaults", ".receipt-trace > summary")]
    [InlineData("/chats/{refused}", "Incorrect API key provided")]
    [InlineData("/chats/{chat}/manage", "Manage a chat")]
    [InlineData("/chats/deleted", "Deleted chats", "main [popovertarget^=del-]")]
    [InlineData("/training/chats/choose?minion={minion}", "Chats that teach Clerk")]
    public async Task A_page_pleases_in_every_size_and_light(string page, string shown, string? pressed = null) =>
        await window.LookAsync(republic, await window.OnceAsync(PlantAsync), page, shown, pressed);

    private async Task<PlantedState> PlantAsync()
    {
        var person = await republic.NewPersonAsync("Looker");
        var minion = await person.NewMinionAsync("clerk");
        var chats = new PlantedChats(republic, person, minion.Id);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 2);
        await using var vendor = new FakeVendor();
        vendor.Answers(JsonEncodedText.Encode(Rich).ToString());
        var rich = await Chat.BeginAsync(person, vendor, "rich");
        await rich.AskAsync("How do I turn buffering off?");
        vendor.Refuses(HttpStatusCode.Unauthorized, "Incorrect API key provided");
        var refused = await Chat.BeginAsync(person, vendor, "refused");
        await refused.AskAsync("And now?");
        await person.Api.DeleteAsync($"/api/conversations/{await chats.ChatAsync()}");
        var browser = await person.BrowserAsync();
        // What was said is searched a moment later.
        await Until.TrueAsync(async () => (await browser.ReadAsync("/search?q=buffering")).Contains("How do I turn"));
        return new PlantedState(person, ("minion", minion.Id), ("chat", chat), ("rich", rich.Id), ("refused", refused.Id));
    }
}
