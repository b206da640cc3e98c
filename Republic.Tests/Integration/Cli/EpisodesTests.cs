using System.Text.Json.Nodes;
using Republic.Tests.World;
using Republic.Web.Cli.Episodes;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic episodes</c>, beside a server that plays the API.</summary>
public sealed partial class EpisodesTests : IAsyncDisposable
{
    private const string Id = "0198c3a2-0000-7000-8000-000000000001";
    private const string Other = "0198c3a2-0000-7000-8000-000000000002";
    private const string List = "GET /api/episodes?limit=200";
    private const string One = $"GET /api/episodes/{Id}";

    private const string Developed = """
        {"id":"s1","seq":1,"state":"explain","role":"developer","name":"Ada","generated_text":"I closed the handle.","status":"COMPLETED","hidden":false}
        """;
    private const string Reviewing = """{"id":"s2","seq":4,"state":"review","role":"reviewer","name":"Mira","status":"PENDING"}""";
    private const string Reviewed = """
        {"id":"s2","seq":4,"state":"review","role":"reviewer","name":"Mira","generated_text":"Fine by me.","outcome":"approve","status":"COMPLETED"}
        """;
    private const string Acting = """
        "status":"RUNNING","wait":null,"steps":[{"id":"s1","seq":1,"state":"explain","role":"developer","name":"Ada","status":"RUNNING"}]
        """;
    private const string Waiting = $$"""
        "status":"RUNNING","wait":"person","waiting_for":["reviewer"],"current_state":"review","outcomes":["approve","reject","changes"],
        "prompts":["Approve, or say what must change."],"my_roles":["reviewer"],"steps":[{{Developed}},{{Reviewing}}],
        "messages":[{"seq":3,"text":"Mind line 12.","hidden":false}]
        """;
    private const string Ended = $$"""
        "status":"COMPLETED","result":"success","ended_by":"scenario","current_state":"good","steps":[{{Developed}},{{Reviewed}}],
        "messages":[{"seq":3,"text":"Mind line 12.","hidden":false}]
        """;

    private readonly PlayedApi api = new();
    private readonly StringWriter output = new() { NewLine = "\n" };
    private readonly StringWriter error = new() { NewLine = "\n" };

    public EpisodesTests()
    {
        api.Says(
            "GET /api/citizens?limit=200",
            """
            {"citizens":[{"id":"0198-p","kind":"person","display_name":"Mira","username":"mira"},
                         {"id":"0198-m","kind":"minion","display_name":"Ada"},{"id":"0198-n","kind":"minion","display_name":"Bo"},
                         {"id":"0198-o","kind":"person","display_name":"bo","username":null}]}
            """
        );
        api.Says(
            "GET /api/scenarios?limit=200",
            """{"scenarios":[{"id":"0198-s","name":"Code review"},{"id":"0198-d","name":"Debate"},{"id":"0198-e","name":"debate"}]}"""
        );
    }

    public async ValueTask DisposeAsync()
    {
        await api.DisposeAsync();
        await output.DisposeAsync();
        await error.DisposeAsync();
    }

    [Fact]
    public async Task The_list_says_where_each_stands_and_leaves_those_that_wait_for_the_person()
    {
        api.Says(
            List,
            $$"""
            {"episodes":[{"id":"{{Id}}","scenario":"Code review of what was changed last","status":"RUNNING","wait":"person","waits_for_me":true,"turn":3},
                         {"id":"{{Other}}","scenario":"Debate","status":"COMPLETED","result":"failure","turn":1204}]}
            """
        );

        Assert.Equal((0, 0), (await RunAsync(), await RunAsync("list", "--waiting", "--json")));

        var (table, json) = (output.ToString().Split('\n').Take(3), output.ToString().Split('\n')[3]);
        Assert.Equal(
            [
                "Episode                               Status          Steps  Scenario",
                $"{Id}  waits for you   3      Code review of wha…",
                $"{Other}  ended: failure  1,204  Debate",
            ],
            table
        );
        Assert.Equal([Id], JsonNode.Parse(json)!["episodes"]!.AsArray().Select(one => (string?)one!["id"]));
    }

    [Fact]
    public async Task What_is_not_there_is_said()
    {
        api.Says(List, """{"episodes":[]}""");
        api.Says("GET /api/episodes?scenario_id=0198-s&status=RUNNING&limit=200", """{"episodes":[]}""");

        Assert.Equal((0, 0), (await RunAsync(), await RunAsync("--scenario", "code review", "--status", "running")));

        Assert.Equal(
            $"You have no episodes there. republic episodes start begins one, as does {api.Url}/episodes/new.\nNo episode matches.\n",
            output.ToString()
        );
    }

    [Fact]
    public async Task An_episode_is_cast_by_names_and_started()
    {
        api.Answers("POST /api/episodes", "201 Created", Episode("\"status\":\"RUNNING\",\"wait\":\"paused\""));
        api.Says($"POST /api/episodes/{Id}/start", Episode(Acting));

        Assert.Equal(0, await RunAsync("start", "code review", "--cast", "developer=ada", "--cast", "reviewer=me"));

        Assert.Equal("""{"scenario_id":"0198-s","cast":{"developer":"0198-m","reviewer":"0198-p"}}""", BodyOf("POST /api/episodes"));
        Assert.Equal(
            $"""
            Code review, version 2: {api.Url}/episodes/{Id}
            Ada acts as developer, in explain.
            republic episodes follow {Id} prints what happens.

            """,
            output.ToString()
        );
    }

    [Fact]
    public async Task An_episode_that_cannot_be_started_is_not_left_behind()
    {
        api.Answers("POST /api/episodes", "201 Created", Episode("\"status\":\"RUNNING\",\"wait\":\"paused\""));
        api.Refuses($"POST /api/episodes/{Id}/start", "400 Bad Request", "Nobody plays “reviewer”. Choose somebody.");
        api.Answers($"DELETE /api/episodes/{Id}", "204 No Content", "");

        Assert.Equal(1, await RunAsync("start", "Code review", "--cast", "developer=Ada"));

        Assert.Equal("Nobody plays “reviewer”. Choose somebody.\n", error.ToString());
        Assert.Equal($"DELETE /api/episodes/{Id}", api.Asked[^1]);
    }

    [Theory]
    [InlineData("debate is the name of 2 scenarios. Give an id: 0198-d, 0198-e.", "debate")]
    [InlineData("None of your scenarios is called Trial. They are Code review, Debate, debate.", "Trial")]
    [InlineData("BO is the name of 2. Give an id: 0198-n, 0198-o.", "Code review", "--cast", "reviewer=BO")]
    [InlineData("Nobody who can play reviewer is called Sage. You can cast Ada, Bo, bo, me.", "Code review", "--cast", "reviewer=Sage")]
    public async Task A_name_that_nobody_has_or_two_have_starts_nothing(string expected, params string[] args)
    {
        Assert.Equal(1, await RunAsync(["start", .. args]));

        Assert.Equal($"{expected}\n", error.ToString());
        Assert.DoesNotContain(api.Asked, door => door.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_journal_is_a_table_of_what_happened()
    {
        api.Says(One, Episode(Ended));
        api.Says(
            $"GET /api/episodes/{Id}/journal",
            """
            {"entries":[{"seq":1,"kind":"started","event":{"kind":"started"},"effects":[{"kind":"enter","state":"explain"},{"kind":"ask"}],"hash":"0123456789abcdef"},
                        {"seq":2,"kind":"injected","event":{"kind":"injected","fact":"line","value":12},"effects":[],"hash":"1123456789abcdef"}],"next_cursor":"2"}
            """
        );
        api.Says(
            $"GET /api/episodes/{Id}/journal?cursor=2",
            """
            {"entries":[{"seq":3,"kind":"person_acted","event":{"role":"reviewer","text":"Fine\nby me.","label":"approve","score":0.75},
                         "effects":[{"kind":"enter","state":"good"},{"kind":"end"}],"hash":"2123456789abcdef"}]}
            """
        );

        Assert.Equal(0, await RunAsync("journal", Id));

        Assert.Equal(
            """
            No.  Event         Entered    Hash          Details
            1    started       explain    0123456789ab
            2    injected                 1123456789ab  line · 12
            3    person_acted  good, end  2123456789ab  reviewer: approve · 0.75 · Fine by …

            """,
            output.ToString()
        );
    }

    [Fact]
    public async Task A_replay_says_whether_it_is_the_same_and_what_is_not()
    {
        api.Says(One, Episode(Ended + ",\"seq\":5,\"transcript_sha256\":\"abc\""));
        api.Says(
            $"POST /api/episodes/{Id}/replay",
            """{"calls":0,"entries":5,"transcript_sha256":"abc","broken_at":null,"differences":[]}""",
            """{"calls":0,"entries":5,"transcript_sha256":"abd","broken_at":3,"differences":[{"seq":4,"stored":"a","decided":"b"}]}"""
        );

        Assert.Equal((0, 1), (await RunAsync("replay", Id), await RunAsync("replay", Id)));

        Assert.Equal(
            """
            5 entries computed again, and no model asked: it is the same episode.
            Transcript abc
            The hash of entry 3 is not what its data say: it was changed after it was written.
            The transcript is another one: abc is stored, and abd comes of the journal.
            This version of Republic would decide otherwise at entry 4. What is stored counts.

            """,
            output.ToString()
        );
    }

    [Theory]
    [InlineData("Somebody else began this episode", "journal", "\"is_owner\":false,\"sees_all\":false")]
    [InlineData("You play in this episode, and its journal holds what other roles know.", "replay", "\"is_owner\":true,\"sees_all\":false")]
    public async Task Whoever_does_not_see_all_is_told_why_there_is_no_journal_for_them(string expected, string verb, string members)
    {
        api.Says(One, Episode($"{Ended},{members}"));

        Assert.Equal(1, await RunAsync(verb, Id));

        Assert.StartsWith(expected, error.ToString(), StringComparison.Ordinal);
        Assert.Single(api.Asked);
    }

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>A code review of a developer, Ada, and a reviewer, Mira.</summary>
    /// <param name="members">The members that say where it stands.</param>
    private static string Episode(string members)
    {
        var started = members.Contains("paused", StringComparison.Ordinal) ? "null" : "\"2026-11-30T09:00:00Z\"";
        return $$"""
            {"episode": {"id":"{{Id}}","scenario":"Code review","version":2,"started_at":{{started}},{{members}},
             "assignments":[{"role":"developer","name":"Ada","until_seq":null},{"role":"reviewer","name":"Mira","until_seq":null}] } }
            """;
    }

    private string BodyOf(string door) =>
        Assert.Single(api.Requests, request => request.StartsWith(door + " ", StringComparison.Ordinal)).Split("\r\n\r\n")[1];

    private Task<int> RunAsync(params string[] args) => Command(TextReader.Null).RunAsync(args, Ct);

    private EpisodesCommand Command(string input) => Command(new StringReader(input));

    private EpisodesCommand Command(TextReader input) =>
        new(output, error, name => name == "REPUBLIC_TOKEN" ? "rpat_0123456789" : api.Url)
        {
            Width = 80,
            Every = TimeSpan.FromMilliseconds(1),
            Input = input,
        };
}
