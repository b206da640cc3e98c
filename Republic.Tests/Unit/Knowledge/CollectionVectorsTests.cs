using System.Numerics.Tensors;
using Republic.Core;
using Republic.Core.Knowledge.Vectors;

namespace Republic.Tests.Unit.Knowledge;

public sealed class CollectionVectorsTests
{
    private const int Limit = 10;

    [Theory]
    [InlineData(384)]
    [InlineData(7)]
    [InlineData(65)]
    public void Bytes_find_what_exact_numbers_would(int length)
    {
        var random = new SeededRandom(3);
        var vectors = Enumerable.Range(0, 3000).Select(_ => Normal(random, length)).ToList();
        // Documents of all sizes, and some without passages.
        var documents = vectors.Chunk(250).SelectMany((part, i) => new[] { Document(i, part), Document(1000 + i, []) }).ToList();
        var index = new CollectionVectors("", documents);

        var found = 0;
        for (var i = 0; i < 50; i++)
        {
            var query = Normal(random, length);
            var exact = documents
                .SelectMany(d => d.Passages.Select((passage, row) => (passage, Similarity: d.Similarity(row, query))))
                .OrderByDescending(hit => hit.Similarity)
                .Take(Limit)
                .ToList();
            var hits = index.Find(query, Limit);
            Assert.Equal(hits.OrderByDescending(hit => hit.Similarity).ToList(), hits);
            found += hits.Select(hit => hit.Passage).Intersect(exact.Select(hit => hit.passage)).Count();
        }

        Assert.Equal(50 * Limit, found);
    }

    [Fact]
    public void Similarities_are_the_exact_ones()
    {
        var random = new SeededRandom(5);
        var (one, other) = (Normal(random, 100), Normal(random, 100));
        var index = new CollectionVectors("", [Document(0, [one, other])]);

        var hits = index.Find(one, Limit);

        Assert.Equal(2, hits.Count);
        Assert.Equal(1, hits[0].Similarity, 5);
        Assert.Equal(TensorPrimitives.Dot<float>(one, other), hits[1].Similarity, 6);
    }

    [Fact]
    public void What_any_two_passages_have_in_common_says_nothing()
    {
        var random = new SeededRandom(9);
        // All near to one direction, as the vectors of many models are.
        float[] Leaning()
        {
            var vector = Normal(random, 64);
            vector[0] += 2;
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
            return vector;
        }

        var vectors = Enumerable.Range(0, 400).Select(_ => Leaning()).ToArray();
        var index = new CollectionVectors("", [Document(0, vectors[..200]), Document(1, []), Document(2, vectors[200..])]);
        var pairs = new List<double>();
        for (var i = 0; i < vectors.Length; i++)
        {
            for (var j = 0; j < i; j++)
            {
                pairs.Add(TensorPrimitives.Dot<float>(vectors[i], vectors[j]));
            }
        }

        Assert.Equal(pairs.Average(), index.Background, 0.02);
        var answer = new VectorAnswer([], index.Background);
        Assert.Equal(0, answer.Calibrated(index.Background));
        Assert.Equal(0, answer.Calibrated(-1));
        Assert.Equal(1, answer.Calibrated(1), 6);
    }

    [Fact]
    public void Copies_of_one_passage_are_no_background()
    {
        float[] same = [1, 0, 0];

        Assert.Equal(0, new CollectionVectors("", [Document(0, [same, same, same])]).Background);
        Assert.Equal(0, new CollectionVectors("", []).Background);
        Assert.Empty(new CollectionVectors("", [Document(0, [])]).Find(same, Limit));
    }

    private static DocumentVectors Document(int name, float[][] vectors) =>
        new(
            new Guid(name, 0, 0, new byte[8]),
            1,
            [.. vectors.Select(_ => Guid.CreateVersion7())],
            [.. vectors.SelectMany(vector => vector)]
        );

    private static float[] Normal(SeededRandom random, int length)
    {
        var vector = Enumerable.Range(0, length).Select(_ => (float)random.NextNormal()).ToArray();
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
