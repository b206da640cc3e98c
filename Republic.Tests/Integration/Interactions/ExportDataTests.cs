using System.Text.Json.Nodes;
using Republic.Core.Answering.Turns;
using Republic.Core.Chats.Messages;
using Republic.Core.Interactions;
using Republic.Tests.World;
using Republic.Web.Pages.Training.Interactions;

namespace Republic.Tests.Integration.Interactions;

public sealed class ExportDataTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Iban = "DE89 3704 0044 0532 0130 00";
    private const string Key = "sk-ant-api03-Zk3vQ9xT2mB7cR5wL8pN4jH6yD1fG0sAeUiOq";

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_130_rated_answers_103_may_be_learned_and_each_other_has_its_reason()
    {
        var (person, minion, chats) = await NewAsync("Rated");
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 83);
        await chats.AnswersAsync(chat, 20, score: 0.2, correction: "The harbour is closed in winter.");
        await chats.AnswersAsync(await chats.ChatAsync(teaches: false), 6);
        await chats.AnswersAsync(await chats.ChatAsync(teaches: true, republic.Ada.Id), 2);
        await chats.AnswersAsync(chat, 5, score: 0.7);
        await chats.AnswersAsync(chat, 3, score: null);
        await chats.AnswersAsync(chat, 2, said: "Yes.");
        await chats.AnswersAsync(chat, 1, said: new string('a', 10_001));
        await chats.AnswersAsync(chat, 2, change: answer => answer.Model = "another");
        await chats.AnswersAsync(chat, 2, change: answer => answer.FinishReason = "length");
        await chats.AnswersAsync(chat, 1, change: answer => answer.State = TurnState.Stopped);
        await chats.AnswersAsync(chat, 2, change: answer => answer.Trace = PlantedChats.Reminded());
        await chats.AnswersAsync(chat, 1, said: $"Pay it to {Iban}, and log in with {Key}.");

        var data = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });

        Assert.Equal((103, 20, 103, 100), (Int(data, "eligible"), Int(data, "corrections"), Int(data, "ready"), Int(data, "needed")));
        Assert.Equal(
            new JsonObject
            {
                ["not_opted_in"] = 8,
                ["score_too_low"] = 5,
                ["not_rated"] = 3,
                ["incomplete"] = 3,
                ["too_short"] = 2,
                ["other_model"] = 2,
                ["memory_used"] = 2,
                ["too_long"] = 1,
                ["pii_unreviewed"] = 1,
            }
                .OrderBy(reason => reason.Key)
                .Select(reason => $"{reason.Key} {reason.Value}"),
            data["refused"]!.AsObject().OrderBy(reason => reason.Key).Select(reason => $"{reason.Key} {reason.Value}")
        );
        Assert.Null(data["missing"]);
        var preview = data["preview"]!.AsArray();
        Assert.Equal(103, preview.Count);
        var page = await (await person.BrowserAsync()).ReadAsync($"/training/chats?minion={minion}");
        Assert.Contains("103 pairs of question and answer from your chats can teach Harbour now.", page, StringComparison.Ordinal);
        Assert.Contains("27 of 130 pairs", page, StringComparison.Ordinal);
        var rows = page.Split("<tr role=\"row\">");
        foreach (var (reason, count) in data["refused"]!.AsObject())
        {
            var words = RefusalWords.Of(Enum.Parse<PairRefusal>(reason.Replace("_", "", StringComparison.Ordinal), ignoreCase: true));
            var row = Assert.Single(rows, row => row.Contains(words, StringComparison.Ordinal));
            Assert.Contains($"class=\"num\">{count}</td>", row, StringComparison.Ordinal);
        }

        var choice = await (await person.BrowserAsync()).ReadAsync($"/training/chats/choose?minion={minion}");
        Assert.Contains("waits until everybody in it agrees", choice, StringComparison.Ordinal);
        Assert.All(
            preview.Where(pair => pair!["is_correction"]!.GetValue<bool>()),
            pair => Assert.StartsWith("The harbour is closed", pair!["response"]!.GetValue<string>(), StringComparison.Ordinal)
        );
    }

    [Fact]
    public async Task Personal_data_waits_for_a_rule_and_then_is_masked_kept_or_dropped()
    {
        var (person, minion, chats) = await NewAsync("Private");
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 1, said: $"Write to nora@example.org and pay to {Iban}.");
        await chats.AnswersAsync(chat, 1, said: $"Your key is {Key}, keep it.");

        var before = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });
        Assert.Equal((0, 2), (Int(before, "eligible"), before["refused"]!["pii_unreviewed"]!.GetValue<int>()));
        Assert.Equal(1, before["personal_data"]!["iban"]!.GetValue<int>());

        var rules = new
        {
            personal_data = new
            {
                email = "mask",
                iban = "keep",
                key = "drop",
            },
        };
        var after = await person.Api.PutAsync($"/api/training/rules/{minion}", rules);
        Assert.Equal((1, 1), (Int(after, "eligible"), after["refused"]!["pii_dropped"]!.GetValue<int>()));
        var response = after["preview"]![0]!["response"]!.GetValue<string>();
        Assert.Contains($"Write to [email] and pay to {Iban}.", response, StringComparison.Ordinal);

        using var file = await person.Api.SendAsync(HttpMethod.Get, $"/api/training/export-data/{minion}");
        var lines = (await file.Content.ReadAsStringAsync(Ct)).TrimEnd().Split('\n');
        var messages = JsonNode.Parse(Assert.Single(lines))!["messages"]!.AsArray();
        Assert.Equal(["user", "assistant"], messages.Select(message => message!["role"]!.GetValue<string>()));
        Assert.Equal(response, messages[^1]!["content"]!.GetValue<string>());
        Assert.DoesNotContain(Key, string.Join('\n', lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Equal_pairs_count_once_and_memories_only_where_allowed()
    {
        var (person, minion, chats) = await NewAsync("Twice");
        var chat = await chats.ChatAsync();
        var memory = await person.Api.PostAsync("/api/memories", new { minion_id = minion, content = "I like boats." });
        var known = memory["memory"]!["id"]!.GetValue<Guid>();
        var ids = await chats.AnswersAsync(chat, 2, change: answer => answer.Trace = PlantedChats.Reminded(known));
        await republic.QueryAsync(async db =>
        {
            // The second says the same as the first, question and answer.
            var (first, second) = (await db.Messages.FindAsync(ids[0]), await db.Messages.FindAsync(ids[1]));
            second!.Content = first!.Content;
            (await db.Messages.FindAsync(second.ParentId))!.Content = (await db.Messages.FindAsync(first.ParentId))!.Content;
            return await db.SaveChangesAsync();
        });

        var data = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });
        Assert.Equal(2, data["refused"]!["memory_used"]!.GetValue<int>());
        var allowed = await person.Api.PutAsync($"/api/training/rules/{minion}", new { memories = true });
        Assert.Equal((1, 1), (Int(allowed, "eligible"), allowed["refused"]!["repeated"]!.GetValue<int>()));
    }

    [Fact]
    public async Task What_a_forgotten_memory_stood_in_is_not_learned_though_memories_are_allowed()
    {
        var (person, minion, chats) = await NewAsync("Forgetful");
        var chat = await chats.ChatAsync();
        await person.Api.PutAsync($"/api/training/rules/{minion}", new { memories = true });
        var memory = await person.Api.PostAsync("/api/memories", new { minion_id = minion, content = "I like boats." });
        var id = memory["memory"]!["id"]!.GetValue<Guid>();
        await chats.AnswersAsync(chat, 1, change: answer => answer.Trace = PlantedChats.Reminded(id));
        Assert.Equal(1, Int(await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion }), "eligible"));

        await person.Api.DeleteAsync($"/api/memories/{id}");
        var data = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });
        Assert.Equal((0, 1), (Int(data, "eligible"), data["refused"]!["memory_used"]!.GetValue<int>()));
    }

    [Fact]
    public async Task The_audit_log_names_no_chat_by_what_was_said_in_it()
    {
        var (person, minion, chats) = await NewAsync("Discreet");
        var chat = await chats.ChatAsync(teaches: false);
        await person.Api.PutAsync($"/api/conversations/{chat}", new { title = "Write to nora@example.org" });
        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "on" });
        await person.Api.PutAsync($"/api/conversations/{chat}", new { training = "off" });
        await person.Api.DeleteAsync($"/api/conversations/{chat}");

        var entries = (await person.Api.GetAsync("/api/account/activity"))["entries"]!.AsArray();
        var actions = entries.Select(entry => entry!["action"]!.GetValue<string>()).ToList();
        Assert.Superset(new HashSet<string> { "consent.give", "consent.withdraw", "conversation.delete" }, actions.ToHashSet());
        Assert.DoesNotContain("nora@example.org", entries.ToJsonString(), StringComparison.Ordinal);
        Assert.Contains($"chat {chat:N}", entries.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ten_thousand_rated_answers_are_read_at_once()
    {
        var (person, minion, chats) = await NewAsync("Busy");
        await chats.AnswersAsync(await chats.ChatAsync(), 10_000);
        var data = await person.Api.PostAsync("/api/training/export-data", new { minion_id = minion });
        Assert.Equal((10_000, 200), (Int(data, "eligible"), data["preview"]!.AsArray().Count));
        var page = await (await person.BrowserAsync()).ReadAsync($"/training/chats?minion={minion}");
        Assert.Contains("10,000 pairs of question and answer from your chats can teach Harbour now.", page, StringComparison.Ordinal);
        Assert.Contains("1 to 20 of 10,000", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_chat_that_is_deleted_while_it_is_exported_is_in_the_file_as_a_whole_or_not_at_all()
    {
        var (person, minion, chats) = await NewAsync("Hasty");
        var chat = await chats.ChatAsync();
        await chats.AnswersAsync(chat, 2_000, said: new string('a', 5_000));
        var file = $"/api/training/export-data/{minion}";

        // Ten megabytes: more than is on its way before somebody reads them.
        using var begun = await person.Api.SendAsync(HttpMethod.Get, file);
        var others = Enumerable.Range(0, 6).Select(_ => LinesAsync(person, file)).ToList();
        await person.Api.DeleteAsync($"/api/conversations/{chat}");

        Assert.Equal(2_000, Lines(await begun.Content.ReadAsStringAsync(Ct)));
        Assert.All(await Task.WhenAll(others), lines => Assert.Contains(lines, new[] { 0, 2_000 }));
        Assert.Equal(0, await LinesAsync(person, file));
    }

    [Fact]
    public async Task Chats_are_chosen_without_naming_the_minion_and_begun_where_there_is_none()
    {
        var person = await republic.NewPersonAsync("Chooser");
        var browser = await person.BrowserAsync();
        using var none = await browser.GetAsync("/training/chats/choose");
        Assert.Equal((302, "/training/chats"), ((int)none.StatusCode, none.Headers.Location!.ToString()));

        var minion = (await person.NewMinionAsync("harbour")).Id;
        var page = await browser.ReadAsync("/training/chats/choose");
        Assert.Contains("Chats that teach Harbour", page, StringComparison.Ordinal);
        Assert.Contains($"href=\"/chats?minion={minion}\"", page, StringComparison.Ordinal);

        var chats = new PlantedChats(republic, person, minion);
        await chats.AnswersAsync(await chats.ChatAsync(), 1);
        page = await browser.ReadAsync("/training/chats/choose");
        Assert.Contains($"action=\"/training/chats/choose?minion={minion}\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_run_that_lacks_pairs_says_how_many()
    {
        var (person, minion, chats) = await NewAsync("Few");
        await chats.AnswersAsync(await chats.ChatAsync(), 63);
        var problem = await person.Api.ProblemAsync(409, HttpMethod.Post, "/api/training/start-job", new { minion_id = minion });
        Assert.Contains("63 of 100 pairs are ready", problem["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var jobs = await person.Api.GetAsync("/api/training/jobs");
        Assert.Empty(jobs["jobs"]!.AsArray());
        await person.Api.ProblemAsync(400, HttpMethod.Post, "/api/training/start-job", new { });
        await person.Api.ProblemAsync(400, HttpMethod.Post, "/api/training/deploy", new { });
        await person.Api.ProblemAsync(400, HttpMethod.Post, "/api/training/export-data", new { });
    }

    private async Task<(Inhabitant Person, Guid Minion, PlantedChats Chats)> NewAsync(string name)
    {
        var person = await republic.NewPersonAsync(name);
        var minion = (await person.NewMinionAsync("harbour")).Id;
        return (person, minion, new PlantedChats(republic, person, minion));
    }

    private static async Task<int> LinesAsync(Inhabitant person, string file)
    {
        using var response = await person.Api.SendAsync(HttpMethod.Get, file);
        Assert.Equal(200, (int)response.StatusCode);
        return Lines(await response.Content.ReadAsStringAsync(Ct));
    }

    /// <summary>Each of them whole.</summary>
    private static int Lines(string file) =>
        file.Split('\n', StringSplitOptions.RemoveEmptyEntries).Count(line => JsonNode.Parse(line) is not null);

    private static int Int(JsonNode data, string field) => data[field]!.GetValue<int>();
}
