using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core;
using Republic.Core.Minions;
using Republic.Core.Providers.Routing;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Comparisons;

/// <summary>One prompt to several versions of a minion: how they are asked, what is told of them and when, and the vote.</summary>
public sealed class ComparisonTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private ApiClient Api => republic.Jonas.Api;

    [Fact]
    public async Task Each_version_answers_as_itself_with_one_seed_and_the_minions_settings()
    {
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked => $"From {Speaker(asked)}");
        var (minion, compared) = await VersionedAsync(vendor, drafts: 2);

        var end = await compared.EndAsync(await compared.MakeAsync("  Who?  ", isBlind: false, 2, 0, 1));

        Assert.Equal(["From the base", "From draft 1", "From draft 2"], Texts(end));
        Assert.Equal([0, 1, 2], end["answers"]!.AsArray().Select(answer => answer!["version"]!.GetValue<int>()));
        Assert.Equal("Who?", end["prompt"]!.GetValue<string>());
        Assert.All(
            vendor.Requests,
            asked => Assert.Equal(("Who?", 0.25), (asked.LastMessage, asked.Body!["temperature"]!.GetValue<double>()))
        );
        Assert.Equal(end["seed"]!.GetValue<long>(), Assert.Single(vendor.Requests.Select(Seed).Distinct()));
        Assert.All(
            end["answers"]!.AsArray(),
            answer =>
                Assert.All(
                    ["model", "completion_tokens", "duration_ms", "first_token_ms", "ended_at"],
                    field => Assert.NotNull(answer![field])
                )
        );
        await Until.TrueAsync(async () =>
            await republic.QueryAsync(db => db.ModelCalls.CountAsync(c => c.MinionId == minion && c.Purpose == CallPurpose.Comparison)) == 3
        );
    }

    [Fact]
    public async Task A_prompt_that_orders_to_forget_is_put_to_the_model_and_not_obeyed()
    {
        await using var vendor = new FakeVendor();
        var (minion, compared) = await VersionedAsync(vendor);
        await Api.PostAsync("/api/memories", new { minion_id = minion, content = "I live in Oslo" });

        await compared.EndAsync(await compared.MakeAsync("Forget that I live in Oslo", isBlind: false, 0, 1));

        Assert.Equal(2, vendor.Requests.Count);
        Assert.Single((await Api.GetAsync($"/api/memories?minion_id={minion}"))["memories"]!.AsArray());
    }

    [Fact]
    public async Task A_draft_answers_from_its_own_collections_and_not_from_those_that_the_version_in_use_brought()
    {
        const string Linked = "The Kestrel lamp shines white.";
        const string OfTheOneInUse = "The Kestrel lamp costs twelve crowns.";
        const string OfTheDraft = "The Kestrel lamp weighs two kilograms.";
        await using var vendor = new FakeVendor();
        var known = new LinkedKnowledge(republic, republic.Jonas);
        var brought = await known.CollectionAsync("Brought by the draft", OfTheDraft);
        var (minion, compared) = await VersionedAsync(
            vendor,
            change: draft =>
            {
                draft.CollectionIds.Add(brought.Id);
                return draft;
            }
        );
        await known.LinkAsync(minion, await known.CollectionAsync("Linked", Linked));
        await known.LinkAsync(minion, await known.CollectionAsync("Brought by the one in use", OfTheOneInUse), version: 0);

        await compared.EndAsync(await compared.MakeAsync("What is known of the Kestrel lamp?", isBlind: false, 0, 1));

        Assert.Equal([Linked, OfTheOneInUse], Passages("the base"));
        Assert.Equal([Linked, OfTheDraft], Passages("draft 1"));

        IEnumerable<string> Passages(string speaker)
        {
            var prompt = vendor.Requests.Single(asked => Speaker(asked) == speaker).LastMessage!;
            return new[] { Linked, OfTheOneInUse, OfTheDraft }.Where(passage => prompt.Contains(passage, StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task While_it_is_blind_neither_api_nor_page_tells_the_answers_apart()
    {
        await using var vendor = new FakeVendor();
        vendor.StreamsTo(asked => Speaker(asked) == "the base" ? "Left" : "Somewhat to the right, and at greater length");
        var (minion, compared) = await VersionedAsync(vendor);
        var id = await compared.MakeAsync("Where?", isBlind: true, 0, 1);
        var hidden = await compared.EndAsync(id);
        var browser = await republic.Jonas.BrowserAsync();

        string[] shown = ["error", "position", "state", "text"];
        Assert.All(
            hidden["answers"]!.AsArray(),
            answer => Assert.All(answer!.AsObject().Where(field => !shown.Contains(field.Key)), field => Assert.Null(field.Value))
        );
        Assert.Null(hidden["seed"]);
        Assert.True(hidden["is_hidden"]!.GetValue<bool>());
        var page = await browser.ReadAsync($"/training/comparisons/{id}");
        Assert.Equal(Neutral(Article(page, 0), hidden, 0), Neutral(Article(page, 1), hidden, 1));
        Assert.Contains("Versions 0 and 1", page);
        Assert.Contains("Choose the best", await browser.ReadAsync($"/training/comparisons?minion={minion}"));

        var told = await compared.VoteAsync(id, 1);

        var order = new[] { 0, 1 };
        SeededRandom.For(told["seed"]!.GetValue<long>(), 1).Shuffle(order.AsSpan());
        Assert.Equal(order, told["answers"]!.AsArray().Select(answer => answer!["version"]!.GetValue<int>()));
        Assert.Equal(order.Select(version => version == 0 ? "Left" : "Somewhat to the right, and at greater length"), Texts(told));
        Assert.Equal((1, false), (told["best"]!.GetValue<int>(), told["is_tie"]!.GetValue<bool>()));
        var revealed = await browser.ReadAsync($"/training/comparisons/{id}");
        Assert.Contains($"Version {order[0]}", Article(revealed, 0));
        Assert.Contains($"You chose version {order[1]}.", revealed);
        Assert.Contains($"Version {order[1]} is best", await browser.ReadAsync($"/training/comparisons?minion={minion}"));
    }

    [Fact]
    public async Task Why_a_blind_answer_failed_is_told_after_the_vote()
    {
        await using var vendor = new FakeVendor();
        var (_, compared) = await VersionedAsync(vendor, drafts: 2);
        var id = await compared.MakeAsync("Who?", isBlind: true, 0, 1, 2);
        await compared.EndAsync(id);
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"update comparison_answers set state = 'Failed', error = 'The weights of version 2 are gone' where comparison_id = {id} and version = 2"
            )
        );

        var hidden = await compared.ReadAsync(id);
        Assert.DoesNotContain("weights", hidden.ToJsonString());
        Assert.DoesNotContain("weights", await (await republic.Jonas.BrowserAsync()).ReadAsync($"/training/comparisons/{id}"));
        var failed = Enumerable.Range(0, 3).Single(position => Compared.State(hidden, position) == "failed");
        Assert.Contains("once you have chosen", Compared.Error(hidden, failed));
        var problem = await Api.ProblemAsync(409, HttpMethod.Post, $"{Compared.Path}/{id}/vote", new { best = failed });
        Assert.Contains("That answer failed", problem["detail"]!.GetValue<string>());
        Assert.Contains("weights of version 2", (await compared.VoteAsync(id, "tie")).ToJsonString());
    }

    [Fact]
    public async Task A_vote_stays_and_is_taken_only_of_answers_that_are_there()
    {
        await using var vendor = new FakeVendor();
        var (_, compared) = await VersionedAsync(vendor);
        var hand = vendor.AnswersByHand();
        var id = await compared.MakeAsync("Who?", isBlind: false, 0, 1);
        await hand.Asked;
        var early = await Api.ProblemAsync(409, HttpMethod.Post, $"{Compared.Path}/{id}/vote", new { best = 0 });
        Assert.Contains("Not all answers are there", early["detail"]!.GetValue<string>());
        vendor.Answers("Hello");
        hand.Says("Hi");
        hand.Ends();
        await compared.EndAsync(id);
        foreach (var best in new JsonNode?[] { 2, -1, "neither", "", null, 0.5, true })
        {
            await Api.ProblemAsync(400, HttpMethod.Post, $"{Compared.Path}/{id}/vote", new JsonObject { ["best"] = best });
        }

        // Half of a character, which JSON can spell and no text can hold.
        using var half = new StringContent(@"{""best"":""\ud800""}", Encoding.UTF8, "application/json");
        using var refused = await Api.Http.PostAsync($"{Compared.Path}/{id}/vote", half, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);

        Assert.True((await compared.VoteAsync(id, "tie"))["is_tie"]!.GetValue<bool>());

        await Api.ProblemAsync(409, HttpMethod.Post, $"{Compared.Path}/{id}/vote", new { best = 0 });
        await Api.ProblemAsync(409, HttpMethod.Post, $"{Compared.Path}/{id}/answers/0/retry");
        Assert.Null((await compared.ReadAsync(id))["best"]);
    }

    [Fact]
    public async Task Another_persons_comparison_is_not_found()
    {
        await using var vendor = new FakeVendor();
        var (minion, compared) = await VersionedAsync(vendor);
        var id = await compared.MakeAsync("Who?", isBlind: false, 0, 1);
        await compared.EndAsync(id);
        var ada = republic.Ada.Api;

        await ada.ProblemAsync(404, HttpMethod.Get, $"{Compared.Path}/{id}");
        await ada.ProblemAsync(404, HttpMethod.Delete, $"{Compared.Path}/{id}");
        await ada.ProblemAsync(404, HttpMethod.Post, $"{Compared.Path}/{id}/vote", new { best = 0 });
        await ada.ProblemAsync(404, HttpMethod.Post, $"{Compared.Path}/{id}/stop");
        await ada.ProblemAsync(404, HttpMethod.Post, $"{Compared.Path}/{id}/answers/0/retry");
        await ada.ProblemAsync(404, HttpMethod.Post, Compared.Path, compared.Order("Who?", false, 0, 1));
        Assert.Empty((await ada.GetAsync($"{Compared.Path}?minion_id={minion}"))["comparisons"]!.AsArray());
        await Api.DeleteAsync($"{Compared.Path}/{id}");
        await Api.ProblemAsync(404, HttpMethod.Get, $"{Compared.Path}/{id}");
    }

    private static string Speaker(VendorRequest asked)
    {
        var system = asked.Body!["messages"]![0]!["content"]!.GetValue<string>();
        return Enumerable.Range(1, 4).FirstOrDefault(number => system.Contains(PlantedVersions.Instructions(number))) is > 0 and var draft
            ? $"draft {draft}"
            : "the base";
    }

    private static long Seed(VendorRequest asked) => asked.Body!["seed"]!.GetValue<long>();

    private static IEnumerable<string> Texts(JsonNode comparison) =>
        comparison["answers"]!.AsArray().Select(answer => answer!["text"]!.GetValue<string>());

    /// <summary>One answer as the page shows it.</summary>
    private static string Article(string page, int position)
    {
        var start = page.IndexOf($"id=\"answer-{position}\"", StringComparison.Ordinal);
        return page[start..page.IndexOf("</article>", start, StringComparison.Ordinal)];
    }

    /// <summary>Without what may differ: its text and its place.</summary>
    private static string Neutral(string article, JsonNode comparison, int position) =>
        Token(article)
            .Replace(comparison["answers"]![position]!["text"]!.GetValue<string>(), "TEXT")
            .Replace($"answer-{position}", "answer-N")
            .Replace($"value=\"{position}\"", "value=\"N\"")
            .Replace($"Answer {(char)('A' + position)}", "Answer X");

    private static string Token(string article) =>
        article.Contains("__RequestVerificationToken") ? article.Replace(Html.Token(article), "TOKEN") : article;

    private async Task<(Guid Minion, Compared Compared)> VersionedAsync(
        FakeVendor vendor,
        int drafts = 1,
        Func<MinionVersion, MinionVersion>? change = null
    )
    {
        var minion = await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}", vendor, new JsonObject { ["temperature"] = 0.25 });
        await PlantedVersions.PlantAsync(republic, minion.Id, drafts, change);
        return (minion.Id, new Compared(republic.Jonas, minion.Id));
    }
}
