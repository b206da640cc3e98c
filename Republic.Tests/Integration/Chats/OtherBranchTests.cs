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
        vendor.Answers("The first answer.");
        var chat = await Chat.BeginAsync(republic.Jonas, vendor, "branches");
        var first = await chat.AskAsync("Which one?");
        vendor.Answers("The second answer.");
        var again = await chat.RegenerateAsync(Id(first));
        var second = await chat.EndOfAsync(again["answer_id"]!.GetValue<Guid>());
        var browser = await republic.Jonas.BrowserAsync();

        var other = await browser.ReadAsync($"/chats/{chat.Id}?message={Id(first)}");
        var own = await browser.ReadAsync($"/chats/{chat.Id}?message={Id(second)}");
        var strange = await browser.ReadAsync($"/chats/{chat.Id}?message={Guid.CreateVersion7()}");

        Assert.Contains($"id=\"m-{Id(first)}\"", other);
        Assert.Contains(Notice, other);
        Assert.DoesNotContain($"id=\"m-{Id(second)}\"", other);
        foreach (var page in (string[])[own, strange])
        {
            Assert.Contains($"id=\"m-{Id(second)}\"", page);
            Assert.DoesNotContain(Notice, page);
        }

        Assert.Equal(Id(second), Id((await chat.MessagesAsync())[^1]));
    }

    private static Guid Id(System.Text.Json.Nodes.JsonNode message) => message["id"]!.GetValue<Guid>();
}
