using System.Text.Json;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>A model most of whose layers attend to 16 tokens alone: of 2,048 tokens its cache holds 768 for them.</summary>
public sealed class WindowTests
{
    [Fact]
    public async Task What_left_the_windows_is_read_again_and_the_answer_is_that_of_a_fresh_start()
    {
        await using var models = await LocalModels.StartAsync(("ModelHost:Sequences", "1"));
        TinyModels.Write(models.Data.Folder("models"), TinyModelShape.Gemma3 with { ContextLength = 2048 }, "windowed");
        var start = Letters(1400, 7);
        await AskAsync(start + Letters(100, 3));

        var (_, fromTheEnd) = await AskAsync(start + Letters(100, 11));
        var (answer, fromTheMiddle) = await AskAsync(start[..300] + Letters(1200, 5));
        var (again, all) = await AskAsync(start[..300] + Letters(1200, 5));

        Assert.InRange(fromTheEnd, 1400, 1500);
        Assert.Equal(0, fromTheMiddle);
        Assert.InRange(all, 1300, 1600);
        Assert.Equal(again, answer);

        async Task<(string Answer, int Cached)> AskAsync(string text)
        {
            var told = await models.AskAsync(LocalModels.Question(text, model: "windowed", maxTokens: 8));
            var usage = told.GetProperty("usage").GetProperty("prompt_tokens_details");
            return (Text(told), usage.GetProperty("cached_tokens").GetInt32());
        }
    }

    private static string Letters(int count, int step) =>
        string.Concat(Enumerable.Range(0, count).Select(i => (char)('a' + (i * step % 26))));

    private static string Text(JsonElement told) =>
        told.GetProperty("choices")[0].GetProperty("message").GetProperty("content").GetString()!;
}
