using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Knowledge.Ingest;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Vectors come and go with the passages that they are made of.</summary>
public sealed class VectorsOfDocumentsTests(RunningRepublic republic) : IClassFixture<RunningRepublic>, IAsyncDisposable
{
    private const string Text = "# Animals\n\nA cat sleeps.\n\n# Cars\n\nA car drives.";
    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    [Fact]
    public async Task The_same_content_is_embedded_once_and_its_vectors_go_with_the_last_that_has_it()
    {
        vendor.Embeds();
        var person = await republic.NewPersonAsync("Once");
        var (first, second) = (await NewAsync(person, "First"), await NewAsync(person, "Second"));
        var one = await KnowledgeWorld.AddAsync(person, first, "a.md", Bytes(Text));
        var two = await KnowledgeWorld.AddAsync(person, second, "b.md", Bytes(Text));

        Assert.Equal("ready", two["status"]!.GetValue<string>());
        Assert.Equal(2, vendor.Requests.Sum(request => request.Body!["input"]!.AsArray().Count));
        Assert.Equal(2, await VectorsAsync(person));
        await person.Api.DeleteAsync(KnowledgeWorld.PathOf(person, $"/{first}/documents/{Id(one)}"));
        Assert.Equal(2, await VectorsAsync(person));
        await person.Api.DeleteAsync(KnowledgeWorld.PathOf(person, $"/{second}"));
        Assert.Equal(0, await VectorsAsync(person));
    }

    [Fact]
    public async Task The_words_of_a_document_wait_for_no_merge_into_the_index()
    {
        vendor.Embeds();
        var person = await republic.NewPersonAsync("Merged");
        await KnowledgeWorld.AddAsync(person, await NewAsync(person, "Merged"), "a.md", Bytes(Text));

        FormattableString merge = $"select gin_clean_pending_list('ix_passages_search') as \"Value\"";
        Assert.Equal(0, await republic.QueryAsync(db => db.Database.SqlQuery<long>(merge).SingleAsync(Ct)));
    }

    [Fact]
    public async Task A_long_document_is_found_by_its_words_while_its_vectors_are_made()
    {
        using var goOn = new ManualResetEventSlim();
        vendor.Embeds(text =>
        {
            // The question's vector is not held up.
            if (text.Contains("cat", StringComparison.Ordinal))
            {
                goOn.Wait(Ct);
            }

            return FakeMeaning.Of(text);
        });
        var person = await republic.NewPersonAsync("Reader");
        var collection = await NewAsync(person, "Long");
        var text = string.Concat(Enumerable.Range(1, 60).Select(i => $"# Chapter {i}\n\nA cat sleeps, and on page {i} it wakes.\n\n"));
        var (_, sent) = await KnowledgeWorld.SendAsync(person, collection, ("long.md", Bytes(text)));
        var document = Id(sent["documents"]![0]!);

        var hits = new JsonArray();
        await Until.TrueAsync(async () => (hits = await HitsAsync(person, collection)).Count > 0);

        Assert.Contains("page 17 ", hits[0]!["text"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Null(hits[0]!["similarity"]);
        // And not because the model was given up for a while.
        Assert.Equal("Making vectors", await PhaseAsync(Guid.Parse(document)));
        goOn.Set();
        Assert.Equal("ready", (await KnowledgeWorld.EndOfAsync(person, collection, document))["status"]!.GetValue<string>());
        Assert.NotNull((await HitsAsync(person, collection))[0]!["similarity"]);
        Assert.Equal(60, await VectorsAsync(person));
    }

    [Fact]
    public async Task A_changed_passage_is_found_by_its_new_meaning_and_its_old_vector_goes()
    {
        vendor.Embeds();
        var person = await republic.NewPersonAsync("Changed");
        var collection = await NewAsync(person, "Changes");
        var document = Id(await KnowledgeWorld.AddAsync(person, collection, "a.md", Bytes(Text)));
        var passage = Id((await KnowledgeWorld.PassagesAsync(person, collection, document))[0]);

        await person.Api.PutAsync(
            KnowledgeWorld.PathOf(person, $"/{collection}/documents/{document}/passages/{passage}"),
            new { text = "The broth is hot." }
        );
        await KnowledgeWorld.EndOfAsync(person, collection, document);

        var hits = (await person.Api.PostAsync(KnowledgeWorld.PathOf(person, $"/{collection}/search"), new { query = "soup" }))[
            "hits"
        ]!.AsArray();
        Assert.Equal(passage, hits[0]!["passage_id"]!.GetValue<string>());
        Assert.Equal(1, hits[0]!["semantic_rank"]!.GetValue<int>());
        Assert.Equal(2, await VectorsAsync(person));
    }

    [Fact]
    public async Task Another_model_keeps_passages_and_changes_and_makes_new_vectors()
    {
        vendor.Embeds();
        var person = await republic.NewPersonAsync("Models");
        var collection = await NewAsync(person, "Models");
        var document = Id(await KnowledgeWorld.AddAsync(person, collection, "a.md", Bytes(Text)));
        var before = await KnowledgeWorld.PassagesAsync(person, collection, document);
        await person.Api.PutAsync(
            KnowledgeWorld.PathOf(person, $"/{collection}/documents/{document}/passages/{Id(before[0])}"),
            new { text = "By hand." }
        );
        await KnowledgeWorld.EndOfAsync(person, collection, document);
        var asked = vendor.Requests.Count;

        await person.Api.PutAsync(KnowledgeWorld.PathOf(person, $"/{collection}"), new { embedding = Model("another-model") });
        var done = await KnowledgeWorld.EndOfAsync(person, collection, document);

        Assert.Equal("ready", done["status"]!.GetValue<string>());
        var after = await KnowledgeWorld.PassagesAsync(person, collection, document);
        Assert.Equal(before.Select(Id), after.Select(Id));
        Assert.Equal("By hand.", after[0]["text"]!.GetValue<string>());
        Assert.True(vendor.Requests.Count > asked);
    }

    [Fact]
    public async Task A_model_that_does_not_answer_fails_the_document_which_can_be_tried_again()
    {
        var person = await republic.NewPersonAsync("Silent");
        var collection = await NewAsync(person, "Silent");
        vendor.Refuses(System.Net.HttpStatusCode.Unauthorized, "No such key");

        var failed = await KnowledgeWorld.AddAsync(person, collection, "a.md", Bytes(Text));

        Assert.Equal("failed", failed["status"]!.GetValue<string>());
        Assert.NotEmpty(failed["error"]!.GetValue<string>());
        Assert.Equal(2, await FoundByWordsAsync(person, collection));
        vendor.Embeds();
        await person.Api.PostAsync(KnowledgeWorld.PathOf(person, $"/{collection}/documents/{Id(failed)}/retry"));
        Assert.Equal("ready", (await KnowledgeWorld.EndOfAsync(person, collection, Id(failed)))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_model_that_is_away_for_a_while_is_waited_for()
    {
        var person = await republic.NewPersonAsync("Patient");
        var collection = await NewAsync(person, "Patient");
        vendor.Refuses(System.Net.HttpStatusCode.ServiceUnavailable, "Overloaded", "Retry-After: 2\r\n");
        var (_, sent) = await KnowledgeWorld.SendAsync(person, collection, ("a.md", Bytes(Text)));
        var document = Guid.Parse(Id(sent["documents"]![0]!));
        await Until.TrueAsync(async () => (await PhaseAsync(document))?.StartsWith("Waiting", StringComparison.Ordinal) == true);
        Assert.Equal(2, await FoundByWordsAsync(person, collection));

        vendor.Embeds();

        var done = await KnowledgeWorld.EndOfAsync(person, collection, document.ToString());
        Assert.True(done["status"]!.GetValue<string>() == "ready", done.ToJsonString());
        Assert.Equal(2, await VectorsAsync(person));
    }

    [Fact]
    public async Task Documents_that_wait_for_their_model_are_in_nobodys_way()
    {
        var (waiting, other) = (await republic.NewPersonAsync("Waiting"), await republic.NewPersonAsync("Passing"));
        var (stuck, plain) = (
            await NewAsync(waiting, "Stuck"),
            (await KnowledgeWorld.CollectionAsync(other, "Free"))["id"]!.GetValue<string>()
        );
        vendor.Refuses(System.Net.HttpStatusCode.TooManyRequests, "Slow down", "Retry-After: 40\r\n");
        var documents = new List<Guid>();
        for (var i = 0; i < 4; i++)
        {
            var (_, sent) = await KnowledgeWorld.SendAsync(waiting, stuck, ($"{i}.md", Bytes($"{Text}\n\n{i}")));
            documents.Add(Guid.Parse(Id(sent["documents"]![0]!)));
        }

        await Until.TrueAsync(async () => (await PhaseAsync(documents[0]))?.StartsWith("Waiting", StringComparison.Ordinal) == true);
        var passed = await KnowledgeWorld.AddAsync(other, plain, "plain.md", Bytes("# Plain\n\nNo vectors."));

        Assert.Equal("ready", passed["status"]!.GetValue<string>());
        await Until.TrueAsync(async () => (await PhaseAsync(documents[3]))?.StartsWith("Waiting", StringComparison.Ordinal) == true);
        var still = await waiting.Api.GetAsync(KnowledgeWorld.PathOf(waiting, $"/{stuck}/documents"));
        Assert.All(still["documents"]!.AsArray(), document => Assert.Equal("processing", document!["status"]!.GetValue<string>()));
        await waiting.Api.PostAsync(KnowledgeWorld.PathOf(waiting, $"/{stuck}/documents/{documents[0]}/cancel"));
        Assert.Equal("failed", (await KnowledgeWorld.EndOfAsync(waiting, stuck, documents[0].ToString()))["status"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("custom", "http://169.254.169.254/v1", "embedding.base_url", "never allowed")]
    [InlineData("custom", "http://10.1.2.3:22/", "embedding.base_url", "is a private address")]
    [InlineData("custom", "nowhere", "embedding.base_url", "is not an address")]
    [InlineData("custom", null, "embedding.base_url", "has no address of its own")]
    [InlineData("local", "http://127.0.0.1:9/v1", "embedding.base_url", "runs inside Republic")]
    [InlineData("anthropic", null, "embedding.provider", "makes no embeddings")]
    public async Task Where_passages_cannot_be_sent_is_said_before_it_is_saved(string provider, string? address, string field, string says)
    {
        var person = republic.Jonas;
        var body = new
        {
            name = "Refused",
            embedding = new
            {
                provider,
                model_id = "embed",
                base_url = address,
            },
        };

        var refused = await person.Api.ProblemAsync(400, HttpMethod.Post, KnowledgeWorld.PathOf(person), body);

        Assert.Contains(says, refused["errors"]![field]![0]!.GetValue<string>());
        var made = (await KnowledgeWorld.CollectionAsync(person, "Kept"))["id"]!.GetValue<string>();
        await person.Api.ProblemAsync(400, HttpMethod.Put, KnowledgeWorld.PathOf(person, $"/{made}"), body);
    }

    [Fact]
    public async Task A_collection_says_where_its_passages_go()
    {
        var person = await republic.NewPersonAsync("Told");
        var sends = await NewAsync(person, "Sends");
        var keeps = (await KnowledgeWorld.CollectionAsync(person, "Keeps"))["id"]!.GetValue<string>();

        var made = await person.Api.PostAsync(
            KnowledgeWorld.PathOf(person),
            new { name = "Stays", embedding = new { provider = "local", model_id = "tiny-encoder" } }
        );
        var browser = await person.BrowserAsync();
        var stays = await browser.ReadAsync($"/knowledge/{made["collection"]!["id"]!.GetValue<string>()}");
        Assert.Contains("stay in this Republic; the model that makes their vectors runs here.", stays);
        var (sent, kept) = (await browser.ReadAsync($"/knowledge/{sends}"), await browser.ReadAsync($"/knowledge/{keeps}"));

        Assert.Contains($"their passages are also sent to <bdi>{vendor.BaseUrl.Authority}</bdi>", sent);
        Assert.DoesNotContain("runs here", sent);
        Assert.Contains("The files stay in this Republic. What is found in them goes to the model of the minion", kept);
    }

    [Fact]
    public async Task The_sweep_takes_files_and_vectors_that_nobody_knows_and_no_others()
    {
        vendor.Embeds();
        var person = await republic.NewPersonAsync("Swept");
        var collection = await NewAsync(person, "Swept");
        var kept = Id(await KnowledgeWorld.AddAsync(person, collection, "a.md", Bytes(Text)));
        var folder = Path.Combine(republic.DataFolder, "documents");
        var (left, fresh) = (Path.Combine(folder, $"{Guid.CreateVersion7()}.part"), Path.Combine(folder, $"{Guid.CreateVersion7()}"));
        await File.WriteAllTextAsync(left, "left", Ct);
        await File.WriteAllTextAsync(fresh, "fresh", Ct);
        File.SetLastWriteTimeUtc(left, DateTime.UnixEpoch);
        File.SetLastWriteTimeUtc(Path.Combine(folder, kept), DateTime.UnixEpoch);
        await republic.QueryAsync(db => db.Passages.Where(p => p.OwnerId == person.Id && p.Heading == "Cars").ExecuteDeleteAsync());

        await republic.Services.GetRequiredService<DocumentSweep>().SweepAsync(Ct);

        Assert.False(File.Exists(left));
        Assert.True(File.Exists(fresh));
        Assert.True(File.Exists(Path.Combine(folder, kept)));
        Assert.Equal(1, await VectorsAsync(person));
    }

    private static string Id(JsonNode node) => node["id"]!.GetValue<string>();

    private static byte[] Bytes(string text) => System.Text.Encoding.UTF8.GetBytes(text);

    private object Model(string name) =>
        new
        {
            provider = "custom",
            model_id = name,
            base_url = vendor.BaseUrl.AbsoluteUri,
        };

    private static async Task<JsonArray> HitsAsync(Inhabitant person, string collection) =>
        (await person.Api.PostAsync(KnowledgeWorld.PathOf(person, $"/{collection}/search"), new { query = "page 17" }))["hits"]!.AsArray();

    private async Task<string> NewAsync(Inhabitant person, string name)
    {
        var made = await person.Api.PostAsync(KnowledgeWorld.PathOf(person), new { name, embedding = Model("vendor-embed") });
        return made["collection"]!["id"]!.GetValue<string>();
    }

    private Task<string?> PhaseAsync(Guid document) =>
        republic.QueryAsync(db =>
            db.Documents.Where(d => d.Id == document).Join(db.Jobs, d => d.JobId, j => j.Id, (d, j) => j.Phase).SingleOrDefaultAsync()
        );

    private static async Task<int> FoundByWordsAsync(Inhabitant person, string collection) =>
        (await person.Api.PostAsync(KnowledgeWorld.PathOf(person, $"/{collection}/search"), new { query = "cat car" }))["hits"]!
            .AsArray()
            .Count(hit => hit!["lexical_rank"] is not null);

    private Task<int> VectorsAsync(Inhabitant person) =>
        republic.QueryAsync(db => db.StoredVectors.CountAsync(v => v.OwnerId == person.Id));
}
