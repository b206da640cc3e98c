using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Memories;
using Republic.Core.Tools.BuiltIn;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>The tools that read and change what is in the database: of the minion’s person alone.</summary>
public sealed class BuiltInToolTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private readonly Inhabitant jonas = republic.Jonas;
    private readonly Inhabitant ada = republic.Ada;

    [Fact]
    public void They_are_those_of_the_page_in_its_order_and_say_who_may_use_them()
    {
        var tools = republic.Services.GetRequiredService<BuiltInTools>();

        Assert.Equal(
            [
                "search_knowledge",
                "read_passage",
                "search_chats",
                "read_chat",
                "recall_memory",
                "read_task",
                "current_time",
                "calculate",
                "read_web_page",
                "search_web",
                "propose_memory",
                "comment_task",
                "create_task",
            ],
            tools.All.Select(tool => tool.Name)
        );
        string[] forKeys = ["search_knowledge", "read_passage", "current_time", "calculate"];
        Assert.Equal(forKeys, tools.All.Where(tool => tool.IsForKeys).Select(tool => tool.Name));
        Assert.Equal(
            ["propose_memory", "comment_task", "create_task"],
            tools.All.Where(tool => tool.Effect == ToolEffect.Changes).Select(tool => tool.Name)
        );
        Assert.Equal(["read_web_page", "search_web"], tools.All.Where(tool => tool.Effect == ToolEffect.Sends).Select(tool => tool.Name));
        Assert.Null(tools.Find("run_code"));
    }

    [Fact]
    public async Task What_is_found_in_a_collection_is_numbered_and_can_be_read_on_around()
    {
        var sage = await jonas.NewMinionAsync("finder");
        var handbook = await republic.NewCollectionAsync(jonas.Id, "Harbour");
        await republic.NewDocumentAsync(
            handbook,
            "The chapter on ferries begins here.",
            "The blue ferry leaves at seven forty.",
            "On Sundays nothing leaves before noon.",
            "Dogs travel free."
        );
        var tools = await CalledTools.OpenAsync(republic, sage.Id, handbook.Id);

        var found = await tools.CallAsync("search_knowledge", new { query = "When does the blue ferry leave?" });

        var number = tools.Session.Passages.Single(passage => passage.Text.Contains("seven forty", StringComparison.Ordinal)).Number;
        Assert.Contains($"[{number}] notes.md\nThe blue ferry leaves at seven forty.", found, StringComparison.Ordinal);
        Assert.Contains("square brackets", found, StringComparison.Ordinal);
        Assert.True(tools.Session.HasReadOthers);

        var around = await tools.CallAsync(
            "read_passage",
            new
            {
                number,
                before = 1,
                after = 9,
            }
        );

        Assert.Contains("The chapter on ferries begins here.", around, StringComparison.Ordinal);
        Assert.Contains($"[{number}] notes.md\nThe blue ferry", around, StringComparison.Ordinal);
        Assert.Contains("Dogs travel free.", around, StringComparison.Ordinal);
        Assert.Equal(4, tools.Session.Passages.Count);
        Assert.Equal([1, 2, 3, 4], tools.Session.Passages.Select(passage => passage.Number));
        Assert.StartsWith(
            "No passage has the number 77",
            await tools.RefusedAsync("read_passage", new { number = 77 }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_collection_of_somebody_else_is_not_searched_whatever_is_named()
    {
        var sage = await jonas.NewMinionAsync("peeper");
        var secret = await republic.NewCollectionAsync(ada.Id, "Diary");
        await republic.NewDocumentAsync(secret, "The key lies under the third stone.");
        var tools = await CalledTools.OpenAsync(republic, sage.Id, secret.Id);

        var refused = await tools.RefusedAsync("search_knowledge", new { query = "Where does the key lie?" });

        Assert.StartsWith("There is no collection", refused, StringComparison.Ordinal);
        Assert.Empty(tools.Session.Passages);
    }

    [Fact]
    public async Task A_passage_that_the_answer_may_not_read_any_more_is_not_read_on()
    {
        var sage = await jonas.NewMinionAsync("keeper");
        var handbook = await republic.NewCollectionAsync(jonas.Id, "Cellar");
        await republic.NewDocumentAsync(handbook, "The wine is in the second cellar.");
        var tools = await CalledTools.OpenAsync(republic, sage.Id, handbook.Id);
        await tools.CallAsync("search_knowledge", new { query = "Where is the wine?" });
        await republic.QueryAsync(db => db.Passages.Where(p => p.CollectionId == handbook.Id).ExecuteDeleteAsync(Ct));

        Assert.Contains(
            "not in its document any more",
            await tools.RefusedAsync("read_passage", new { number = 1 }),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Only_chats_of_the_person_with_this_minion_are_found_and_read()
    {
        var (sage, other) = (await jonas.NewMinionAsync("talker"), await jonas.NewMinionAsync("other"));
        var theirs = await ada.NewMinionAsync("theirs");
        var mine = await PlantAsync(jonas, sage.Id, "The zebra sleeps_in the harbour.");
        var withOther = await PlantAsync(jonas, other.Id, "The zebra sleeps_in the garden.");
        var ofAda = await PlantAsync(ada, theirs.Id, "The zebra sleeps_in the attic.");
        var tools = await CalledTools.OpenAsync(republic, sage.Id);
        await SearchIndex.ReadyAsync(republic, jonas);

        var found = await tools.CallAsync("search_chats", new { query = "zebra sleeps_in" });

        Assert.Contains($"Chat {mine}, “Planted”", found, StringComparison.Ordinal);
        Assert.Contains("harbour", found, StringComparison.Ordinal);
        Assert.DoesNotContain("garden", found, StringComparison.Ordinal);
        Assert.DoesNotContain("attic", found, StringComparison.Ordinal);
        Assert.Contains("No message", await tools.CallAsync("search_chats", new { query = "zebra sleepsXin" }), StringComparison.Ordinal);
        Assert.Contains("one or more words", await tools.RefusedAsync("search_chats", new { query = " " }), StringComparison.Ordinal);

        Assert.Contains("you:\nThe zebra", await tools.CallAsync("read_chat", new { id = mine }), StringComparison.Ordinal);
        foreach (var id in new object[] { withOther, ofAda, Guid.CreateVersion7(), "none" })
        {
            Assert.StartsWith("There is no such chat", await tools.RefusedAsync("read_chat", new { id }), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_remembered_of_the_person_is_recalled_and_more_is_proposed_once()
    {
        var (sage, theirs) = (await jonas.NewMinionAsync("rememberer"), await ada.NewMinionAsync("hers"));
        await RememberAsync(jonas, sage.Id, "I live in Bergen.");
        await RememberAsync(ada, theirs.Id, "I live in Tromsø.");
        var tools = await CalledTools.OpenAsync(republic, sage.Id);

        var recalled = await tools.CallAsync("recall_memory", new { query = "Where do I live?" });
        Assert.Contains("I live in Bergen.", recalled, StringComparison.Ordinal);
        Assert.DoesNotContain("Tromsø", recalled, StringComparison.Ordinal);

        Assert.StartsWith(
            "Proposed.",
            await tools.CallAsync("propose_memory", new { content = "My boat is called Fram." }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "proposed already",
            await tools.CallAsync("propose_memory", new { content = "My boat is called Fram." }),
            StringComparison.Ordinal
        );
        Assert.Contains(
            "written down already",
            await tools.CallAsync("propose_memory", new { content = "I live in Bergen." }),
            StringComparison.Ordinal
        );
        Assert.StartsWith(
            "Write down what to remember",
            await tools.RefusedAsync("propose_memory", new { content = " " }),
            StringComparison.Ordinal
        );
        var proposal = await republic.QueryAsync(db =>
            db.Memories.SingleAsync(m => m.MinionId == sage.Id && m.Status == MemoryStatus.Proposed, Ct)
        );
        Assert.Equal(("My boat is called Fram.", jonas.Id), (proposal.Content, proposal.OwnerId));
    }

    private async Task<Guid> PlantAsync(Inhabitant person, Guid minion, string said)
    {
        var chats = new PlantedChats(republic, person, minion);
        var chat = await chats.ChatAsync();
        var answer = Assert.Single(await chats.AnswersAsync(chat, 1, said: said));
        await republic.QueryAsync(db =>
            db.Conversations.Where(c => c.Id == chat).ExecuteUpdateAsync(set => set.SetProperty(c => c.LeafId, answer), Ct)
        );
        return chat;
    }

    private async Task RememberAsync(Inhabitant person, Guid minion, string content)
    {
        await using var scope = republic.Services.CreateAsyncScope();
        var added = await scope
            .ServiceProvider.GetRequiredService<MemoryEditor>()
            .AddAsync(person.Id, minion, new MemoryInput(content), Ct);
        Assert.True(added.Ok, added.Failure?.Message);
    }
}
