using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>The page of a chat, asked for with a message of a branch that is not the one in which the chat goes on.</summary>
public sealed class OtherBranchTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Notice = "This is another branch";

    [Fact]
    public async Task A_message_of_another_branch_is_shown_and_the_chat_goes_on_where_it_was()
    {
        await using var vendor = new FakeVendor();
        var (chat, first, second) = await AskedTwiceAsync(vendor, "branches");
        var browser = await republic.Jonas.BrowserAsync();

        var other = await browser.ReadAsync($"/chats/{chat.Id}?message={first}");
        var own = await browser.ReadAsync($"/chats/{chat.Id}?message={second}");
        var strange = await browser.ReadAsync($"/chats/{chat.Id}?message={Guid.CreateVersion7()}");

        Assert.Contains($"id=\"m-{first}\"", other);
        Assert.Contains(Notice, other);
        Assert.DoesNotContain($"id=\"m-{second}\"", other);
        foreach (var page in (string[])[own, strange])
        {
            Assert.Contains($"id=\"m-{second}\"", page);
            Assert.DoesNotContain(Notice, page);
        }

        Assert.Equal(second, Id((await chat.MessagesAsync())[^1]));
    }

    [Fact]
    public async Task What_is_rated_in_it_leads_back_to_it_and_a_script_puts_no_turn_of_the_other_in_its_place()
    {
        await using var vendor = new FakeVendor();
        var (chat, first, second) = await AskedTwiceAsync(vendor, "raters");
        var browser = await republic.Jonas.BrowserAsync();
        var page = $"/chats/{chat.Id}?message={first}";

        using var rated = await browser.SubmitAsync(page, new Dictionary<string, string>(), "handler=Rate");

        Assert.Equal($"{page}#m-{first}", rated.Headers.Location!.ToString());
        Assert.Equal(1.0, (await chat.MessageAsync(first))["feedback"]!["score"]!.GetValue<double>());
        var other = await browser.ReadAsync(page);
        Assert.Contains("Remove your rating", other);
        Assert.Contains("hx-ignore", other);
        Assert.DoesNotContain("hx-ignore", await browser.ReadAsync($"/chats/{chat.Id}"));
        Assert.Equal(second, Id((await chat.MessagesAsync())[^1]));
    }

    /// <summary>A question with two answers, of which the second is shown.</summary>
    private async Task<(Chat Chat, Guid First, Guid Second)> AskedTwiceAsync(FakeVendor vendor, string minion)
    {
        vendor.Answers("The first answer.");
        var chat = await Chat.BeginAsync(republic.Jonas, vendor, minion);
        var first = Id(await chat.AskAsync("Which one?"));
        vendor.Answers("The second answer.");
        var again = await chat.RegenerateAsync(first);
        return (chat, first, Id(await chat.EndOfAsync(again["answer_id"]!.GetValue<Guid>())));
    }

    private static Guid Id(JsonNode message) => message["id"]!.GetValue<Guid>();
}
