using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;
using static Republic.Tests.World.PlayedEpisode;

namespace Republic.Tests.Integration.Episodes;

/// <summary>Datasets that are made of what a role knew and said in an episode.</summary>
public sealed class EpisodeDatasetTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Each_step_of_the_role_is_a_row_that_stays_when_the_episode_goes()
    {
        var mira = republic.Mira;
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked =>
            (IsReviewer(asked), Prompt(asked).Contains("Not yet.", StringComparison.Ordinal)) switch
            {
                (true, false) => "OUTCOME: changes\nNot yet.",
                (true, true) => "OUTCOME: approve\nFine by me.",
                (false, false) => "I changed it.",
                (false, true) => "I closed the handle.",
            }
        );
        var episode = await ReviewAsync(mira, vendor);
        await episode.DoAsync("start");
        var end = await episode.RestAsync();

        var learner = await MadeAsync(episode);
        var reviewer = await MadeAsync(episode, new { role = "reviewer", name = "What a reviewer says" });

        Assert.Equal(("Code review: Developer", "What a reviewer says"), (Text(learner, "name"), Text(reviewer, "name")));
        Assert.Contains($"/episodes/{episode.Id}?timeline={(string?)end["timeline_id"]}", Text(learner, "description"));
        Assert.DoesNotContain("other people", Text(learner, "description"));
        string[] rows =
        [
            "user: Explain your change.|assistant: I changed it.",
            "user: Explain your change.|assistant: I changed it.|user: Reviewer:\n  Not yet.\n\nExplain your change.|assistant: I closed the handle.",
        ];
        Assert.Equal(rows, await RowsAsync(mira, learner));
        const string Asked = "Approve, or say what must change.";
        Assert.Equal(
            [
                $"user: Leak: Line 12 leaks a handle\n\n{Asked}|assistant: Not yet.",
                $"user: Leak: Line 12 leaks a handle\n\n{Asked}|assistant: Not yet.|user: {Asked}|assistant: Fine by me.",
            ],
            await RowsAsync(mira, reviewer)
        );
        await mira.Api.DeleteAsync(episode.Path);
        Assert.Equal(rows, await RowsAsync(mira, learner));
    }

    [Fact]
    public async Task Words_of_other_people_are_in_it_where_the_role_was_told_them_and_the_rows_are_the_owner_s()
    {
        var (mira, jonas) = (republic.Mira, republic.Jonas);
        await (await SharedTask.MakeAsync(mira)).AcceptedByAsync(jonas);
        var episode = await MakeAsync(mira, EpisodeScenarios.CodeReview, new { developer = mira.Id, reviewer = jonas.Id });
        var his = new PlayedEpisode(jonas, episode.Id);
        await episode.DoAsync("start");
        await episode.DoAsync("act", new { role = "developer", text = "I changed it." });
        await his.DoAsync("act", Reviewed("Line 12 is open.", "changes"));
        await episode.DoAsync("act", new { role = "developer", text = "I closed it." });
        await his.DoAsync("act", Reviewed("Fine by me.", "approve"));

        var made = await MadeAsync(episode);

        Assert.Contains("Words of other people are in it", Text(made, "description"));
        Assert.Contains("|user: Reviewer:\n  Line 12 is open.\n\nExplain your change.|", (await RowsAsync(mira, made))[1]);
        // What the reviewer knows is not for whoever began it and plays another role, until they look behind it.
        await mira.Api.ProblemAsync(403, HttpMethod.Post, $"{episode.Path}/dataset", new { role = "reviewer" });
        await mira.Api.PutAsync(episode.Path, new { seen_through = true });
        Assert.StartsWith(
            "Other people played “Reviewer”",
            await WrongAsync(episode, new { role = "reviewer" }, "role"),
            StringComparison.Ordinal
        );
        await jonas.Api.ProblemAsync(403, HttpMethod.Post, $"{episode.Path}/dataset");
        await republic.Ada.Api.ProblemAsync(404, HttpMethod.Post, $"{episode.Path}/dataset");
    }

    [Fact]
    public async Task What_is_wrong_is_said_at_its_field()
    {
        var episode = await AloneAsync(republic.Mira, "Rehearsal");
        await republic.Mira.Api.ProblemAsync(409, HttpMethod.Post, $"{episode.Path}/dataset", new { role = "actor" });
        await episode.DoAsync("stop");

        Assert.Equal(
            "No role of this scenario is said to learn. Choose one of: actor.",
            await WrongAsync(episode, new { name = "Mine" }, "role")
        );
        Assert.StartsWith(
            "There is no role “nobody”",
            await WrongAsync(episode, new { role = "nobody" }, "role"),
            StringComparison.Ordinal
        );
        await WrongAsync(episode, new { role = "actor", name = new string('x', 201) }, "name");
        var idle = await MakeAsync(
            republic.Mira,
            EpisodeScenarios.CodeReview,
            new { developer = republic.Mira.Id, reviewer = republic.Mira.Id }
        );
        await idle.DoAsync("start");
        await idle.DoAsync("stop");
        Assert.StartsWith("“Developer” has completed no step.", await WrongAsync(idle, new { }, "role"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_keeps_what_was_typed_and_leads_back_while_the_episode_goes_on()
    {
        var person = await republic.NewPersonAsync("Types");
        var episode = await AloneAsync(person, "Rehearsal");
        var browser = await person.BrowserAsync();
        var page = $"/episodes/{episode.Id}/dataset";
        using (var early = await browser.GetAsync(page))
        {
            Assert.Equal((HttpStatusCode.Redirect, $"/episodes/{episode.Id}"), (early.StatusCode, early.Headers.Location?.ToString()));
        }

        await episode.DoAsync("stop");
        Assert.Contains("1 row", await browser.ReadAsync(page), StringComparison.Ordinal);
        var typed = new Dictionary<string, string> { ["Input.Role"] = "nobody", ["Input.Name"] = "My own name" };
        using (var refused = await browser.SubmitAsync(page, typed, "/dataset"))
        {
            var again = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Ct));
            Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
            Assert.Contains("There is no role “nobody” in this scenario.", again, StringComparison.Ordinal);
            Assert.Contains("value=\"My own name\"", again, StringComparison.Ordinal);
        }

        typed["Input.Role"] = "actor";
        using var made = await browser.SubmitAsync(page, typed, "/dataset");
        Assert.Equal(HttpStatusCode.Redirect, made.StatusCode);
        Assert.StartsWith("/datasets/", made.Headers.Location!.ToString(), StringComparison.Ordinal);
    }

    private static object Reviewed(string text, string outcome) =>
        new
        {
            role = "reviewer",
            text,
            outcome,
        };

    private static async Task<JsonNode> MadeAsync(PlayedEpisode episode, object? order = null)
    {
        var made = await episode.Owner.Api.PostAsync($"{episode.Path}/dataset", order);
        return await DatasetWorld.EndOfAsync(episode.Owner, Text(made, "dataset_id"));
    }

    /// <summary>What the API says at the field, which is the only one that is wrong.</summary>
    private static async Task<string> WrongAsync(PlayedEpisode episode, object body, string field)
    {
        var problem = await episode.Owner.Api.ProblemAsync(400, HttpMethod.Post, $"{episode.Path}/dataset", body);
        var (named, messages) = Assert.Single(problem["errors"]!.AsObject());
        Assert.Equal(field, named);
        return messages![0]!.GetValue<string>();
    }

    /// <summary>Each row as “role: text|role: text”.</summary>
    private static async Task<List<string>> RowsAsync(Inhabitant person, JsonNode dataset)
    {
        var path = DatasetWorld.PathOf(person, $"/{Text(dataset, "id")}/download");
        var lines = (await person.Api.Http.GetStringAsync(path, Ct)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        return
        [
            .. lines.Select(line =>
                string.Join(
                    '|',
                    JsonNode.Parse(line)!["messages"]!.AsArray().Select(said => $"{Text(said!, "role")}: {Text(said!, "content")}")
                )
            ),
        ];
    }

    private static string Text(JsonNode json, string field) => json[field]!.GetValue<string>();
}
