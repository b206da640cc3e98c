using System.Text.Json.Nodes;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

/// <summary>What a person says about remembering as such is answered from what is kept: no model is asked, and no document searched.</summary>
public sealed class MemoryCommandsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task Asked_what_it_remembers_a_minion_tells_it_and_what_waits()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Asker");
        var minion = await person.NewMinionAsync("tells", vendor);
        var planted = new LinkedKnowledge(republic, person);
        await planted.LinkAsync(minion.Id, await planted.CollectionAsync("Handbook", "Fish swim."));
        var chat = await Chat.BeginAsync(person, minion.Id);

        Assert.StartsWith("I remember nothing of you yet.", Chat.Content(await chat.AskAsync("What do you know about me?")));

        await AddAsync(person, minion.Id, "I live in Oslo.");
        await AddAsync(person, minion.Id, "I play the cello.");
        await chat.AskAsync("I live in Bergen now.");
        await Until.SomethingAsync(async () =>
            (await person.Api.GetAsync("/api/memories/contradictions"))["contradictions"]!.AsArray().FirstOrDefault()
        );
        var asked = vendor.Requests.Count(r => r.Body is not null);
        var answer = await chat.AskAsync("What do you remember about me?");

        // The older goes on being used while the newer is only proposed: here, on the page and beside the chat.
        Assert.Equal(
            "This I remember of you:\n\n“I play the cello.”\n\n“I live in Oslo.”\n\nUnder Memories, one thing waits for your word.",
            Chat.Content(answer)
        );
        Assert.Equal($"/memories?minion={minion.Id}", (string)answer["trace"]!["stages"]![0]!["link"]!["address"]!);
        Assert.Equal(asked, vendor.Requests.Count(r => r.Body is not null));
        var page = await PageAsync(person, "/memories");
        Assert.Contains("2 things are remembered of you; 1 contradiction waits for your decision.", page);
        Assert.Contains("and uses the older until you decide", page);
        Assert.Contains("I live in Oslo.", await PageAsync(person, $"/memories?handler=Beside&id={minion.Id}"));

        await person.Api.PutAsync("/api/memories/settings", new { is_on = false });
        var off = Chat.Content(await chat.AskAsync("What do you remember about me?"));
        Assert.StartsWith("Remembering is switched off, so I make no use of the 3 things I keep of you.", off);
    }

    [Fact]
    public async Task To_forget_everything_names_how_much_is_kept_and_where_it_goes()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Shy");
        var minion = await person.NewMinionAsync("keeps", vendor);
        var chat = await Chat.BeginAsync(person, minion.Id);

        Assert.StartsWith("I remember nothing of you", Chat.Content(await chat.AskAsync("Forget everything.")));
        await AddAsync(person, minion.Id, "I live in Oslo.");
        var answer = await chat.AskAsync("Forget everything about me");

        Assert.StartsWith("I have forgotten nothing yet: I keep one thing of you.", Chat.Content(answer));
        Assert.Equal($"/memories?minion={minion.Id}", (string)answer["trace"]!["stages"]![0]!["link"]!["address"]!);
        Assert.Contains("Forget everything", await PageAsync(person, $"/memories?minion={minion.Id}"));
        Assert.Single(await KeptAsync(person, minion.Id));
        Assert.DoesNotContain(vendor.Requests, r => r.Body is not null);
    }

    [Fact]
    public async Task What_another_took_the_place_of_is_not_named_and_goes_with_its_own_words()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Mover");
        var minion = await person.NewMinionAsync("moves", vendor);
        await AddAsync(person, minion.Id, "I live in Oslo.");
        var bergen = (Guid)(await AddAsync(person, minion.Id, "I live in Bergen now."))["memory"]!["id"]!;
        var open = (await person.Api.GetAsync("/api/memories/contradictions"))["contradictions"]![0]!;
        await person.Api.PostAsync($"/api/memories/contradictions/{open["id"]}/settle", new { keep = bergen });
        var chat = await Chat.BeginAsync(person, minion.Id);

        Assert.DoesNotContain("Oslo", Chat.Content(await chat.AskAsync("Forget where I live.")));
        Assert.StartsWith("I have forgotten it: “I live in Oslo.”", Chat.Content(await chat.AskAsync("Forget that I live in Oslo.")));
        Assert.DoesNotContain("I live in Oslo.", await KeptAsync(person, minion.Id));
    }

    [Fact]
    public async Task What_is_not_to_be_kept_is_not_and_the_answer_says_so()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Private");
        var minion = await person.NewMinionAsync("discreet", vendor);
        var chat = await Chat.BeginAsync(person, minion.Id);
        await AddAsync(person, minion.Id, "I live in Oslo.");

        Assert.Equal("I will not remember that.", Chat.Content(await chat.AskAsync("Do not remember that I like jazz.")));
        Assert.StartsWith("I keep that from before.", Chat.Content(await chat.AskAsync("Don't remember that I live in Oslo.")));
        Assert.Equal(["I live in Oslo."], await KeptAsync(person, minion.Id));
        Assert.DoesNotContain(vendor.Requests, r => r.Body is not null);

        // Something to be done is the model's to answer.
        Assert.Equal("Hello", Chat.Content(await chat.AskAsync("Remember to call mother tomorrow")));
    }

    [Fact]
    public async Task The_built_in_model_says_plainly_what_it_keeps_and_what_it_does_not()
    {
        var person = await republic.NewPersonAsync("Sower");
        var minion = await person.NewMinionAsync("seedling");
        var chat = await Chat.BeginAsync(person, minion.Id);

        var answer = await chat.AskAsync("Remember that I have a dog called Rex.");

        Assert.Equal("I will remember that: “I have a dog called Rex.”", Chat.Content(answer));
        Assert.Equal("memory", (string)answer["trace"]!["stages"]![0]!["name"]!);
        var kept = await Until.SomethingAsync(async () => await KeptAsync(person, minion.Id) is [var first, ..] ? first : null);
        Assert.Equal("I have a dog called Rex.", kept);
        Assert.StartsWith("I cannot remind you", Chat.Content(await chat.AskAsync("Remember to call mother tomorrow")));
    }

    [Fact]
    public async Task What_was_only_proposed_is_in_use_once_it_is_asked_for()
    {
        await using var vendor = new FakeVendor();
        var person = await republic.NewPersonAsync("Twice");
        var minion = await person.NewMinionAsync("hears", vendor);
        var chat = await Chat.BeginAsync(person, minion.Id);
        await chat.AskAsync("I live in Oslo.");
        await Until.SomethingAsync(async () => await KeptAsync(person, minion.Id) is [var first, ..] ? first : null);

        await chat.AskAsync("Remember that I live in Oslo.");

        var active = await Until.SomethingAsync(async () =>
            await KeptAsync(person, minion.Id, "&status=active") is [var first, ..] ? first : null
        );
        Assert.Equal("I live in Oslo.", active);
        Assert.Single(await KeptAsync(person, minion.Id));
    }

    private static async Task<string> PageAsync(Inhabitant person, string path) =>
        await (await (await person.BrowserAsync()).GetAsync(path)).Content.ReadAsStringAsync(TestContext.Current.CancellationToken);

    private static Task<JsonNode> AddAsync(Inhabitant person, Guid minion, string content) =>
        person.Api.PostAsync("/api/memories", new { minion_id = minion, content });

    private static async Task<IReadOnlyList<string>> KeptAsync(Inhabitant person, Guid minion, string more = "") =>
        [
            .. (await person.Api.GetAsync($"/api/memories?minion_id={minion}{more}"))["memories"]!
                .AsArray()
                .Select(memory => (string)memory!["content"]!),
        ];
}
