using System.Net;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Scenarios;

/// <summary>The page on which a person walks through a scenario by hand.</summary>
public sealed class ScenarioTryTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task A_scenario_is_walked_from_its_start_to_an_end_and_back()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);

        var start = await ReadAsync(scenario);
        Assert.Contains(Link(scenario, "0"), start, StringComparison.Ordinal);
        Assert.DoesNotContain("Start again", start, StringComparison.Ordinal);
        var review = await ReadAsync(scenario, "0-0");
        foreach (var choices in new[] { "0-0-0", "0-0-1", "0-0-2" })
        {
            Assert.Contains(Link(scenario, choices), review, StringComparison.Ordinal);
        }

        Assert.Contains("Approve the change, or say what must change and why.", review, StringComparison.Ordinal);
        Assert.Contains("When <code>outcome == \"approve\"</code>", review, StringComparison.Ordinal);
        Assert.Contains("Depends on what happens", review, StringComparison.Ordinal);
        Assert.Contains("When <code>visits.explain < 3</code>", review, StringComparison.Ordinal);
        Assert.Contains("Holds now", review, StringComparison.Ordinal);
        Assert.Contains("2 turns of 20", review, StringComparison.Ordinal);
        Assert.Contains(Link(scenario, "0"), review, StringComparison.Ordinal);
        var end = await ReadAsync(scenario, "0-0-0");
        Assert.Contains("It is over: success", end, StringComparison.Ordinal);
        Assert.Contains($"href=\"/scenarios/{scenario.Id}/try\"", end, StringComparison.Ordinal);
        Assert.Contains(Link(scenario, "0-0"), end, StringComparison.Ordinal);
        Assert.DoesNotContain("What happens next?", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transition_whose_condition_does_not_hold_can_be_chosen_and_is_marked()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);

        var first = Option(await ReadAsync(scenario, "0-0"), Link(scenario, "0-0-1"));
        var third = Option(await ReadAsync(scenario, "0-0-1-0-1-0"), Link(scenario, "0-0-1-0-1-0-1"));

        Assert.Contains("Holds now", first, StringComparison.Ordinal);
        Assert.DoesNotContain("would not be taken", first, StringComparison.Ordinal);
        Assert.Contains("Does not hold now", third, StringComparison.Ordinal);
        Assert.Contains("would not be taken", third, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_transition_that_is_used_up_is_no_link()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        object[] next =
        [
            new
            {
                to = "good",
                kind = "ask",
                condition = "Is it good?",
            },
            new
            {
                to = "explain",
                kind = "manual",
                condition = "Once more",
                max_visits = 1,
            },
            new { to = "poor", kind = "else" },
        ];
        await scenario.ChangeStateAsync("review", new { next });

        Assert.Contains(Link(scenario, "0-0-1"), await ReadAsync(scenario, "0-0"), StringComparison.Ordinal);
        var again = await ReadAsync(scenario, "0-0-1-0");

        Assert.Contains("Was taken 1 time, and no more is allowed", again, StringComparison.Ordinal);
        Assert.DoesNotContain(Link(scenario, "0-0-1-0-1"), again, StringComparison.Ordinal);
        Assert.Contains(Link(scenario, "0-0-1-0-2"), again, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0-0-7")]
    [InlineData("0-0-x")]
    public async Task A_walk_goes_as_far_as_the_scenario_still_has_it(string choices)
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);

        var page = await ReadAsync(scenario, Uri.EscapeDataString(choices));

        Assert.Contains("The walk goes as far as it fits.", page, StringComparison.Ordinal);
        Assert.Contains(Link(scenario, "0-0-2"), page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_start_it_leads_to_the_editor()
    {
        var scenario = await WrittenScenario.MakeAsync(republic.Jonas);
        await scenario.ChangeStateAsync("begin", new { node_type = "decision" });

        var page = await ReadAsync(scenario);

        Assert.Contains("There is no start", page, StringComparison.Ordinal);
        Assert.Contains($"class=\"btn\" href=\"/scenarios/{scenario.Id}/edit\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stranger_finds_nothing_to_walk_through()
    {
        var hers = await WrittenScenario.MakeAsync(republic.Ada);
        var browser = await republic.Jonas.BrowserAsync();

        foreach (var path in new[] { $"{hers.Id}/try", $"{hers.Id}/try?walk=0", $"{Guid.CreateVersion7()}/try" })
        {
            using var answer = await browser.GetAsync($"/scenarios/{path}");
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    private static async Task<string> ReadAsync(WrittenScenario scenario, string? choices = null)
    {
        var browser = await scenario.Owner.BrowserAsync();
        return WebUtility.HtmlDecode(await browser.ReadAsync($"/scenarios/{scenario.Id}/try{(choices is null ? "" : $"?walk={choices}")}"));
    }

    /// <summary>The choice with this link, as a page shows it.</summary>
    private static string Option(string page, string link) => page.Split(link)[1].Split("</a>")[0];

    /// <summary>The address of a walk, up to its closing quote.</summary>
    private static string Link(WrittenScenario scenario, string choices) => $"href=\"/scenarios/{scenario.Id}/try?walk={choices}\"";
}
