using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Documents over the API: taken in, indexed, refused, indexed again, gone.</summary>
public sealed class DocumentTests(KnowledgeWorld world) : IClassFixture<KnowledgeWorld>
{
    [Fact]
    public async Task Every_format_becomes_passages_that_are_found()
    {
        var person = world.Jonas;
        var id = await NewAsync(person, "Formats");
        (string Name, byte[] Content, string Format)[] files =
        [
            ("a.txt", "The alpha lamp glows."u8.ToArray(), "text"),
            ("b.md", "# Lamps\n\nThe beta lamp glows."u8.ToArray(), "markdown"),
            ("c.html", "<html><body><p>The gamma lamp glows.</p></body></html>"u8.ToArray(), "html"),
            ("d.csv", "lamp,state\ndelta,glows\n"u8.ToArray(), "csv"),
            ("e.json", """[{"lamp": "epsilon", "state": "glows"}]"""u8.ToArray(), "json"),
            ("f.docx", KnowledgeFiles.Docx("<w:p><w:r><w:t>The zeta lamp glows.</w:t></w:r></w:p>"), "docx"),
            ("g.pdf", KnowledgeFiles.Pdf("The eta lamp glows."), "pdf"),
        ];

        foreach (var (name, content, format) in files)
        {
            var document = await KnowledgeWorld.AddAsync(person, id, name, content);
            Assert.True(document["status"]!.GetValue<string>() == "ready", document.ToJsonString());
            Assert.Equal(format, document["format"]!.GetValue<string>());
            Assert.Equal(1, document["passage_count"]!.GetValue<int>());
        }

        foreach (var word in new[] { "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta" })
        {
            var hits = (await person.Api.PostAsync(Path(person, $"/{id}/search"), new { query = word, limit = 3 }))["hits"]!.AsArray();
            Assert.Contains(word, hits[0]!["text"]!.GetValue<string>());
            Assert.Equal(1, hits[0]!["lexical_rank"]!.GetValue<int>());
        }
    }

    [Fact]
    public async Task A_passage_says_where_in_the_document_it_stands()
    {
        var person = world.Jonas;
        var collection = await KnowledgeWorld.CollectionAsync(person, "Places", ("guide.md", "# A\n\nOne.\n\n## B\n\nTwo."));
        var id = collection["id"]!.GetValue<string>();
        var document = await OnlyDocumentAsync(person, id);

        var passages = await KnowledgeWorld.PassagesAsync(person, id, document["id"]!.GetValue<string>());

        Assert.Equal(["A", "A › B"], passages.Select(p => p["heading"]!.GetValue<string>()));
        Assert.Equal([3, 12], passages.Select(p => p["offset"]!.GetValue<int>()));
        Assert.Equal(2, collection["passage_count"]!.GetValue<int>());
        Assert.Equal(1, collection["document_count"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_same_file_twice_in_one_collection_is_refused_and_said_which_it_is()
    {
        var person = world.Jonas;
        var id = await NewAsync(person, "Twice");
        await KnowledgeWorld.AddAsync(person, id, "first.txt", "Same words."u8.ToArray());
        var files = world.FilesOnDisk;

        var (status, body) = await KnowledgeWorld.SendAsync(person, id, ("second.txt", "Same words."u8.ToArray()));

        Assert.Equal(HttpStatusCode.Conflict, status);
        Assert.Contains("“first.txt”", body["detail"]!.GetValue<string>());
        Assert.Equal(files, world.FilesOnDisk);
        await KnowledgeWorld.AddAsync(person, await NewAsync(person, "Elsewhere"), "second.txt", "Same words."u8.ToArray());
    }

    [Fact]
    public async Task A_text_can_be_sent_as_json()
    {
        var person = world.Jonas;
        var id = await NewAsync(person, "Typed");

        var added = await person.Api.PostAsync(Path(person, $"/{id}/documents"), new { name = "note.md", text = "# Note\n\nTyped in." });

        var document = await KnowledgeWorld.EndOfAsync(person, id, added["documents"]![0]!["id"]!.GetValue<string>());
        Assert.Equal("markdown", document["format"]!.GetValue<string>());
        await person.Api.ProblemAsync(400, HttpMethod.Post, Path(person, $"/{id}/documents"), new { name = "empty.md" });
    }

    [Fact]
    public async Task Of_several_files_the_good_ones_are_taken_and_the_others_named()
    {
        var person = world.Jonas;
        var id = await NewAsync(person, "Several");

        var (status, body) = await KnowledgeWorld.SendAsync(
            person,
            id,
            ("good.txt", "Fine words."u8.ToArray()),
            ("bad.zip", KnowledgeFiles.Zip(("a.txt", "x"))),
            ("empty.txt", [])
        );

        Assert.Equal(HttpStatusCode.Created, status);
        Assert.Equal("good.txt", Assert.Single(body["documents"]!.AsArray())!["name"]!.GetValue<string>());
        Assert.Equal(["bad.zip", "empty.txt"], body["refused"]!.AsArray().Select(one => one!["file_name"]!.GetValue<string>()));
        await KnowledgeWorld.EndOfAsync(person, id, body["documents"]![0]!["id"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_cannot_be_read_fails_alone_says_why_and_can_be_tried_again()
    {
        var person = world.Jonas;
        var id = await NewAsync(person, "Broken");

        var broken = await KnowledgeWorld.AddAsync(person, id, "broken.json", "{\"a\": 1,\n \"b\": }"u8.ToArray());

        Assert.Equal("failed", broken["status"]!.GetValue<string>());
        Assert.Contains("Line 2 is not JSON", broken["error"]!.GetValue<string>());
        var collection = (await person.Api.GetAsync(Path(person, $"/{id}")))["collection"]!;
        Assert.Equal(1, collection["failed"]!.GetValue<int>());
        var document = broken["id"]!.GetValue<string>();
        await person.Api.PostAsync(Path(person, $"/{id}/documents/{document}/retry"));
        Assert.Equal("failed", (await KnowledgeWorld.EndOfAsync(person, id, document))["status"]!.GetValue<string>());
        await person.Api.DeleteAsync(Path(person, $"/{id}/documents/{document}"));
        Assert.Empty((await person.Api.GetAsync(Path(person, $"/{id}/documents")))["documents"]!.AsArray());
    }

    [Fact]
    public async Task A_person_has_so_much_room_and_a_file_so_much()
    {
        var person = await world.NewPersonAsync("Full");
        var id = await NewAsync(person, "Room");
        var files = world.FilesOnDisk;

        var (large, _) = await KnowledgeWorld.SendAsync(person, id, ("large.txt", Words(KnowledgeWorld.MaxFile + 1)));
        Assert.Equal(HttpStatusCode.BadRequest, large);
        for (var at = 0; at < 3; at++)
        {
            await KnowledgeWorld.AddAsync(
                person,
                id,
                $"{at}.txt",
                [.. Encoding.UTF8.GetBytes($"{at} "), .. Words(KnowledgeWorld.MaxFile - 100)]
            );
        }

        var (full, body) = await KnowledgeWorld.SendAsync(person, id, ("more.txt", Words(5000)));

        Assert.Equal(HttpStatusCode.InsufficientStorage, full);
        Assert.Contains("Delete documents", body["detail"]!.GetValue<string>());
        Assert.Equal(files + 3, world.FilesOnDisk);
        await person.Api.DeleteAsync(Path(person, $"/{id}"));
        Assert.Equal(files, world.FilesOnDisk);
    }

    [Fact]
    public async Task A_collection_keeps_its_name_when_a_blank_one_is_sent()
    {
        var person = world.Jonas;
        var id = await NewAsync(person, "Named");

        var refused = await person.Api.ProblemAsync(400, HttpMethod.Put, Path(person, $"/{id}"), new { name = " " });

        Assert.Equal("A collection needs a name.", refused["errors"]!["name"]![0]!.GetValue<string>());
        Assert.Equal("Named", (await person.Api.GetAsync(Path(person, $"/{id}")))["collection"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public async Task Settings_whose_documents_cannot_be_indexed_anew_are_not_saved()
    {
        var person = await Inhabitant.SignUpAsync(world.Address, "Settings");
        var id = (await KnowledgeWorld.CollectionAsync(person, "Kept", ("short.txt", "A lamp.")))["id"]!.GetValue<string>();
        var before = (await person.Api.GetAsync(Path(person, $"/{id}")))["collection"]!["cutting"]!.ToJsonString();
        const string refuse = """
            create function refuse_job() returns trigger language plpgsql as $$ begin raise exception 'refused'; end $$;
            create trigger refuse_job before insert on jobs for each row when (new.owner_id = 'OWNER') execute function refuse_job();
            """;
        var sql = refuse.Replace("OWNER", person.Id.ToString(), StringComparison.Ordinal);
        await world.QueryAsync(db => db.Database.ExecuteSqlRawAsync(sql, TestContext.Current.CancellationToken));

        await person.Api.ProblemAsync(500, HttpMethod.Put, Path(person, $"/{id}"), new { cutting = new { length = 400, overlap = 0 } });

        Assert.Equal(before, (await person.Api.GetAsync(Path(person, $"/{id}")))["collection"]!["cutting"]!.ToJsonString());
    }

    [Fact]
    public async Task Cutting_otherwise_cuts_all_documents_anew_and_asks_before_changes_are_lost()
    {
        var person = world.Jonas;
        var text = string.Join(' ', Enumerable.Range(0, 60).Select(i => $"Sentence number {i} of this long text."));
        var collection = await KnowledgeWorld.CollectionAsync(person, "Cut", ("long.txt", text));
        var id = collection["id"]!.GetValue<string>();
        var document = (await OnlyDocumentAsync(person, id))["id"]!.GetValue<string>();
        var before = await KnowledgeWorld.PassagesAsync(person, id, document);
        var passage = before[1]["id"]!.GetValue<string>();
        await person.Api.PutAsync(Path(person, $"/{id}/documents/{document}/passages/{passage}"), new { text = "By hand." });

        var asked = await person.Api.ProblemAsync(
            400,
            HttpMethod.Put,
            Path(person, $"/{id}"),
            new { cutting = new { length = 400, overlap = 0 } }
        );
        Assert.Contains("the one passage that you changed", asked["errors"]!["lose_edits"]![0]!.GetValue<string>());
        Assert.Equal(before.Count, (await KnowledgeWorld.PassagesAsync(person, id, document)).Count);

        await person.Api.PutAsync(Path(person, $"/{id}"), new { cutting = new { length = 400, overlap = 0 }, lose_edits = true });
        await KnowledgeWorld.EndOfAsync(person, id, document);

        var after = await KnowledgeWorld.PassagesAsync(person, id, document);
        Assert.True(after.Count > before.Count, $"{after.Count} passages after {before.Count}");
        Assert.All(after, p => Assert.InRange(p["length"]!.GetValue<int>(), 1, 400));
        Assert.All(
            after,
            p => Assert.Equal(p["text"]!.GetValue<string>(), text.Substring(p["offset"]!.GetValue<int>(), p["length"]!.GetValue<int>()))
        );
    }

    [Fact]
    public async Task Indexing_again_keeps_the_ids_of_passages_that_stay_where_they_were()
    {
        var person = world.Jonas;
        var id = (await KnowledgeWorld.CollectionAsync(person, "Again", ("again.md", "# A\n\nOne.\n\n# B\n\nTwo.")))[
            "id"
        ]!.GetValue<string>();
        var document = (await OnlyDocumentAsync(person, id))["id"]!.GetValue<string>();
        var before = await KnowledgeWorld.PassagesAsync(person, id, document);

        await person.Api.PostAsync(Path(person, $"/{id}/reindex"));
        var done = await KnowledgeWorld.EndOfAsync(person, id, document);

        Assert.Equal(2, done["revision"]!.GetValue<int>());
        Assert.Equal(before.Select(Id), (await KnowledgeWorld.PassagesAsync(person, id, document)).Select(Id));
    }

    [Fact]
    public async Task What_stands_in_anothers_collection_is_not_reached_through_ones_own()
    {
        var hers = (await KnowledgeWorld.CollectionAsync(world.Ada, "Hers", ("secret.txt", "Her secret.")))["id"]!.GetValue<string>();
        var document = (await OnlyDocumentAsync(world.Ada, hers))["id"]!.GetValue<string>();
        var passage = Id((await KnowledgeWorld.PassagesAsync(world.Ada, hers, document))[0]);
        var mine = await NewAsync(world.Jonas, "Mine");
        var documents = Path(world.Jonas, $"/{mine}/documents/{document}");

        foreach (
            var (verb, path) in new[]
            {
                (HttpMethod.Get, documents),
                (HttpMethod.Delete, documents),
                (HttpMethod.Post, $"{documents}/cancel"),
                (HttpMethod.Post, $"{documents}/retry"),
                (HttpMethod.Post, $"{documents}/reindex"),
                (HttpMethod.Get, $"{documents}/passages"),
                (HttpMethod.Put, $"{documents}/passages/{passage}"),
                (HttpMethod.Delete, $"{documents}/passages/{passage}"),
                (HttpMethod.Post, $"{documents}/passages/{passage}/merge"),
                (HttpMethod.Post, $"{documents}/passages/{passage}/split"),
            }
        )
        {
            await world.Jonas.Api.ProblemAsync(404, verb, path, verb == HttpMethod.Get ? null : new { text = "mine", at = 3 });
        }

        var browser = await world.Jonas.BrowserAsync();
        foreach (
            var page in new[] { $"/knowledge/{mine}/documents/{document}", $"/knowledge/{mine}/documents/{document}/passages/{passage}" }
        )
        {
            using var answer = await browser.Http.GetAsync(page, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }

        Assert.Equal("Her secret.", (await KnowledgeWorld.PassagesAsync(world.Ada, hers, document))[0]["text"]!.GetValue<string>());
    }

    private static string Id(JsonNode node) => node["id"]!.GetValue<string>();

    private static string Path(Inhabitant person, string more) => KnowledgeWorld.PathOf(person, more);

    private static async Task<string> NewAsync(Inhabitant person, string name) => Id((await KnowledgeWorld.CollectionAsync(person, name)));

    private static async Task<JsonNode> OnlyDocumentAsync(Inhabitant person, string collection) =>
        Assert.Single((await person.Api.GetAsync(Path(person, $"/{collection}/documents")))["documents"]!.AsArray())!;

    private static byte[] Words(int length) => Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("word ", length / 5 + 1))[..length]);
}
