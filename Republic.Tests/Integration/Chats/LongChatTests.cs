using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using Republic.Core.Llama.Files;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Chats;

/// <summary>Conversations that are longer than the built-in model answers well to: in chats, and for outside clients.</summary>
public sealed class LongChatTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const string Header = "x-republic-history";
    private static readonly int Length = ModelMeasures.Of(ModelFile.Of(new FileInfo(GgufMutations.SproutPath))).AnswersWellUpTo!.Value;

    /// <summary>So many short questions with their answers are more than the length.</summary>
    private const int TurnsPastTheLength = 20;

    /// <summary>About 200 tokens.</summary>
    private static readonly string Long = string.Concat(Enumerable.Repeat("I have a question about my minion and its model. ", 15));

    [Fact]
    public async Task A_chat_past_the_length_sends_what_fits_and_says_what_it_left_out()
    {
        var chat = await Chat.BeginAsync(
            republic.Jonas,
            (await NewMinionAsync("longchat", more: new JsonObject { ["temperature"] = 0 })).Id
        );
        var answer = await FilledAsync(chat);
        var last = await chat.AskAsync("What is a minion?");

        Assert.Null(Attempt((await chat.MessagesAsync())[1])["history"]);
        Assert.Equal(0, Omitted((await chat.MessagesAsync())[1]));
        foreach (var cut in new[] { answer, last })
        {
            var history = Attempt(cut)["history"]!;
            Assert.Equal(Length, (int)history["length"]!);
            Assert.InRange((int)history["prompt_tokens"]!, Length / 2, Length);
            Assert.Equal((int)cut["prompt_tokens"]!, (int)history["prompt_tokens"]!);
            Assert.Equal((int)history["omitted"]!, Omitted(cut));
            Assert.True(Omitted(cut) is >= 2 and < 2 * TurnsPastTheLength && int.IsEvenInteger(Omitted(cut)), $"{Omitted(cut)}");
        }

        Assert.Contains("character", Chat.Content(last), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task What_was_left_out_for_one_model_is_sent_to_the_next()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("moving");
        var chat = await Chat.BeginAsync(republic.Jonas, minion.Id);
        await FilledAsync(chat);
        await republic.Jonas.Api.PutAsync(
            $"/api/minions/{minion.Id}",
            new
            {
                provider = "custom",
                model_id = "vendor-model",
                base_url = vendor.BaseUrl.ToString(),
                api_key = FakeVendor.Key,
            }
        );
        var answer = await chat.AskAsync("And now?");

        Assert.Equal(0, Omitted(answer));
        Assert.Null(Attempt(answer)["history"]);
        Assert.Equal((2 * TurnsPastTheLength) + 2, vendor.LastRequest.Body!["messages"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_outside_client_hears_how_many_of_its_messages_the_model_was_given(bool stream)
    {
        var minion = await NewMinionAsync(stream ? "streamed" : "outside");
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var few = await client.ChatAsync(Body(turns: 2, stream));
        using var many = await client.ChatAsync(Body(turns: 20, stream));

        Assert.False(few.Headers.Contains(Header));
        var (sent, given) = Told(many.Headers);
        Assert.Equal(41, given);
        Assert.InRange(sent, 3, 39);
        // Whole turns, and the question.
        Assert.Equal(1, sent % 2);
        var usage = stream
            ? JsonNode.Parse((await OutsideClient.FramesAsync(many))[^2])!["usage"]!
            : JsonNode.Parse(await many.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["usage"]!;
        Assert.InRange((int)usage["prompt_tokens"]!, Length / 2, Length);
    }

    [Fact]
    public async Task A_clients_own_system_text_stays_and_is_among_what_was_sent()
    {
        var minion = await NewMinionAsync("strict");
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var plain = await client.ChatAsync(Body(turns: 20));
        using var strict = await client.ChatAsync(Body(turns: 20, system: "Be brief."));

        Assert.Equal((41, 42), (Told(plain.Headers).Given, Told(strict.Headers).Given));
        Assert.InRange(Told(strict.Headers).Sent, Told(plain.Headers).Sent - 1, Told(plain.Headers).Sent + 1);
    }

    [Fact]
    public async Task A_raw_call_and_a_single_long_message_are_sent_whole()
    {
        var minion = await NewMinionAsync("raw", more: new JsonObject { ["allow_raw"] = true });
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var raw = await client.ChatAsync(Body(turns: 20), ("x-republic-raw", "true"));
        using var one = await client.ChatAsync(Single(string.Concat(Enumerable.Repeat(Long, 5))));

        foreach (var response in new[] { raw, one })
        {
            Assert.False(response.Headers.Contains(Header));
            var answer = JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!;
            Assert.InRange((int)answer["usage"]!["prompt_tokens"]!, Length + 1, 4000);
        }
    }

    [Fact]
    public async Task A_remembered_answer_says_it_too()
    {
        var minion = await NewMinionAsync("remembering", more: new JsonObject { ["cache_minutes"] = 5 });
        using var client = new OutsideClient(republic.Address, minion.Key);

        // An answer that ran into a limit on tokens is not remembered.
        foreach (var (turns, stream) in new[] { (20, false), (21, true) })
        {
            using var asked = await client.ChatAsync(Body(turns, stream, maxTokens: 120));
            await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            using var recalled = await client.ChatAsync(Body(turns, stream, maxTokens: 120));

            Assert.Equal("hit", recalled.Headers.GetValues("x-republic-cache").Single());
            Assert.Equal(Told(asked.Headers), Told(recalled.Headers));
        }
    }

    [Fact]
    public async Task A_model_elsewhere_is_sent_everything()
    {
        await using var vendor = new FakeVendor();
        var minion = await NewMinionAsync("elsewhere", vendor);
        using var client = new OutsideClient(republic.Address, minion.Key);

        using var response = await client.ChatAsync(Body(turns: 200));

        Assert.False(response.Headers.Contains(Header));
        Assert.Equal(402, vendor.LastRequest.Body!["messages"]!.AsArray().Count);
        Assert.Null(vendor.LastRequest.Body!["whole_history"]);
    }

    private static async Task<JsonNode> FilledAsync(Chat chat)
    {
        JsonNode answer = null!;
        for (var turn = 0; turn < TurnsPastTheLength; turn++)
        {
            answer = await chat.AskAsync("What is LoRA?");
        }

        return answer;
    }

    private static string Body(int turns, bool stream = false, string? system = null, int maxTokens = 20)
    {
        var messages = Enumerable
            .Range(0, turns)
            .SelectMany(i =>
                new[]
                {
                    new { role = "user", content = $"Question {i}: how do I make and train a minion that answers with my own words?" },
                    new { role = "assistant", content = $"Answer {i}: make one, add rows, and train it on a model that runs here." },
                }
            )
            .Append(new { role = "user", content = "What is LoRA?" });
        return JsonSerializer.Serialize(
            new
            {
                stream,
                max_tokens = maxTokens,
                messages = system is null ? messages : messages.Prepend(new { role = "system", content = system }),
            }
        );
    }

    private static string Single(string message) =>
        JsonSerializer.Serialize(new { max_tokens = 20, messages = new[] { new { role = "user", content = message } } });

    private static (int Sent, int Given) Told(HttpResponseHeaders headers)
    {
        var parts = headers.GetValues(Header).Single().Split('/');
        return (int.Parse(parts[0], null), int.Parse(parts[1], null));
    }

    /// <summary>One that is asked whatever is asked: the first one of a person would answer some of it from help.</summary>
    private async Task<TestMinion> NewMinionAsync(string name, FakeVendor? vendor = null, JsonObject? more = null)
    {
        var minion = await republic.Jonas.NewMinionAsync(name, vendor, more);
        await republic.Jonas.Api.PutAsync($"/api/minions/{minion.Id}/knowledge", new { stages = new { help = false } });
        return minion;
    }

    private static JsonNode Attempt(JsonNode message) => message["route"]!["hops"]!.AsArray().Single()!;

    private static int Omitted(JsonNode message) => message["omitted_messages"]!.GetValue<int>();
}
