using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Audit;
using Republic.Core.Tools.Servers;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>Tool servers that are commands of this machine: who decides which, and what a command can do here.</summary>
public sealed class ToolCommandTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncDisposable
{
    private const string List = "/api/admin/tool-commands";

    private ToolServerClient Client => republic.Services.GetRequiredService<ToolServerClient>();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    /// <summary>Nobody has more than 20.</summary>
    public async ValueTask DisposeAsync() =>
        await republic.QueryAsync(db => db.ToolServers.Where(server => server.OwnerId == republic.Jonas.Id).ExecuteDeleteAsync());

    [Fact]
    public async Task A_command_lists_its_tools_and_is_called()
    {
        var card = await republic.Jonas.NewCommandServerAsync(await republic.Mira.NewToolCommandAsync());

        Assert.Equal("fine", (string?)card["status"]);
        Assert.Equal("stdio", (string?)card["kind"]);
        Assert.Equal("", (string?)card["url"]);
        Assert.StartsWith("c", (string?)card["command"], StringComparison.Ordinal);
        Assert.Equal(4, card["tools"]!.AsArray().Count);
        Assert.Equal("hello", await CallAsync(card, "echo", "hello"));
    }

    [Fact]
    public async Task It_knows_nothing_of_its_surroundings_but_what_it_is_given()
    {
        var given = new Dictionary<string, string> { ["API_KEY"] = "canary-of-a-command-5e11" };
        var card = await republic.Jonas.NewCommandServerAsync(await republic.Mira.NewToolCommandAsync(environment: given));

        var seen = JsonNode.Parse(await CallAsync(card, "look"))!;

        var environment = seen["environment"]!.AsObject();
        // PWD, SHLVL and _ are the shell's own.
        string[] known = ["API_KEY", "HOME", "LANG", "PATH", "PWD", "OLDPWD", "SHLVL", "_"];
        Assert.Empty(environment.Select(variable => variable.Key).Except(known));
        Assert.Equal(given["API_KEY"].Length, (int?)seen["length"]);
        Assert.Equal((string?)seen["folder"], (string?)environment["HOME"]);
        Assert.StartsWith(republic.DataFolder, (string?)seen["folder"], StringComparison.Ordinal);
        Assert.Empty(seen["files"]!.AsArray());
        Assert.False(Directory.Exists((string?)seen["folder"]));
    }

    [Fact]
    public async Task What_it_is_given_is_sealed_and_shown_to_nobody()
    {
        var given = new Dictionary<string, string> { ["API_KEY"] = "canary-of-a-command-77ab" };
        var id = await republic.Mira.NewToolCommandAsync(environment: given);

        var listed = (await republic.Mira.Api.GetAsync(List)).ToJsonString();
        var row = await republic.QueryAsync(db => db.ToolCommands.AsNoTracking().SingleAsync(command => command.Id == id, Ct));

        Assert.Contains("API_KEY", listed, StringComparison.Ordinal);
        Assert.DoesNotContain("canary-of-a-command", listed, StringComparison.Ordinal);
        Assert.Equal(-1, row.SealedEnvironment.AsSpan().IndexOf("canary-of-a-command"u8));
    }

    [Fact]
    public async Task Two_people_share_no_folder_and_neither_do_two_calls()
    {
        var command = await republic.Mira.NewToolCommandAsync();
        var (his, hers) = (await republic.Jonas.NewCommandServerAsync(command), await republic.Ada.NewCommandServerAsync(command));

        var folders = new[] { await CallAsync(his, "look"), await CallAsync(his, "look"), await CallAsync(hers, "look") }.Select(said =>
            (string?)JsonNode.Parse(said)!["folder"]
        );

        Assert.Equal(3, folders.Distinct(StringComparer.Ordinal).Count());
        await republic.Ada.Api.DeleteAsync($"/api/tool-servers/{hers["id"]}");
    }

    [Theory]
    [InlineData("fork")]
    [InlineData("daemon")]
    public async Task A_child_that_would_outlive_it_is_killed(string tool)
    {
        var card = await republic.Jonas.NewCommandServerAsync(await republic.Mira.NewToolCommandAsync());

        var process = int.Parse(await CallAsync(card, tool), System.Globalization.CultureInfo.InvariantCulture);

        await Until.TrueAsync(() => IsGone(process));
    }

    [Fact]
    public async Task One_that_floods_is_ended()
    {
        var card = await republic.Jonas.NewCommandServerAsync(await republic.Mira.NewToolCommandAsync("floods"));

        var failed = await Assert.ThrowsAsync<ToolException>(() => CallAsync(card, "echo"));

        Assert.Contains("more than 4 MB", failed.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_it_is_given_is_in_nothing_that_it_says()
    {
        var given = new Dictionary<string, string> { ["API_KEY"] = "canary-of-a-command-03fd" };
        var card = await republic.Jonas.NewCommandServerAsync(await republic.Mira.NewToolCommandAsync("tells", given));

        Assert.Equal("fine", (string?)card["status"]);
        Assert.All(card["tools"]!.AsArray(), tool => Assert.Equal("Knows ….", (string?)tool!["description"]));
        var environment = JsonNode.Parse(await CallAsync(card, "look"))!["environment"]!;
        Assert.Equal("…", (string?)environment["API_KEY"]);
    }

    [Fact]
    public async Task The_last_words_of_one_that_dies_are_in_the_log_alone()
    {
        var given = new Dictionary<string, string> { ["API_KEY"] = "canary-of-a-command-d41c" };
        var card = await republic.Jonas.NewCommandServerAsync(await republic.Mira.NewToolCommandAsync("dies", given));

        var failed = await Assert.ThrowsAsync<ToolException>(() => CallAsync(card, "echo"));

        Assert.Contains("(3)", failed.Message, StringComparison.Ordinal);
        Assert.EndsWith("Tell a superuser, who finds its last words in the log.", failed.Message, StringComparison.Ordinal);
        Assert.Contains(republic.Log, line => line.Contains("tool-command.mjs, which knows ….", StringComparison.Ordinal));
        Assert.DoesNotContain(republic.Log, line => line.Contains("canary-of-a-command-d41c", StringComparison.Ordinal));
    }

    [Fact]
    public async Task One_that_wants_to_be_called_again_is_called_once()
    {
        var card = await republic.Jonas.NewCommandServerAsync(await republic.Mira.NewToolCommandAsync("again"));

        // It is an answer without content, or none: that depends on what the client makes of it. Never that of a second call.
        var said = await Record.ExceptionAsync(async () => Assert.NotEqual("called twice", await CallAsync(card, "echo")));

        Assert.True(said is null or ToolException, said?.ToString());
    }

    [Fact]
    public async Task One_that_says_nothing_is_ended_after_15_seconds()
    {
        var card = await republic.Jonas.NewCommandServerAsync(await republic.Mira.NewToolCommandAsync("hangs"));

        Assert.Equal("error", (string?)card["status"]);
        Assert.Contains("within 15 seconds", (string?)card["error"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_program_that_is_not_there_is_told_without_its_command_line()
    {
        var added = await republic.Mira.Api.PostAsync(
            List,
            new { name = $"c{Guid.CreateVersion7():N}", command = "/nowhere/canary-of-a-path" }
        );

        var card = await republic.Jonas.NewCommandServerAsync(added["id"]!.GetValue<Guid>());

        Assert.Contains("could not be started", (string?)card["error"], StringComparison.Ordinal);
        Assert.DoesNotContain("canary-of-a-path", card.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_on_the_list_does_not_exist()
    {
        await republic.Jonas.Api.ProblemAsync(
            404,
            HttpMethod.Post,
            "/api/tool-servers",
            new { name = "mine", command_id = Guid.CreateVersion7() }
        );

        var both = await republic.Jonas.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            "/api/tool-servers",
            new
            {
                name = "mine",
                command_id = await republic.Mira.NewToolCommandAsync(),
                url = "http://127.0.0.1:9/",
            }
        );
        Assert.NotNull(both["errors"]!["url"]);
    }

    [Fact]
    public async Task Only_superusers_manage_the_list_and_others_see_names_alone()
    {
        var id = await republic.Mira.NewToolCommandAsync();

        await republic.Jonas.Api.ProblemAsync(403, HttpMethod.Get, List);
        await republic.Jonas.Api.ProblemAsync(403, HttpMethod.Post, List, new { name = "mine", command = "sh" });
        await republic.Jonas.Api.ProblemAsync(403, HttpMethod.Delete, $"{List}/{id}");

        var names = (await republic.Jonas.Api.GetAsync("/api/tool-commands"))["tool_commands"]!.AsArray();
        var own = names.Single(one => one!["id"]!.GetValue<Guid>() == id)!.AsObject();
        Assert.Equal(["description", "id", "name"], own.Select(field => field.Key).Order(StringComparer.Ordinal));
        Assert.DoesNotContain("tool-command.mjs", names.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_command_that_is_taken_off_the_list_runs_no_more()
    {
        var id = await republic.Mira.NewToolCommandAsync();
        var card = await republic.Jonas.NewCommandServerAsync(id);

        await republic.Mira.Api.DeleteAsync($"{List}/{id}");

        var path = $"/api/tool-servers/{card["id"]}";
        var after = (await republic.Jonas.Api.GetAsync(path))["tool_server"]!;
        var read = (await republic.Jonas.Api.PostAsync($"{path}/refresh"))["tool_server"]!;
        Assert.All(
            [after, read],
            one =>
            {
                Assert.Equal("error", (string?)one["status"]);
                Assert.Contains("not on the list", (string?)one["error"], StringComparison.Ordinal);
            }
        );
        await Assert.ThrowsAsync<ToolException>(() => CallAsync(card, "echo"));
        var actions = await republic.QueryAsync(db =>
            db.AuditEntries.Where(entry => entry.PersonId == republic.Mira.Id).Select(entry => entry.Action).ToListAsync(Ct)
        );
        Assert.Contains(AuditActions.ToolCommandAdded, actions);
        Assert.Contains(AuditActions.ToolCommandDeleted, actions);
    }

    [Theory]
    [InlineData("name", """{"name":"","command":"sh"}""")]
    [InlineData("command", """{"name":"a"}""")]
    [InlineData("command", """{"name":"a","command":"-c"}""")]
    [InlineData("arguments", """{"name":"a","command":"sh","arguments":["a\nb"]}""")]
    [InlineData("arguments", """{"name":"a","command":"sh","arguments":[null]}""")]
    [InlineData("environment", """{"name":"a","command":"sh","environment":{"A=B":"c"}}""")]
    [InlineData("environment", """{"name":"a","command":"sh","environment":{"HOME":"/"}}""")]
    [InlineData("environment", """{"name":"a","command":"sh","environment":{"A":null}}""")]
    public async Task What_cannot_be_run_is_refused_naming_the_field(string field, string body)
    {
        var problem = await republic.Mira.Api.ProblemAsync(400, HttpMethod.Post, List, JsonNode.Parse(body));

        Assert.NotNull(problem["errors"]![field]);
    }

    private async Task<string> CallAsync(JsonNode card, string tool, string text = "")
    {
        var row = await republic.ToolServerAsync(card);
        var arguments = new Dictionary<string, object?> { ["text"] = text };
        return await Client.CallAsync(row, tool, row.Tools.Single(one => one.Name == tool).Hash, arguments, Ct);
    }

    /// <summary>Or dead, and nobody has asked what it died of.</summary>
    private static bool IsGone(int process)
    {
        try
        {
            var state = File.ReadAllText($"/proc/{process}/stat");
            return state[state.LastIndexOf(')')..].StartsWith(") Z", StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return true;
        }
    }
}
