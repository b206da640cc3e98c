using System.Net;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Answering;

/// <summary>Linking a minion to collections and switching its stages, over the API and as a form.</summary>
public sealed class MinionKnowledgeTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private LinkedKnowledge Known => new(republic, republic.Mira);

    [Fact]
    public async Task Links_and_switches_are_saved_and_what_is_left_out_stays()
    {
        var minion = await republic.Mira.NewMinionAsync("linked");
        var (one, two) = (await Known.CollectionAsync("One", "a", "b"), await Known.CollectionAsync("Two", "c"));
        var path = $"/api/minions/{minion.Id}/knowledge";

        await republic.Mira.Api.PutAsync(
            path,
            new { collections = new object[] { new { id = one.Id, answers_outside_clients = true }, new { id = two.Id } } }
        );
        await republic.Mira.Api.PutAsync(
            path,
            new
            {
                stages = new
                {
                    knowledge = false,
                    answers_without_passages = true,
                    help = false,
                },
            }
        );
        await republic.Mira.Api.PutAsync(path, new { collections = new object[] { new { id = one.Id } } });

        var knowledge = (await republic.Mira.Api.GetAsync(path))["knowledge"]!;
        var link = Assert.Single(knowledge["collections"]!.AsArray())!;
        Assert.Equal(
            ("One", true, 1, 2),
            ((string)link["name"]!, (bool)link["answers_outside_clients"]!, (int)link["documents"]!, (int)link["passages"]!)
        );
        Assert.Equal(
            """{"style":true,"knowledge":false,"generation":true,"answers_without_passages":true,"help":false}""",
            knowledge["stages"]!.ToJsonString()
        );
    }

    [Fact]
    public async Task A_list_of_collections_with_nothing_in_a_place_is_refused()
    {
        var minion = await republic.Mira.NewMinionAsync("nothing");

        var problem = await republic.Mira.Api.ProblemAsync(
            400,
            HttpMethod.Put,
            $"/api/minions/{minion.Id}/knowledge",
            new { collections = new object?[] { null } }
        );

        Assert.NotNull(problem["errors"]!["collections"]);
    }

    [Fact]
    public async Task Somebody_must_be_left_who_answers()
    {
        await using var vendor = new FakeVendor();
        var here = await republic.Mira.NewMinionAsync("here");
        var there = await republic.Mira.NewMinionAsync("there", vendor);

        Assert.Contains("one stage", await ErrorAsync(here.Id, new { generation = false }));
        Assert.Contains("No style was trained", await ErrorAsync(there.Id, new { generation = false }));
        await Known.ChangeAsync(there.Id, m => m.StyleModel = "sprout");
        Assert.Contains("both off", await ErrorAsync(there.Id, new { generation = false, style = false }));
        await republic.Mira.Api.PutAsync($"/api/minions/{there.Id}/knowledge", new { stages = new { generation = false } });

        async Task<string> ErrorAsync(Guid minion, object stages)
        {
            var problem = await republic.Mira.Api.ProblemAsync(400, HttpMethod.Put, $"/api/minions/{minion}/knowledge", new { stages });
            return (string)problem["errors"]!["stages.generation"]![0]!;
        }
    }

    [Fact]
    public async Task The_form_links_and_the_minions_page_says_so()
    {
        var minion = await republic.Mira.NewMinionAsync("formed");
        var collection = await Known.CollectionAsync("Field guide", "a");
        var browser = await republic.Mira.BrowserAsync();
        Assert.Contains("answers from what its model knows", await browser.ReadAsync($"/models/{minion.Id}"));

        using var saved = await browser.SubmitAsync(
            $"/models/{minion.Id}/knowledge",
            new Dictionary<string, string>
            {
                ["Input.Linked"] = collection.Id.ToString(),
                ["Input.Outside"] = collection.Id.ToString(),
                ["Input.Stages.Knowledge"] = "true",
                ["Input.Stages.Generation"] = "true",
            },
            "/knowledge"
        );

        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        var page = await browser.ReadAsync($"/models/{minion.Id}");
        Assert.Contains("Field guide", page);
        Assert.Contains("Outside clients too", page);
        using var refused = await browser.SubmitAsync(
            $"/models/{minion.Id}/knowledge",
            new Dictionary<string, string> { ["Input.Stages.Style"] = "true" },
            "/knowledge"
        );
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("one stage", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }
}
