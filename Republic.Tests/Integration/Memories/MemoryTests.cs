using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Memories.Recall;
using Republic.Tests.Integration.Chats;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Memories;

public sealed class MemoryTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant jonas = republic.Jonas;

    [Fact]
    public async Task What_a_person_asks_to_be_remembered_is_in_use_and_says_where_it_came_from()
    {
        await using var vendor = new FakeVendor();
        var chat = await Chat.BeginAsync(jonas, vendor, "asked");
        var answer = await chat.AskAsync("Remember that I live in Narvik.");

        var memory = await OneAsync("I live in Narvik.");

        Assert.Equal("active", Text(memory, "status"));
        Assert.Equal("chat", Text(memory, "source"));
        Assert.Equal(chat.Id.ToString(), Text(memory, "conversation_id"));
        Assert.Equal(Text(answer, "parent_id"), Text(memory, "message_id"));
    }

    [Fact]
    public async Task What_is_merely_said_waits_for_the_person_and_is_not_recalled_before()
    {
        await using var vendor = new FakeVendor();
        var minion = await jonas.NewMinionAsync("said", vendor);
        var chat = await Chat.BeginAsync(jonas, minion.Id);
        await chat.AskAsync("I have three cats. How do I keep them off the keyboard?");
        var memory = await OneAsync("I have three cats.");
        Assert.Equal("proposed", Text(memory, "status"));
        Assert.Empty((await RecallAsync(minion, "What do my cats eat?")).Memories);

        await jonas.Api.PostAsync($"/api/memories/{memory["id"]}/accept");

        Assert.Equal(["I have three cats."], (await RecallAsync(minion, "What does a cat eat?")).Memories.Select(m => m.Content));
        Assert.Equal(0, (await OneAsync("I have three cats."))["access_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_minion_is_reminded_by_words_and_always_of_what_matters()
    {
        var minion = await jonas.NewMinionAsync("words");
        await AddAsync(minion, "My dog is called Rex.", 0.5);
        await AddAsync(minion, "Mein Fahrrad ist rot.", 0.5);
        await AddAsync(minion, "I am colour-blind.", 0.9);
        await AddAsync(minion, "I play the cello.", 0.2);

        Assert.Equal(["My dog is called Rex.", "I am colour-blind."], await ContentsAsync(minion, "How old do dogs get?"));
        Assert.Equal(["Mein Fahrrad ist rot.", "I am colour-blind."], await ContentsAsync(minion, "Welche Farbe hat mein Fahrrad?"));
        Assert.Equal(["I am colour-blind."], await ContentsAsync(minion, "What is the weather?"));
    }

    [Fact]
    public async Task A_minion_is_reminded_in_scripts_without_spaces()
    {
        var minion = await jonas.NewMinionAsync("signs");
        await AddAsync(minion, "我的狗叫旺财。", 0.5);
        await AddAsync(minion, "私は毎朝コーヒーを飲みます。", 0.5);

        Assert.Equal(["我的狗叫旺财。"], await ContentsAsync(minion, "旺财几岁了？"));
        Assert.Equal(["私は毎朝コーヒーを飲みます。"], await ContentsAsync(minion, "コーヒーは好き？"));
        Assert.Empty(await ContentsAsync(minion, "天气怎么样"));
    }

    [Fact]
    public async Task Two_that_contradict_each_other_are_a_case_and_neither_is_used_until_it_is_settled()
    {
        var minion = await jonas.NewMinionAsync("cases");
        var oslo = await AddAsync(minion, "I live in Oslo.");
        var bergen = await AddAsync(minion, "I live in Bergen.");
        var open = await CaseAsync(bergen);
        Assert.Equal(oslo, open["older"]!["id"]!.GetValue<Guid>());
        Assert.Empty(await ContentsAsync(minion, "Where do I live?"));

        await jonas.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            $"/api/memories/contradictions/{open["id"]}/settle",
            new { keep = Guid.CreateVersion7() }
        );
        await jonas.Api.PostAsync($"/api/memories/contradictions/{open["id"]}/settle", new { keep = bergen });

        Assert.Equal(["I live in Bergen."], await ContentsAsync(minion, "Where do I live?"));
        var loser = (await jonas.Api.GetAsync($"/api/memories/{oslo}"))["memory"]!;
        Assert.Equal(("superseded", bergen.ToString()), (Text(loser, "status"), Text(loser, "superseded_by")));
        await jonas.Api.ProblemAsync(409, HttpMethod.Post, $"/api/memories/{oslo}/accept");
    }

    [Fact]
    public async Task A_proposal_that_contradicts_leaves_the_older_in_use_and_both_can_be_right()
    {
        await using var vendor = new FakeVendor();
        var minion = await jonas.NewMinionAsync("both", vendor);
        await AddAsync(minion, "My favourite colour is green.");
        var chat = await Chat.BeginAsync(jonas, minion.Id);
        await chat.AskAsync("My favourite colour is blue.");
        var proposed = (await OneAsync("My favourite colour is blue."))["id"]!.GetValue<Guid>();
        Assert.Equal(["My favourite colour is green."], await ContentsAsync(minion, "Which colour?"));

        await jonas.Api.PostAsync($"/api/memories/contradictions/{(await CaseAsync(proposed))["id"]}/settle", new { });

        Assert.Equal(2, (await ContentsAsync(minion, "Which colour?")).Count);
    }

    [Fact]
    public async Task What_is_edited_is_held_against_the_others_again()
    {
        var minion = await jonas.NewMinionAsync("edits");
        await AddAsync(minion, "I work at a bank.");
        var other = await AddAsync(minion, "I work as a nurse.");
        await jonas.Api.PutAsync($"/api/memories/{other}", new { content = "I work at a school.", importance = 0.9 });
        Assert.NotNull(await CaseAsync(other));

        await jonas.Api.PutAsync($"/api/memories/{other}", new { content = "I sing in a choir." });

        Assert.DoesNotContain(await CasesAsync(), c => Text(c["newer"]!, "id") == other.ToString());
        Assert.Equal(0.9, (await jonas.Api.GetAsync($"/api/memories/{other}"))["memory"]!["importance"]!.GetValue<double>());
    }

    [Fact]
    public async Task The_same_said_again_is_not_written_down_twice()
    {
        await using var vendor = new FakeVendor();
        var minion = await jonas.NewMinionAsync("again", vendor);
        var chat = await Chat.BeginAsync(jonas, minion.Id);
        await chat.AskAsync("Remember that I take the early train.");
        await OneAsync("I take the early train.");
        await chat.AskAsync("remember that I take the early train!");
        await chat.AskAsync("Remember that I hate the late one.");

        await OneAsync("I hate the late one.");

        Assert.Equal(2, (await ListAsync($"minion_id={minion.Id}")).Count);
    }

    [Fact]
    public async Task Forgotten_is_gone_everywhere()
    {
        var minion = await jonas.NewMinionAsync("forgets");
        var one = await AddAsync(minion, "My safe word is Xylophone.");
        await AddAsync(minion, "I have a boat.");

        await jonas.Api.DeleteAsync($"/api/memories/{one}");

        await jonas.Api.ProblemAsync(404, HttpMethod.Get, $"/api/memories/{one}");
        Assert.Empty(await ContentsAsync(minion, "What is my safe word?"));
        await jonas.Api.DeleteAsync($"/api/minions/{minion.Id}/memories");
        Assert.Empty(await ListAsync($"minion_id={minion.Id}"));
    }

    [Fact]
    public async Task Switched_off_nothing_is_learned_or_recalled()
    {
        var ada = republic.Ada;
        await using var vendor = new FakeVendor();
        var minion = await ada.NewMinionAsync("off", vendor);
        await ada.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content = "I live in Rome." });
        await ada.Api.PutAsync("/api/memories/settings", new { is_on = false });
        var chat = await Chat.BeginAsync(ada, minion.Id);
        await chat.AskAsync("Remember that I own a horse.");

        Assert.Empty((await Recall.RecallAsync(ada.Id, minion.Id, null, "Where do I live?", Ct)).Memories);
        Assert.Single((await ada.Api.GetAsync($"/api/memories?minion_id={minion.Id}"))["memories"]!.AsArray());
        await ada.Api.PutAsync("/api/memories/settings", new { is_on = true });
        Assert.Single((await Recall.RecallAsync(ada.Id, minion.Id, null, "Where do I live?", Ct)).Memories);
    }

    [Fact]
    public async Task With_consent_the_minions_model_is_asked_for_what_is_worth_remembering()
    {
        var mira = republic.Mira;
        await using var vendor = new FakeVendor();
        vendor.AnswersTo(request =>
            request.Body!.ToJsonString().Contains("worth remembering", StringComparison.Ordinal)
                ? """{"facts": [{"fact": "I am writing a thesis on moss.", "importance": 0.9}]}"""
                : "Good luck."
        );
        await mira.Api.PutAsync("/api/memories/settings", new { proposes = true });
        var minion = await mira.NewMinionAsync("asks", vendor);
        await (await Chat.BeginAsync(mira, minion.Id)).AskAsync("Ugh, that thesis of mine, moss is endless.");

        var found = await Until.SomethingAsync(async () =>
            (await mira.Api.GetAsync($"/api/memories?minion_id={minion.Id}"))["memories"]!.AsArray().FirstOrDefault()
        );

        Assert.Equal(("I am writing a thesis on moss.", "proposed"), (Text(found, "content"), Text(found, "status")));
        Assert.DoesNotContain("moss is endless", Instructions(vendor));
    }

    [Fact]
    public async Task With_an_embedding_model_a_minion_is_reminded_by_what_is_meant_and_without_it_says_why_not()
    {
        var person = await republic.NewPersonAsync("Nora");
        await using var vendor = new FakeVendor();
        vendor.Embeds();
        var server = new
        {
            provider = "custom",
            label = "meaning",
            base_url = vendor.BaseUrl,
            api_key = FakeVendor.Key,
        };
        await person.Api.PostAsync($"/api/users/{person.Id}/providers", server);
        await person.Api.PutAsync("/api/memories/settings", new { embedding = new { provider = "custom", model_id = "meaning-1" } });
        var minion = await person.NewMinionAsync("meaning");
        foreach (var content in (string[])["My cat is called Tom.", "I drive a red car."])
        {
            await person.Api.PostAsync("/api/memories", new { minion_id = minion.Id, content });
        }

        var recalled = await Recall.RecallAsync(person.Id, minion.Id, null, "Which kitten food is good?", Ct);
        Assert.Equal(["My cat is called Tom."], recalled.Memories.Select(m => m.Content));
        Assert.Null(recalled.Reason);

        vendor.Refuses(HttpStatusCode.Unauthorized, "no such key");
        recalled = await Recall.RecallAsync(person.Id, minion.Id, null, "What is my cat called?", Ct);
        Assert.Equal(["My cat is called Tom."], recalled.Memories.Select(m => m.Content));
        Assert.Contains("no such key", recalled.Reason);
    }

    [Theory]
    [InlineData("", "content")]
    [InlineData("a\0b", "content")]
    public async Task What_cannot_be_a_memory_is_refused_by_field(string content, string field)
    {
        var minion = await jonas.NewMinionAsync($"refuses-{content.Length}");

        var problem = await jonas.Api.ProblemAsync(400, HttpMethod.Post, "/api/memories", new { minion_id = minion.Id, content });

        Assert.NotNull(problem["errors"]![field]);
    }

    [Fact]
    public async Task Nobody_else_reads_them_not_even_a_superuser()
    {
        var minion = await jonas.NewMinionAsync("private");
        var mine = await AddAsync(minion, "My PIN reminds me of spring.");

        Assert.Equal(HttpStatusCode.NotFound, (await republic.Mira.Api.SendAsync(HttpMethod.Get, $"/api/memories/{mine}")).StatusCode);
        await republic.Mira.Api.ProblemAsync(404, HttpMethod.Post, "/api/memories", new { minion_id = minion.Id, content = "mine now" });
        Assert.DoesNotContain("spring", (await republic.Mira.Api.GetAsync("/api/memories")).ToJsonString());
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private MemoryRecall Recall => republic.Services.GetRequiredService<MemoryRecall>();

    private static string Instructions(FakeVendor vendor) =>
        vendor.Requests.Last(r => r.Body is not null).Body!["messages"]![0]!["content"]!.GetValue<string>();

    private Task<Recalled> RecallAsync(TestMinion minion, string question) => Recall.RecallAsync(jonas.Id, minion.Id, null, question, Ct);

    private async Task<IReadOnlyList<string>> ContentsAsync(TestMinion minion, string question) =>
        [.. (await RecallAsync(minion, question)).Memories.Select(m => m.Content)];

    private async Task<Guid> AddAsync(TestMinion minion, string content, double importance = 0.5) =>
        (
            await jonas.Api.PostAsync(
                "/api/memories",
                new
                {
                    minion_id = minion.Id,
                    content,
                    importance,
                }
            )
        )["memory"]!["id"]!.GetValue<Guid>();

    private async Task<IReadOnlyList<JsonNode>> ListAsync(string query) =>
        [.. (await jonas.Api.GetAsync($"/api/memories?{query}"))["memories"]!.AsArray().Select(m => m!)];

    /// <summary>What is learned from a chat comes after its answer.</summary>
    private Task<JsonNode> OneAsync(string content) =>
        Until.SomethingAsync(async () => (await ListAsync("limit=200")).FirstOrDefault(m => Text(m, "content") == content));

    private async Task<IReadOnlyList<JsonNode>> CasesAsync() =>
        [.. (await jonas.Api.GetAsync("/api/memories/contradictions"))["contradictions"]!.AsArray().Select(c => c!)];

    private async Task<JsonNode> CaseAsync(Guid newer) => (await CasesAsync()).Single(c => Text(c["newer"]!, "id") == newer.ToString());

    private static string? Text(JsonNode node, string field) => node[field]?.ToString();
}
