using System.Numerics.Tensors;
using System.Text.Json;
using Republic.MiniLm;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Inference;

/// <summary>The embedding model that is built in, as the model host serves it.</summary>
public sealed class MiniLmTests(SharedLocalModels shared) : IClassFixture<SharedLocalModels>
{
    private const string Model = "all-minilm-l6-v2";

    /// <summary>The names of models are those of their files.</summary>
    private static readonly string FilePath = Path.Combine(AppContext.BaseDirectory, "models", Model + ".gguf");

    [Fact]
    public void The_build_made_it_byte_for_byte()
    {
        Assert.True(File.Exists(FilePath), $"There is no {FilePath}: the build could not fetch its package. See docs/minilm.md.");
        Assert.True(MiniLmFile.IsMade(FilePath), $"{FilePath} has other bytes than it should have. See docs/minilm.md.");
    }

    /// <summary>
    /// The vectors that the ONNX file of the package gives in another runtime, with a tokenizer that has nothing in common with llama.cpp's:
    /// mean of the tokens, normalised.
    /// </summary>
    [Fact]
    public async Task Its_vectors_are_those_of_the_original()
    {
        var expected = References();
        var answer = await shared.Models.AskAsync(new { model = Model, input = expected.Select(one => one.Text) }, "/v1/embeddings");

        var vectors = answer
            .GetProperty("data")
            .EnumerateArray()
            .Select(item => item.GetProperty("embedding").EnumerateArray().Select(number => number.GetSingle()).ToArray())
            .ToList();

        Assert.Equal(expected.Count, vectors.Count);
        Assert.All(
            expected.Zip(vectors),
            pair =>
            {
                var cosine = TensorPrimitives.CosineSimilarity(pair.First.Vector, pair.Second);
                Assert.True(cosine >= pair.First.Least, $"{cosine}: {pair.First.Text}");
            }
        );
    }

    private static IReadOnlyList<Reference> References()
    {
        using var stream = typeof(MiniLmTests).Assembly.GetManifestResourceStream("minilm-vectors.json")!;
        return JsonSerializer.Deserialize<List<Reference>>(stream, JsonSerializerOptions.Web)!;
    }

    /// <param name="Least">A single token has no others that even out what 8 bits round.</param>
    private sealed record Reference(string Text, float[] Vector, float Least = 0.999f);
}
