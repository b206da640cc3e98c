using System.Net;
using System.Text.Json;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>Embedding models, which read a text whole and write nothing.</summary>
public sealed class EncoderTests(EncoderTests.Host host) : IClassFixture<EncoderTests.Host>
{
    [Fact]
    public async Task An_embedding_model_loads_and_its_vectors_tell_texts_apart()
    {
        var answer = await host.Models.AskAsync(new { model = "mean", input = new[] { "a car", "soup", "a car" } }, "/v1/embeddings");

        var vectors = answer.GetProperty("data").EnumerateArray().Select(Numbers).ToList();
        Assert.All(vectors, vector => Assert.Equal(TinyEncoder.Width, vector.Length));
        Assert.All(vectors, vector => Assert.Equal(1, vector.Sum(value => value * value), 4));
        Assert.Equal(vectors[0], vectors[2]);
        Assert.NotEqual(vectors[0], vectors[1]);
    }

    [Fact]
    public async Task Tokens_are_pooled_as_the_file_says()
    {
        Assert.NotEqual(await EmbedAsync("mean", "a longer text"), await EmbedAsync("first", "a longer text"));
    }

    [Fact]
    public async Task A_text_that_is_too_long_is_refused_with_its_length()
    {
        using var refused = await host.Models.PostAsync(
            new { model = "mean", input = string.Join(' ', Enumerable.Repeat("word", 40)) },
            "/v1/embeddings"
        );

        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
        Assert.Contains("at most 64 at a time", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task It_cannot_answer_and_says_so()
    {
        using var refused = await host.Models.PostAsync(new { model = "mean", messages = new[] { new { role = "user", content = "hi" } } });

        Assert.Contains("makes embeddings", await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.NotEmpty(await EmbedAsync("mean", "still there"));
    }

    private async Task<float[]> EmbedAsync(string model, string text) =>
        Numbers((await host.Models.AskAsync(new { model, input = text }, "/v1/embeddings")).GetProperty("data")[0]);

    private static float[] Numbers(JsonElement item) =>
        [.. item.GetProperty("embedding").EnumerateArray().Select(value => value.GetSingle())];

    public sealed class Host : IAsyncLifetime
    {
        public LocalModels Models { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Models = await LocalModels.StartAsync();
            var folder = Models.Data.Folder("models");
            TinyEncoder.Write(folder, "mean");
            TinyEncoder.Write(folder, "first", TinyEncoder.FirstToken);
        }

        public ValueTask DisposeAsync() => Models.DisposeAsync();
    }
}
