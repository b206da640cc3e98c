using System.Net;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Comparisons;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Comparisons;

/// <summary>What can be compared, and the form that asks for it.</summary>
public sealed class ComparisonInputTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private ApiClient Api => republic.Jonas.Api;

    [Theory]
    [InlineData("", new[] { 0, 1 }, "prompt", "missing")]
    [InlineData(null, new[] { 0, 1 }, "prompt", "missing")]
    [InlineData("\u0007", new[] { 0, 1 }, "prompt", "cannot be kept")]
    [InlineData("Who?", new[] { 1 }, "candidates", "2 to 4")]
    [InlineData("Who?", new int[0], "candidates", "2 to 4")]
    [InlineData("Who?", new[] { 0, 1, 2, 3, 4 }, "candidates", "2 to 4")]
    [InlineData("Who?", new[] { 0, 1, 1 }, "candidates", "twice")]
    public async Task What_is_wrong_is_said_beside_its_field(string? prompt, int[] versions, string field, string said)
    {
        var (_, compared) = await VersionedAsync(drafts: 4);

        var problem = await Api.ProblemAsync(400, HttpMethod.Post, Compared.Path, compared.Order(prompt, false, versions));

        Assert.Contains(said, problem["errors"]![field]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_prompt_has_ten_thousand_characters_at_most()
    {
        var (_, compared) = await VersionedAsync();

        await Api.ProblemAsync(400, HttpMethod.Post, Compared.Path, compared.Order(new string('x', 10_001), false, 0, 1));

        await compared.EndAsync(await compared.MakeAsync(new string('x', 10_000), false, 0, 1));
    }

    [Fact]
    public async Task A_version_that_is_not_there_or_of_another_minion_is_refused()
    {
        var (minion, compared) = await VersionedAsync();
        var (other, _) = await VersionedAsync();
        object[] both = [new { minion_id = minion, version = 0 }, new { minion_id = other, version = 1 }];
        object[] unnamed = [new { minion_id = minion, version = 0 }, new { minion_id = minion }];

        await Api.ProblemAsync(404, HttpMethod.Post, Compared.Path, compared.Order("Who?", false, 0, 7));
        await Api.ProblemAsync(
            404,
            HttpMethod.Post,
            Compared.Path,
            new Compared(republic.Jonas, Guid.CreateVersion7()).Order("Who?", false, 0, 1)
        );
        await Api.ProblemAsync(400, HttpMethod.Post, Compared.Path, new { prompt = "Who?", candidates = both });
        await Api.ProblemAsync(400, HttpMethod.Post, Compared.Path, new { prompt = "Who?", candidates = unnamed });
    }

    [Fact]
    public async Task Weights_that_do_not_fit_or_are_gone_are_refused()
    {
        var minion = (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}")).Id;
        await republic.QueryAsync(async db =>
        {
            var row = await db.Minions.AsNoTracking().SingleAsync(m => m.Id == minion);
            db.MinionVersions.Add(PlantedVersions.Draft(row, 0));
            db.MinionVersions.Add(PlantedVersions.Draft(row, 1, model: "another-model", adapter: "there-or-not"));
            db.MinionVersions.Add(PlantedVersions.Draft(row, 2, adapter: Guid.CreateVersion7().ToString("N")));
            return await db.SaveChangesAsync();
        });
        var compared = new Compared(republic.Jonas, minion);

        var unfit = await Api.ProblemAsync(409, HttpMethod.Post, Compared.Path, compared.Order("Who?", false, 0, 1));
        var gone = await Api.ProblemAsync(409, HttpMethod.Post, Compared.Path, compared.Order("Who?", false, 0, 2));

        Assert.Contains("has weights for another-model", unfit["detail"]!.GetValue<string>());
        Assert.Contains("The weights of version 2 are gone", gone["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task So_many_are_kept_and_no_more()
    {
        var nora = await republic.NewPersonAsync($"N{Guid.CreateVersion7():N}");
        var minion = (await nora.NewMinionAsync()).Id;
        await PlantedVersions.PlantAsync(republic, minion);
        var compared = new Compared(nora, minion);
        await republic.QueryAsync(db =>
            db.Database.ExecuteSqlAsync(
                $"""
                insert into comparisons (id, owner_id, minion_id, prompt, is_blind, seed, created_at, is_tie)
                select gen_random_uuid(), {nora.Id}, {minion}, 'Who?', false, 1, now(), false from generate_series(1, {ComparisonEditor.Most
                    - 1})
                """
            )
        );

        await compared.EndAsync(await compared.MakeAsync("Who?", false, 0, 1));

        var full = await nora.Api.ProblemAsync(409, HttpMethod.Post, Compared.Path, compared.Order("Who?", false, 0, 1));
        Assert.Contains("You have 500 comparisons", full["detail"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_form_sent_twice_makes_one_and_says_what_is_wrong()
    {
        var (minion, _) = await VersionedAsync();
        var browser = await republic.Jonas.BrowserAsync();
        var page = $"/training/comparisons?minion={minion}";
        var fields = new Dictionary<string, string>
        {
            ["Input.Prompt"] = "Who?",
            ["Input.Request"] = Guid.CreateVersion7().ToString(),
            ["Input.Versions[0]"] = "0",
            ["Input.Versions[1]"] = "1",
        };

        using var first = await browser.SubmitAsync(page, fields, "/training/comparisons");
        using var second = await browser.SubmitAsync(page, fields, "/training/comparisons");
        using var wrong = await browser.SubmitAsync(
            page,
            new Dictionary<string, string> { ["Input.Prompt"] = "" },
            "/training/comparisons"
        );

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        Assert.Single((await Api.GetAsync($"{Compared.Path}?minion_id={minion}"))["comparisons"]!.AsArray());
        Assert.Equal(HttpStatusCode.BadRequest, wrong.StatusCode);
        var said = await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("The prompt is missing", said);
        Assert.Contains("Choose 2 to 4 versions", said);
    }

    [Fact]
    public async Task A_prompt_of_ones_own_is_taken_into_the_form()
    {
        var (minion, _) = await VersionedAsync();
        var planted = new PlantedChats(republic, republic.Jonas, minion);
        var chat = await planted.ChatAsync();
        await planted.AnswersAsync(chat, 12, score: 0.5);
        var browser = await republic.Jonas.BrowserAsync();
        var page = $"/training/comparisons?minion={minion}";

        var html = await browser.ReadAsync(page);
        using var form = new FormUrlEncodedContent(
            new Dictionary<string, string>
            {
                ["__RequestVerificationToken"] = Html.Token(html),
                ["Input.MinionId"] = minion.ToString(),
                ["own"] = "Where is boat 11 kept?",
            }
        );
        using var taken = await browser.Http.PostAsync("/training/comparisons?handler=Take", form, TestContext.Current.CancellationToken);

        Assert.Contains("Where is boat 11 kept?", html);
        Assert.Contains("Where is boat 2 kept?", html);
        Assert.DoesNotContain("Where is boat 1 kept?", html);
        Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
        Assert.Contains("Where is boat 11 kept?</textarea>", await taken.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    private async Task<(Guid Minion, Compared Compared)> VersionedAsync(int drafts = 1)
    {
        var minion = (await republic.Jonas.NewMinionAsync($"m-{Guid.CreateVersion7():N}")).Id;
        await PlantedVersions.PlantAsync(republic, minion, drafts);
        return (minion, new Compared(republic.Jonas, minion));
    }
}
