using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Collections;
using Republic.Core.Knowledge.Measuring;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

/// <summary>Golden questions, what they find, and what is made of them.</summary>
public sealed class QualityTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncDisposable
{
    private static readonly string[] Passages =
    [
        "The cellar of the library holds the maps of the coast, drawn between 1780 and 1820 by two brothers.",
        "Membership costs twelve crowns a year, and children below fourteen pay nothing at all for their card.",
        "Books are returned at the desk in the hall, or after six o'clock through the flap beside the main door.",
        "The reading room has forty seats with lamps, and talking is only allowed in the room behind the stairs.",
    ];

    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Questions_are_written_changed_and_taken_away_and_each_change_is_measured()
    {
        var (collection, path) = await LibraryAsync();
        var passages = await PassagesAsync(collection);

        var made = await republic.Jonas.Api.PostAsync(
            $"{path}/questions",
            new
            {
                text = "What does membership cost?",
                answer = "Twelve crowns.",
                passage_id = passages[1].Id,
            }
        );
        var first = await ScoreAsync(path, 1);
        await republic.Jonas.Api.PostAsync($"{path}/questions", new { text = "Is there parking?", passage_id = passages[3].Id });
        var second = await ScoreAsync(path, 2);

        Assert.Equal((1, 1.0, 1.0), ((int)first["questions"]!, (double)first["hit_at1"]!, (double)first["mrr"]!));
        Assert.Equal(
            (2, 0.5, 0.5, 0.5),
            ((int)second["questions"]!, (double)second["hit_at1"]!, (double)second["hit_at10"]!, (double)second["mrr"]!)
        );
        Assert.Equal("A question was added", (string?)second["reason"]);
        var ranks = (await republic.Jonas.Api.GetAsync($"{path}/quality"))["ranks"]!.AsArray();
        Assert.Equal([1, null], ranks.Select(rank => (int?)rank!["rank"]));
        Assert.Equal([true, false], ranks.Select(rank => (bool?)rank!["given"]));
        Assert.Equal((1.0, 0.5), ((double)first["answered"]!, (double)second["answered"]!));
        var question = made["question"]!;
        Assert.StartsWith("Membership costs", (string?)question["place"]);
        Assert.Equal(passages[1].Id, (Guid)question["passage_id"]!);

        await republic.Jonas.Api.PutAsync(
            $"{path}/questions/{question["id"]}",
            new
            {
                text = "Where are the maps?",
                answer = "",
                passage_id = passages[0].Id,
            }
        );
        await ScoreAsync(path, 3);
        await republic.Jonas.Api.DeleteAsync($"{path}/questions/{question["id"]}");
        var left = (await republic.Jonas.Api.GetAsync($"{path}/questions"))["questions"]!.AsArray();
        Assert.Equal("Is there parking?", (string?)Assert.Single(left)!["text"]);
    }

    [Fact]
    public async Task What_is_found_below_the_least_score_is_no_answer()
    {
        var (collection, path) = await LibraryAsync();
        await republic.Jonas.Api.PutAsync(
            $"/api/users/{republic.Jonas.Id}/collections/{collection.Id}",
            new { retrieval = new { limit = 5, threshold = 0.9 } }
        );
        var passages = await PassagesAsync(collection);

        await republic.Jonas.Api.PostAsync(
            $"{path}/questions",
            new { text = "How much does membership cost a zebra from Zanzibar?", passage_id = passages[1].Id }
        );

        var score = await ScoreAsync(path, 1);
        Assert.Equal((1.0, 0.0), ((double)score["hit_at1"]!, (double)score["answered"]!));
        var rank = (await republic.Jonas.Api.GetAsync($"{path}/quality"))["ranks"]![0]!;
        Assert.Equal((1, false), ((int)rank["rank"]!, (bool)rank["given"]!));
    }

    [Fact]
    public async Task Changes_that_share_a_round_are_all_its_reason()
    {
        var (collection, path) = await LibraryAsync();
        var measure = republic.Services.GetRequiredService<RetrievalMeasure>();
        var passages = await PassagesAsync(collection);
        await republic.Jonas.Api.PostAsync($"{path}/questions", new { text = "What does membership cost?", passage_id = passages[1].Id });
        await ScoreAsync(path, 1);

        // As changes do it that are saved with what they change: nobody begins at once.
        await republic.QueryAsync(async db =>
        {
            foreach (
                var cause in new[]
                {
                    MeasureCause.Changed(passages[0].Id),
                    MeasureCause.Settings(collection.Id),
                    MeasureCause.Changed(passages[2].Id),
                }
            )
            {
                await measure.OrderAsync(db, republic.Jonas.Id, collection.Id, cause, Ct);
            }

            return 0;
        });

        var score = await ScoreAsync(path, 2);
        Assert.Equal("2 questions were changed. The settings were changed", (string?)score["reason"]);
    }

    [Fact]
    public async Task What_cannot_be_a_question_is_refused_and_says_why()
    {
        var (collection, path) = await LibraryAsync();
        var (other, _) = await LibraryAsync();
        var elsewhere = (await PassagesAsync(other))[0].Id;
        var here = (await PassagesAsync(collection))[0].Id;

        await RefusedAsync($"{path}/questions", new { text = " ", passage_id = here }, "Write the question");
        await RefusedAsync($"{path}/questions", new { text = "Where?" }, "Choose the passage");
        await RefusedAsync($"{path}/questions", new { text = "Where?", passage_id = elsewhere }, "no such passage in this collection");
        await RefusedAsync($"{path}/questions", new { text = new string('x', 1001), passage_id = here }, "at most 1,000");
        await RefusedAsync($"{path}/quality", new { }, "no questions to measure with", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_place_stays_where_passages_are_cut_otherwise_and_the_measure_follows()
    {
        var (collection, path) = await LibraryAsync();
        var passages = await PassagesAsync(collection);
        await republic.Jonas.Api.PostAsync($"{path}/questions", new { text = "What does membership cost?", passage_id = passages[1].Id });
        await ScoreAsync(path, 1);

        // Merged two and two, as a person might.
        var document = await republic.QueryAsync(db => db.Documents.SingleAsync(d => d.CollectionId == collection.Id, Ct));
        await republic.ReplaceAsync(document, $"{Passages[0]}\n\n{Passages[1]}", $"{Passages[2]}\n\n{Passages[3]}");
        await republic
            .Services.GetRequiredService<RetrievalMeasure>()
            .AfterChangeAsync(republic.Jonas.Id, collection.Id, MeasureCause.PassagesChanged(document));

        var after = await ScoreAsync(path, 2);
        Assert.Equal((1.0, "Passages of notes.md were changed"), ((double)after["hit_at1"]!, (string?)after["reason"]));
    }

    [Fact]
    public async Task A_minion_drafts_questions_over_all_documents_and_its_character_stays_out()
    {
        var (collection, path) = await LibraryAsync();
        await republic.NewDocumentAsync(
            collection,
            "In the garden there are nine apple trees, and visitors may eat what has fallen to the ground."
        );
        var asked = 0;
        vendor.AnswersTo(request =>
            ++asked == 2 ? "I would rather not."
            : asked == 3 ? """{"question": "QUESTION 1 about the library?"}"""
            : $$"""Here it is: {"question": "Question {{asked}} about the library?", "answer": "Answer {{asked}}."}"""
        );
        var minion = await republic.Jonas.NewMinionAsync("drafter", vendor, new JsonObject { ["personality"] = "Speaks in riddles" });

        await republic.Jonas.Api.PostAsync($"{path}/questions/draft", new { minion_id = minion.Id, count = 5 });
        await Until.TrueAsync(async () =>
            (string?)(await republic.Jonas.Api.GetAsync($"{path}/quality"))["drafting"]!["status"] == "completed"
        );

        var drafting = (await republic.Jonas.Api.GetAsync($"{path}/quality"))["drafting"]!;
        Assert.Equal((5, 3, 2), ((int)drafting["asked"]!, (int)drafting["written"]!, (int)drafting["unread"]!));
        Assert.Equal(
            "3 of 5 questions were written: 1 reply asked what another question asks, 1 reply held no JSON with a question in it.",
            (string?)drafting["note"]
        );
        var questions = (await republic.Jonas.Api.GetAsync($"{path}/questions"))["questions"]!.AsArray();
        Assert.Equal(3, questions.Count);
        Assert.Equal(2, questions.Select(question => (string?)question!["document_id"]).Distinct().Count());
        Assert.All(questions, question => Assert.Equal(minion.Id, (Guid)question!["drafted_by"]!));
        Assert.Equal("Answer 1.", (string?)questions[0]!["answer"]);
        Assert.DoesNotContain(
            vendor.Requests,
            request => request.Body?.ToJsonString().Contains("riddles", StringComparison.Ordinal) == true
        );
        var score = await ScoreAsync(path, 1);
        Assert.Equal((3, "Drafter drafted 3 questions"), ((int)score["questions"]!, (string?)score["reason"]));
    }

    [Fact]
    public async Task The_built_in_model_is_too_small_to_draft_and_so_is_nobody_at_all()
    {
        var (_, path) = await LibraryAsync();
        var sprout = await republic.Jonas.NewMinionAsync("seedling");

        await RefusedAsync($"{path}/questions/draft", new { minion_id = sprout.Id }, "too small to write questions");
        await RefusedAsync($"{path}/questions/draft", new { minion_id = Guid.CreateVersion7() }, "no such minion", HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_provider_that_fails_ends_the_drafting_with_its_words()
    {
        var (_, path) = await LibraryAsync();
        vendor.Refuses(HttpStatusCode.Unauthorized, "This key is spent");
        var minion = await republic.Jonas.NewMinionAsync("unlucky", vendor);

        await republic.Jonas.Api.PostAsync($"{path}/questions/draft", new { minion_id = minion.Id, count = 2 });

        var failed = await Until.SomethingAsync(async () =>
            (await republic.Jonas.Api.GetAsync($"{path}/quality"))["drafting"] is { } work && (string?)work["status"] == "failed"
                ? work
                : null
        );
        Assert.Contains("This key is spent", (string?)failed["error"]);
    }

    [Fact]
    public async Task A_dataset_is_made_of_questions_with_answers_and_of_passages_below_headings()
    {
        var (collection, path) = await LibraryAsync();
        var passages = await PassagesAsync(collection);
        await RefusedAsync($"{path}/dataset", new { questions = false, passages = false }, "Choose what the rows");
        await RefusedAsync($"{path}/dataset", new { }, "nothing to make rows of", HttpStatusCode.Conflict);
        await republic.Jonas.Api.PostAsync(
            $"{path}/questions",
            new
            {
                text = "What does membership cost?",
                answer = "Twelve crowns a year.",
                passage_id = passages[1].Id,
            }
        );
        await republic.QueryAsync(db =>
            db.Passages.Where(p => p.Id == passages[2].Id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Heading, "Desk"), Ct)
        );

        var made = (await republic.Jonas.Api.PostAsync($"{path}/dataset", new { name = "From the library" }))["dataset"]!;

        var datasets = $"/api/users/{republic.Jonas.Id}/training-datasets/{made["id"]}";
        await Until.TrueAsync(async () => (string?)(await republic.Jonas.Api.GetAsync(datasets))["dataset"]!["status"] == "ready");
        Assert.Equal(("From the library", "rag"), ((string?)made["name"], (string?)made["dataset_type"]));
        var rows = await republic.Jonas.Api.Http.GetStringAsync($"{datasets}/download", Ct);
        Assert.Contains("What does membership cost?", rows);
        Assert.Contains("Twelve crowns a year.", rows);
        Assert.Contains("What does notes.md say under", rows);
    }

    [Fact]
    public void Questions_are_spread_over_documents()
    {
        static List<Guid> Ids(int count) => [.. Enumerable.Range(0, count).Select(_ => Guid.CreateVersion7())];
        var (large, small, empty) = (Ids(100), Ids(2), Ids(0));

        var chosen = DraftPlaces.Spread([large, small, empty], 10);

        Assert.Equal(10, chosen.Distinct().Count());
        Assert.Equal(2, chosen.Intersect(small).Count());
        var places = chosen.Intersect(large).Select(id => large.IndexOf(id)).ToList();
        Assert.True(places.Max() > 80 && places.Min() < 20);
        Assert.Equal(102, DraftPlaces.Spread([large, small, empty], 1000).Distinct().Count());
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private async Task<(Collection Collection, string Path)> LibraryAsync()
    {
        var collection = await republic.NewCollectionAsync(republic.Jonas.Id, "Library");
        await republic.NewDocumentAsync(collection, Passages);
        return (collection, $"/api/users/{republic.Jonas.Id}/collections/{collection.Id}");
    }

    private Task<List<Passage>> PassagesAsync(Collection collection) =>
        republic.QueryAsync(db =>
            db.Passages.AsNoTracking().Where(p => p.CollectionId == collection.Id).OrderBy(p => p.Ordinal).ToListAsync(Ct)
        );

    /// <summary>The newest score, once there are so many.</summary>
    private Task<JsonNode> ScoreAsync(string path, int count) =>
        Until.SomethingAsync(async () =>
            (await republic.Jonas.Api.GetAsync($"{path}/quality"))["scores"]!.AsArray() is { } scores && scores.Count >= count
                ? scores[^1]
                : null
        );

    private async Task RefusedAsync(string path, object body, string says, HttpStatusCode status = HttpStatusCode.BadRequest) =>
        Assert.Contains(says, (await republic.Jonas.Api.ProblemAsync((int)status, HttpMethod.Post, path, body)).ToJsonString());
}
