using System.Numerics.Tensors;

namespace Republic.Core.Knowledge.Vectors;

/// <summary>
/// All vectors of a space, as they were at one state of the collection. Every one is compared: nothing is left out as a graph or a tree
/// would, and nothing needs tuning.
/// </summary>
internal sealed class CollectionVectors
{
    private const int Pairs = 2000;

    private readonly DocumentVectors[] documents;
    private readonly DocumentVectors[] filled;

    /// <summary>Where each of the filled documents ends, among all vectors.</summary>
    private readonly int[] ends;
    private readonly Int4Vectors[] parts;

    /// <param name="before">What it was until now; what is the same is taken from there.</param>
    public CollectionVectors(string print, IEnumerable<DocumentVectors> documents, CollectionVectors? before = null)
    {
        Print = print;
        // In one order, so that the same passages are always the same pairs.
        this.documents = [.. documents.OrderBy(document => document.Document)];
        filled = Array.FindAll(this.documents, document => document.Length > 0);
        ends = new int[filled.Length];
        for (var i = 0; i < filled.Length; i++)
        {
            ends[i] = Count += filled[i].Passages.Length;
        }

        Length = filled.Length == 0 ? 0 : filled[0].Length;
        parts = Parts(before);
        Bytes = this.documents.Sum(document => document.Bytes) + parts.Sum(part => part.Bytes);
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

    /// <summary>About what so many vectors take.</summary>
    public static long BytesOf(long passages, int length) => passages * (DocumentVectors.BytesOf(length) + Int4Vectors.BytesOf(length));

    public List<VectorHit> Find(float[] query, int limit)
    {
        var scan = new VectorScan(parts, new NibbleQuery(query), limit, place => TensorPrimitives.Dot(VectorAt(place), query));
        return [.. scan.Run().Select(hit => new VectorHit(PassageAt(hit.Row), hit.Similarity))];
    }

    private Int4Vectors[] Parts(CollectionVectors? before)
    {
        // Documents stand in the order in which they came: most changes are at the end.
        var same = filled.Zip(before?.filled ?? [], ReferenceEquals).TakeWhile(isSame => isSame).Count();
        var sameRows = same == 0 ? 0 : ends[same - 1];
        var made = new Int4Vectors[(Count + Int4Vectors.Size - 1) / Int4Vectors.Size];
        Parallel.For(
            0,
            made.Length,
            part =>
            {
                var from = part * Int4Vectors.Size;
                made[part] =
                    from + Int4Vectors.Size <= sameRows ? before!.parts[part] : PartOf(from, Math.Min(Int4Vectors.Size, Count - from));
            }
        );
        return made;
    }

    private Int4Vectors PartOf(int from, int count)
    {
        var part = new Int4Vectors(count, Length);
        for (var row = 0; row < count; row++)
        {
            part.Set(row, VectorAt(from + row));
        }

        return part;
    }

    private double BackgroundOf()
    {
        var random = new SeededRandom((ulong)Count);
        var (sum, pairs) = (0.0, 0);
        for (var i = 0; i < Pairs && Count > 1; i++)
        {
            // A document counts once, however long: a thousand rows of one table are all alike, and say nothing of the others.
            var similarity = TensorPrimitives.Dot(VectorOf(random), VectorOf(random));
            // A passage and itself, or its copy, say nothing.
            if (similarity < 0.9999)
            {
                (sum, pairs) = (sum + similarity, pairs + 1);
            }
        }

        return pairs == 0 ? 0 : Math.Clamp(sum / pairs, 0, 1);
    }

    private ReadOnlySpan<float> VectorOf(SeededRandom random)
    {
        var document = filled[random.Next(filled.Length)];
        return document.Vector(random.Next(document.Passages.Length));
    }

    private ReadOnlySpan<float> VectorAt(int place)
    {
        var (document, row) = At(place);
        return document.Vector(row);
    }

    private Guid PassageAt(int place)
    {
        var (document, row) = At(place);
        return document.Passages[row];
    }

    private (DocumentVectors Document, int Row) At(int place)
    {
        var at = Array.BinarySearch(ends, place + 1);
        at = at < 0 ? ~at : at;
        return (filled[at], place - (at == 0 ? 0 : ends[at - 1]));
    }
}
