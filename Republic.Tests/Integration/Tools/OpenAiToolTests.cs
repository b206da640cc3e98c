using System.Net.Http.Headers;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Answering.Tools;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Tools;

/// <summary>Outside clients of a minion that has tools.</summary>
public sealed class OpenAiToolTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private readonly Inhabitant mira = republic.Mira;

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_minion_calls_its_tools_for_an_outside_client_too(bool stream)
    {
        await using var vendor = Calculating();
        var minion = await NewMinionAsync($"outside{stream}", vendor, "calculate");

        var answer = await AskAsync(minion, stream, """{"role":"system","content":"Be brief."},{"role":"user","content":"6*7?"}""");

        Assert.Contains("It is 42.", answer, StringComparison.Ordinal);
        Assert.Contains("\"total_tokens\":20", answer, StringComparison.Ordinal);
        Assert.DoesNotContain("tool_calls", answer, StringComparison.Ordinal);
        Assert.EndsWith(stream ? "data: [DONE]\n\n" : "}", answer, StringComparison.Ordinal);
        Assert.Contains("Be brief.", (string)vendor.LastRequest.Body!["messages"]![0]!["content"]!, StringComparison.Ordinal);
        Assert.Single(vendor.LastRequest.Body["messages"]!.AsArray(), message => (string)message!["role"]! == "system");
        var call = await republic.QueryAsync(db => db.ToolCalls.SingleAsync(c => c.MinionId == minion.Id));
        Assert.Equal((ToolCallStatus.Completed, null), (call.Status, call.MessageId));
    }

    [Fact]
    public async Task What_needs_approval_is_refused_where_nobody_can_be_asked()
    {
        await using var vendor = new FakeVendor();
        vendor.Plays(request =>
            IsAnswered(request) ? new PlayedTurn("I could not.") : PlayedTurn.Call("create_task", """{"title":"Break in"}""")
        );
        var minion = await NewMinionAsync("outsider", vendor, "create_task", "calculate");

        var answer = await AskAsync(minion, stream: false, """{"role":"user","content":"Do it."}""");

        Assert.Contains("I could not.", answer, StringComparison.Ordinal);
        var call = await republic.QueryAsync(db => db.ToolCalls.SingleAsync(c => c.MinionId == minion.Id));
        Assert.Equal(ToolCallStatus.Refused, call.Status);
        Assert.False(await republic.QueryAsync(db => db.Tasks.AnyAsync(t => t.Title == "Break in")));
    }

    [Fact]
    public async Task With_its_key_a_minion_is_offered_nothing_of_its_person()
    {
        await using var vendor = Calculating();
        var minion = await NewMinionAsync("keyed", vendor, "calculate", "search_chats", "recall_memory", "read_task", "create_task");

        await AskAsync(minion, stream: false, """{"role":"user","content":"6*7?"}""");

        Assert.Equal(["calculate"], vendor.LastRequest.Body!["tools"]!.AsArray().Select(tool => (string)tool!["function"]!["name"]!));
    }

    [Fact]
    public async Task Tools_of_the_client_are_the_clients()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("theirs", vendor, "calculate");

        await AskAsync(
            minion,
            stream: false,
            """{"role":"user","content":"Hi"}""",
            ""","tools":[{"type":"function","function":{"name":"mine","parameters":{"type":"object","properties":{}}}}]"""
        );

        Assert.Equal(["mine"], vendor.LastRequest.Body!["tools"]!.AsArray().Select(tool => (string)tool!["function"]!["name"]!));
    }

    private static bool IsAnswered(VendorRequest request) => (string?)request.Body!["messages"]!.AsArray()[^1]!["role"] == "tool";

    private static FakeVendor Calculating()
    {
        var vendor = new FakeVendor();
        vendor.Plays(request =>
            IsAnswered(request) ? new PlayedTurn("It is 42.") : PlayedTurn.Call("calculate", """{"expression":"6*7"}""")
        );
        return vendor;
    }

    private async Task<TestMinion> NewMinionAsync(string name, FakeVendor vendor, params string[] tools)
    {
        var minion = await mira.NewMinionAsync(name.ToLowerInvariant(), vendor);
        await mira.Api.PutAsync($"/api/minions/{minion.Id}/tools", new { builtin = tools });
        return minion;
    }

    private async Task<string> AskAsync(TestMinion minion, bool stream, string messages, string more = "")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(republic.Address, "/v1/chat/completions"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", minion.Key);
        request.Content = new StringContent(
            $$"""{"model":"{{minion.RepublicId}}","stream":{{(stream ? "true" : "false")}},"messages":[{{messages}}]{{more}}}""",
            System.Text.Encoding.UTF8,
            "application/json"
        );
        using var client = new HttpClient();
        using var response = await client.SendAsync(request, Ct);
        var text = await response.Content.ReadAsStringAsync(Ct);
        Assert.True(response.IsSuccessStatusCode, text);
        return text;
    }
}
