using System.Numerics.Tensors;
using Republic.Core;
using Republic.Core.Knowledge.Vectors;

namespace Republic.Tests.Unit.Knowledge;

public sealed class CollectionVectorsTests
{
    private const int Limit = 10;

    public static TheoryData<string, int> Kinds =>
        new MatrixTheoryData<string, int>(["random", "alike", "copies", "scales", "gaps", "peaks", "broken"], [384, 7, 65]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void What_is_found_is_what_comparing_exactly_finds(string kind, int length)
    {
        var random = new SeededRandom(3);
        var vectors = Enumerable.Range(0, 3000).Select(i => Made(kind, i, random, length)).ToList();
        // Documents of all sizes, and some without passages.
        var documents = vectors.Chunk(250).SelectMany((part, i) => new[] { Document(i, part), Document(1000 + i, []) }).ToList();
        documents.Add(Document(5000, [.. vectors.Take(3)]));
        var index = new CollectionVectors("", documents);
        var usable = vectors.FindAll(vector => vector.All(float.IsFinite));

        for (var i = 0; i < 50; i++)
        {
            var query = i % 2 == 0 ? Normal(random, length) : [.. usable[random.Next(usable.Count)]];
            var limit = i % 5 == 0 ? 100 : Limit;
            Assert.Equal(Exactly(documents, query, limit), index.Find(query, limit));
        }
    }

    [Fact]
    public void Fewer_than_asked_for_are_all_of_them()
    {
        var random = new SeededRandom(4);
        var vectors = Enumerable.Range(0, 13).Select(_ => Normal(random, 30)).Append(new float[30]).ToArray();
        List<DocumentVectors> documents = [Document(0, vectors)];

        var hits = new CollectionVectors("", documents).Find(vectors[0], 50);

        Assert.Equal(14, hits.Count);
        Assert.Equal(Exactly(documents, vectors[0], 50), hits);
    }

    [Fact]
    public void Many_who_ask_at_once_find_the_same()
    {
        var random = new SeededRandom(6);
        var documents = Enumerable
            .Range(0, 30)
            .Select(i => Document(i, [.. Enumerable.Range(0, 700).Select(_ => Normal(random, 64))]))
            .ToList();
        var index = new CollectionVectors("", documents);
        var queries = Enumerable.Range(0, 40).Select(_ => Normal(random, 64)).ToList();
        var expected = queries.ConvertAll(query => Exactly(documents, query, Limit));

        Parallel.For(0, 400, i => Assert.Equal(expected[i % queries.Count], index.Find(queries[i % queries.Count], Limit)));
    }

    [Fact]
    public void A_change_keeps_what_is_the_same()
    {
        var random = new SeededRandom(8);
        var documents = Enumerable
            .Range(0, 20)
            .Select(i => Document(i, [.. Enumerable.Range(0, 300).Select(_ => Normal(random, 64))]))
            .ToList();
        var index = new CollectionVectors("", documents);
        foreach (var changed in new[] { 20, 19, 7, 0 })
        {
            var document = Document(changed, [.. Enumerable.Range(0, 1 + random.Next(900)).Select(_ => Normal(random, 64))]);
            documents = [.. documents.Where(d => d.Document != document.Document), document];
            if (changed == 7)
            {
                documents.RemoveAt(3);
            }

            index = new CollectionVectors("", documents, index);

            Assert.Equal(documents.Sum(d => d.Passages.Length), index.Count);
            Assert.Equal(new CollectionVectors("", documents).Bytes, index.Bytes);
            for (var i = 0; i < 10; i++)
            {
                var query = Normal(random, 64);
                Assert.Equal(Exactly(documents, query, Limit), index.Find(query, Limit));
            }
        }
    }

    [Fact]
    public void What_it_takes_is_known_beforehand()
    {
        var random = new SeededRandom(2);
        var index = new CollectionVectors("", [Document(0, [.. Enumerable.Range(0, 2000).Select(_ => Normal(random, 100))])]);

        Assert.Equal(index.Bytes, CollectionVectors.BytesOf(2000, 100));
        Assert.Equal(2000 * (16 + 400 + 128 + 8), index.Bytes);
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

    [Fact]
    public void A_long_document_of_passages_that_are_all_alike_is_little_of_the_background()
    {
        var random = new SeededRandom(8);
        var others = Enumerable.Range(0, 20).Select(i => Document(i, [Normal(random, 384)])).ToList();
        var before = new CollectionVectors("", others).Background;
        var table = Document(1000, [.. Enumerable.Range(0, 500).Select(i => Rotated(0.9f, i))]);

        Assert.InRange(new CollectionVectors("", [.. others, table]).Background, before, before + 0.05);
    }

    /// <summary>Has this cosine, squared, to any other.</summary>
    private static float[] Rotated(float share, int axis)
    {
        var vector = new float[384];
        vector[0] = share;
        vector[1 + axis % 383] += MathF.Sqrt(1 - share * share);
        return vector;
    }

    private static List<VectorHit> Exactly(List<DocumentVectors> documents, float[] query, int limit) =>
        [
            .. documents
                .OrderBy(d => d.Document)
                .SelectMany(d => d.Passages.Select((passage, row) => new VectorHit(passage, d.Similarity(row, query))))
                .Where(hit => double.IsFinite(hit.Similarity))
                .OrderByDescending(hit => hit.Similarity)
                .Take(limit),
        ];

    /// <summary>What embedding models give, and what they should not.</summary>
    private static float[] Made(string kind, int i, SeededRandom random, int length)
    {
        var vector = Normal(random, length);
        switch (kind)
        {
            // All near to one direction, by less than what bytes can tell.
            case "alike":
                TensorPrimitives.Multiply(vector, 0.003f, vector);
                vector[0] += 1;
                break;
            case "copies":
                vector = Normal(new SeededRandom((ulong)(i % 5)), length);
                break;
            case "scales":
                TensorPrimitives.Multiply(vector, MathF.Pow(10, random.Next(36) - 18), vector);
                break;
            case "gaps" when i % 3 == 0:
                vector = new float[length];
                break;
            // One number that is much larger than the others leaves little for them in a byte.
            case "peaks":
                vector[i % 4 % length] += i % 2 == 0 ? 40 : -40;
                break;
            case "broken" when i % 10 == 0:
                vector[length / 2] = float.NaN;
                break;
            case "broken" when i % 10 == 1:
                vector[0] = float.PositiveInfinity;
                vector[1] = float.NegativeInfinity;
                break;
        }

        return vector;
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
