using System.Text;
using System.Text.Json;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>Streams of one model: how they share it and what frees their place.</summary>
public sealed class StreamTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private readonly LocalModels models = shared.Models;

    [Fact]
    public async Task A_stream_brings_each_token_by_itself_and_together_the_same_answer()
    {
        var whole = await models.AskAsync(LocalModels.Question("What is LoRA?"));
        using var stream = await models.OpenAsync(LocalModels.Question("What is LoRA?", stream: true));
        var pieces = new List<string>();
        JsonElement last = default;
        while (await stream.NextAsync() is { } chunk)
        {
            last = chunk;
            if (chunk.GetProperty("choices")[0].GetProperty("delta").TryGetProperty("content", out var content))
            {
                pieces.Add(content.GetString()!);
            }
        }

        var expected = whole.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString();
        Assert.Equal("text/event-stream", stream.Response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(expected, string.Concat(pieces));
        Assert.Equal("", pieces[0]);
        Assert.Equal(last.GetProperty("usage").GetProperty("completion_tokens").GetInt32(), pieces.Count - 1);
        Assert.Equal("stop", last.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.True(last.GetProperty("timings").GetProperty("predicted_per_second").GetDouble() > 0);
    }

    [Fact]
    public async Task Usage_comes_in_a_chunk_of_its_own_when_it_is_asked_for()
    {
        var messages = new[] { new { role = "user", content = "Hello" } };
        var options = new { include_usage = true };
        using var stream = await models.OpenAsync(
            new
            {
                model = "sprout",
                stream = true,
                stream_options = options,
                messages,
            }
        );
        var chunks = new List<JsonElement>();
        while (await stream.NextAsync() is { } chunk)
        {
            chunks.Add(chunk);
        }

        Assert.Equal(0, chunks[^1].GetProperty("choices").GetArrayLength());
        Assert.True(chunks[^1].GetProperty("usage").GetProperty("total_tokens").GetInt32() > 0);
        Assert.False(chunks[^2].TryGetProperty("usage", out _));
    }

    [Fact]
    public async Task Two_streams_at_once_both_begin_before_either_ends()
    {
        using var first = await models.OpenAsync(LocalModels.LongAnswer(1500));
        Assert.NotNull(await first.PieceAsync());
        using var second = await models.OpenAsync(LocalModels.LongAnswer(1500, "Tell me another story."));
        Assert.NotNull(await second.PieceAsync());

        // The child counts an answer as active until its last token: both were being written when both had begun.
        Assert.Equal(2, (await models.HealthAsync()).GetProperty("queue").GetProperty("active").GetInt32());
        Assert.NotEmpty(await RestAsync(first));
        Assert.NotEmpty(await RestAsync(second));
    }

    [Fact]
    public async Task An_answer_decoded_beside_others_is_the_answer_it_would_be_alone()
    {
        var questions = new[] { "What is LoRA?", "What can you do?", "What is a provider?", "What is a minion?" };
        var alone = new List<string>();
        foreach (var question in questions)
        {
            alone.Add(Text(await models.AskAsync(LocalModels.Question(question))));
        }

        var together = await Task.WhenAll(questions.Select(question => models.AskAsync(LocalModels.Question(question))));

        Assert.Equal(alone, together.Select(Text));
    }

    [Fact]
    public async Task When_the_client_goes_its_place_is_free_again()
    {
        using (var abandoned = await models.OpenAsync(LocalModels.LongAnswer(2000)))
        {
            Assert.NotNull(await abandoned.PieceAsync());
            Assert.Equal(1, await ActiveAsync());
        }

        await Until.TrueAsync(async () => await ActiveAsync() == 0);
    }

    [Fact]
    public async Task When_the_queue_is_full_a_request_is_turned_away_and_told_to_come_back()
    {
        await using var small = await LocalModels.StartAsync(("ModelHost:Sequences", "1"), ("ModelHost:QueueLength", "1"));
        using var running = await small.OpenAsync(LocalModels.LongAnswer(2000));
        Assert.NotNull(await running.PieceAsync());
        using var leave = new CancellationTokenSource();
        var waiting = small.OpenUntilAsync(LocalModels.LongAnswer(10), leave.Token);
        await Until.TrueAsync(async () => (await small.HealthAsync()).GetProperty("queue").GetProperty("waiting").GetInt32() == 1);

        using var refused = await small.PostAsync(LocalModels.Question("And me?"));

        Assert.Equal(503, (int)refused.StatusCode);
        Assert.NotNull(refused.Headers.RetryAfter);
        var body = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("\"code\":\"queue_full\"", body, StringComparison.Ordinal);
        Assert.Contains("1 requests are already waiting", body, StringComparison.Ordinal);
        await leave.CancelAsync();
        (await waiting).Dispose();
    }

    [Fact]
    public async Task The_next_turn_of_a_conversation_reads_only_what_is_new()
    {
        var first = new[] { ("user", "What is LoRA?") };
        var answer = await models.AskAsync(Turns(first));
        var next = await models.AskAsync(Turns([.. first, ("assistant", Text(answer)), ("user", "What can you do?")]));

        var usage = next.GetProperty("usage");
        var cached = usage.GetProperty("prompt_tokens_details").GetProperty("cached_tokens").GetInt32();
        Assert.InRange(
            cached,
            answer.GetProperty("usage").GetProperty("total_tokens").GetInt32() - 2,
            usage.GetProperty("prompt_tokens").GetInt32() - 1
        );
    }

    [Fact]
    public async Task A_stop_string_ends_the_answer_and_is_not_part_of_it()
    {
        var full = Text(await models.AskAsync(LocalModels.Question("What is LoRA?")));
        var messages = new[] { new { role = "user", content = "What is LoRA?" } };
        var stop = string.Join(' ', full.Split(' ')[5..7]);
        var cut = await models.AskAsync(
            new
            {
                model = "sprout",
                temperature = 0,
                stop,
                messages,
            }
        );

        Assert.Equal(full[..full.IndexOf(stop, StringComparison.Ordinal)], Text(cut));
        Assert.Equal("stop", cut.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
    }

    [Fact]
    public async Task At_the_limit_of_tokens_the_answer_ends_with_length()
    {
        var answer = await models.AskAsync(LocalModels.Question("What is LoRA?", maxTokens: 5));

        Assert.Equal("length", answer.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.Equal(5, answer.GetProperty("usage").GetProperty("completion_tokens").GetInt32());
    }

    [Fact]
    public async Task An_answer_that_reaches_the_end_of_the_context_ends_with_length()
    {
        using var stream = await models.OpenAsync(LocalModels.LongAnswer(100_000));
        JsonElement last = default;
        while (await stream.NextAsync() is { } chunk)
        {
            last = chunk;
        }

        Assert.Equal("length", last.GetProperty("choices")[0].GetProperty("finish_reason").GetString());
        Assert.InRange(last.GetProperty("usage").GetProperty("total_tokens").GetInt32(), 2047, 2049);
    }

    [Fact]
    public async Task A_seed_makes_chance_repeatable()
    {
        object Hot(int seed) =>
            new
            {
                model = "sprout",
                temperature = 1.5,
                top_k = 0,
                top_p = 1,
                min_p = 0,
                seed,
                max_tokens = 30,
                messages = new[] { new { role = "user", content = "Tell me a story." } },
            };

        var first = Text(await models.AskAsync(Hot(7)));

        Assert.Equal(first, Text(await models.AskAsync(Hot(7))));
        List<string> others = [];
        for (var seed = 8; seed < 16; seed++)
        {
            others.Add(Text(await models.AskAsync(Hot(seed))));
        }

        Assert.Contains(others, other => other != first);
    }

    [Theory]
    [InlineData("frequency_penalty", 2.0)]
    [InlineData("presence_penalty", 2.0)]
    [InlineData("repeat_penalty", 1.5)]
    public async Task A_penalty_makes_a_long_answer_repeat_itself_less(string penalty, double strength)
    {
        Dictionary<string, object> Body() =>
            new()
            {
                ["model"] = "sprout",
                ["temperature"] = 0,
                ["max_tokens"] = 200,
                ["ignore_eos"] = true,
                ["messages"] = new[] { new { role = "user", content = "Tell me a story." } },
            };
        var with = Body();
        with[penalty] = strength;

        Assert.True(DistinctWords(await models.AskAsync(with)) > DistinctWords(await models.AskAsync(Body())));
    }

    private static int DistinctWords(JsonElement answer) =>
        Text(answer).Split(' ', StringSplitOptions.RemoveEmptyEntries).Distinct().Count();

    private static object Turns((string Role, string Content)[] turns) =>
        new
        {
            model = "sprout",
            temperature = 0,
            max_tokens = 100,
            messages = turns.Select(turn => new { role = turn.Role, content = turn.Content }),
        };

    private static string Text(JsonElement answer) =>
        answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;

    private static async Task<string> RestAsync(AnswerStream stream)
    {
        var text = new StringBuilder();
        while (await stream.PieceAsync() is { } piece)
        {
            text.Append(piece);
        }

        return text.ToString();
    }

    private async Task<int> ActiveAsync() => (await models.HealthAsync()).GetProperty("queue").GetProperty("active").GetInt32();
}
