using System.Text.Json.Nodes;
using Republic.Tests.Unit.Episodes;
using static Republic.Tests.World.PlayedEpisode;

namespace Republic.Tests.World;

/// <summary>The reviewer of a code review that calls tools: its model, its tool server, and the person who began the episode.</summary>
internal sealed class CallingReviewer(IRepublic republic, Inhabitant owner) : IAsyncDisposable
{
    /// <summary>The arguments of the call on which the owner decides.</summary>
    private const string Sent = """{"text":"canary of the call"}""";

    public Inhabitant Owner => owner;

    public ToolServerStub Server { get; } = new();

    public FakeVendor Vendor { get; } = new();

    /// <summary>Of somebody whom no other test knows.</summary>
    public static async Task<CallingReviewer> NewAsync(IRepublic republic) =>
        new(republic, await republic.NewPersonAsync($"P{Guid.CreateVersion7():N}"[..20]));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        await Vendor.DisposeAsync();
    }

    public static bool IsAnswered(VendorRequest asked) => (string?)asked.Body!["messages"]!.AsArray()[^1]!["role"] == "tool";

    /// <summary>The first step of the reviewer.</summary>
    public static JsonNode StepOf(JsonNode episode) => Steps(episode).First(step => (string?)step["role"] == "reviewer");

    public static string CallOf(JsonNode episode) => (string)LastCall(episode)["id"]!;

    public static string StatusOf(JsonNode episode) => (string)LastCall(episode)["status"]!;

    /// <summary>A replay asks nobody, and comes to the same.</summary>
    public static async Task SameReplayedAsync(PlayedEpisode episode, JsonNode end)
    {
        var replay = await episode.ReplayAsync();
        Assert.Equal((0, 0), ((int)replay["calls"]!, replay["differences"]!.AsArray().Count));
        Assert.Equal((string?)end["transcript_sha256"], (string?)replay["transcript_sha256"]);
        Assert.Null(replay["broken_at"]);
    }

    /// <summary>It asks for a call, and approves when that has been decided on.</summary>
    public void Calls(string tool, string arguments = Sent) =>
        Vendor.Plays(asked =>
            !IsReviewer(asked) ? new PlayedTurn("I closed the handle.")
            : IsAnswered(asked) ? new PlayedTurn("OUTCOME: approve\nFine by me.")
            : new PlayedTurn("Let me see.", new PlayedCall("c1", tool, arguments))
        );

    /// <summary>A code review that waits for the owner to decide on a call of a server.</summary>
    public async Task<PlayedEpisode> WaitingAsync()
    {
        Calls("echo");
        var episode = await CastAsync(hasServer: true);
        await episode.DoAsync("start");
        Assert.Equal("person", (string?)(await episode.RestAsync())["wait"]);
        return episode;
    }

    /// <param name="builtin">The names of its tools that come along.</param>
    /// <param name="developer">Who plays the other role; null for a minion with the same model.</param>
    public async Task<PlayedEpisode> CastAsync(string[]? builtin = null, bool hasServer = false, Guid? developer = null)
    {
        var reviewer = (await owner.NewMinionAsync($"rev-{Guid.CreateVersion7():N}", Vendor)).Id;
        developer ??= (await owner.NewMinionAsync($"dev-{Guid.CreateVersion7():N}", Vendor)).Id;
        object[] servers = hasServer
            ? [new { id = (await HeldToolServer.AddAsync(republic, owner, Server)).Id, tools = new[] { "echo" } }]
            : [];
        await owner.Api.PutAsync($"/api/minions/{reviewer}/tools", new { builtin = builtin ?? [], servers });
        // The reviewer hears the developer.
        var scenario = EpisodeScenarios.CodeReview.Replace(
            "[Explain your change.],",
            "[Explain your change.], audience: [reviewer],",
            StringComparison.Ordinal
        );
        return await MakeAsync(owner, scenario, new { developer, reviewer });
    }

    public Task<JsonNode> DecideAsync(JsonNode episode, string verb = "approve", object? body = null) =>
        owner.Api.PostAsync($"/api/tool-calls/{CallOf(episode)}/{verb}", body ?? new { scope = "once" });

    /// <summary>The call cannot be decided on.</summary>
    /// <param name="person">Null for the owner.</param>
    public Task<JsonNode> RefusedAsync(int status, JsonNode episode, Inhabitant? person = null, string verb = "approve") =>
        (person ?? owner).Api.ProblemAsync(status, HttpMethod.Post, $"/api/tool-calls/{CallOf(episode)}/{verb}", new { scope = "once" });

    private static IEnumerable<JsonNode> Steps(JsonNode episode) => episode["steps"]!.AsArray().Select(step => step!);

    /// <summary>Of the last step that called one.</summary>
    private static JsonNode LastCall(JsonNode episode) =>
        Steps(episode).Last(step => step["tool_calls"]!.AsArray().Count > 0)["tool_calls"]![0]!;
}
