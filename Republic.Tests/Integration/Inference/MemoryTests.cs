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
    public async Task Where_llama_cpp_ends_the_process_for_want_of_memory_that_is_said_and_the_next_answer_is_written(bool stream)
    {
        await using var models = await LocalModels.StartAsync();
        // A product of so wide a matrix with 400 tokens at a time works in 50 MB more than one with 20.
        var wide = TinyModelShape.Llama with
        {
            FeedForward = 1 << 16,
            Type = "BF16",
            ContextLength = 512,
        };
        TinyModels.Write(models.Data.Folder("models"), wide, "wide");
        object Asked(string text) => LocalModels.Question(text, stream, "wide", maxTokens: 4);
        await ReadAsync(models, Asked("Hi"));
        var child = models.Supervisor.Status.ProcessId!.Value;

        MemoryOf.Bound(child, MemoryOf.Bytes(child) + (24 << 20));
        var error = await Assert.ThrowsAsync<HttpRequestException>(() => ReadAsync(models, Asked(new string('a', 400))));

        Assert.StartsWith("The model host ran out of memory while answering", error.Message, StringComparison.Ordinal);
        Assert.Contains("choices", await ReadAsync(models, Asked(new string('a', 400))), StringComparison.Ordinal);
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

    private static async Task<string> ReadAsync(LocalModels models, object body)
    {
        using var response = await models.PostAsync(body);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
