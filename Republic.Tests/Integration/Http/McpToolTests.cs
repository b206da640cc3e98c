using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Http;

/// <summary>A person's minions, collections and tasks as tools for other programs.</summary>
public sealed class McpToolTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    /// <summary>The whole answer of a model that calls a tool whatever it is asked.</summary>
    private const string Echoing = """
        {"id":"c1","object":"chat.completion","model":"vendor-model","choices":[{"index":0,"message":{"role":"assistant","content":null,
        "tool_calls":[{"id":"c1","type":"function","function":{"name":"echo","arguments":"{}"}}]},"finish_reason":"tool_calls"}],
        "usage":{"prompt_tokens":7,"completion_tokens":3,"total_tokens":10}}
        """;

    [Fact]
    public async Task A_minion_is_asked_with_its_own_key_and_names_its_sources()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers("The key is under ", "the mat [1].");
        var person = await republic.NewPersonAsync("Mcp-asks");
        var minion = await person.NewMinionAsync("keeper", vendor, new JsonObject { ["description"] = "Knows\nthe house" });
        var known = new LinkedKnowledge(republic, person);
        await known.LinkAsync(minion.Id, await known.CollectionAsync("House", "The key of the house is under the mat."));
        using var client = await McpRequests.OfAsync(republic, person);

        var (minions, _) = await client.CallAsync("list_minions");
        var (answer, failed) = await client.CallAsync(
            "ask_minion",
            new { minion = minion.RepublicId, message = "Where is the key of the house?" }
        );

        Assert.Equal($"- Keeper (id {minion.RepublicId}): Knows the house", minions);
        Assert.False(failed, answer);
        Assert.StartsWith("The key is under the mat [1].", answer, StringComparison.Ordinal);
        Assert.Contains("\n\nSources:\n[1] notes.md", answer, StringComparison.Ordinal);
        Assert.Equal($"Bearer {FakeVendor.Key}", vendor.LastRequest.Authorization);
        await Until.TrueAsync(async () =>
            (await person.Api.GetAsync($"/api/minions/{minion.Id}"))["minion"]!["total_queries"]!.GetValue<long>() == 1
        );
    }

    [Fact]
    public async Task A_long_answer_is_cut_with_a_note_and_one_that_fails_says_why()
    {
        await using var vendor = new FakeVendor();
        vendor.Answers(new string('é', 40_000));
        var minion = await republic.Jonas.NewMinionAsync("talker", vendor);
        using var client = await McpRequests.OfAsync(republic, republic.Jonas);
        var ask = new { minion = minion.RepublicId, message = "Talk." };

        var (text, failed) = await client.CallAsync("ask_minion", ask);
        vendor.Refuses(HttpStatusCode.Unauthorized, "no such key");
        var (problem, refused) = await client.CallAsync("ask_minion", ask);
        var (empty, nothing) = await client.CallAsync("ask_minion", new { minion = minion.RepublicId, message = " " });

        Assert.False(failed, text);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 32_000, 32 * 1024);
        Assert.EndsWith("[The rest is left out: a result has at most 32 KB.]", text, StringComparison.Ordinal);
        Assert.DoesNotContain('\uFFFD', text);
        Assert.True(refused, problem);
        Assert.NotEmpty(problem);
        Assert.True(nothing, empty);
    }

    [Fact]
    public async Task A_collection_is_searched()
    {
        var person = await republic.NewPersonAsync("Mcp-searches");
        var collection = await new LinkedKnowledge(republic, person).CollectionAsync("Bees", "Honey keeps for years.", "Wasps sting.");
        using var client = await McpRequests.OfAsync(republic, person);

        var (collections, _) = await client.CallAsync("list_collections");
        var (found, failed) = await client.CallAsync("search_collection", new { collection = $"{collection.Id}", query = "honey" });
        var (problem, refused) = await client.CallAsync("search_collection", new { collection = $"{collection.Id}", query = "" });

        Assert.Equal($"- Bees (id {collection.Id}), 1 document", collections);
        Assert.False(failed, found);
        Assert.StartsWith("[1] notes.md", found, StringComparison.Ordinal);
        Assert.Contains("Honey keeps for years.", found, StringComparison.Ordinal);
        Assert.True(refused, problem);
    }

    [Fact]
    public async Task A_task_is_created_read_and_commented_on()
    {
        var person = await republic.NewPersonAsync("Mcp-works");
        using var client = await McpRequests.OfAsync(republic, person);

        var (none, _) = await client.CallAsync("list_tasks");
        var (created, failed) = await client.CallAsync("create_task", new { title = "Buy milk", description = "Two *litres*." });
        var (commented, _) = await client.CallAsync("comment_task", new { number = 1, text = "Oat milk will do." });
        var (read, _) = await client.CallAsync("read_task", new { number = 1 });
        var (todo, _) = await client.CallAsync("list_tasks", new { status = "TODO" });
        var (done, _) = await client.CallAsync("list_tasks", new { status = "done" });

        Assert.Equal("There are no such tasks.", none);
        Assert.False(failed, created);
        Assert.Equal("Created T-1 [To do] Buy milk", created);
        Assert.Equal("The comment is under T-1.", commented);
        Assert.StartsWith("T-1 [To do] Buy milk\n\nTwo *litres*.\n", read, StringComparison.Ordinal);
        Assert.Contains("Mcp-works commented, ", read, StringComparison.Ordinal);
        Assert.EndsWith("Oat milk will do.", read, StringComparison.Ordinal);
        Assert.Equal("- T-1 [To do] Buy milk", todo);
        Assert.Equal("There are no such tasks.", done);
        var tasks = (await person.Api.GetAsync("/api/tasks"))["tasks"]!.AsArray();
        Assert.Equal("Buy milk", (string)Assert.Single(tasks)!["title"]!);
    }

    [Theory]
    [InlineData("list_tasks", """{"status":"asleep"}""")]
    [InlineData("read_task", """{"number":4711}""")]
    [InlineData("comment_task", """{"number":4711,"text":"x"}""")]
    [InlineData("create_task", """{"title":""}""")]
    [InlineData("search_collection", """{"collection":"none","query":"x"}""")]
    [InlineData("ask_minion", """{"minion":"none-00000000","message":"x"}""")]
    public async Task What_cannot_be_done_is_told_to_the_model(string tool, string arguments)
    {
        using var client = await McpRequests.OfAsync(republic, republic.Jonas);

        var (text, failed) = await client.CallAsync(tool, JsonNode.Parse(arguments));

        Assert.True(failed, text);
        Assert.EndsWith(".", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete_task", """{"number":1}""")]
    [InlineData("read_task", "{}")]
    [InlineData("read_task", """{"number":"one"}""")]
    [InlineData("read_task", """{"number":1.5}""")]
    [InlineData("read_task", """{"number":1,"delete":true}""")]
    [InlineData("ask_minion", """{"minion":"a","message":null}""")]
    [InlineData("ask_minion", """{"minion":"a\u0000","message":"x"}""")]
    public async Task A_call_that_is_none_is_an_error_of_the_protocol(string tool, string arguments)
    {
        using var client = await McpRequests.OfAsync(republic, republic.Jonas);

        var answer = await client.AskAsync("tools/call", new { name = tool, arguments = JsonNode.Parse(arguments) });

        Assert.Equal(-32602, (int?)answer["error"]?["code"]);
    }

    [Fact]
    public async Task Half_a_character_in_a_call_is_an_error_of_the_protocol()
    {
        using var client = await McpRequests.OfAsync(republic, republic.Jonas);

        var answer = await client.AskRawAsync(
            """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"ask_minion","arguments":{"minion":"a","message":"\ud800"}}}"""
        );

        Assert.Equal(-32602, (int?)answer["error"]?["code"]);
    }

    [Fact]
    public async Task A_call_that_is_none_is_nothing_to_log()
    {
        using var client = await McpRequests.OfAsync(republic, republic.Jonas);

        await client.AskAsync("tools/call", new { name = "read_task", arguments = new { number = 1, never_logged = true } });
        await client.AskAsync("tools/call", new { name = "never_logged", arguments = new { } });

        Assert.DoesNotContain(republic.Log, line => line.Contains("never_logged", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Minions_that_ask_each_other_come_to_an_end()
    {
        await using var vendor = new FakeVendor();
        await using var stub = new ToolServerStub();
        vendor.AnswersJson(Echoing, Say.Calls([new PlayedCall("c1", "echo", "{}")]), Say.Usage, Say.Done);
        var person = await republic.NewPersonAsync("Mcp-deep");
        var minion = await person.NewMinionAsync("asker", vendor);
        await (await HeldToolServer.AddAsync(republic, person, stub)).AllowAsync(minion.Id, "echo");
        using var client = await McpRequests.OfAsync(republic, person);
        var ask = new { minion = minion.RepublicId, message = "Ask on." };

        client.Depth = 2;
        await client.CallAsync("ask_minion", ask);
        var asked = vendor.Requests.Count;
        client.Depth = 3;
        var (text, refused) = await client.CallAsync("ask_minion", ask);

        Assert.Contains(stub.Requests, request => request.Contains("X-Republic-Depth: 3\r\n", StringComparison.Ordinal));
        Assert.True(refused, text);
        Assert.Contains("asked each other", text, StringComparison.Ordinal);
        Assert.Equal(asked, vendor.Requests.Count);
    }

    [Fact]
    public async Task Anothers_things_do_not_exist()
    {
        await using var vendor = new FakeVendor();
        var (owner, stranger) = (await republic.NewPersonAsync("Mcp-owner"), await republic.NewPersonAsync("Mcp-stranger"));
        var minion = await owner.NewMinionAsync("private", vendor);
        var collection = await new LinkedKnowledge(republic, owner).CollectionAsync("Diary", "My secret is blue.");
        await new Tasked(republic, owner).MakeAsync(null, "Secret errand");
        using var client = await McpRequests.OfAsync(republic, stranger);

        (string Text, bool IsError)[] refused =
        [
            await client.CallAsync("ask_minion", new { minion = minion.RepublicId, message = "What do you know?" }),
            await client.CallAsync("search_collection", new { collection = $"{collection.Id}", query = "secret" }),
            await client.CallAsync("read_task", new { number = 1 }),
            await client.CallAsync("comment_task", new { number = 1, text = "hello" }),
        ];
        (string Text, bool IsError)[] lists =
        [
            await client.CallAsync("list_minions"),
            await client.CallAsync("list_collections"),
            await client.CallAsync("list_tasks"),
        ];

        Assert.All(refused, answer => Assert.True(answer.IsError, answer.Text));
        Assert.All(lists, answer => Assert.False(answer.IsError, answer.Text));
        Assert.All(
            refused.Concat(lists),
            answer =>
                Assert.DoesNotMatch("(?i)private-|diary|blue|errand", answer.Text.Replace(minion.RepublicId, "", StringComparison.Ordinal))
        );
        Assert.Empty(vendor.Requests);
    }
}
