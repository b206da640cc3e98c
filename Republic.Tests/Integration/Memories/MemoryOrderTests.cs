using System.Text.Json.Nodes;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

/// <summary>What a person says in a chat about memories themselves: no model is asked for it.</summary>
public sealed class MemoryOrderTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant jonas = republic.Jonas;

    [Fact]
    public async Task What_is_to_be_forgotten_is_forgotten_and_the_answer_and_the_trace_say_so()
    {
        await using var vendor = new FakeVendor();
        var (chat, minion) = await ChatAsync("forgets", vendor);
        await AddAsync(minion, "I live in Oslo.");
        await AddAsync(minion, "I live with two cats.");

        var answer = await chat.AskAsync("Forget that I live in Oslo.");

        Assert.Equal(
            "I have forgotten it: “I live in Oslo.” What you said of it in a chat stays there until you delete the chat.",
            Chat.Content(answer)
        );
        Assert.Equal(["I live with two cats."], await ContentsAsync(minion));
        Assert.Equal(
            ["memory done", "generation skipped"],
            answer["trace"]!["stages"]!.AsArray().Select(stage => $"{stage!["name"]} {stage["status"]}")
        );
        Assert.Equal("/memories", (string)answer["trace"]!["stages"]![0]!["link"]!["address"]!);
        Assert.DoesNotContain(vendor.Requests, r => r.Body is not null);
        // Nor is it learned anew from the order.
        Assert.Equal("I remember nothing like that, so there is nothing to forget.", Chat.Content(await chat.AskAsync("Forget my boat.")));
        Assert.Equal(["I live with two cats."], await ContentsAsync(minion));
    }

    [Fact]
    public async Task It_may_be_named_by_fewer_words_as_long_as_one_alone_fits()
    {
        await using var vendor = new FakeVendor();
        var (chat, minion) = await ChatAsync("fewer", vendor);
        await AddAsync(minion, "My dog is called Rex.");
        await AddAsync(minion, "My cat is called Tom.");

        Assert.StartsWith("I have forgotten it: “My dog is called Rex.”", Chat.Content(await chat.AskAsync("Please forget about my dog.")));

        Assert.Equal(["My cat is called Tom."], await ContentsAsync(minion));
    }

    [Fact]
    public async Task A_German_clause_forgets_what_it_was_kept_from_and_nothing_that_is_like_it()
    {
        await using var vendor = new FakeVendor();
        var (chat, minion) = await ChatAsync("german", vendor);
        await AddAsync(minion, "Ich wohne in Köln.");
        await AddAsync(minion, "Ich wohne nicht allein in Köln.");

        await chat.AskAsync("Vergiss bitte, dass ich in Köln wohne.");

        Assert.Equal(["Ich wohne nicht allein in Köln."], await ContentsAsync(minion));
    }

    [Fact]
    public async Task Where_several_fit_or_one_only_comes_near_they_are_named_and_nothing_is_lost()
    {
        await using var vendor = new FakeVendor();
        var (chat, minion) = await ChatAsync("several", vendor);
        await AddAsync(minion, "My dog is called Rex.");
        await AddAsync(minion, "My dog eats no fish.");
        await AddAsync(minion, "I live in Bergen.");

        var several = Chat.Content(await chat.AskAsync("Forget about my dog."));
        var near = Chat.Content(await chat.AskAsync("Forget that I live in Oslo."));

        Assert.Contains("“My dog is called Rex.”", several);
        Assert.Contains("“My dog eats no fish.”", several);
        Assert.StartsWith("I am not sure which", several);
        Assert.Equal("I remember nothing that says just this, so I have forgotten nothing. This comes near: “I live in Bergen.”", near);
        Assert.Equal(3, (await ContentsAsync(minion)).Count);
    }

    [Fact]
    public async Task Asked_about_an_open_contradiction_it_asks_back_and_leads_to_where_it_is_settled()
    {
        await using var vendor = new FakeVendor();
        var (chat, minion) = await ChatAsync("torn", vendor);
        await AddAsync(minion, "I live in Oslo.");
        await chat.AskAsync("Actually I live in Bergen now, remember that.");
        var open = await Until.SomethingAsync(async () =>
            (await jonas.Api.GetAsync("/api/memories/contradictions"))["contradictions"]!.AsArray().FirstOrDefault()
        );

        var answer = await chat.AskAsync("Where do I live?");

        Assert.Equal("You told me both “I live in Oslo.” and “I live in Bergen now.” Which is right?", Chat.Content(answer));
        var stage = answer["trace"]!["stages"]![0]!;
        Assert.Equal(("memory", "done"), ((string)stage["name"]!, (string)stage["status"]!));
        Assert.Contains("until you say which is right", (string)stage["reason"]!);
        Assert.Equal($"/memories#case-{open["id"]}", (string)stage["link"]!["address"]!);

        // What is not about that is answered as ever, and the trace tells of it.
        var other = await chat.AskAsync("Name a nice town to live in.");
        Assert.Equal("Hello", Chat.Content(other));
        Assert.Contains("Neither is used", (string)other["trace"]!["stages"]![0]!["reason"]!);

        await jonas.Api.PostAsync($"/api/memories/contradictions/{open["id"]}/settle", new { keep = (Guid)open["newer"]!["id"]! });
        Assert.Equal("Hello", Chat.Content(await chat.AskAsync("Where do I live?")));
        Assert.Contains("- I live in Bergen now.", vendor.LastRequest.Body!.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_an_order_to_remember_is_told_so_and_is_not_looked_up()
    {
        await using var vendor = new FakeVendor();
        var ada = republic.Ada;
        var minion = await ada.NewMinionAsync("switched", vendor);
        var chat = await Chat.BeginAsync(ada, minion.Id);
        var planted = new LinkedKnowledge(republic, ada);
        await planted.LinkAsync(minion.Id, await planted.CollectionAsync("Handbook", "Fish swim."));
        await ada.Api.PutAsync("/api/memories/settings", new { is_on = false });

        var answer = await chat.AskAsync("Remember that my fish is called Nemo.");

        Assert.StartsWith("Remembering is switched off", Chat.Content(answer));
        var stages = answer["trace"]!["stages"]!.AsArray();
        Assert.Equal(("memory", "skipped"), ((string)stages[0]!["name"]!, (string)stages[0]!["status"]!));
        Assert.Equal("/memories/settings", (string)stages[0]!["link"]!["address"]!);
        Assert.All(stages, stage => Assert.Equal("skipped", (string)stage!["status"]!));
        Assert.DoesNotContain(vendor.Requests, r => r.Body is not null);
        await ada.Api.PutAsync("/api/memories/settings", new { is_on = true });
        Assert.Equal("Hello", Chat.Content(await chat.AskAsync("Remember that my fish is called Nemo.")));
    }

    private async Task<(Chat Chat, Guid Minion)> ChatAsync(string name, FakeVendor vendor)
    {
        var minion = await jonas.NewMinionAsync(name, vendor);
        return (await Chat.BeginAsync(jonas, minion.Id), minion.Id);
    }

    private Task<JsonNode> AddAsync(Guid minion, string content) =>
        jonas.Api.PostAsync("/api/memories", new { minion_id = minion, content });

    private async Task<IReadOnlyList<string>> ContentsAsync(Guid minion) =>
        [
            .. (await jonas.Api.GetAsync($"/api/memories?minion_id={minion}"))["memories"]!
                .AsArray()
                .Select(memory => (string)memory!["content"]!),
        ];
}
