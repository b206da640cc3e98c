using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

/// <summary>The page of a run as a browser without JavaScript gets it.</summary>
public sealed class RunPageTests(SharedRepublic world) : IClassFixture<SharedRepublic>
{
    private static JsonObject Persona(int repeats) =>
        new()
        {
            ["loraConfig"] = new JsonObject { ["selectedTraits"] = new JsonArray("friendly") },
            ["repeats"] = repeats,
        };

    [Fact]
    public async Task A_run_is_started_stopped_gone_on_with_and_read_by_forms_alone()
    {
        await using var vendor = new FakeVendor();
        // With no other minions, which would be asked to judge.
        var polly = await world.NewPersonAsync("Polly");
        var minion = await polly.NewMinionAsync("parrot", vendor);
        var job = await TrainingWorld.NewJobAsync(polly, minion.Id, [], Persona(1));
        var browser = await polly.BrowserAsync();
        var page = $"/training/{job}";
        Assert.Contains("This run has not been started.", await browser.ReadAsync(page));

        vendor.Hangs();
        using (await browser.SubmitAsync(page, new Dictionary<string, string>(), "handler=Start"))
        {
            await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        }

        var working = await browser.ReadAsync(page);
        Assert.Contains("You can close this page; the run goes on.", working);
        Assert.Contains("data-state=\"active\"", working);
        Assert.Contains("so there is no loss to draw", working);
        Assert.Contains("http-equiv=\"refresh\"", working);
        using (await browser.SubmitAsync(page, new Dictionary<string, string>(), "handler=Stop"))
        {
            Assert.Contains("This run was stopped.", await browser.ReadAsync(page));
        }

        vendor.Answers("Hello <b>there</b>");
        using (await browser.SubmitAsync(page, new Dictionary<string, string>(), "handler=Start"))
        {
            await TrainingWorld.EndAsync(polly, job);
        }

        var report = await browser.ReadAsync(page);
        Assert.Contains("Not measured: nothing could tell whether it is better", report);
        Assert.Contains("So the run left version 0 in place.", report);
        Assert.Contains("Nothing could grade it, and no weights were trained", report);
        Assert.Contains("Hello &lt;b&gt;there&lt;/b&gt;", report);
        Assert.DoesNotContain("data-losses", report);
    }

    [Fact]
    public async Task A_run_that_failed_says_why_and_offers_to_start_again()
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Jonas.NewMinionAsync("grump", vendor);
        var job = await TrainingWorld.NewJobAsync(world.Jonas, minion.Id, [], Persona(1));
        vendor.Refuses(HttpStatusCode.Unauthorized, "The key is no good");
        await TrainingWorld.StartAsync(world.Jonas, job);
        await TrainingWorld.EndAsync(world.Jonas, job);
        var browser = await world.Jonas.BrowserAsync();

        var page = await browser.ReadAsync($"/training/{job}");
        var message = await browser.ReadAsync($"/training/{job}?handler=Ended");

        Assert.Contains("The key is no good", page);
        Assert.Contains("Test Grump on its page", page);
        Assert.Contains("Start again", page);
        Assert.Contains("data-state=\"failed\"", page);
        Assert.Contains("failed.", message);
        Assert.Contains($"/training/{job}", message);
    }

    [Fact]
    public async Task A_minion_that_is_deleted_while_its_run_works_says_so_and_the_run_goes_on_when_it_is_back()
    {
        await using var vendor = new FakeVendor();
        vendor.Hangs();
        var person = await world.NewPersonAsync("Deleter");
        var minion = await person.NewMinionAsync("grump", vendor);
        var job = await TrainingWorld.NewJobAsync(person, minion.Id, [], Persona(1));
        await TrainingWorld.StartAsync(person, job);
        await Until.TrueAsync(() => !vendor.Requests.IsEmpty);
        var browser = await person.BrowserAsync();
        using (await browser.SubmitAsync($"/models/{minion.Id}", new Dictionary<string, string>(), "handler=Delete"))
        {
            Assert.Contains("Its run “A run” cannot go on without it", WebUtility.HtmlDecode(await browser.ReadAsync("/models")));
        }

        await person.Api.PostAsync(TrainingWorld.PathOf(person, $"/{job}/stop"));
        vendor.Answers("Hello");
        await TrainingWorld.StartAsync(person, job);
        await TrainingWorld.EndAsync(person, job);
        var page = await browser.ReadAsync($"/training/{job}");
        Assert.Contains("The minion was deleted", page);
        Assert.Contains("Restore Grump", page);
        using (await browser.SubmitAsync($"/training/{job}", new Dictionary<string, string>(), $"/models/{minion.Id}?handler=Restore"))
        {
            Assert.DoesNotContain("Restore Grump", await browser.ReadAsync($"/training/{job}"));
        }

        await TrainingWorld.StartAsync(person, job);
        Assert.Equal("COMPLETED", (await TrainingWorld.EndAsync(person, job))["status"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_strangers_run_is_compared_with_nothing_and_what_is_no_id_is_not_there()
    {
        var minion = await world.Ada.NewMinionAsync("secret");
        var hers = await TrainingWorld.NewJobAsync(world.Ada, minion.Id, [await TrainingWorld.NewDatasetAsync(world.Ada, 20)]);
        var browser = await world.Jonas.BrowserAsync();

        foreach (var address in new[] { $"/training/{hers}", $"/training/compare?runs={hers}", "/training/compare?runs=a,b" })
        {
            using var response = await browser.GetAsync(address);
            Assert.True(response.StatusCode == HttpStatusCode.NotFound, $"{address}: {response.StatusCode}");
        }
    }

    [Fact]
    public async Task Two_runs_are_compared_however_their_ids_are_given()
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Mira.NewMinionAsync("both", vendor);
        var one = await TrainingWorld.NewJobAsync(world.Mira, minion.Id, [], Persona(1));
        var other = await TrainingWorld.NewJobAsync(world.Mira, minion.Id, [], Persona(4));
        var browser = await world.Mira.BrowserAsync();

        Assert.Contains("1 setting differs.", await browser.ReadAsync($"/training/compare?runs={one},{other}"));
        var page = await browser.ReadAsync($"/training/compare?runs={one}&runs={other}");
        Assert.Contains("Each question asked", page);
        Assert.Contains("Runs to compare", page);
        Assert.Contains("Choose two to 4 runs", await browser.ReadAsync("/training/compare"));
    }

    [Fact]
    public async Task Of_five_runs_the_first_four_are_compared()
    {
        await using var vendor = new FakeVendor();
        var minion = await world.Mira.NewMinionAsync("many", vendor);
        List<Guid> runs = [];
        for (var i = 1; i <= 5; i++)
        {
            runs.Add(await TrainingWorld.NewJobAsync(world.Mira, minion.Id, [], Persona(i)));
        }

        var page = await (await world.Mira.BrowserAsync()).ReadAsync($"/training/compare?runs={string.Join("&runs=", runs)}");

        Assert.Contains("5 runs are too many to see anything in. These are the first 4.", page, StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(page, "type=\"checkbox\"[^>]*checked", RegexOptions.None, TimeSpan.FromSeconds(5)));
    }
}
