using System.Net;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core.Answering.Tools;
using Republic.Core.Answering.Turns;
using Republic.Core.Audit;
using Republic.Core.Tools.Calls;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>What a person decides on a tool call that waits.</summary>
public sealed class ToolApprovalTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    private ToolCallReader Reader => republic.Services.GetRequiredService<ToolCallReader>();

    [Fact]
    public async Task A_call_is_allowed_once_and_decided_on_once()
    {
        var planted = await PlantAsync();

        var approved = await DecideAsync(planted.First, "approve", new { scope = "once" });

        Assert.Equal(("create_issue", "forge", "approved"), (Text(approved, "tool"), Text(approved, "server"), Text(approved, "status")));
        Assert.Equal((false, false), ((bool)approved["edited"]!, (bool)approved["unasked"]!));
        Assert.NotNull(approved["settled_at"]);
        Assert.Equal(1, await AuditedAsync(AuditActions.ToolCallApproved, "create_issue on forge, once"));
        foreach (var verb in (string[])["approve", "refuse"])
        {
            var refused = await mira.Api.ProblemAsync(
                409,
                HttpMethod.Post,
                $"/api/tool-calls/{planted.First}/{verb}",
                new { scope = "once" }
            );
            Assert.Contains("approved before", Text(refused, "detail"), StringComparison.Ordinal);
        }

        Assert.False(await republic.QueryAsync(db => db.MinionTools.AnyAsync(t => t.ServerId == planted.Server && t.IsAlways)));
        Assert.Equal("pending", Text(await FindAsync(planted.Second), "status"));
    }

    [Fact]
    public async Task Two_who_decide_at_once_decide_once()
    {
        var planted = await PlantAsync();

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 4).Select(_ => mira.Api.SendAsync(HttpMethod.Post, Path(planted.First, "approve"), new { scope = "once" }))
        );

        Assert.Equal(1, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Equal(3, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
        Assert.Equal(1, await republic.QueryAsync(db => db.ToolCalls.CountAsync(c => c.Id == planted.First && c.SettledAt != null)));
        foreach (var answer in answers)
        {
            answer.Dispose();
        }
    }

    [Fact]
    public async Task Allowed_always_the_tool_of_that_minion_asks_no_more_as_it_was_described()
    {
        var planted = await PlantAsync();

        await DecideAsync(planted.First, "approve", new { scope = "always" });

        var tool = await republic.QueryAsync(db => db.MinionTools.SingleAsync(t => t.ServerId == planted.Server));
        Assert.Equal((true, "f00d"), (tool.IsAlways, tool.AllowedHash));
        Assert.Equal(1, await AuditedAsync(AuditActions.ToolCallApproved, "create_issue on forge, always"));
    }

    [Theory]
    [InlineData("f00d", false)]
    [InlineData("beef", true)]
    public async Task A_description_that_changed_since_it_was_allowed_is_told_before_the_decision(string allowed, bool isTold)
    {
        var planted = await PlantAsync();
        await republic.QueryAsync(db =>
            db.MinionTools.Where(t => t.ServerId == planted.Server).ExecuteUpdateAsync(set => set.SetProperty(t => t.AllowedHash, allowed))
        );

        var page = await (await mira.BrowserAsync()).ReadAsync($"/tools/calls/{planted.First}");

        Assert.Contains("create_issue", page, StringComparison.Ordinal);
        Assert.Equal(isTold, page.Contains("Its description has changed since you allowed it.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_tool_that_was_switched_off_meanwhile_is_not_allowed_for_good()
    {
        var planted = await PlantAsync(isOn: false);

        var refused = await mira.Api.ProblemAsync(409, HttpMethod.Post, Path(planted.First, "approve"), new { scope = "always" });

        Assert.Contains("switched off", Text(refused, "detail"), StringComparison.Ordinal);
        Assert.Equal("pending", Text(await FindAsync(planted.First), "status"));
        await DecideAsync(planted.First, "approve", new { scope = "once" });
    }

    [Fact]
    public async Task Changed_arguments_are_kept_beside_those_of_the_model_and_the_same_ones_are_no_change()
    {
        var planted = await PlantAsync();

        var changed = await DecideAsync(planted.First, "approve", new { scope = "once", arguments = new { title = "Another leak" } });
        var same = await DecideAsync(planted.Second, "approve", new { scope = "once", arguments = new { title = "A leak" } });

        Assert.Equal((true, "Another leak"), ((bool)changed["edited"]!, (string)changed["arguments"]!["title"]!));
        Assert.False((bool)same["edited"]!);
        Assert.Equal(1, await AuditedAsync(AuditActions.ToolCallApproved, "create_issue on forge, once, arguments changed"));
        var row = await republic.QueryAsync(db => db.ToolCalls.AsNoTracking().SingleAsync(c => c.Id == planted.First));
        Assert.Equal("""{"title":"A leak"}""", row.Arguments);
    }

    [Theory]
    [InlineData("once", "{}", "“title” is missing.")]
    [InlineData("once", """{"title": 7}""", "“title” must be a text in quotes.")]
    [InlineData("once", """{"title": "No"}""", "“title” must have at least 3 characters, and has 2.")]
    [InlineData("once", """{"title": "Fine", "labels": ["a", 1]}""", "“labels[1]” must be a text in quotes.")]
    [InlineData("once", """{"title": "Fine", "owner": "me"}""", "“owner” is nothing that the tool takes.")]
    [InlineData("once", "[]", "must be a JSON object")]
    [InlineData("always", """{"title": "Fine"}""", "for one call only")]
    public async Task Arguments_that_do_not_fit_are_refused_with_their_path(string scope, string arguments, string problem)
    {
        var planted = await PlantAsync();

        var refused = await mira.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            Path(planted.First, "approve"),
            new { scope, arguments = JsonNode.Parse(arguments) }
        );

        Assert.Contains(problem, (string)refused["errors"]!["arguments"]![0]!, StringComparison.Ordinal);
        Assert.Equal("pending", Text(await FindAsync(planted.First), "status"));
    }

    [Fact]
    public async Task A_scope_that_is_none_and_arguments_that_are_too_long_are_refused()
    {
        var planted = await PlantAsync();
        var path = Path(planted.First, "approve");

        var unknown = await mira.Api.ProblemAsync(400, HttpMethod.Post, path, new { scope = "forever" });
        var endless = await mira.Api.ProblemAsync(
            400,
            HttpMethod.Post,
            path,
            new { scope = "once", arguments = new { title = new string('a', ToolCall.MaxArguments) } }
        );

        Assert.NotNull(unknown["errors"]!["scope"]);
        Assert.NotNull(endless["errors"]!["arguments"]);
    }

    [Fact]
    public async Task A_call_is_refused_with_or_without_a_reason()
    {
        var planted = await PlantAsync();
        await mira.Api.ProblemAsync(400, HttpMethod.Post, Path(planted.First, "refuse"), new { reason = new string('a', 501) });

        var told = await DecideAsync(planted.First, "refuse", new { reason = " Ask Jonas first. " });

        Assert.Equal(("refused", "Ask Jonas first."), (Text(told, "status"), Text(told, "reason")));
        Assert.Equal(1, await AuditedAsync(AuditActions.ToolCallRefused, "create_issue on forge"));
        var late = await mira.Api.ProblemAsync(409, HttpMethod.Post, Path(planted.First, "approve"), new { scope = "once" });
        Assert.Contains("refused before", Text(late, "detail"), StringComparison.Ordinal);
        var other = await PlantAsync();
        Assert.Equal("The person refused it.", Text(await DecideAsync(other.First, "refuse", body: null), "reason"));
    }

    [Fact]
    public async Task A_call_that_expired_or_whose_answer_ended_is_not_made_any_more()
    {
        var planted = await PlantAsync();
        await republic.QueryAsync(db =>
            db.ToolCalls.Where(c => c.Id == planted.First).ExecuteUpdateAsync(set => set.SetProperty(c => c.Status, ToolCallStatus.Expired))
        );
        var expired = await mira.Api.ProblemAsync(409, HttpMethod.Post, Path(planted.First, "approve"), new { scope = "once" });
        Assert.Contains("waited too long", Text(expired, "detail"), StringComparison.Ordinal);

        await republic.QueryAsync(db =>
            db.Messages.Where(m => m.Id == planted.Message).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, TurnState.Stopped))
        );
        var ended = await mira.Api.ProblemAsync(409, HttpMethod.Post, Path(planted.Second, "refuse"), new { });
        Assert.Contains("has ended", Text(ended, "detail"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Calls_are_listed_page_by_page_by_minion_and_state_and_are_nobody_elses()
    {
        var (person, stranger) = (await republic.NewPersonAsync("Lists"), await republic.NewPersonAsync("Knocks"));
        var minion = await person.NewMinionAsync("asker");
        var planted = await PlantedCalls.MakeAsync(republic, person, minion.Id);
        await person.Api.PostAsync(Path(planted.First, "approve"), new { scope = "once" });

        var first = await person.Api.GetAsync($"/api/tool-calls?minion={minion.Id}&limit=1");
        var second = await person.Api.GetAsync($"/api/tool-calls?limit=1&cursor={first["next_cursor"]}");

        Assert.Equal([planted.Second], Ids(first));
        Assert.Equal([planted.First], Ids(second));
        Assert.Equal(
            ("Asker", planted.Message),
            (Text(first["tool_calls"]![0]!, "minion"), first["tool_calls"]![0]!["message_id"]!.GetValue<Guid>())
        );
        Assert.Equal([planted.Second], Ids(await person.Api.GetAsync("/api/tool-calls?status=pending")));
        Assert.Empty(Ids(await person.Api.GetAsync($"/api/tool-calls?minion={Guid.CreateVersion7()}")));
        Assert.Equal([new CallingMinion(minion.Id, "Asker")], await Reader.MinionsAsync(person.Id, TestContext.Current.CancellationToken));
        foreach (var status in (string[])["1", "pending,failed", "asleep"])
        {
            var wrong = await person.Api.ProblemAsync(400, HttpMethod.Get, $"/api/tool-calls?status={status}");
            Assert.Contains("completed", (string)wrong["errors"]!["status"]![0]!, StringComparison.Ordinal);
        }

        Assert.Empty(Ids(await stranger.Api.GetAsync("/api/tool-calls")));
        Assert.Empty(await Reader.MinionsAsync(stranger.Id, TestContext.Current.CancellationToken));
        await stranger.Api.ProblemAsync(404, HttpMethod.Get, $"/api/tool-calls/{planted.Second}");
        foreach (var verb in (string[])["approve", "refuse"])
        {
            await stranger.Api.ProblemAsync(404, HttpMethod.Post, Path(planted.Second, verb), new { scope = "once" });
        }

        Assert.Equal("pending", Text((await person.Api.GetAsync($"/api/tool-calls/{planted.Second}"))["tool_call"]!, "status"));
    }

    private static string Path(Guid call, string verb) => $"/api/tool-calls/{call}/{verb}";

    private static string Text(JsonNode node, string name) => (string)node[name]!;

    private static IReadOnlyList<Guid> Ids(JsonNode list) =>
        [.. list["tool_calls"]!.AsArray().Select(call => call!["id"]!.GetValue<Guid>())];

    private async Task<PlantedCalls> PlantAsync(bool isOn = true) =>
        await PlantedCalls.MakeAsync(republic, mira, (await mira.NewMinionAsync($"asks-{Guid.CreateVersion7():N}")).Id, isOn);

    private async Task<JsonNode> DecideAsync(Guid call, string verb, object? body) =>
        (await mira.Api.PostAsync(Path(call, verb), body))["tool_call"]!;

    private async Task<JsonNode> FindAsync(Guid call) => (await mira.Api.GetAsync($"/api/tool-calls/{call}"))["tool_call"]!;

    /// <summary>More than none: other tests decide on calls of the same tool.</summary>
    private async Task<int> AuditedAsync(string action, string subject) =>
        Math.Min(
            1,
            await republic.QueryAsync(db =>
                db.AuditEntries.CountAsync(e => e.PersonId == mira.Id && e.Action == action && e.Subject == subject)
            )
        );
}
