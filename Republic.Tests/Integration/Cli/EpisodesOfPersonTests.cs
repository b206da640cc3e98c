using System.Text.Json.Nodes;
using Republic.Tests.Unit.Episodes;
using Republic.Tests.World;
using Republic.Web.Cli.Episodes;

namespace Republic.Tests.Integration.Cli;

/// <summary><c>republic episodes</c> at a real Republic.</summary>
public sealed class EpisodesOfPersonTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    [Fact]
    public async Task An_episode_is_started_played_to_its_end_followed_and_replayed()
    {
        var person = await republic.NewPersonAsync("Player");
        await PublishAsync(person);
        var started = await RunAsync(person, "start", "code review", "--cast", "developer=me", "--cast", "reviewer=Player", "--json");
        var id = (string)JsonNode.Parse(started.Output)!["id"]!;

        var early = await RunAsync(person, "act", id, "reviewer", "--text", "Too early", "--outcome", "approve");
        Assert.StartsWith("It is not the turn of reviewer. It is your turn as developer, in explain.\n", early.Error);
        var acted = await RunAsync(person, "act", id, "developer", "--text", "I closed the handle.");
        Assert.StartsWith("It is your turn as reviewer, in review.\n  Approve, or say what must change.\n", acted.Output);
        Assert.StartsWith($"{id}  waits for you", (await RunAsync(person, "--waiting")).Output.Split('\n')[1]);
        var done = await RunAsync(person, "act", id, "reviewer", "--text", "Fine by me.", "--outcome", "approve");
        Assert.Equal("It ended in good: success.\n", done.Output);

        var followed = await RunAsync(person, "follow", id);
        Assert.Equal(0, followed.ExitCode);
        Assert.EndsWith("review, reviewer (Player): approve\n  Fine by me.\n\nIt ended in good: success.\n", followed.Output);
        var (journal, replay) = (await RunAsync(person, "journal", id), await RunAsync(person, "replay", id));
        Assert.StartsWith("You play in this episode, and its journal holds what other roles know.", journal.Error);
        Assert.Equal((1, 1), (journal.ExitCode, replay.ExitCode));
        await person.Api.PutAsync($"{PlayedEpisode.All}/{id}", new { seen_through = true });
        Assert.Contains("reviewer: approve · Fine by me.", (await RunAsync(person, "journal", id)).Output);
        replay = await RunAsync(person, "replay", id);
        Assert.Equal(0, replay.ExitCode);
        Assert.Contains(" entries computed again, and no model asked: it is the same episode.\nTranscript ", replay.Output);
    }

    [Fact]
    public async Task What_cannot_be_started_leaves_no_episode_and_others_find_none()
    {
        var (person, other) = (await republic.NewPersonAsync("Starter"), await republic.NewPersonAsync("Stranger"));
        await PublishAsync(person);

        var open = await RunAsync(person, "start", "Code review", "--cast", "developer=me");
        var unknown = await RunAsync(person, "start", "Code review", "--cast", "tester=me");
        var foreign = await RunAsync(other, "start", "Code review");

        Assert.Equal(1, open.ExitCode);
        Assert.Contains("Nobody plays “reviewer”. Choose somebody.", open.Error);
        Assert.Contains("There is no role “tester”. The roles are developer, reviewer.", unknown.Error);
        Assert.StartsWith("You have no scenario there.", foreign.Error);
        Assert.StartsWith("You have no episodes there.", (await RunAsync(person)).Output);
        var started = await RunAsync(person, "start", "Code review", "--cast", "developer=me", "--cast", "reviewer=me", "--json");
        var id = (string)JsonNode.Parse(started.Output)!["id"]!;
        Assert.Equal("There is no such episode, or it is not yours.\n", (await RunAsync(other, "follow", id)).Error);
    }

    private static async Task PublishAsync(Inhabitant person) =>
        await WrittenScenario.Of(person, await WrittenScenario.ImportAsync(person, EpisodeScenarios.CodeReview)).PublishAsync();

    private async Task<(int ExitCode, string Output, string Error)> RunAsync(Inhabitant person, params string[] args)
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await using var error = new StringWriter { NewLine = "\n" };
        var token = person.Api.Http.DefaultRequestHeaders.Authorization!.Parameter;
        var command = new EpisodesCommand(output, error, name => name == "REPUBLIC_TOKEN" ? token : republic.Address.ToString());
        var code = await command.RunAsync(args, TestContext.Current.CancellationToken);
        return (code, output.ToString(), error.ToString());
    }
}
