using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Answering;
using Republic.Core.Answering.Tools;
using Republic.Core.Audit;
using Republic.Core.Tools;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>Which tools a minion has, as its person switches them, and what an answer is offered of them.</summary>
public sealed class MinionToolsTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_is_switched_on_is_given_back_and_what_is_left_out_stays()
    {
        var minion = await mira.NewMinionAsync("switched");
        var server = await republic.NewToolServerAsync(mira.Id, "switched", "search", "create");

        await PutAsync(minion, new { builtin = new[] { "calculate", "create_task" } });
        await PutAsync(minion, new { servers = new[] { new { id = server.Id } } });

        var tools = await ReadAsync(minion);
        Assert.Equal(["calculate", "create_task"], Texts(tools["builtin"]!));
        var its = Assert.Single(tools["servers"]!.AsArray())!;
        Assert.Equal((server.Id, "switched"), ((Guid)its["id"]!, (string)its["name"]!));
        Assert.Equal(["search", "create"], Texts(its["tools"]!));
        Assert.Empty(its["changed"]!.AsArray());
        Assert.Equal(13, tools["available"]!.AsArray().Count);
        var task = tools["available"]!.AsArray().Single(tool => (string)tool!["name"]! == "create_task")!;
        Assert.Equal(("changes", true, false), ((string)task["effect"]!, (bool)task["on"]!, (bool)task["always"]!));
        Assert.Equal("""{"calls":8,"seconds":60,"result_bytes":32768,"waiting_days":7,"tools":64}""", tools["limits"]!.ToJsonString());

        await PutAsync(
            minion,
            new { builtin = Array.Empty<string>(), servers = new[] { new { id = server.Id, tools = new[] { "create" } } } }
        );
        tools = await ReadAsync(minion);
        Assert.Empty(tools["builtin"]!.AsArray());
        Assert.Equal(["create"], Texts(tools["servers"]![0]!["tools"]!));
        var audited = await republic.QueryAsync(db =>
            db.AuditEntries.Where(e => e.PersonId == mira.Id && e.Action == AuditActions.ToolsChanged)
                .OrderBy(e => e.Number)
                .Select(e => e.Subject!)
                .ToListAsync(Ct)
        );
        Assert.Contains($"{minion.RepublicId}: calculate on, create_task on", audited);
        Assert.Contains($"{minion.RepublicId}: calculate off, create_task off, switched/search off", audited);
    }

    [Fact]
    public async Task Tools_and_servers_that_there_are_not_are_refused_and_nothing_is_switched()
    {
        var minion = await mira.NewMinionAsync("strict");
        var server = await republic.NewToolServerAsync(mira.Id, "strict", "search");
        var path = $"/api/minions/{minion.Id}/tools";

        foreach (var name in (string?[])["fly", null])
        {
            var wrong = await mira.Api.ProblemAsync(400, HttpMethod.Put, path, new { builtin = new[] { "calculate", name } });
            Assert.NotNull(wrong["errors"]!["builtin"]);
        }

        var body = new { builtin = new[] { "calculate" }, servers = new[] { new { id = server.Id, tools = new[] { "fly" } } } };
        Assert.NotNull((await mira.Api.ProblemAsync(400, HttpMethod.Put, path, body))["errors"]!["servers"]);
        await mira.Api.ProblemAsync(400, HttpMethod.Put, path, new { servers = new object?[] { null } });
        await mira.Api.ProblemAsync(404, HttpMethod.Put, path, new { servers = new[] { new { id = Guid.CreateVersion7() } } });
        Assert.Empty((await ReadAsync(minion))["builtin"]!.AsArray());
    }

    [Fact]
    public async Task A_minion_has_at_most_64_tools()
    {
        var minion = await mira.NewMinionAsync("many");
        var server = await republic.NewToolServerAsync(mira.Id, "many", [.. Enumerable.Range(1, 65).Select(number => $"tool_{number}")]);

        var refused = await mira.Api.ProblemAsync(
            409,
            HttpMethod.Put,
            $"/api/minions/{minion.Id}/tools",
            new { servers = new[] { new { id = server.Id } } }
        );

        Assert.Contains("at most 64 tools", (string)refused["detail"]!, StringComparison.Ordinal);
        Assert.Empty((await ReadAsync(minion))["servers"]!.AsArray());
    }

    [Fact]
    public async Task Another_persons_servers_and_minions_are_not_found_and_neither_is_a_deleted_one()
    {
        var (mine, hers) = (await mira.NewMinionAsync("mine"), await republic.Ada.NewMinionAsync("hers"));
        var server = await republic.NewToolServerAsync(republic.Ada.Id, "hers", "search");
        var body = new { servers = new[] { new { id = server.Id } } };

        await mira.Api.ProblemAsync(404, HttpMethod.Put, $"/api/minions/{mine.Id}/tools", body);
        await mira.Api.ProblemAsync(404, HttpMethod.Put, $"/api/minions/{hers.Id}/tools", new { builtin = new[] { "calculate" } });
        await mira.Api.ProblemAsync(404, HttpMethod.Get, $"/api/minions/{hers.Id}/tools");
        Assert.Null((await EditAsync(editor => editor.SwitchAsync(mira.Id, mine.Id, server.Id, "search", isOn: true, Ct))).Value);
        Assert.Null((await EditAsync(editor => editor.SwitchServerAsync(mira.Id, mine.Id, server.Id, isOn: true, Ct))).Value);
        Assert.Null((await EditAsync(editor => editor.AllowChangedAsync(mira.Id, mine.Id, server.Id, seen: null, Ct))).Value);
        Assert.Null((await EditAsync(editor => editor.ForgetAlwaysAsync(mira.Id, hers.Id, server: null, "calculate", Ct))).Value);

        await mira.Api.DeleteAsync($"/api/minions/{mine.Id}");
        await mira.Api.ProblemAsync(404, HttpMethod.Put, $"/api/minions/{mine.Id}/tools", new { builtin = new[] { "calculate" } });
    }

    [Fact]
    public async Task Whoever_gets_the_answer_decides_what_is_offered()
    {
        var minion = await mira.NewMinionAsync("heard");
        var server = await republic.NewToolServerAsync(mira.Id, "heard", "search");
        Assert.Null(await OpenAsync(minion, AnswerAudience.Owner));
        await PutAsync(
            minion,
            new { builtin = new[] { "calculate", "search_chats", "create_task" }, servers = new[] { new { id = server.Id } } }
        );

        var owner = (await OpenAsync(minion, AnswerAudience.Owner))!;
        Assert.Equal(["search_chats", "calculate", "create_task", "search"], Names(owner));
        var program = (await OpenAsync(minion, AnswerAudience.Program))!;
        Assert.Equal(Names(owner), Names(program));
        var outside = (await OpenAsync(minion, AnswerAudience.KeyHolder))!;
        Assert.Equal(["calculate"], Names(outside));
        var task = (await OpenAsync(minion, AnswerAudience.Task))!;
        Assert.Equal(["calculate", "create_task", "search"], Names(task));
        Assert.Equal((true, false, false, true), (owner.CanAsk, program.CanAsk, outside.CanAsk, task.CanAsk));
        Assert.Equal(["calculate", "search"], Names((await OpenAsync(minion, AnswerAudience.Episode))!));
        Assert.Null(await OpenAsync(minion, AnswerAudience.Training));

        await PutAsync(minion, new { builtin = new[] { "create_task" } });
        Assert.Null(await OpenAsync(minion, AnswerAudience.KeyHolder));
    }

    [Fact]
    public async Task Names_are_unique_and_no_server_takes_that_of_a_tool_that_is_built_in()
    {
        var minion = await mira.NewMinionAsync("named");
        var one = await republic.NewToolServerAsync(mira.Id, "named a", "search", "calculate", "What is.this?");
        var two = await republic.NewToolServerAsync(mira.Id, "named b", "search");
        await PutAsync(minion, new { builtin = new[] { "calculate" }, servers = new[] { new { id = one.Id }, new { id = two.Id } } });

        var session = (await OpenAsync(minion, AnswerAudience.Owner))!;

        Assert.Equal(["calculate", "search", "named_a_calculate", "named_a_What_is_this_", "named_b_search"], Names(session));
        Assert.Equal(["calculate", "search", "calculate", "What is.this?", "search"], session.Offered.Select(tool => tool.Tool));
        Assert.Equal(["named a", "named b"], session.Offered.Select(tool => tool.Server).OfType<string>().Distinct());
    }

    [Fact]
    public async Task Always_ends_where_a_server_says_something_else_and_stays_off_once_that_is_allowed()
    {
        var minion = await mira.NewMinionAsync("changed");
        var server = await republic.NewToolServerAsync(mira.Id, "changed", "move", "list");
        await PutAsync(minion, new { builtin = new[] { "create_task" }, servers = new[] { new { id = server.Id } } });
        Assert.Equal((true, true, true), await AskingAsync());
        await AlwaysAsync(minion);
        Assert.Equal((false, false, false), await AskingAsync());

        await republic.SayAsync(server, "move", "Moves an event of anybody, and tells the guests.");
        Assert.Equal((false, true, false), await AskingAsync());
        Assert.Equal(["move"], Texts((await ReadAsync(minion))["servers"]![0]!["changed"]!));
        // What is saved once more keeps what was said of it.
        await PutAsync(minion, new { servers = new[] { new { id = server.Id, tools = new[] { "move", "list" } } } });
        Assert.Equal((false, true, false), await AskingAsync());

        // Whoever read another text allows nothing.
        await EditAsync(editor => editor.AllowChangedAsync(mira.Id, minion.Id, server.Id, ["something else"], Ct));
        Assert.Equal(["move"], Texts((await ReadAsync(minion))["servers"]![0]!["changed"]!));
        await EditAsync(editor => editor.AllowChangedAsync(mira.Id, minion.Id, server.Id, seen: null, Ct));
        Assert.Empty((await ReadAsync(minion))["servers"]![0]!["changed"]!.AsArray());
        Assert.Equal((false, true, false), await AskingAsync());

        await EditAsync(editor => editor.ForgetAlwaysAsync(mira.Id, minion.Id, server: null, "create_task", Ct));
        await EditAsync(editor => editor.ForgetAlwaysAsync(mira.Id, minion.Id, server.Id, "list", Ct));
        Assert.Equal((true, true, true), await AskingAsync());

        async Task<(bool Task, bool Move, bool List)> AskingAsync()
        {
            var session = (await OpenAsync(minion, AnswerAudience.Owner))!;
            return (Asks(session, "create_task"), Asks(session, "move"), Asks(session, "list"));
        }
    }

    [Fact]
    public async Task Changed_tools_can_be_switched_off_together()
    {
        var minion = await mira.NewMinionAsync("careful");
        var server = await republic.NewToolServerAsync(mira.Id, "careful", "move", "list");
        await PutAsync(minion, new { servers = new[] { new { id = server.Id } } });
        await republic.SayAsync(server, "move", "Moves everything.");

        var card = (await EditAsync(editor => editor.TurnChangedOffAsync(mira.Id, minion.Id, server.Id, Ct))).Value!;

        Assert.Equal(["list"], card.Servers.Single(its => its.Id == server.Id).On.Select(tool => tool.Tool.Name));
        card = (await EditAsync(editor => editor.SwitchServerAsync(mira.Id, minion.Id, server.Id, isOn: false, Ct))).Value!;
        Assert.All(card.Servers, its => Assert.Empty(its.On));
        card = (await EditAsync(editor => editor.SwitchServerAsync(mira.Id, minion.Id, server.Id, isOn: true, Ct))).Value!;
        Assert.Equal(2, card.Servers.Single(its => its.Id == server.Id).On.Count);
    }

    [Fact]
    public async Task What_was_called_is_counted_and_a_card_carries_no_tools()
    {
        var minion = await mira.NewMinionAsync("counted");
        await PutAsync(minion, new { builtin = new[] { "calculate" } });
        await CalledAsync(minion, ToolCallStatus.Completed, isUnasked: true);
        await CalledAsync(minion, ToolCallStatus.Completed, isUnasked: false);
        await CalledAsync(minion, ToolCallStatus.Failed, isUnasked: false);
        await CalledAsync(minion, ToolCallStatus.Refused, isUnasked: false);
        await CalledAsync(minion, ToolCallStatus.Completed, isUnasked: true, daysAgo: 8);

        await using var scope = republic.Services.CreateAsyncScope();
        var card = (await scope.ServiceProvider.GetRequiredService<MinionToolCards>().FindAsync(mira.Id, minion.Id, Ct)).Value!;

        Assert.Equal(new ToolFigures("calculate", null, null, Calls: 4, Approved: 2, Refused: 1, Failed: 1), Assert.Single(card.Called));
        Assert.False(card.TakesTools);
        var carried = (await mira.Api.GetAsync($"/api/minions/{minion.Id}/card")).ToJsonString();
        Assert.DoesNotContain("calculate", carried, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_form_saves_without_scripts_and_the_minions_page_says_so()
    {
        var minion = await mira.NewMinionAsync("formed");
        var server = await republic.NewToolServerAsync(mira.Id, "formed", "search", "create");
        var browser = await mira.BrowserAsync();
        var page = $"/models/{minion.Id}/tools";
        Assert.Contains("has no tools", await browser.ReadAsync($"/models/{minion.Id}"), StringComparison.Ordinal);

        using var first = await browser.SubmitAsync(page, Field("Input.Builtin", "calculate"), "handler=Builtin");
        using var second = await browser.SubmitAsync(page, Field("Input.Servers", server.Id.ToString()), "handler=Servers");

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.StatusCode, second.StatusCode));
        var tools = await ReadAsync(minion);
        Assert.Equal(["calculate"], Texts(tools["builtin"]!));
        Assert.Equal(["search", "create"], Texts(tools["servers"]![0]!["tools"]!));
        Assert.Contains("1 of 13 built-in tools on, 1 server.", await browser.ReadAsync($"/models/{minion.Id}"), StringComparison.Ordinal);

        static Dictionary<string, string> Field(string name, string value) => new(StringComparer.Ordinal) { [name] = value };
    }

    private Task<JsonNode> PutAsync(TestMinion minion, object body) => mira.Api.PutAsync($"/api/minions/{minion.Id}/tools", body);

    private async Task<JsonNode> ReadAsync(TestMinion minion) => (await mira.Api.GetAsync($"/api/minions/{minion.Id}/tools"))["tools"]!;

    private async Task<Outcome<MinionToolsCard>> EditAsync(Func<MinionToolEditor, Task<Outcome<MinionToolsCard>>> edit)
    {
        await using var scope = republic.Services.CreateAsyncScope();
        return await edit(scope.ServiceProvider.GetRequiredService<MinionToolEditor>());
    }

    private async Task<ToolSession?> OpenAsync(TestMinion minion, AnswerAudience audience)
    {
        var row = await republic.QueryAsync(db => db.Minions.AsNoTracking().SingleAsync(m => m.Id == minion.Id, Ct));
        return await republic.Services.GetRequiredService<IMinionTools>().OpenAsync(new ToolOrder(row, audience), Ct);
    }

    private Task<int> AlwaysAsync(TestMinion minion) =>
        republic.QueryAsync(db =>
            db.MinionTools.Where(tool => tool.MinionId == minion.Id).ExecuteUpdateAsync(set => set.SetProperty(t => t.IsAlways, true), Ct)
        );

    private Task<int> CalledAsync(TestMinion minion, ToolCallStatus status, bool isUnasked, int daysAgo = 0) =>
        republic.QueryAsync(db =>
        {
            db.Add(
                new ToolCall
                {
                    OwnerId = mira.Id,
                    MinionId = minion.Id,
                    Round = 0,
                    Position = 0,
                    Offset = 0,
                    CallId = "c1",
                    Name = "calculate",
                    Tool = "calculate",
                    Arguments = "{}",
                    Status = status,
                    IsUnasked = isUnasked,
                    AskedAt = TimeProvider.System.GetUtcNow().AddDays(-daysAgo),
                }
            );
            return db.SaveChangesAsync(Ct);
        });

    private static bool Asks(ToolSession session, string tool) =>
        session.Offered.Single(offered => offered.Tool == tool).NeedsApproval(new Dictionary<string, JsonElement>(StringComparer.Ordinal));

    private static IEnumerable<string> Names(ToolSession session) => session.Offered.Select(tool => tool.Function.Name);

    private static IEnumerable<string> Texts(JsonNode list) => list.AsArray().Select(text => (string)text!);
}
