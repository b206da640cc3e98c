using System.Text.Json.Nodes;

namespace Republic.Tests.Integration.Cli;

/// <summary>Following an episode, and acting in it.</summary>
public sealed partial class EpisodesTests
{
    [Fact]
    public async Task Whoever_follows_reads_each_step_once_and_whose_turn_it_is_until_the_end()
    {
        api.Says(One, Episode(Acting), Episode(Acting), Episode(Waiting), Episode(Waiting), Episode(Ended));

        Assert.Equal(0, await RunAsync("follow", Id));

        Assert.Equal(
            $"""
            Code review, version 2: {api.Url}/episodes/{Id}

            Ada acts as developer, in explain.

            explain, developer (Ada)
              I closed the handle.

            A message from outside
              Mind line 12.

            It is your turn as reviewer, in review.
              Approve, or say what must change.
              Outcomes: approve, reject, changes
              republic episodes act {Id} reviewer --text "…" --outcome …

            review, reviewer (Mira): approve
              Fine by me.

            It ended in good: success.

            """,
            output.ToString()
        );
    }

    [Fact]
    public async Task Only_what_followed_is_asked_for_and_all_of_it_once_another_timeline_is_shown()
    {
        const string fork = $$"""{{Ended}},"my_roles":["reviewer"],"seq":6,"timeline_id":"fork" """;
        api.Says(One, Episode($$"""{{Acting}},"my_roles":["reviewer"],"seq":2,"timeline_id":"first" """), Episode(fork));
        api.Says($"{One}?after=2", Episode($$"""{{Waiting}},"seq":4,"timeline_id":"first" """));
        api.Says($"{One}?after=4", Episode(fork));

        Assert.Equal(0, await RunAsync("follow", Id));

        Assert.Equal([One, $"{One}?after=2", $"{One}?after=4", One], api.Asked);
        Assert.EndsWith("It ended in good: success.\n", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_of_it_is_asked_for_once_more_of_it_may_be_read()
    {
        api.Says(One, Episode($$"""{{Acting}},"seq":2"""), Episode($$"""{{Ended}},"my_roles":["reviewer"],"seq":5"""));
        api.Says($"{One}?after=2", Episode($$"""{{Waiting}},"seq":4"""));

        Assert.Equal(0, await RunAsync("follow", Id));

        Assert.Equal([One, $"{One}?after=2", One], api.Asked);
    }

    [Fact]
    public async Task A_server_that_is_away_for_a_moment_is_asked_again_and_one_that_was_stopped_is_no_success()
    {
        api.Says(One, Episode(Acting));
        api.Answers(One, "503 Service Unavailable", "");
        api.Says(
            One,
            Episode(
                """
                "status":"TERMINATED","ended_by":"failures","why":"The model is away.",
                "steps":[{"id":"s1","seq":1,"state":"explain","role":"developer","name":null,"status":"FAILED","error":"The model is away."}]
                """
            )
        );

        Assert.Equal(1, await RunAsync("follow", Id));

        Assert.EndsWith(
            """
            explain, developer: failed
              The model is away.

            It was stopped: a step failed three times. The model is away.

            """,
            output.ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Followed_as_json_each_step_is_a_line_as_it_was_sent_and_the_timeline_is_asked_for()
    {
        api.Says($"{One}?timeline={Other}", Episode(Waiting), Episode(Ended));

        Assert.Equal(0, await RunAsync("follow", Id, "--json", "--timeline", Other));

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(2, lines.Length);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Developed), JsonNode.Parse(lines[0])));
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Reviewed), JsonNode.Parse(lines[1])));
    }

    [Fact]
    public async Task An_act_names_the_step_that_waits_and_tells_how_it_goes_on()
    {
        api.Says(One, Episode(Waiting));
        api.Says($"POST /api/episodes/{Id}/act", Episode(Ended));

        Assert.Equal(0, await RunAsync("act", Id, "reviewer", "--text", "Fine by me.", "--outcome", "approve"));
        Assert.Equal(0, await Command("Not yet:\nline 12.\n").RunAsync(["act", Id, "reviewer", "--outcome", "changes"], Ct));

        Assert.Equal("It ended in good: success.\nIt ended in good: success.\n", output.ToString());
        Assert.Equal(
            [
                """{"role":"reviewer","text":"Fine by me.","outcome":"approve","score":null,"seq":4}""",
                """{"role":"reviewer","text":"Not yet:\nline 12.","outcome":"changes","score":null,"seq":4}""",
            ],
            api.Requests.Where(request => request.StartsWith("POST", StringComparison.Ordinal))
                .Select(request => request.Split("\r\n\r\n")[1])
        );
    }

    [Theory]
    [InlineData("The outcome of this step is one of: approve, reject, changes. Give it with --outcome.", Waiting, "reviewer")]
    [InlineData("Nobody plays a role tester there. The roles are developer, reviewer.", Waiting, "tester")]
    [InlineData("It is not the turn of developer. It is your turn as reviewer, in review.", Waiting, "developer")]
    [InlineData("It is not the turn of reviewer. Ada acts as developer, in explain.", Acting, "reviewer")]
    [InlineData("The episode is over. It ended in good: success.", Ended, "reviewer")]
    [InlineData(
        "You do not play reviewer. It waits for Mira, who plays reviewer.",
        "\"status\":\"RUNNING\",\"wait\":\"person\",\"waiting_for\":[\"reviewer\"],\"my_roles\":[\"developer\"]",
        "reviewer"
    )]
    [InlineData("It is not the turn of reviewer. It was not started.", "\"status\":\"RUNNING\",\"wait\":\"paused\"", "reviewer")]
    [InlineData(
        "It is not the turn of reviewer. The limit of 20 turns is reached. Go on at http",
        "\"status\":\"RUNNING\",\"wait\":\"limit\",\"why\":\"The limit of 20 turns is reached.\"",
        "reviewer"
    )]
    public async Task Whoever_cannot_act_is_told_why_before_anything_is_read_or_sent(string expected, string members, string role)
    {
        api.Says(One, Episode(members));
        using var input = new StringReader("Fine.");

        Assert.Equal(1, await Command(input).RunAsync(["act", Id, role], Ct));

        Assert.StartsWith(expected, error.ToString(), StringComparison.Ordinal);
        Assert.Equal("Fine.", await input.ReadToEndAsync(Ct));
        Assert.DoesNotContain(api.Asked, door => door.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_act_without_words_is_none()
    {
        api.Says(One, Episode(Waiting));

        Assert.Equal(2, await Command(" \n").RunAsync(["act", Id, "reviewer", "--outcome", "approve"], Ct));

        Assert.Equal("Nothing was said. Give --text, or write the text to the standard input.\n", error.ToString());
    }
}
