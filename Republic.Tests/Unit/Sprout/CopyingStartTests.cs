using Republic.Core;
using Republic.Sprout.Making;

namespace Republic.Tests.Unit.Sprout;

/// <summary>The head that a new model begins with.</summary>
public sealed class CopyingStartTests
{
    private static readonly SproutShape Shape = new(Vocabulary: 300);
    private readonly SproutWeights weights = SproutWeights.Copying(Shape, seed: 1);

    [Fact]
    public void The_first_head_looks_at_the_token_before()
    {
        var random = new SeededRandom(3);
        for (var trial = 0; trial < 20; trial++)
        {
            var queries = Projected("attn_q", random.Next(Shape.Vocabulary), position: 50);

            var scores = Enumerable
                .Range(0, 51)
                .Select(at => Dot(queries, Projected("attn_k", random.Next(Shape.Vocabulary), at)))
                .ToList();

            Assert.Equal(49, scores.IndexOf(scores.Max()));
            // Softmax over scores / 8: the token before has nearly all of the attention.
            Assert.True(scores.Where((_, at) => at != 49).Sum(score => Math.Exp((score - scores[49]) / 8)) < 0.1);
        }
    }

    [Fact]
    public void What_it_tells_is_written_where_no_embedding_is()
    {
        var embedding = The(SproutWeights.Embedding);
        var output = The(SproutWeights.Name(0, "attn_output"));
        var quiet = Enumerable
            .Range(0, Shape.Width)
            .Where(i => Enumerable.Range(0, 300).All(token => embedding.Values[(token * Shape.Width) + i] == 0));

        var written = Enumerable
            .Range(0, Shape.Width)
            .Where(row => output.Values.AsSpan(row * Shape.Width, Shape.HeadLength).ContainsAnyExcept(0f));

        Assert.Equal(Shape.HeadLength, written.Count());
        Assert.Equal(quiet, written);
    }

    /// <summary>The first head's numbers for a token, rotated to its position.</summary>
    private double[] Projected(string part, int token, int position)
    {
        var (row, matrix) = (Embedding(token), The(SproutWeights.Name(0, part)));
        var head = Enumerable
            .Range(0, Shape.HeadLength)
            .Select(i => Dot(row, matrix.Values.Skip(i * Shape.Width).Take(Shape.Width).Select(v => (double)v)))
            .ToArray();
        var result = new double[head.Length];
        for (var pair = 0; pair < head.Length / 2; pair++)
        {
            var angle = position * Math.Pow(SproutShape.RopeBase, -2.0 * pair / head.Length);
            var (x, y) = (head[2 * pair], head[(2 * pair) + 1]);
            result[2 * pair] = (x * Math.Cos(angle)) - (y * Math.Sin(angle));
            result[(2 * pair) + 1] = (x * Math.Sin(angle)) + (y * Math.Cos(angle));
        }

        return result;
    }

    private double[] Embedding(int token)
    {
        var row = The(SproutWeights.Embedding).Values.Skip(token * Shape.Width).Take(Shape.Width).ToArray();
        var size = Math.Sqrt(row.Average(value => (double)value * value));
        return [.. row.Select(value => value / size)];
    }

    private SproutWeight The(string name) => weights.All.Single(weight => weight.Name == name);

    private static double Dot(IEnumerable<double> a, IEnumerable<double> b) => a.Zip(b, (x, y) => x * y).Sum();
}
