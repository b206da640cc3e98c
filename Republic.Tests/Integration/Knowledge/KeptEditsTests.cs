using System.Net;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Jobs;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Passages that a person changed are lost by nobody who was not asked, whatever became of the work on their document.</summary>
public sealed class KeptEditsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Trying_to_cut_again_asks_before_changes_are_lost()
    {
        var person = await republic.NewPersonAsync("Careful");
        var (collection, document) = await EditedAfterFailureAsync(person);
        var path = KnowledgeWorld.PathOf(person, $"/{collection}/documents/{document}");

        var asked = await person.Api.ProblemAsync(400, HttpMethod.Post, $"{path}/retry");

        Assert.Contains("the one passage that you changed", (string?)asked["errors"]!["lose_edits"]![0]);
        Assert.Equal("By hand.", await FirstTextAsync(person, collection, document));
        await person.Api.PostAsync($"{path}/retry?lose_edits=true");
        Assert.Equal("ready", (string?)(await KnowledgeWorld.EndOfAsync(person, collection, document))["status"]);
        Assert.Equal("A cat sleeps.", await FirstTextAsync(person, collection, document));
    }

    [Fact]
    public async Task Another_model_cuts_no_document_anew_that_was_changed_since_its_cutting_failed()
    {
        await using var vendor = new FakeVendor();
        vendor.Embeds();
        var person = await republic.NewPersonAsync("Switching");
        var (collection, document) = await EditedAfterFailureAsync(person);
        var embedding = new
        {
            provider = "custom",
            model_id = "vendor-embed",
            base_url = vendor.BaseUrl.AbsoluteUri,
        };

        await person.Api.PutAsync(KnowledgeWorld.PathOf(person, $"/{collection}"), new { embedding });

        Assert.Equal("ready", (string?)(await KnowledgeWorld.EndOfAsync(person, collection, document))["status"]);
        Assert.Equal("By hand.", await FirstTextAsync(person, collection, document));
    }

    [Fact]
    public async Task Two_who_delete_the_same_document_at_once_meet_no_error()
    {
        var person = await republic.NewPersonAsync("Impatient");
        var collection = (string)(await KnowledgeWorld.CollectionAsync(person, "Deleted"))["id"]!;
        for (var round = 0; round < 5; round++)
        {
            var document = await KnowledgeWorld.AddAsync(person, collection, $"{round}.txt", Encoding.UTF8.GetBytes($"Text {round}."));
            var path = KnowledgeWorld.PathOf(person, $"/{collection}/documents/{document["id"]}");

            var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => person.Api.SendAsync(HttpMethod.Delete, path)));

            Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.NoContent);
            Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.NotFound));
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json; charset=nonsense")]
    public async Task A_body_of_no_kind_that_is_read_is_told_which_are(string? type)
    {
        var person = await republic.NewPersonAsync($"Sender{type?.Length ?? 0}");
        var collection = (string)(await KnowledgeWorld.CollectionAsync(person, "Untyped"))["id"]!;
        using var content = new ByteArrayContent("""{"name": "a.md", "text": "Typed in."}"""u8.ToArray());
        if (type is not null)
        {
            content.Headers.TryAddWithoutValidation("Content-Type", type);
        }

        var path = KnowledgeWorld.PathOf(person, $"/{collection}/documents");
        using var answer = await person.Api.Http.PostAsync(path, content, Ct);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("note.md", await answer.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>A document of two passages, of which the first was changed after cutting it again had failed.</summary>
    private async Task<(string Collection, string Document)> EditedAfterFailureAsync(Inhabitant person)
    {
        var made = await KnowledgeWorld.CollectionAsync(person, "Kept", ("a.md", "# Animals\n\nA cat sleeps.\n\n# Cars\n\nA car drives."));
        var collection = (string)made["id"]!;
        var listed = await person.Api.GetAsync(KnowledgeWorld.PathOf(person, $"/{collection}/documents"));
        var document = (string)listed["documents"]![0]!["id"]!;
        var id = Guid.Parse(document);
        await republic.QueryAsync(db =>
            db.Jobs.Where(j => j.Id == db.Documents.Single(d => d.Id == id).JobId)
                .ExecuteUpdateAsync(set => set.SetProperty(j => j.Status, JobStatus.Failed), Ct)
        );
        var passage = (string)(await KnowledgeWorld.PassagesAsync(person, collection, document))[0]["id"]!;
        await person.Api.PutAsync(
            KnowledgeWorld.PathOf(person, $"/{collection}/documents/{document}/passages/{passage}"),
            new { text = "By hand." }
        );
        return (collection, document);
    }

    private static async Task<string?> FirstTextAsync(Inhabitant person, string collection, string document) =>
        (string?)(await KnowledgeWorld.PassagesAsync(person, collection, document))[0]["text"];
}
