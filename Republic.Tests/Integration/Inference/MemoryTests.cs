using System.Net;
using System.Text.Json;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>What is said when a child that the system bounds finds no memory in the middle of its work.</summary>
public sealed class MemoryTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Where_llama_cpp_ends_the_process_for_want_of_memory_the_next_one_answers_that_and_all_else(bool stream)
    {
        await using var models = await LocalModels.StartAsync();
        AlphabetModel.Write(models.Data.Folder("models"));
        var asked = await WideAsync(models, stream);
        var undisturbed = await TextAsync(models);
        using var other = await models.OpenAsync(LongAnswer());
        var begun = await other.PieceAsync();

        var child = models.Supervisor.Status.ProcessId!.Value;
        MemoryOf.Bound(child, MemoryOf.Bytes(child) + (24 << 20));

        Assert.Contains("choices", await ReadAsync(models, asked), StringComparison.Ordinal);
        Assert.Equal(undisturbed, begun + await other.RestAsync());
        Assert.Equal(1, models.Supervisor.Status.Crashes);
        Assert.Equal("The model host ran out of memory and is started again.", models.Supervisor.Status.Problem);
    }

    [Fact]
    public async Task Where_llama_cpp_reports_want_of_memory_the_request_is_refused_and_the_process_lives()
    {
        await using var models = await LocalModels.StartAsync();
        // What comes out for 1,900 tokens takes 31 MB, which are asked for before anything is computed.
        var wide = TinyModelShape.Llama with
        {
            Width = 4096,
            LengthOfHeads = 4,
            ContextLength = 2048,
        };
        TinyModels.Write(models.Data.Folder("models"), wide, "wide");
        Assert.True((await EmbedAsync("Hi")).TryGetProperty("data", out _));
        var child = models.Supervisor.Status.ProcessId!.Value;

        MemoryOf.Bound(child, MemoryOf.Bytes(child) + (16 << 20));
        using var refused = await models.PostAsync(Input(new string('a', 1900)), "/v1/embeddings");
        MemoryOf.Unbound(child);

        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        var said = await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("insufficient_memory", said, StringComparison.Ordinal);
        Assert.Contains("Memory ran out while the model computed. Send it again", said, StringComparison.Ordinal);
        Assert.True((await EmbedAsync(new string('a', 1900))).TryGetProperty("data", out _));
        Assert.Equal((0, child), (models.Supervisor.Status.Crashes, models.Supervisor.Status.ProcessId));

        Task<JsonElement> EmbedAsync(string text) => models.AskAsync(Input(text), "/v1/embeddings");
        static object Input(string text) => new { model = "wide", input = text };
    }

    /// <summary>A product of so wide a matrix with 400 tokens at a time works in 100 MB more than one with 20.</summary>
    private static async Task<object> WideAsync(LocalModels models, bool stream)
    {
        var wide = TinyModelShape.Llama with { FeedForward = 1 << 17, Type = "BF16", ContextLength = 512 };
        TinyModels.Write(models.Data.Folder("models"), wide, "wide");
        await ReadAsync(models, LocalModels.Question("Hi", stream, "wide", maxTokens: 4));
        return LocalModels.Question(new string('a', 400), stream, "wide", maxTokens: 4);
    }

    private static object LongAnswer() => LocalModels.LongAnswer(1500, model: "alphabet");

    private static async Task<string> TextAsync(LocalModels models)
    {
        using var stream = await models.OpenAsync(LongAnswer());
        return await stream.RestAsync();
    }

    private static async Task<string> ReadAsync(LocalModels models, object body)
    {
        using var response = await models.PostAsync(body);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
