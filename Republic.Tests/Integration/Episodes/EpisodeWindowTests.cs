using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Episodes;

/// <summary>The page of a long episode shows a part of it; the API gives it whole.</summary>
public sealed partial class EpisodeWindowTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Endless = """
        republic: scenario/1
        name: Endless
        roles: {a: {}, b: {}}
        limits: {turns: 500}
        states:
          begin: {type: start, next: [{to: talk}]}
          talk: {type: action, roles: [a], audience: all, prompts: [Talk.], next: [{to: answer}]}
          answer:
            type: action
            roles: [b]
            audience: all
            prompts: [Answer.]
            next: [{to: over, when: visits.answer > 200}, {to: talk, else: true}]
          over: {type: end}
        """;

    [Fact]
    public async Task A_long_transcript_is_read_part_by_part_without_a_gap()
    {
        var person = await republic.NewPersonAsync("Talker");
        var episode = await PlayedEpisode.MakeAsync(person, Endless, new { a = person.Id, b = person.Id });
        await episode.DoAsync("start");
        await episode.DoAsync("inject", new { text = "Came first.", audience = "all" });
        for (var step = 1; step <= 205; step++)
        {
            await episode.DoAsync("act", new { role = step % 2 == 1 ? "a" : "b", text = $"Said as step {step}." });
        }

        await episode.DoAsync("inject", new { text = "Came last.", audience = "all" });
        var (visitor, here) = (await person.BrowserAsync(), $"/episodes/{episode.Id}");

        // With the step that is waited for, the end holds a hundred.
        var end = await visitor.ReadAsync(here);
        Assert.Equal(Enumerable.Range(107, 99), Steps(end));
        Assert.Contains("Came last.", end, StringComparison.Ordinal);
        Assert.DoesNotContain("Came first.", end, StringComparison.Ordinal);
        Assert.Contains("Your turn as B", end, StringComparison.Ordinal);
        Assert.Empty(Link(end, "Later"));

        var middle = await visitor.ReadAsync(Link(end, "Earlier"));
        Assert.Equal(Enumerable.Range(7, 100), Steps(middle));
        Assert.DoesNotContain("Came last.", middle, StringComparison.Ordinal);
        // What is written there could be taken for an answer to what stands above it.
        Assert.DoesNotContain("Your turn as B", middle, StringComparison.Ordinal);
        Assert.Equal(here, Link(middle, "To the end"));
        Assert.Equal(Steps(end), Steps(await visitor.ReadAsync(Link(middle, "Later"))));

        var first = await visitor.ReadAsync(Link(middle, "Earlier"));
        Assert.Equal(Enumerable.Range(1, 100), Steps(first));
        Assert.Contains("Came first.", first, StringComparison.Ordinal);
        Assert.Empty(Link(first, "Earlier"));

        Assert.Contains("Go to your turn", first, StringComparison.Ordinal);
        Assert.Contains("It is your turn: you play “B”", WebUtility.HtmlDecode(first), StringComparison.Ordinal);
        // What is past the end is the end.
        Assert.Equal(Steps(end), Steps(await visitor.ReadAsync($"{here}?from=999999")));

        var whole = await episode.ReadAsync();
        Assert.Equal(206, whole["steps"]!.AsArray().Count);
        Assert.Equal(2, whole["messages"]!.AsArray().Count);
        Assert.Equal(208, ((string)whole["evolution"]!).Split('\n').Length);
    }

    [Fact]
    public async Task A_timeline_says_how_many_of_its_turns_it_shares()
    {
        var person = await republic.NewPersonAsync("Forking");
        var episode = await PlayedEpisode.MakeAsync(person, Endless, new { a = person.Id, b = person.Id });
        await episode.DoAsync("start");
        foreach (var role in new[] { "a", "b", "a" })
        {
            await episode.DoAsync("act", new { role, text = $"I am {role}." });
        }

        var at = (long)(await episode.ReadAsync())["steps"]![1]!["seq"]!;
        var fork = await episode.ForkAsync(new { at_seq = at });
        await episode.DoAsync("resume", timeline: fork);
        await episode.DoAsync("act", new { role = "a", text = "Otherwise." }, fork);
        await episode.DoAsync("act", new { role = "b", text = "Otherwise too." }, fork);

        var timelines = (await person.Api.GetAsync($"{episode.Path}/timelines"))["timelines"]!.AsArray();
        Assert.Equal([3, 4], timelines.Select(one => (int)one!["turn"]!));
        Assert.Equal([null, 2], timelines.Select(one => (int?)one!["forked_turn"]));
    }

    [Fact]
    public async Task Whoever_knows_an_entry_reads_what_followed_it()
    {
        var person = await republic.NewPersonAsync("Following");
        var episode = await PlayedEpisode.MakeAsync(person, Endless, new { a = person.Id, b = person.Id });
        await episode.DoAsync("start");
        await episode.DoAsync("inject", new { text = "Came first.", audience = "all" });
        var known = await episode.DoAsync("act", new { role = "a", text = "First." });

        // The step that was waited for began before that entry, and ended after it.
        var acted = (await person.Api.PostAsync($"{episode.Path}/act?after={known["seq"]}", new { role = "b", text = "Second." }))[
            "episode"
        ]!;
        Assert.Equal([("b", "COMPLETED"), ("a", "PENDING")], Statuses(acted));
        Assert.Empty(acted["messages"]!.AsArray());
        Assert.Equal((null, null, 2), ((string?)acted["evolution"], (string?)acted["transcript_sha256"], (int)acted["turn"]!));

        await episode.DoAsync("inject", new { text = "Came later.", audience = "all" });
        var now = (await person.Api.GetAsync($"{episode.Path}?after={acted["seq"]}"))["episode"]!;
        Assert.Equal([("a", "PENDING")], Statuses(now));
        Assert.Equal("Came later.", (string?)Assert.Single(now["messages"]!.AsArray())!["text"]);
        Assert.True((long)now["seq"]! > (long)acted["seq"]!);

        var whole = await episode.ReadAsync();
        Assert.Equal([("a", "COMPLETED"), ("b", "COMPLETED"), ("a", "PENDING")], Statuses(whole));
        Assert.Equal(Statuses(whole), Statuses((await person.Api.GetAsync($"{episode.Path}?after=-1"))["episode"]!));
    }

    private static IEnumerable<(string? Role, string? Status)> Statuses(JsonNode episode) =>
        episode["steps"]!.AsArray().Select(step => ((string?)step!["role"], (string?)step["status"]));

    private static IEnumerable<int> Steps(string page) => Step().Matches(page).Select(match => int.Parse(match.Groups["step"].Value));

    /// <returns>The address of a link; empty where there is none.</returns>
    private static string Link(string page, string text) =>
        Regex
            .Match(page, $"""<a href="(?<address>[^"]*)">{text}</a>""", RegexOptions.None, TimeSpan.FromSeconds(1))
            .Groups["address"]
            .Value.Replace("&amp;", "&");

    [GeneratedRegex(@"Said as step (?<step>\d+)\.", RegexOptions.None, 1000)]
    private static partial Regex Step();
}
