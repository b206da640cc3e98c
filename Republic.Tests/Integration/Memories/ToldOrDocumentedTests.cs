using System.Text.Json.Nodes;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

/// <summary>A minion with documents that is asked about its person: what was told, or what is written, and which of it the answer was given.</summary>
public sealed class ToldOrDocumentedTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Machine = "The espresso machine in the kitchen is called Bella. Descale it once a month.";
    private const string Phone = "The phone number of the sales department is 4711.";
    private const string Dogs = "Dogs may come in on Fridays.";

    [Fact]
    public async Task What_was_told_in_the_chat_goes_before_a_neighbour_among_the_documents()
    {
        var (person, minion, chat) = await OfficeAsync("Owner");
        await chat.AskAsync("My dog is called Bruno.");

        var answer = await chat.AskAsync("What is my dog called?");

        Assert.Equal("You told me: “My dog is called Bruno.”", Chat.Content(answer));
        Assert.Empty(answer["trace"]!["passages"]!.AsArray());
        Assert.Empty(answer["citations"]!.AsArray());
        Assert.Equal(
            ["memory done", "style skipped", "knowledge done", "generation skipped"],
            answer["trace"]!["stages"]!.AsArray().Select(stage => $"{stage!["name"]} {stage["status"]}")
        );
        Assert.StartsWith("What you told fits the question better", (string)Stage(answer, "knowledge")["reason"]!);
        var memory = await OneAsync(person, minion);
        Assert.Equal([(Guid)memory["id"]!], Stage(answer, "memory")["memory_ids"]!.AsArray().Select(id => (Guid)id!));
        Assert.Equal(
            $"/chats/{chat.Id}?message={memory["message_id"]}#m-{memory["message_id"]}",
            (string)Stage(answer, "memory")["link"]!["address"]!
        );
        Assert.Equal(1, (int)memory["access_count"]!);
    }

    [Fact]
    public async Task What_the_documents_say_better_is_quoted_from_them_and_no_memory_was_given()
    {
        var (person, minion, chat) = await OfficeAsync("Seller");
        await AddAsync(person, minion, "I work in the sales department.");

        var answer = await chat.AskAsync("What is the phone number of my department?");

        Assert.Equal($"This is what the documents say:\n\n- {Phone} [1]", Chat.Content(answer));
        Assert.Null(Stage(answer, "memory")["text"]);
        Assert.Null(Stage(answer, "memory")["memory_ids"]);
        Assert.Equal(0, (int)(await OneAsync(person, minion))["access_count"]!);
    }

    [Fact]
    public async Task What_both_may_answer_is_quoted_from_both()
    {
        var (person, minion, chat) = await OfficeAsync("Walker");
        await AddAsync(person, minion, "My dog is called Bruno.");

        var answer = await chat.AskAsync("May my dog come in?");

        Assert.Equal($"You told me: “My dog is called Bruno.”\n\nThis is what the documents say:\n\n- {Dogs} [1]", Chat.Content(answer));
        Assert.Equal("My dog is called Bruno.", (string)Stage(answer, "memory")["text"]!);
        Assert.Single(answer["citations"]!.AsArray());
        Assert.Equal(1, (int)(await OneAsync(person, minion))["access_count"]!);
    }

    [Fact]
    public async Task What_was_said_in_the_chat_is_quoted_there_where_remembering_is_off_until_it_is_to_be_forgotten()
    {
        var (person, minion, chat) = await OfficeAsync("Forgetful");
        await person.Api.PutAsync("/api/memories/settings", new { is_on = false });
        await chat.AskAsync("My dog is called Bruno.");
        await chat.AskAsync("Actually my dog is called Max.");

        var answer = await chat.AskAsync("What is my dog called?");

        Assert.Equal("You told me: “My dog is called Max.”", Chat.Content(answer));
        var said = (await chat.MessagesAsync()).Single(m => Chat.Content(m) == "Actually my dog is called Max.");
        Assert.Equal($"/chats/{chat.Id}?message={said["id"]}#m-{said["id"]}", (string)Stage(answer, "memory")["link"]!["address"]!);
        Assert.Empty(await ListAsync(person, minion));

        await chat.AskAsync("Forget my dog.");
        Assert.DoesNotContain("You told me", Chat.Content(await chat.AskAsync("What is my dog called?")));
        var other = await Chat.BeginAsync(person, minion);
        Assert.DoesNotContain("You told me", Chat.Content(await other.AskAsync("What is my dog called?")));
    }

    [Fact]
    public async Task A_model_that_reads_the_chat_is_asked_where_the_chat_may_answer()
    {
        await using var vendor = new FakeVendor();
        var (_, _, chat) = await OfficeAsync("Reader", vendor, "Descale the espresso machine once a month.");
        Assert.StartsWith("I do not know.", Chat.Content(await chat.AskAsync("What is my dog named?")));
        await chat.AskAsync("My dog is called Bruno.");
        var asked = vendor.Requests.Count(r => r.Body is not null);

        Assert.Equal("Hello", Chat.Content(await chat.AskAsync("What is my dog named?")));
        Assert.StartsWith("I do not know.", Chat.Content(await chat.AskAsync("Who won the chess championship in Reykjavik?")));

        Assert.Equal(asked + 1, vendor.Requests.Count(r => r.Body is not null));
    }

    [Fact]
    public async Task Given_is_what_stood_in_the_prompt_beside_passages_and_nothing_where_no_model_was_asked()
    {
        await using var vendor = new FakeVendor();
        var (person, minion, chat) = await OfficeAsync("Counter", vendor);
        await AddAsync(person, minion, "I am colour-blind.", importance: 0.9);

        var unknown = await chat.AskAsync("Who won the chess championship in Reykjavik?");

        Assert.StartsWith("I do not know.", Chat.Content(unknown));
        Assert.Null(Stage(unknown, "memory")["memory_ids"]);
        Assert.Equal(0, (int)(await OneAsync(person, minion))["access_count"]!);

        var known = await chat.AskAsync("When do I descale the espresso machine?");

        var request = vendor.LastRequest.Body!["messages"]!.AsArray();
        Assert.Contains("- I am colour-blind.", (string)request[0]!["content"]!);
        Assert.Contains(Machine, vendor.LastRequest.LastMessage);
        Assert.Contains("what was said in this conversation may", (string)request[0]!["content"]!);
        Assert.Equal("I am colour-blind.", (string)Stage(known, "memory")["text"]!);
        Assert.Equal(1, (int)(await OneAsync(person, minion))["access_count"]!);
    }

    /// <param name="vendor">Null: a minion on the built-in model.</param>
    private async Task<(Inhabitant Person, Guid Minion, Chat Chat)> OfficeAsync(
        string name,
        FakeVendor? vendor = null,
        params string[] passages
    )
    {
        var person = await republic.NewPersonAsync(name);
        var minion = (await person.NewMinionAsync("office", vendor)).Id;
        var planted = new LinkedKnowledge(republic, person);
        await planted.LinkAsync(minion, await planted.CollectionAsync("Office", passages.Length == 0 ? [Machine, Phone, Dogs] : passages));
        return (person, minion, await Chat.BeginAsync(person, minion));
    }

    private static Task AddAsync(Inhabitant person, Guid minion, string content, double importance = 0.5) =>
        person.Api.PostAsync(
            "/api/memories",
            new
            {
                minion_id = minion,
                content,
                importance,
            }
        );

    private static async Task<IReadOnlyList<JsonNode>> ListAsync(Inhabitant person, Guid minion) =>
        [.. (await person.Api.GetAsync($"/api/memories?minion_id={minion}"))["memories"]!.AsArray().Select(memory => memory!)];

    private static async Task<JsonNode> OneAsync(Inhabitant person, Guid minion) => Assert.Single(await ListAsync(person, minion));

    private static JsonNode Stage(JsonNode answer, string name) =>
        answer["trace"]!["stages"]!.AsArray().Single(stage => (string)stage!["name"]! == name)!;
}
