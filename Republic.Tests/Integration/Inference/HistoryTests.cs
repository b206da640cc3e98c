using System.Text.Json;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>A model that answers well up to a length is given no more of a conversation, through a real child process.</summary>
public sealed class HistoryTests : IAsyncLifetime
{
    private const int Length = 90;
    private LocalModels models = null!;

    public async ValueTask InitializeAsync()
    {
        models = await LocalModels.StartAsync();
        var sprout = await File.ReadAllBytesAsync(GgufMutations.SproutPath, TestContext.Current.CancellationToken);
        Facts(models.AddModel("short", sprout), $$"""{"answers_well_up_to": {{Length}}}""");
        models.AddModel("unmeasured", sprout);
        Facts(models.AddModel("damaged", sprout), "{}}");
        TinyAdapters.Write(models.Data.Folder("adapters"), "trained", GgufMutations.SproutPath, seed: 1);
    }

    public ValueTask DisposeAsync() => models.DisposeAsync();

    [Fact]
    public async Task A_long_conversation_loses_its_oldest_turns_and_the_answer_says_how_many()
    {
        var answer = await models.AskAsync(Asked("short", turns: 12));

        var history = answer.GetProperty("history");
        Assert.Equal(Length, history.GetProperty("length").GetInt32());
        Assert.InRange(history.GetProperty("prompt_tokens").GetInt32(), Length - 30, Length);
        Assert.Equal(Tokens(answer), history.GetProperty("prompt_tokens").GetInt32());
        var omitted = history.GetProperty("omitted").GetInt32();
        Assert.True(omitted is > 10 and < 24 && int.IsEvenInteger(omitted), $"{omitted}");
        // The same as if the client had left those out itself: the system's text and the last turns.
        var alone = await models.AskAsync(Asked("short", turns: 12 - (omitted / 2)));
        Assert.False(alone.TryGetProperty("history", out _));
        Assert.Equal((Tokens(answer), Text(answer)), (Tokens(alone), Text(alone)));
    }

    [Fact]
    public async Task A_stream_says_it_before_its_first_word()
    {
        using var answer = await models.OpenAsync(Asked("short", turns: 12, stream: true));

        var first = await answer.NextAsync();

        Assert.InRange(first!.Value.GetProperty("history").GetProperty("omitted").GetInt32(), 10, 22);
        Assert.Equal("", first.Value.GetProperty("choices")[0].GetProperty("delta").GetProperty("content").GetString());
    }

    [Fact]
    public async Task With_an_adapter_the_same_length_holds()
    {
        var answer = await models.AskAsync(Asked("short", turns: 12, adapter: "trained"));

        Assert.Equal(Length, answer.GetProperty("history").GetProperty("length").GetInt32());
        Assert.InRange(Tokens(answer), Length - 30, Length);
    }

    [Fact]
    public async Task A_message_that_is_longer_and_a_whole_history_are_given_as_they_are_and_that_is_said()
    {
        var message = await models.AskAsync(LocalModels.Question(string.Join(' ', Enumerable.Repeat("What is LoRA?", 40)), model: "short"));
        var whole = await models.AskAsync(Asked("short", turns: 12, whole: true));

        foreach (var answer in new[] { message, whole })
        {
            Assert.Equal(0, answer.GetProperty("history").GetProperty("omitted").GetInt32());
            Assert.InRange(Tokens(answer), Length + 1, 2000);
            Assert.Equal(Tokens(answer), answer.GetProperty("history").GetProperty("prompt_tokens").GetInt32());
        }
    }

    [Fact]
    public async Task A_model_that_nobody_has_measured_is_given_everything()
    {
        var answer = await models.AskAsync(Asked("unmeasured", turns: 12));

        Assert.False(answer.TryGetProperty("history", out _));
        Assert.InRange(Tokens(answer), Length + 1, 2000);
    }

    [Fact]
    public async Task A_damaged_file_beside_a_model_is_said_and_no_other_model_minds()
    {
        using var refused = await models.PostAsync(Asked("damaged", turns: 1));

        Assert.Equal(422, (int)refused.StatusCode);
        Assert.Contains(
            "damaged.facts.json",
            await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal
        );
        Assert.NotEmpty(Text(await models.AskAsync(Asked("short", turns: 1))));
    }

    private static void Facts(string model, string text) => File.WriteAllText(Path.ChangeExtension(model, ".facts.json"), text);

    /// <summary>The last turns of one conversation, so that fewer are its end.</summary>
    private static object Asked(string model, int turns, bool stream = false, bool? whole = null, string? adapter = null)
    {
        var history = Enumerable
            .Range(12 - turns, turns)
            .SelectMany(i =>
                new[]
                {
                    new { role = "user", content = $"Question {i}?" },
                    new { role = "assistant", content = $"Answer {i}, which is short." },
                }
            );
        return new
        {
            model,
            stream,
            temperature = 0,
            max_tokens = 30,
            whole_history = whole,
            adapters = adapter is null ? [] : new[] { new { name = adapter, scale = 1 } },
            messages = new[] { new { role = "system", content = "You are Milo, a helpful minion." } }
                .Concat(history)
                .Append(new { role = "user", content = "What is LoRA?" }),
        };
    }

    private static int Tokens(JsonElement answer) => answer.GetProperty("usage").GetProperty("prompt_tokens").GetInt32();

    private static string Text(JsonElement answer) =>
        answer.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
}
