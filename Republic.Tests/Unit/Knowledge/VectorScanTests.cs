using System.Numerics.Tensors;
using Republic.Core;
using Republic.Core.Knowledge.Vectors;

namespace Republic.Tests.Unit.Knowledge;

public sealed class VectorScanTests
{
    private const int Length = 384;
    private const int Limit = 10;

    [Theory]
    [InlineData(1, 150)]
    [InlineData(3, 200)]
    public void Few_rows_are_compared_exactly(int parts, int most)
    {
        var random = new SeededRandom(11);
        var vectors = Enumerable.Range(0, parts * Int4Vectors.Size).Select(_ => Normal(random)).ToArray();
        Int4Vectors[] rows =
        [
            .. vectors
                .Chunk(Int4Vectors.Size)
                .Select(part =>
                {
                    var made = new Int4Vectors(part.Length, Length);
                    for (var row = 0; row < part.Length; row++)
                    {
                        made.Set(row, part[row]);
                    }

                    return made;
                }),
        ];
        for (var i = 0; i < 20; i++)
        {
            var query = Normal(random);
            var compared = 0;
            float Exactly(int row)
            {
                Interlocked.Increment(ref compared);
                return TensorPrimitives.Dot<float>(vectors[row], query);
            }

            var found = new VectorScan(rows, new NibbleQuery(query), Limit, Exactly).Run().ToList();

            Assert.Equal(found.OrderByDescending(hit => hit.Similarity).ToList(), found);
            Assert.Equal(Limit, found.Count);
            Assert.InRange(compared, Limit, most);
        }
    }

    private static float[] Normal(SeededRandom random)
    {
        var vector = Enumerable.Range(0, Length).Select(_ => (float)random.NextNormal()).ToArray();
        TensorPrimitives.Divide(vector, TensorPrimitives.Norm<float>(vector), vector);
        return vector;
    }
}
