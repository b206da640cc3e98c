using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Search;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Search;

/// <summary>What a person may see is found, and nothing else; and what leads there while it is typed.</summary>
public sealed class SearchVisibilityTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private SearchReader Reader => republic.Services.GetRequiredService<SearchReader>();

    [Fact]
    public async Task A_task_is_found_by_a_guest_while_it_is_shared()
    {
        var owner = await republic.NewPersonAsync("Shares");
        var guest = await republic.NewPersonAsync("Invited");
        var shared = await SharedTask.MakeAsync(owner);
        await shared.ShareAsync(guest);
        Assert.Empty(await TasksAsync(guest));

        await SharedTask.AcceptAsync(guest);
        Assert.Equal([shared.Task], await TasksAsync(guest));

        await owner.Api.DeleteAsync($"{shared.Path}/shares/{await shared.ShareOfAsync(guest)}");
        Assert.Empty(await TasksAsync(guest));
        Assert.Equal([shared.Task], await TasksAsync(owner));
    }

    [Fact]
    public async Task What_was_deleted_is_not_found()
    {
        var person = await republic.NewPersonAsync("Deletes");
        var minion = await person.NewMinionAsync("narwhal");
        var chats = new PlantedChats(republic, person, minion.Id);
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 1, said: "The narwhal dives below the ice.");
        await SearchIndex.ReadyAsync(republic, person);
        Assert.Equal(["minion", "message"], await KindsAsync(person, "narwhal"));

        await person.Api.DeleteAsync($"/api/conversations/{chat}");
        await person.Api.DeleteAsync($"/api/minions/{minion.Id}");

        Assert.Empty(await KindsAsync(person, "narwhal"));
    }

    [Fact]
    public async Task Two_letters_lead_to_names_that_begin_so_and_then_to_those_that_hold_them()
    {
        var person = await republic.NewPersonAsync("Jumps");
        var minion = await person.NewMinionAsync("zyla");
        await new PlantedChats(republic, person, minion.Id).ChatAsync();
        foreach (var title in (string[])["Plan the zydeco night", "Buy a syzygy poster"])
        {
            await person.Api.PostAsync("/api/tasks", new { title });
        }

        await SearchIndex.ReadyAsync(republic, person);

        var found = await Reader.JumpAsync(person.Id, isSuperuser: false, "ZY", Ct);
        Assert.Equal(["Zyla", "Plan the zydeco night", "Buy a syzygy poster"], found.Select(result => result.Title));
        Assert.Equal([(0, 4)], found[0].TitleMarks);
        Assert.Equal([(9, 6)], found[1].TitleMarks);
        Assert.Equal(
            ["Planted"],
            (await Reader.JumpAsync(person.Id, isSuperuser: false, "pl", Ct)).Where(IsChat).Select(result => result.Title)
        );
        Assert.Equal(["Planted"], (await Reader.JumpAsync(person.Id, isSuperuser: false, "plante", Ct)).Select(result => result.Title));
    }

    [Fact]
    public async Task Of_each_kind_a_few_are_led_to_and_words_of_three_letters_are_looked_for_in_messages()
    {
        var person = await republic.NewPersonAsync("Few");
        var chats = new PlantedChats(republic, person, (await person.NewMinionAsync("few")).Id);
        await chats.AnswersAsync(await chats.ChatAsync(), 7, said: "The ibex climbs the wall of the dam.");
        await SearchIndex.ReadyAsync(republic, person);

        Assert.Equal(5, (await Reader.JumpAsync(person.Id, isSuperuser: false, "ibe", Ct)).Count);
        Assert.Empty(await Reader.JumpAsync(person.Id, isSuperuser: false, "ib", Ct));
    }

    [Fact]
    public async Task Before_the_first_letter_there_is_what_was_used_last()
    {
        var person = await republic.NewPersonAsync("Recent");
        await using var vendor = new FakeVendor();
        var minion = await person.NewMinionAsync("recent", vendor);
        var chat = await Chats.Chat.BeginAsync(person, minion.Id);
        vendor.Answers("Good day.");
        await chat.AskAsync("Hello there");
        await person.Api.PostAsync("/api/tasks", new { title = "Answer letters" });

        var found = await Reader.JumpAsync(person.Id, isSuperuser: false, " ", Ct);

        Assert.Equal(
            [
                (SearchKinds.Conversation, "Hello there", "Good day."),
                (SearchKinds.Minion, "Recent", ""),
                (SearchKinds.Task, "Answer letters", ""),
            ],
            found.Select(result => (result.Kind, result.Title, result.Snippet))
        );
    }

    private static bool IsChat(SearchResult result) => result.Kind == SearchKinds.Conversation;

    private static async Task<IReadOnlyList<string?>> TasksAsync(Inhabitant person) =>
        [.. (await FindAsync(person, "garden")).Where(task => (string?)task["kind"] == "task").Select(task => (string?)task["id"])];

    private static async Task<IReadOnlyList<string?>> KindsAsync(Inhabitant person, string words) =>
        [.. (await FindAsync(person, words)).Select(result => (string?)result["kind"])];

    private static async Task<IReadOnlyList<JsonNode>> FindAsync(Inhabitant person, string words) =>
        [.. (await person.Api.GetAsync($"/api/search?q={words}"))["results"]!.AsArray().Select(result => result!)];
}
