using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.PersonalModels;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

public sealed class BuiltInEmbeddingTests(MeaningRepublic republic) : IClassFixture<MeaningRepublic>
{
    private const string Machine = "Descale the espresso machine every second Friday, with the powder that stands below the sink.";
    private const string Leave = "Thirty days off a year. Ask your manager in writing, two weeks before you want to be away.";
    private const string Bicycle = "Pump both tyres to four bar and oil the chain when it squeaks.";

    private static readonly (string Name, string Content)[] Documents =
    [
        ("machine.md", Machine),
        ("leave.md", Leave),
        ("bicycle.md", Bicycle),
        ("choir.md", "Rehearsals are on Tuesdays in the hall; bring a pencil for the score."),
        ("cat.md", "A cat that does not eat for a day belongs to the vet."),
        ("server.md", "Error E-4471 means that the disk of the server is full."),
    ];

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("How do I get limescale out of the coffee maker?", Machine)]
    [InlineData("How much holiday may I take?", Leave)]
    [InlineData("What does E-4471 mean?", "Error E-4471 means that the disk of the server is full.")]
    public async Task A_new_collection_is_found_by_meaning_without_a_key(string question, string passage)
    {
        var collection = await KnowledgeWorld.CollectionAsync(republic.Jonas, question, Documents);

        var best = (await SearchAsync(republic.Jonas, collection, question))[0]!;

        Assert.Equal(passage, best["text"]!.GetValue<string>());
        Assert.Equal("all-minilm-l6-v2", collection["embedding"]!["model_id"]!.GetValue<string>());
        Assert.InRange(best["score"]!.GetValue<double>(), 0.25, 1);
    }

    [Fact]
    public async Task Documents_that_are_all_alike_do_not_hide_what_is_meant()
    {
        const string Head =
            "Minutes of the weekly meeting of the gardening club, held in the town hall, all members present, taken by the chair. ";
        (string, string)[] minutes =
        [
            ("1.md", $"{Head}The pump has to be repaired."),
            ("2.md", $"{Head}Tulips were ordered for spring."),
            ("3.md", $"{Head}The fence gets painted green."),
            ("4.md", $"{Head}The mower is out of petrol."),
            ("5.md", $"{Head}The shed has a new lock."),
        ];
        var collection = await KnowledgeWorld.CollectionAsync(republic.Ada, "Minutes", minutes);

        var best = (await SearchAsync(republic.Ada, collection, "Which flowers did we buy?"))[0]!;

        Assert.EndsWith("Tulips were ordered for spring.", best["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.InRange(best["score"]!.GetValue<double>(), 0.05, 1);
    }

    [Fact]
    public async Task Hits_come_in_the_order_of_their_score()
    {
        var collection = await KnowledgeWorld.CollectionAsync(republic.Ada, "Order", Documents);

        var scores = (await SearchAsync(republic.Ada, collection, "What do I do on a Friday at the machine that makes coffee?"))
            .Select(hit => hit!["score"]!.GetValue<double>())
            .ToList();

        Assert.True(scores.Count > 2);
        Assert.Equal(scores.OrderDescending(), scores);
    }

    [Fact]
    public async Task Null_asks_for_words_alone_and_the_page_offers_meaning_afterwards()
    {
        var made = await republic.Mira.Api.PostAsync(KnowledgeWorld.PathOf(republic.Mira), new { name = "Old", embedding = (object?)null });
        var id = made["collection"]!["id"]!.GetValue<string>();
        foreach (var (name, content) in Documents)
        {
            await KnowledgeWorld.AddAsync(republic.Mira, id, name, System.Text.Encoding.UTF8.GetBytes(content));
        }

        Assert.Empty(await SearchAsync(republic.Mira, made["collection"]!, "limescale coffee maker"));
        var browser = await republic.Mira.BrowserAsync();
        Assert.Contains("Find by meaning too", await browser.ReadAsync($"/knowledge/{id}"));
        using var changed = await browser.SubmitAsync($"/knowledge/{id}", new Dictionary<string, string>(), "handler=Meaning");
        Assert.Equal(HttpStatusCode.Redirect, changed.StatusCode);

        await Until.TrueAsync(async () =>
            (await SearchAsync(republic.Mira, made["collection"]!, "limescale coffee maker")) is [var best, ..]
            && best!["text"]!.GetValue<string>() == Machine
            && !(await browser.ReadAsync($"/knowledge/{id}")).Contains("Find by meaning too")
        );
    }

    [Fact]
    public async Task Passages_in_another_language_are_warned_of()
    {
        var collection = await KnowledgeWorld.CollectionAsync(
            republic.Ada,
            "Deutsch",
            ("urlaub.md", "Der Urlaub wird mit dem Leiter der Abteilung besprochen und ist bis zum Ende des Jahres zu nehmen."),
            ("machine.md", Machine)
        );

        var page = await (await republic.Ada.BrowserAsync()).ReadAsync($"/knowledge/{collection["id"]!.GetValue<string>()}");

        Assert.Contains("1 passage is not in English", page);
        Assert.Equal(["english", "german"], collection["languages"]!.AsArray().Select(part => part!["language"]!.GetValue<string>()));
    }

    [Fact]
    public async Task It_is_listed_as_built_in_and_never_offered_for_answers()
    {
        var browser = await republic.Jonas.BrowserAsync();

        Assert.Contains("all-minilm-l6-v2 (finds passages and memories by meaning", await browser.ReadAsync("/personal-models"));
        Assert.DoesNotContain("all-minilm", await browser.ReadAsync("/models/new?provider=local"));
        var finder = republic.Services.GetRequiredService<ModelFinder>();
        Assert.DoesNotContain(BuiltInEmbedding.ModelId, finder.NamesOf(republic.Jonas.Id));
        Assert.Contains("sprout", finder.NamesOf(republic.Jonas.Id));
    }

    [Fact]
    public async Task A_new_collection_in_the_browser_begins_with_it_and_may_do_without()
    {
        var browser = await republic.Jonas.BrowserAsync();
        Assert.Matches("value=\"built-in\" selected", await browser.ReadAsync("/knowledge/new"));

        using var with = await browser.SubmitAsync("/knowledge/new", Fields("With", "built-in"), "/knowledge/new");
        using var without = await browser.SubmitAsync("/knowledge/new", Fields("Without", ""), "/knowledge/new");

        Assert.Equal("all-minilm-l6-v2", (await EmbeddingAsync(with))?["model_id"]!.GetValue<string>());
        Assert.Null(await EmbeddingAsync(without));

        static Dictionary<string, string> Fields(string name, string provider) =>
            new() { ["Input.Name"] = name, ["Input.Embedding.Provider"] = provider };

        async Task<JsonNode?> EmbeddingAsync(HttpResponseMessage made) =>
            (
                await republic.Jonas.Api.GetAsync(
                    $"/api/users/{republic.Jonas.Id}/collections/{made.Headers.Location!.OriginalString[11..]}"
                )
            )["collection"]!["embedding"];
    }

    [Fact]
    public async Task A_minion_on_sprout_gives_outside_clients_its_vectors()
    {
        var minion = await republic.Jonas.NewMinionAsync("vectors");
        using var client = new HttpClient { BaseAddress = republic.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", minion.Key);
        using var response = await client.PostAsJsonAsync(
            "/v1/embeddings",
            new { model = "any", input = new[] { "a car", "a vehicle", "soup" } },
            Ct
        );

        var data = JsonNode.Parse(await response.Content.ReadAsStringAsync(Ct))!["data"]!.AsArray();
        var vectors = data.Select(row => row!["embedding"]!.AsArray().Select(number => number!.GetValue<double>()).ToArray()).ToArray();
        Assert.Equal("all-minilm-l6-v2", response.Headers.GetValues("x-republic-model").Single());
        Assert.All(vectors, vector => Assert.Equal(384, vector.Length));
        Assert.True(Dot(vectors[0], vectors[1]) > Dot(vectors[0], vectors[2]) + 0.2);

        static double Dot(double[] one, double[] other) => one.Zip(other, (a, b) => a * b).Sum();
    }

    [Theory]
    [InlineData("?!…")]
    [InlineData("🐈🐈")]
    [InlineData("Wo ist der Kaffee? Где кофе? أين القهوة؟ קפה? कॉफ़ी कहाँ है? 咖啡在哪里？ コーヒーは？ 커피는? กาแฟ? Πού είναι; Kávé?")]
    public async Task Whatever_is_asked_has_an_answer(string question)
    {
        var collection = await KnowledgeWorld.CollectionAsync(republic.Ada, "Asked", Documents[0]);

        var answer = await republic.Ada.Api.PostAsync(
            KnowledgeWorld.PathOf(republic.Ada, $"/{collection["id"]!.GetValue<string>()}/search"),
            new { query = question, limit = 10 }
        );

        Assert.Null(answer["lexical_alone"]);
    }

    [Fact]
    public async Task A_text_of_a_megabyte_is_refused_with_its_length()
    {
        var minion = await republic.Ada.NewMinionAsync("long");
        using var client = new HttpClient { BaseAddress = republic.Address };
        client.DefaultRequestHeaders.Authorization = new("Bearer", minion.Key);

        using var refused = await client.PostAsJsonAsync(
            "/v1/embeddings",
            new { model = "any", input = string.Concat(Enumerable.Repeat("a long text ", 90_000)) },
            Ct
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("512", await refused.Content.ReadAsStringAsync(Ct));
    }

    private static async Task<JsonArray> SearchAsync(Inhabitant person, JsonNode collection, string query) =>
        (
            await person.Api.PostAsync(
                KnowledgeWorld.PathOf(person, $"/{collection["id"]!.GetValue<string>()}/search"),
                new { query, limit = 10 }
            )
        )["hits"]!.AsArray();
}
