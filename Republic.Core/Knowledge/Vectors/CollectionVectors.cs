using System.Numerics.Tensors;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>
/// All vectors of a space, as they were at one state of the collection. Every one is compared in bytes, and the best of them exactly:
/// nothing is left out as a graph or a tree would, and nothing needs tuning.
/// </summary>
internal sealed class CollectionVectors
{
    private const int Pairs = 2000;

    /// <summary>Bytes put near neighbours in a wrong order, and never far ones: so many more than asked for are compared exactly.</summary>
    private const int Surplus = 4;
    private const int LeastCompared = 64;

    private readonly DocumentVectors[] documents;

    public CollectionVectors(string print, IEnumerable<DocumentVectors> documents)
    {
        Print = print;
        // In one order, so that the same passages are always the same pairs.
        this.documents = [.. documents.OrderBy(document => document.Document)];
        Length = Array.Find(this.documents, document => document.Length > 0)?.Length ?? 0;
        Count = this.documents.Sum(document => document.Passages.Length);
        Bytes = this.documents.Sum(document => document.Bytes);
        Background = BackgroundOf();
    }

    /// <summary>As in <see cref="CollectionState.Print"/>.</summary>
    public string Print { get; }

    public int Length { get; }

    /// <summary>Passages that have a vector.</summary>
    public int Count { get; }

    public long Bytes { get; }

    public double Background { get; }

    public IReadOnlyList<DocumentVectors> Documents => documents;

    public List<VectorHit> Find(float[] query, int limit)
    {
        var asked = new ByteQuery(query);
        var nearest = new NearestRows(Math.Max(LeastCompared, limit * Surplus));
        for (var segment = 0; segment < documents.Length; segment++)
        {
            documents[segment].Rows?.Scan(asked, nearest, segment);
        }

        var hits = new List<VectorHit>();
        foreach (var (segment, row) in nearest.Rows)
        {
            hits.Add(new VectorHit(documents[segment].Passages[row], documents[segment].Similarity(row, query)));
        }

        // The same text has the same similarity wherever it stands, and an order is the same twice.
        hits.Sort((one, other) => (other.Similarity, one.Passage).CompareTo((one.Similarity, other.Passage)));
        return hits.Count > limit ? hits[..limit] : hits;
    }

    private double BackgroundOf()
    {
        var ends = new int[documents.Length];
        for (var (i, end) = (0, 0); i < documents.Length; i++)
        {
            ends[i] = end += documents[i].Passages.Length;
        }

        var random = new SeededRandom((ulong)Count);
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < Pairs && Count > 1; i++)
        {
            var similarity = TensorPrimitives.Dot(VectorAt(ends, random.Next(Count)), VectorAt(ends, random.Next(Count)));
            // A passage and itself, or its copy, say nothing.
            if (similarity < 0.9999)
            {
                (sum, pairs) = (sum + similarity, pairs + 1);
            }
        }

        return pairs == 0 ? 0 : Math.Clamp(sum / pairs, 0, 1);
    }

    private ReadOnlySpan<float> VectorAt(int[] ends, int place)
    {
        var at = Array.BinarySearch(ends, place + 1);
        at = at < 0 ? ~at : at;
        // Documents without passages end where the one before does.
        while (at > 0 && ends[at - 1] == ends[at])
        {
            at--;
        }

        return documents[at].Vector(place - (at == 0 ? 0 : ends[at - 1]));
    }
}
