using System.Net;
using System.Runtime.InteropServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Knowledge;

public sealed class PassageEmbedderTests(ModelRepublic republic) : IClassFixture<ModelRepublic>, IAsyncDisposable
{
    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EmbeddingModel Model => new("custom", "vendor-embed", vendor.BaseUrl.AbsoluteUri, PassagePrefix: "passage: ");

    [Fact]
    public async Task The_same_content_is_embedded_once_for_each_person()
    {
        vendor.Embeds();

        Assert.Equal(2, (await EmbedAsync(republic.Jonas.Id, Model, "A cat.", "A car.", "A cat.")).Value);
        Assert.Equal(1, (await EmbedAsync(republic.Jonas.Id, Model, "A cat.", "Soup.")).Value);
        Assert.Equal(1, (await EmbedAsync(republic.Ada.Id, Model, "A cat.")).Value);

        var sent = vendor.Requests.Select(request => string.Join('|', request.Body!["input"]!.AsArray().Select(text => (string)text!)));
        Assert.Equal(["passage: A cat.|passage: A car.", "passage: Soup.", "passage: A cat."], sent);
        var stored = await VectorsAsync(republic.Jonas.Id);
        Assert.Equal(3, stored.Count);
        Assert.All(stored, vector => Assert.Equal(1, Norm(vector.Values), 5));
    }

    [Fact]
    public async Task A_model_of_another_name_server_or_prefix_makes_its_own()
    {
        vendor.Embeds();
        var models = new[] { Model, Model with { ModelId = "other" }, Model with { PassagePrefix = null } };

        foreach (var model in models)
        {
            Assert.Equal(1, (await EmbedAsync(republic.Mira.Id, model, "A mountain.")).Value);
        }

        Assert.Equal(0, (await EmbedAsync(republic.Mira.Id, Model with { QueryPrefix = "query: " }, "A mountain.")).Value);
    }

    [Fact]
    public async Task Many_texts_go_in_batches_and_progress_is_told()
    {
        vendor.Embeds();
        List<double> told = [];

        var made = await Embedder.EmbedAsync(
            republic.Jonas.Id,
            Model,
            [.. Enumerable.Range(0, 250).Select(i => $"Car number {i}")],
            told.Add,
            Ct
        );

        Assert.Equal(250, made.Value);
        Assert.Equal([96, 96, 58], vendor.Requests.Select(request => request.Body!["input"]!.AsArray().Count));
        Assert.Equal([0, 96 / 250.0, 192 / 250.0, 1], told);
    }

    [Fact]
    public async Task What_was_made_before_a_failure_is_kept()
    {
        var calls = 0;
        vendor.Embeds(text => ++calls > 96 ? [] : FakeMeaning.Of(text));
        string[] texts = [.. Enumerable.Range(0, 120).Select(i => $"Login number {i}")];

        var failed = await EmbedAsync(republic.Jonas.Id, Model, texts);

        Assert.Equal(FailureKind.Upstream, failed.Failure!.Kind);
        vendor.Embeds();
        Assert.Equal(24, (await EmbedAsync(republic.Jonas.Id, Model, texts)).Value);
    }

    [Fact]
    public async Task Another_model_under_the_same_name_is_noticed()
    {
        var model = Model with { ModelId = "shifting" };
        vendor.Embeds();
        await EmbedAsync(republic.Jonas.Id, model, "A cat.");
        vendor.Embeds(_ => [1, 2, 3]);

        var failed = await EmbedAsync(republic.Jonas.Id, model, "A kitten.");

        Assert.Contains($"vectors of 3 numbers now, and those that it made before have {FakeMeaning.Length}", failed.Failure!.Message);
    }

    [Fact]
    public async Task A_vector_of_zeros_is_a_failure_of_the_provider_and_may_be_tried_again()
    {
        vendor.Embeds(_ => [0, 0]);
        var model = Model with { ModelId = "null" };

        var failed = await EmbedAsync(republic.Jonas.Id, model, "x");

        Assert.Contains("a vector of zeros", failed.Failure!.Message);
        Assert.NotNull(failed.Failure.RetryAfter);
        Assert.Equal(3, vendor.Requests.Count);
        await EmbedAsync(republic.Jonas.Id, model, "x");
        // Five failures in a row are enough.
        Assert.Equal(5, vendor.Requests.Count);
    }

    [Fact]
    public async Task One_vector_of_zeros_is_got_over()
    {
        var calls = 0;
        vendor.Embeds(text => ++calls == 1 ? [0, 0] : [3, 4]);

        Assert.Equal(1, (await EmbedAsync(republic.Jonas.Id, Model with { ModelId = "hiccup" }, "x")).Value);
    }

    [Fact]
    public async Task The_built_in_model_is_no_embedding_model_and_an_unknown_provider_none_at_all()
    {
        var builtIn = await EmbedAsync(republic.Jonas.Id, new EmbeddingModel("local", "sprout"), "x");
        var unknown = await EmbedAsync(republic.Jonas.Id, new EmbeddingModel("nobody", "m"), "x");
        var keyless = await EmbedAsync(republic.Jonas.Id, new EmbeddingModel("openai", "text-embedding-3-small"), "x");

        Assert.Contains("Choose all-minilm-l6-v2, which comes along", builtIn.Failure!.Message);
        Assert.Contains("does not know the provider “nobody”", unknown.Failure!.Message);
        Assert.Contains("needs a key", keyless.Failure!.Message);
    }

    [Fact]
    public async Task A_gguf_embedding_model_works_here_and_reads_as_much_of_a_passage_as_it_can()
    {
        TinyEncoder.Write(Directory.CreateDirectory(Path.Combine(republic.DataFolder, "models")).FullName, "tiny-encoder");
        var model = new EmbeddingModel("local", "tiny-encoder");

        var made = await EmbedAsync(republic.Mira.Id, model, "a car", string.Join(' ', Enumerable.Repeat("much too long", 40)));

        Assert.True(made.Ok, made.Failure?.Message);
        Assert.Equal(2, made.Value);
        Assert.Equal(TinyEncoder.Width, (await Embedder.TryAsync(republic.Mira.Id, model, Ct)).Value);
    }

    [Fact]
    public async Task A_provider_that_refuses_is_quoted()
    {
        vendor.Refuses(HttpStatusCode.Unauthorized, "Wrong key, friend");

        var failed = await EmbedAsync(republic.Jonas.Id, Model with { ModelId = "refused" }, "x");

        Assert.Equal(FailureKind.Upstream, failed.Failure!.Kind);
        Assert.Contains("Wrong key, friend", failed.Failure.Message);
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private PassageEmbedder Embedder => republic.Services.GetRequiredService<PassageEmbedder>();

    private Task<Outcome<int>> EmbedAsync(Guid owner, EmbeddingModel model, params string[] texts) =>
        Embedder.EmbedAsync(owner, model, texts, null, Ct);

    private Task<List<StoredVector>> VectorsAsync(Guid owner) =>
        republic.QueryAsync(db =>
            db.StoredVectors.Where(v => v.OwnerId == owner && v.Model.Contains(vendor.BaseUrl.Authority)).ToListAsync(Ct)
        );

    private static double Norm(byte[] values) => Math.Sqrt(MemoryMarshal.Cast<byte, float>(values).ToArray().Sum(value => value * value));
}
